import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { askedEnvelope, isTradeNumber, type AskedEnvelope } from '../../modules/payment/index.ts'
import { openBook, PlatformRefusal, type Book } from './book.ts'
import { carryOut } from './carry-out.ts'
import { faultOf, QUIET, type Shares } from './faults.ts'
import { payPage } from './pay-page.ts'
import { lookAt, tap, tapByNumber, walletTrades } from './wallet.ts'

/** What a simulated platform is started with. */
export type SandboxOptions = {
  readonly port: number
  /** Its own book: a path, or `:memory:`. */
  readonly file: string
  readonly seed: string
  readonly token: string
  readonly faults: Shares
  /** How long a late message is late, in milliseconds. */
  readonly lateMs: number
}

const HERE = '127.0.0.1'
const BODY_MOST = 4_000_000
const DAY_LENGTH = 10

type Taken = { readonly infcode: string; readonly answer: string }

/** One message, once: the same number with the same text gets the first answer again; a number that was taken back does nothing. */
const take = (book: Book, seed: string, envelope: AskedEnvelope, body: string): Taken =>
  book.whole(() => {
    const { msgid, infno } = envelope
    const before = book.get<{ body: string; infcode: string; answer: string }>(
      'select body, infcode, answer from message where msgid = ?',
      msgid,
    )
    if (before) return before.body === body ? before : { infcode: '-1', answer: '报文号已用于其他内容' }
    if (book.get('select 1 from taken_back where msgid = ?', msgid)) return { infcode: '-1', answer: '该报文已被冲正' }
    if (!isTradeNumber(infno)) return { infcode: '-1', answer: `没有交易 ${infno}` }
    const done = carriedOut(book, seed, envelope)
    book.run('insert into message values (?, ?, ?, ?, ?)', msgid, infno, body, done.infcode, done.answer)
    return done
  })

/** A refusal undoes what the trade had begun; the number is spent all the same. */
const carriedOut = (book: Book, seed: string, envelope: AskedEnvelope): Taken => {
  if (!isTradeNumber(envelope.infno)) return { infcode: '-1', answer: '' }
  book.run('savepoint trade')
  try {
    const desk = { book, envelope, day: envelope.inf_time.slice(0, DAY_LENGTH), seed }
    return { infcode: '0', answer: JSON.stringify(carryOut(desk, envelope.infno, envelope.input)) }
  } catch (error) {
    if (!(error instanceof PlatformRefusal)) throw error
    book.run('rollback to trade')
    return { infcode: '-1', answer: error.message }
  } finally {
    book.run('release trade')
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    parts.push(part as Buffer)
    bytes += (part as Buffer).length
    if (bytes > BODY_MOST) throw new Error('too long')
  }
  return Buffer.concat(parts).toString('utf8')
}

const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))

const page = (response: ServerResponse, text: string): void =>
  void response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    })
    .end(text)

