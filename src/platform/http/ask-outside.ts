import { lookup as lookUpName, type LookupAddress, type LookupOptions } from 'node:dns'
import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askByTls } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** What the house asks of a server outside. Nothing that it answers is trusted: it is bounded in time and size, and moved answers are not followed. */
export type OutsideQuestion = {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  readonly bytesMost: number
  /** Whether private networks and http:// are allowed: the setting of the deployer, never of whoever named the address. */
  readonly mayBePrivate: boolean
}
export type OutsideAnswer = { readonly status: number; readonly contentType: string; readonly text: string }

/** Why nothing was asked, or no answer came: never more of the address than that it cannot be used. */
export class OutsideFault extends Error {
  readonly why: 'address' | 'private' | 'time' | 'size' | 'line'
  constructor(why: OutsideFault['why']) {
    super(`outside server: ${why}`)
    this.why = why
  }
}

// Networks that are not the open internet. Source: IANA special-purpose address registries for IPv4 and IPv6.
const CLOSED = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  CLOSED.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  CLOSED.addSubnet(network, bits, 'ipv6')

/** Whether an address belongs to the open internet. An IPv4 address in the dress of IPv6 is judged as the IPv4 address. */
export const isOpenAddress = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && !CLOSED.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

type Told = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/** Looks a name up and gives the line only addresses that may be asked, so that no second look-up can answer another. */
const guardedLookup =
  (mayBePrivate: boolean) =>
  (name: string, options: LookupOptions, told: Told): void =>
    lookUpName(name, { ...options, all: true }, (error, found) => {
      if (error) return told(error, '')
      if (!mayBePrivate && found.some(({ address }) => !isOpenAddress(address))) return told(new OutsideFault('private'), '')
      const [first] = found as [LookupAddress]
      return options.all ? told(null, found) : told(null, first.address, first.family)
    })

const usable = (address: string, mayBePrivate: boolean): URL => {
  const url = URL.parse(address)
  if (!url || url.username !== '' || url.password !== '') throw new OutsideFault('address')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBePrivate)) throw new OutsideFault('address')
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  // A bare address is never looked up, so it is judged here.
  if (isIP(bare) !== 0 && !mayBePrivate && !isOpenAddress(bare)) throw new OutsideFault('private')
  return url
}

const readAll = async (answer: IncomingMessage, bytesMost: number): Promise<string> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > bytesMost) throw new OutsideFault('size')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/**
 * Asks a server outside, by TLS and on the open internet unless the deployer allows more. Any status is an answer.
 * @throws OutsideFault when the address may not be asked or no whole answer came in time.
 */
export const askOutside = async (address: string, question: OutsideQuestion): Promise<OutsideAnswer> => {
  const url = usable(address, question.mayBePrivate)
  const signal = AbortSignal.timeout(question.timeoutMs)
  const ask = url.protocol === 'https:' ? askByTls : askPlain
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = {
        method: question.method ?? 'GET',
        headers: { 'user-agent': 'jieli', ...question.headers },
        lookup: guardedLookup(question.mayBePrivate),
        signal,
        agent: false,
      } as const
      const line = ask(url, options, resolve)
      line.on('error', reject)
      line.end(question.body)
    })
    const text = await readAll(answer, question.bytesMost)
    return { status: answer.statusCode ?? 0, contentType: answer.headers['content-type'] ?? '', text }
  } catch (error) {
    if (error instanceof OutsideFault) throw error
    throw new OutsideFault(signal.aborted ? 'time' : 'line')
  }
}
