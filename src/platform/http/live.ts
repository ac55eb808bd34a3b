import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../access.ts'
import type { House } from '../house.ts'
import { eventsAfter, newestPlace, placeOf, type LiveEvent, type OutboxPlace } from '../relay.ts'

/** Whether an event may be shown to an actor: a party of the case, the person it is about, or the house itself. */
export const maySee = (actor: Actor, event: { seenBy: readonly string[]; person: string | null }): boolean =>
  actor.role === 'resident'
    ? actor.person !== null && event.person === actor.person
    : actor.org !== null && event.seenBy.includes(actor.org)

const HEARTBEAT_MS = 20_000
const POLL_MS = 1_000

type Client = {
  readonly actor: Actor
  readonly send: (event: LiveEvent) => void
  readonly stillValid: () => Promise<boolean>
  readonly end: () => void
}

/** The live screens of this process: one reader of the outbox, many streams. */
export type Hub = {
  readonly wake: () => void
  readonly open: (request: FastifyRequest, reply: FastifyReply, actor: Actor, stillValid: () => Promise<boolean>) => Promise<void>
  readonly close: () => void
  readonly size: () => number
}

/** Starts the reader. Screens get only what their actor may see, and resume by Last-Event-ID. */
export const startHub = (house: House): Hub => {
  const clients = new Set<Client>()
  let place: OutboxPlace | null = null
  let reading = false
  let again = false
  let closed = false
  const read = async (): Promise<void> => {
    if (reading) {
      again = true
      return
    }
    reading = true
    try {
      do {
        again = false
        place ??= await newestPlace(house)
        for (const event of await eventsAfter(house, place)) {
          place = event.place
          for (const client of clients) if (maySee(client.actor, event)) client.send(event)
        }
      } while (again)
    } catch (error) {
      house.log('warn', 'live.read-failed', { error: (error as Error).message })
    } finally {
      reading = false
    }
  }
  /** Tells a screen everything after a cursor. Where that fails the stream ends, so that it is opened anew and resumes. */
  const catchUp = async (client: Client, from: OutboxPlace): Promise<void> => {
    try {
      for (let after: OutboxPlace | undefined = from; after !== undefined && clients.has(client);) {
        const missed: LiveEvent[] = await eventsAfter(house, after)
        for (const event of missed) if (maySee(client.actor, event)) client.send(event)
        after = missed.at(-1)?.place
      }
    } catch (error) {
      house.log('warn', 'live.read-failed', { error: (error as Error).message })
      client.end()
    }
  }
  const poll = setInterval(() => void (clients.size > 0 ? read() : (place = null)), POLL_MS)
  return {
    wake: () => void (clients.size > 0 && read()),
    size: () => clients.size,
    close: () => {
      closed = true
      clearInterval(poll)
      for (const client of clients) client.end()
    },
    open: async (request, reply, actor, stillValid) => {
      const resumeFrom = String(request.headers['last-event-id'] ?? '')
      const { raw } = reply
      // Whoever left while we asked has had their "close" already: nothing would ever end their heartbeat.
      const isGone = (): boolean => closed || raw.destroyed || request.raw.socket.destroyed
      // The place is known before the screen is told that it is connected: what happens after that reaches it.
      const newest = isGone() ? null : await newestPlace(house)
      const from = newest && /^\d{1,18}$/.test(resumeFrom) ? await placeOf(house, resumeFrom) : newest
      reply.hijack()
      if (isGone() || !from) return void raw.destroy()
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      raw.write(': connected\n\n')
      const send = (event: LiveEvent) => raw.write(frame(event))
      const heartbeat = setInterval(() => void beat(client, raw), HEARTBEAT_MS)
      const client: Client = { actor, send, stillValid, end: () => raw.end() }
      raw.on('close', () => {
        clearInterval(heartbeat)
        clients.delete(client)
      })
      // It follows from here on, and beside that is told what it missed; what comes both ways is the same by its id.
      place ??= newest
      clients.add(client)
      void read()
      await catchUp(client, from)
    },
  }
}

// A stream outlives no session: the beat asks whether the session still stands.
const beat = async (client: Client, raw: { write: (text: string) => void }): Promise<void> => {
  if (await client.stillValid().catch(() => true)) raw.write(': beat\n\n')
  else client.end()
}

const frame = (event: LiveEvent): string =>
  `id: ${event.place.id}\nevent: trace\ndata: ${JSON.stringify({ type: event.type, module: event.type.split('.')[0], kind: event.caseKind, case: event.caseId, at: event.at })}\n\n`