const isKnown = (request: IncomingMessage, token: string): boolean => {
  const given = Buffer.from(request.headers.authorization ?? '')
  const right = Buffer.from(`Bearer ${token}`)
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Delivers a message as the line of the day does: lost, answered into the void, twice, late or as it should. */
const deliver = async (
  response: ServerResponse,
  what: { fault: string; lateMs: number; carry: () => unknown },
): Promise<void> => {
  const { fault, carry } = what
  if (fault === 'lost') return void response.destroy()
  if (fault === 'late') {
    // Whoever asked is gone by then; it is carried out all the same.
    await wait(what.lateMs)
    carry()
    return void response.destroy()
  }
  const answer = carry()
  if (fault === 'doubled') carry()
  if (fault === 'replyLost') return void response.destroy()
  json(response, 200, answer)
}

const answeredBy = (msgid: string, { infcode, answer }: Taken) =>
  infcode === '0'
    ? { infcode: 0, inf_refmsgid: msgid, err_msg: null, output: JSON.parse(answer) as object }
    : { infcode: -1, inf_refmsgid: msgid, err_msg: answer, output: null }

const tapped = (book: Book, request: IncomingMessage, response: ServerResponse, code: string): void => {
  const { origin, host } = request.headers
  if (request.method === 'POST' && origin !== undefined && origin !== 'null' && origin !== `http://${host}`)
    return void response.writeHead(403).end()
  const cash = request.method === 'POST' ? tap(book, code) : lookAt(book, code)
  return cash ? page(response, payPage(cash)) : void response.writeHead(404).end()
}

/**
 * A simulated national platform with a wallet beside it, on this machine only: it knows nothing of the house but what it is told, keeps its
 * own book, and by seed and setting does to messages what bad lines do. Answers the address and how to end it.
 */
export const startPlatformSandbox = async (
  options: SandboxOptions,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const { seed, token, lateMs } = options
  const book = openBook(options.file)
  const attempts = new Map<string, number>()
  let { faults } = options
  let isSilent = false
  const faultFor = (key: string): string => {
    const attempt = (attempts.get(key) ?? 0) + 1
    attempts.set(key, attempt)
    return faultOf(faults, seed, key, attempt)
  }
  const platform = (response: ServerResponse, text: string): Promise<void> | void => {
    const read = askedEnvelope.safeParse(JSON.parse(text))
    if (!read.success)
      return json(response, 200, {
        infcode: '-1',
        err_msg: `报文头不符:${read.error.issues[0]?.path.join('.') ?? ''}`,
        output: null,
      })
    const envelope = read.data
    const fault = faultFor(envelope.msgid)
    if (fault === 'refused')
      return json(response, 200, { infcode: -2, inf_refmsgid: envelope.msgid, err_msg: '系统繁忙,未受理', output: null })
    return deliver(response, {
      fault,
      lateMs,
      carry: () => answeredBy(envelope.msgid, take(book, seed, envelope, JSON.stringify(envelope.input))),
    })
  }
  const wallet = (response: ServerResponse, path: string, text: string): Promise<void> | void => {
    const input = JSON.parse(text) as Parameters<NonNullable<(typeof walletTrades)[string]>>[1]
    const fault = faultFor(`${path} ${input.refund ?? ''} ${input.number ?? ''} ${input.day ?? ''}`)
    if (fault === 'refused') return json(response, 503, { code: 'busy' })
    const carry = (): unknown =>
      book.whole(() => {
        try {
          return { code: 'ok', ...(walletTrades[path]?.(book, input) as object) }
        } catch (error) {
          if (error instanceof PlatformRefusal) return { code: error.message }
          throw error
        }
      })
    return deliver(response, { fault, lateMs, carry })
  }
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox')
    const text = await bodyOf(request)
    if (pathname.startsWith('/pay/')) return tapped(book, request, response, pathname.slice('/pay/'.length))
    if (request.method !== 'POST') return void response.writeHead(404).end()
    if (!isKnown(request, token)) return json(response, 401, { infcode: '-1', err_msg: '未签到' })
    if (pathname === '/control') {
      const asked = JSON.parse(text) as { silent?: boolean; faults?: Shares | 'none'; tap?: string }
      isSilent = asked.silent ?? isSilent
      if (asked.faults !== undefined) faults = asked.faults === 'none' ? QUIET : asked.faults
      return json(response, 200, { silent: isSilent, tapped: asked.tap ? (tapByNumber(book, asked.tap)?.state ?? null) : null })
    }
    // A silent platform takes the connection and says nothing.
    if (isSilent) return
    if (Object.hasOwn(walletTrades, pathname)) return wallet(response, pathname, text)
    return platform(response, text)
  }
  const server = createServer((request, response) => {
    route(request, response).catch((error: Error) => {
      console.error(error.message)
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, HERE, resolve))
  return {
    address: `http://${HERE}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await closed(server)
      book.close()
    },
  }
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
