import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '../../../src/kernel/id.ts'
import type { Actor } from '../../../src/platform/access.ts'
import { SESSION_COOKIE } from '../../../src/platform/http/app.ts'

/** One command as somebody asks for it. */
export type Asked = { readonly name: string; readonly as: Actor; readonly body: Readonly<Record<string, unknown>> }

/** A command that was answered with success: what the client may rely on from then on. */
export type Acknowledged = Asked & {
  readonly key: string
  readonly text: string
  readonly attempts: number
  /** Which line answered. */
  readonly line: number
  /** When the attempt that was answered set out, and when the answer was there; on the campaign's monotonic clock, ms. */
  readonly sentAt: number
  readonly at: number
}

export type Answer = { readonly ok: true; readonly value: any } | { readonly ok: false; readonly code: string } // oxlint-disable-line no-explicit-any

export type History = {
  readonly acknowledged: Acknowledged[]
  /** Refusals by command and code. */
  readonly refused: Map<string, number>
  /** Answers that no client should ever see, 500 for instance. */
  readonly wrong: Map<string, number>
  retries: number
  replayed: number
  /** Answers that asked to come again in a moment. */
  busy: number
}

export const emptyHistory = (): History => ({
  acknowledged: [],
  refused: new Map(),
  wrong: new Map(),
  retries: 0,
  replayed: 0,
  busy: 0,
})

export type Reply = { readonly status: number; readonly text: string; readonly isReplay: boolean }

/** How the clients reach the servers, and who they are. */
export type Wire = { readonly ports: readonly number[]; readonly agent: Agent; readonly tokens: ReadonlyMap<Actor, string> }

const PATIENCE_MS = 3_000
const PAUSE_MS = { least: 25, most: 400 }
/** Longer than any fault of a campaign lasts: what is not answered by then never will be. */
const GIVE_UP_MS = 90_000

export const openWire = (ports: readonly number[], tokens: ReadonlyMap<Actor, string>): Wire => ({
  ports,
  agent: new Agent({ keepAlive: true, maxSockets: 64 }),
  tokens,
})

/** Sends one command once; rejects when no whole answer came. */
export const sendOnce = ({ ports, agent, tokens }: Wire, line: number, { name, as, body }: Asked, key: string): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'idempotency-key': key,
      cookie: `${SESSION_COOKIE}=${tokens.get(as)}`,
    }
    const sent = request(
      { agent, host: '127.0.0.1', port: ports[line], method: 'POST', path: `/api/${name}`, headers },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
        response.on('end', () => {
          const isReplay = response.headers['idempotent-replayed'] === 'true'
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8'), isReplay })
        })
        response.on('aborted', () => reject(new Error('the answer broke off')))
      },
    )
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error('no answer in time')))
    sent.on('error', reject)
    sent.end(text)
  })

/** Asks as a careful client does: the same key until there is an answer, by another server after each failure. */
export const clientOn = (wire: Wire, history: History, usesKeys: boolean) => {
  let line = 0
  return async (asked: Asked): Promise<Answer> => {
    const until = performance.now() + GIVE_UP_MS
    const key = newId()
    for (let attempts = 1; ; attempts += 1) {
      line = (line + 1) % wire.ports.length
      const sentAt = performance.now()
      const reply = await sendOnce(wire, line, asked, usesKeys ? key : newId()).catch(() => null)
      if (reply?.status === 200)
        return acknowledge(
          history,
          { ...asked, key, text: reply.text, attempts, line, sentAt, at: performance.now() },
          reply.isReplay,
        )
      const code = reply ? codeOf(reply) : 'no answer'
      if (reply && reply.status < 500) return refused(history, asked, code)
      if (reply?.status === 503) history.busy += 1
      else if (reply) count(history.wrong, `${asked.name} ${reply.status} ${code}`)
      if (performance.now() > until) throw new Error(`${asked.name} was never answered: ${code}`)
      history.retries += 1
      await wait(Math.min(PAUSE_MS.most, PAUSE_MS.least * 2 ** Math.min(attempts - 1, 6)))
    }
  }
}
export type Client = ReturnType<typeof clientOn>

const acknowledge = (history: History, one: Acknowledged, isReplay: boolean): Answer => {
  history.acknowledged.push(one)
  if (isReplay) history.replayed += 1
  return { ok: true, value: JSON.parse(one.text) }
}

const refused = (history: History, { name }: Asked, code: string): Answer => {
  count(history.refused, `${name} ${code}`)
  return { ok: false, code }
}

const codeOf = ({ text }: Reply): string => /"code":"([^"]+)"/.exec(text)?.[1] ?? text.slice(0, 80)

const count = (of: Map<string, number>, name: string): void => void of.set(name, (of.get(name) ?? 0) + 1)
