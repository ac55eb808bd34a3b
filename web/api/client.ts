import { errorFrom, noAnswer, strangeAnswer } from './api-error.ts'
import type { CommandName, Commands, Queries, QueryName } from './api-types.ts'
import { noteAnswer, noteCut } from './contact.ts'
import type { Answered, QueuedCommand } from './queue.ts'
import { deviceNow, noteServerInstant } from './server-clock.ts'

/** Long enough for a 2G round trip with a lost packet; after that the person should hear something. */
const answerWaitMs = 30_000

/**
 * A fresh key that marks one intent, so that sending it twice has one effect.
 * Built from random bytes because `crypto.randomUUID` is missing on plain-HTTP clinic networks.
 */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const answered = async (address: string, request: RequestInit, signal?: AbortSignal, waitMs: number = answerWaitMs) => {
  const cut = new AbortController()
  const giveUp = () => cut.abort()
  const timer = setTimeout(giveUp, waitMs)
  signal?.addEventListener('abort', giveUp)
  const sentAt = deviceNow()
  try {
    const response = await fetch(address, { credentials: 'same-origin', ...request, signal: cut.signal })
    noteServerInstant(response.headers.get('x-jieli-now'), sentAt, deviceNow())
    const text = await response.text()
    noteAnswer()
    return { response, text }
  } catch {
    // A page that no longer asks has learnt nothing about the line.
    if (signal?.aborted !== true) noteCut()
    throw noAnswer()
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}

const exchange = async (address: string, request: RequestInit, signal?: AbortSignal, waitMs?: number): Promise<unknown> => {
  const { response, text } = await answered(address, request, signal, waitMs)
  const payload = readJson(text)
  if (!response.ok) throw errorFrom(response.status, payload)
  if (payload === undefined) throw strangeAnswer(response.status)
  return payload
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Sends a command by its name without knowing its types: for the outbox, which carries any command.
 * @throws ApiError when refused or unanswered.
 */
export const sendCommand = (name: string, body: unknown, key: string): Promise<unknown> =>
  exchange(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })

/** On the slowest line that is served, 64 kbit/s, a request of 100 commands and its answer pass in well under this. */
const batchWaitMs = 60_000

const packed = (text: string): Promise<Blob> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob()

/**
 * Sends several commands in one packed request, in their order; each has its own answer.
 * @throws ApiError when there was no answer for all of them.
 */
export const sendCommands = async (entries: readonly QueuedCommand[]): Promise<readonly Answered[]> => {
  const text = JSON.stringify({ commands: entries.map(({ name, key, line, body }) => ({ name, key, line, body })) })
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const said = await exchange('/api/batch', { method: 'POST', headers, body: await packed(text) }, undefined, batchWaitMs)
  return (said as { answers: Answered[] }).answers
}

/**
 * Runs a command. Give the same `key` when the same intent is sent again.
 * @throws ApiError when refused or unanswered.
 */
export const call = async <N extends CommandName>(
  name: N,
  body: Commands[N]['input'],
  key: string = newKey(),
): Promise<Commands[N]['answer']> => (await sendCommand(name, body, key)) as Commands[N]['answer']

/**
 * Asks something of the house that is no form: nothing of it is stored or repeated.
 * @throws ApiError when refused or unanswered.
 */
export const askRoute = <Answer>(address: string, body: object, signal?: AbortSignal): Promise<Answer> =>
  exchange(
    address,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    signal,
  ) as Promise<Answer>

/** The part of an address after the query's name; empty, null and undefined parameters are left out. */
export const searchOf = (params: object): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/**
 * Asks a query.
 * @throws ApiError when refused or unanswered.
 */
export const fetchQuery = async <N extends QueryName>(
  name: N,
  params: Queries[N]['input'],
  signal?: AbortSignal,
): Promise<Queries[N]['answer']> =>
  (await exchange(`/api/${name}${searchOf(params as object)}`, {}, signal)) as Queries[N]['answer']
