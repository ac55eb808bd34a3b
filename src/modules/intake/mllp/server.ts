import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { newId } from '../../../kernel/id.ts'
import { SYSTEM } from '../../../platform/access.ts'
import { run } from '../../../platform/forms/run.ts'
import type { House } from '../../../platform/house.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import { keep, take } from '../commands.ts'
import { FAULTS, type IntakeFault } from '../faults.ts'
import { ackBatch, ackOf, acksAskedFor, type AckCode } from '../hl7/header.ts'
import { splitBatch } from '../hl7/reading.ts'
import { decodeHl7, encodeGb, type Charset } from '../hl7/text.ts'
import { headOfHl7 } from '../read-message.ts'
import { framed, readFrames, type Frame } from './frames.ts'

/** Where and how messages are listened for. */
export type MllpSettings = {
  readonly port: number
  readonly host: string
  /** Addresses that may connect; empty = this machine only. */
  readonly from: readonly string[]
  readonly tls: { readonly key: string; readonly cert: string; readonly ca: string | null } | null
  readonly bytesMost: number
  /** A message that has begun and does not end is given up after this. */
  readonly idleMs: number
}
export type Mllp = { readonly port: number; readonly close: () => Promise<void> }

const THIS_MACHINE = ['127.0.0.1', '::1']
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '')

/** Listens for HL7 v2 over MLLP; each message is answered once it is stored, in the order in which messages came. `close` lets what has begun end. */
export const startMllp = async (house: House, settings: MllpSettings): Promise<Mllp> => {
  const sockets = new Set<Socket>()
  const onSocket = (socket: Socket): void => {
    const address = plainAddress(socket.remoteAddress)
    const allowed = settings.from.length > 0 ? settings.from : THIS_MACHINE
    if (!allowed.includes(address)) {
      house.log('warn', 'mllp.address-refused', {})
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(house, socket, settings)
  }
  const { tls } = settings
  const server: Server = tls
    ? createTlsServer(
        { key: tls.key, cert: tls.cert, ...(tls.ca ? { ca: tls.ca, requestCert: true, rejectUnauthorized: true } : {}) },
        onSocket,
      )
    : createServer(onSocket)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve))
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : settings.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.end()
      }),
  }
}

const serve = (house: House, socket: Socket, { bytesMost, idleMs }: MllpSettings): void => {
  const frames = readFrames(bytesMost)
  let working: Promise<void> = Promise.resolve()
  let waiting: NodeJS.Timeout | null = null
  const answer = (frame: Frame): void => {
    working = working
      .then(async () => {
        const replies = await repliesTo(house, frame)
        if (!socket.destroyed) for (const reply of replies) socket.write(framed(reply))
      })
      // Not stored, so not acknowledged: the sender sends it again.
      .catch((error: Error) => {
        house.log('error', 'mllp.not-stored', { error: error.message })
        socket.destroy()
      })
  }
  const giveUp = (): void => {
    const rest = frames.rest()
    if (rest) answer(rest)
  }
  const restart = (): void => {
    if (waiting) clearTimeout(waiting)
    waiting = frames.isWaiting() ? setTimeout(giveUp, idleMs) : null
  }
  socket.on('data', (chunk: Buffer) => {
    for (const frame of frames.push(chunk)) answer(frame)
    restart()
  })
  socket.on('end', giveUp)
  socket.on('close', () => waiting && clearTimeout(waiting))
  socket.on('error', (error) => house.log('warn', 'mllp.connection', { error: error.message }))
}

type Kept = { messages: { org: string; id: string; isNew: boolean; state: string; fault: string | null }[] }
type Outcome = { readonly state: string; readonly fault: string | null; readonly place: string | null }

const asSystem = async <Answer>(house: House, form: typeof keep | typeof take, input: unknown): Promise<Answer> => {
  const outcome = await run(house, form, input, { actor: SYSTEM, request: newId() })
  if (!outcome.ok) throw new Error(`${form.name}: ${outcome.refusals.map(({ code }) => code).join(', ')}`)
  return JSON.parse(outcome.value.text) as Answer
}

/** Keeps what is in a frame, has it taken, and answers. What is not stored is not answered: the promise fails. */
const repliesTo = async (house: House, { bytes, state }: Frame): Promise<Buffer[]> => {
  const damage = state === 'too-long' ? 'too-long' : state === 'cut' ? 'cut-off' : null
  const kept = await asSystem<Kept>(house, keep, { kind: 'hl7', channel: 'mllp', base64: bytes.toString('base64'), damage })
  const outcomes: Outcome[] = []
  for (const one of kept.messages)
    outcomes.push(
      one.state === 'kept' ? await asSystem<Outcome>(house, take, { org: one.org, id: one.id }) : { ...one, place: null },
    )
  return answersTo(house, bytes, outcomes)
}

/** A message by itself is answered as its header asks; a batch always by one batch. */
const answersTo = async (house: House, bytes: Buffer, outcomes: readonly Outcome[]): Promise<Buffer[]> => {
  const decoded = decodeHl7(bytes)
  const batch = decoded ? splitBatch(decoded.text) : { messages: [], header: null }
  const at = (await databaseNow(house.database)).replaceAll(/[-:T]/g, '').slice(0, 14)
  const texts = batch.messages.length > 1 ? batch.messages.map((text) => Buffer.from(text, 'utf8')) : [bytes]
  const acks = texts.map((text, index): string[] => {
    const outcome = outcomes[index]
    const fault = outcome?.state === 'stuck' ? (outcome.fault as IntakeFault) : null
    const code: AckCode = fault ? (FAULTS[fault]?.ack ?? 'AE') : 'AA'
    const { message } = headOfHl7(text, house.zone)
    const codes = texts.length > 1 || batch.header !== null ? [code] : acksAskedFor(message, code)
    return codes.map((one) =>
      ackOf(message, {
        code: one,
        id: newId().replaceAll('-', '').slice(0, 20),
        at: `${at}+0000`,
        says: fault && one !== 'CA' ? (FAULTS[fault]?.en ?? fault) : 'stored',
        place: one === 'CA' ? null : (outcome?.place ?? null),
      }),
    )
  })
  const flat = acks.flat()
  const replies = batch.header !== null ? [ackBatch(flat, batch.header)] : texts.length > 1 ? [flat.join('')] : flat
  return replies.map((reply) => encoded(reply, decoded?.charset ?? 'utf-8'))
}

/** Answers are Latin, but repeat the names of systems as they were sent: in the sender's own character set. */
const encoded = (text: string, charset: Charset): Buffer => {
  if (charset === 'utf-16le') return Buffer.from(text, 'utf16le')
  return charset === 'gb18030' ? encodeGb(text) : Buffer.from(text, charset === 'iso-8859-1' ? 'latin1' : 'utf8')
}
