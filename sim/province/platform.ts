import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openBook, type Answer } from './book.ts'
import { BAD, drawn, faultOf, QUIET } from './faults.ts'
import { openJournal } from './journal.ts'

/**
 * A simulated provincial platform, a process of its own: takes referral messages in order, drops doubles, keeps a journal in a
 * file, and on a bad network loses, doubles, delays, reorders and refuses by a seed. It knows nothing of the house.
 *
 *   node sim/province/platform.ts --port 21080 --seed 7 --journal province.jsonl [--faults bad] [--refuse 0.1] [--token demo]
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '21080' },
    seed: { type: 'string', default: '1' },
    journal: { type: 'string', default: './province.jsonl' },
    faults: { type: 'string', default: 'none' },
    refuse: { type: 'string', default: '0' },
    token: { type: 'string', default: 'demo' },
    'late-ms': { type: 'string', default: '700' },
  },
})
const { seed } = values
const shares = values.faults === 'bad' ? BAD : QUIET
const refuse = Number(values.refuse)
const lateMs = Number(values['late-ms'])
const journal = openJournal(values.journal)
/** For a share of the cases this platform wants second-level department codes: longer than the four digits of the national table. */
const NATIONAL_CODE_LENGTH = 4
const book = openBook(journal, (caseId, code) => code.length > NATIONAL_CODE_LENGTH || drawn(seed, 'refuse', caseId) >= refuse)
const attempts = new Map<string, number>()
let silent = false
/** Messages kept back, to be taken after one that came later. */
const keptBack: string[] = []

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

const answer = (response: ServerResponse, { status, body }: Answer): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

const take = (text: string): Answer => {
  const taken = book.take(text)
  for (const late of keptBack.splice(0)) book.take(late)
  return taken
}

const deliver = async (response: ServerResponse, text: string, id: string): Promise<void> => {
  const attempt = (attempts.get(id) ?? 0) + 1
  attempts.set(id, attempt)
  switch (faultOf(shares, seed, id, attempt)) {
    case 'lost':
      return void response.destroy()
    case 'receiptLost':
      take(text)
      return void response.destroy()
    case 'doubled':
      answer(response, take(text))
      return void take(text)
    case 'delayed':
      await wait(lateMs * 2 * drawn(seed, id, 'late', attempt))
      return answer(response, take(text))
    case 'reordered':
      // It is taken behind something that comes later; whoever sent it hears nothing.
      keptBack.push(text)
      return void response.destroy()
    case 'broken':
      return answer(response, { status: 502, body: { code: 'broken', zh: '网关错误', en: 'Bad gateway' } })
    case 'none':
      return answer(response, take(text))
  }
}

const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://province')
  const text = await textOf(request)
  if (url.pathname === '/control') {
    silent = (JSON.parse(text) as { silent: boolean }).silent
    return answer(response, { status: 200, body: { silent } })
  }
  // A silent platform takes the connection and says nothing.
  if (silent) return
  if (request.headers.authorization !== `Bearer ${values.token}`)
    return answer(response, { status: 401, body: { code: 'who', zh: '凭证无效', en: 'Unknown token' } })
  if (request.method === 'GET' && url.pathname === '/referral-books')
    return answer(response, { status: 200, body: { cases: book.ofDay(url.searchParams.get('day') ?? '') } })
  if (request.method === 'POST' && url.pathname === '/referral-messages')
    return deliver(response, text, String(request.headers['idempotency-key'] ?? ''))
  answer(response, { status: 404, body: { code: 'nothing-here', zh: '没有这个接口', en: 'Nothing here' } })
}

const server = createServer((request, response) => {
  route(request, response).catch((error: Error) => {
    console.error(error)
    response.destroy()
  })
})
server.listen(Number(values.port), '127.0.0.1', () => {
  const bound = server.address()
  console.log(JSON.stringify({ listening: typeof bound === 'object' ? bound?.port : bound, seed, taken: journal.lines.length }))
})
