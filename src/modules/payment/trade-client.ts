import { createHash } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { Database } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { backOff, type Circuit } from './circuit.ts'
import * as journal from './trade-store.ts'
import type { Entry } from './trade-store.ts'
import { answeredEnvelope, institutionNumber, messageId, wireTime } from './wire/envelope.ts'
import { trades, type TradeInput, type TradeNumber, type TradeOutput } from './wire/trades.ts'

/** Where the platform is and how it is spoken to. */
export type Link = {
  readonly url: string
  readonly token: string
  readonly timeoutMs: number
  /** The pooling area (6 digits) that the institutions stand in. */
  readonly area: string
  /** The first wait before a message is sent again; doubled each time. */
  readonly firstWaitMs: number
}

/** What a trade is for. The same step of the same institution is one trade, however often it is called. */
export type About<N extends TradeNumber> = {
  readonly org: OrgId
  readonly orgName: string
  readonly step: string
  /** The insured person, for taking back. */
  readonly psn?: string
  /** Asks where the matter stands when no answer came; null when nothing was done. */
  readonly lookUp?: () => Promise<TradeOutput<N> | null>
  /** Whether a refusal before is no end: the trade is then asked anew, as a message of its own. */
  readonly again?: boolean
}

export type Answered<N extends TradeNumber> =
  | { readonly ok: true; readonly output: TradeOutput<N> }
  | { readonly ok: false; readonly says: string }

/** Nobody knows yet, or the platform is away: the same step is called again later and goes on from here. */
export class NotNow extends Error {}

/** The one way to the platform. */
export type TradeClient = {
  /**
   * Carries a trade out once, whatever the line does: kept before it is sent, asked after when no answer came, sent again under the same
   * number, and, where the platform can take it back, taken back when that does not help either.
   * @throws NotNow when the outcome is not known yet.
   */
  readonly call: <N extends TradeNumber>(about: About<N>, infno: N, input: TradeInput<N>) => Promise<Answered<N>>
}

/** How often a message is sent in one call. */
const SENDS_MOST = 4
const SAYS_MOST = 300
const BUSY = '-2'

type Reply =
  | { readonly kind: 'answered'; readonly output: Record<string, unknown> }
  | { readonly kind: 'refused' | 'busy'; readonly says: string }
  | { readonly kind: 'nothing' }

/** One delivery of a message. Throws nothing that the network can cause. */
const send = async (link: Link, envelope: object, msgid: string): Promise<Reply> => {
  try {
    const response = await fetch(link.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${link.token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(envelope),
      signal: AbortSignal.timeout(link.timeoutMs),
    })
    if (!response.ok) return { kind: 'nothing' }
    const read = answeredEnvelope.safeParse(await response.json())
    if (!read.success || (read.data.inf_refmsgid !== undefined && read.data.inf_refmsgid !== msgid)) return { kind: 'nothing' }
    const says = (read.data.err_msg ?? '').slice(0, SAYS_MOST)
    if (read.data.infcode === '0') return { kind: 'answered', output: read.data.output ?? {} }
    return { kind: read.data.infcode === BUSY ? 'busy' : 'refused', says }
  } catch {
    return { kind: 'nothing' }
  }
}

type Line = { readonly house: House; readonly link: Link; readonly circuit: Circuit; readonly database: Database }
type Whose = { readonly org: OrgId; readonly orgName: string }

/** The client of one platform; all calls share what is known of its silence. */
export const makeTradeClient = (house: House, link: Link, circuit: Circuit): TradeClient => {
  const line: Line = { house, link, circuit, database: asSystem(house.database) }
  return { call: (about, infno, input) => call(line, about, infno, input) }
}

const envelopeOf = (
  { house, link }: Line,
  about: Whose,
  entry: { msgid: string; infno: string; askedAt: Instant },
  input: unknown,
) => ({
  infno: entry.infno,
  msgid: entry.msgid,
  mdtrtarea_admvs: link.area,
  insuplc_admdvs: link.area,
  recer_sys_code: 'jieli',
  infver: 'V1.0',
  opter_type: '1',
  opter: 'jieli',
  opter_name: '接力',
  inf_time: wireTime(entry.askedAt, house.zone),
  fixmedins_code: institutionNumber(about.org),
  fixmedins_name: about.orgName,
  sign_no: 'jieli',
  input,
})

const say = async ({ link, circuit }: Line, envelope: object, msgid: string): Promise<Reply> => {
  if (circuit.isOpen()) return { kind: 'nothing' }
  const reply = await send(link, envelope, msgid)
  if (reply.kind === 'nothing') circuit.silent()
  else circuit.heard()
  return reply
}

/** What changes nothing is a message of its own each time. */
const askPlain = async <N extends TradeNumber>(
  line: Line,
  about: Whose,
  infno: N,
  input: TradeInput<N>,
): Promise<Answered<N>> => {
  for (let tries = 0; tries < SENDS_MOST; tries += 1) {
    const { at: askedAt, count } = await journal.nextNumber(line.database)
    const msgid = messageId(about.org, askedAt, line.house.zone, count)
    const reply = await say(line, envelopeOf(line, about, { msgid, infno, askedAt }, input), msgid)
    if (reply.kind === 'answered') {
      const read = trades[infno].output.safeParse(reply.output)
      if (!read.success) throw new NotNow(`${infno}: the answer does not read`)
      return { ok: true, output: read.data as TradeOutput<N> }
    }
    if (reply.kind === 'refused') return { ok: false, says: reply.says }
    await backOff(line.link.firstWaitMs, tries)
  }
  throw new NotNow(`${infno}: no answer`)
}

const ended = <N extends TradeNumber>(entry: Entry, infno: N): Answered<N> => {
  if (entry.state === 'refused') return { ok: false, says: entry.says ?? '' }
  assert(entry.state === 'answered' && entry.answer !== null, 'an ended trade has an answer')
  return { ok: true, output: trades[infno].output.parse(entry.answer) as TradeOutput<N> }
}

const answered = async <N extends TradeNumber>(
  line: Line,
  entry: Entry,
  infno: N,
  from: { output: object; learnt: 'reply' | 'query' },
): Promise<Answered<N>> => {
  const read = trades[infno].output.safeParse(from.output)
  // An answer that is none is like no answer: it was perhaps carried out.
  if (!read.success) throw new NotNow(`${infno}: the answer does not read`)
  await journal.noteEnd(line.database, entry, { state: 'answered', answer: read.data as object, learnt: from.learnt })
  return { ok: true, output: read.data as TradeOutput<N> }
}

/** Takes back what perhaps was done; afterwards nothing of it was, and nothing of it will be. */
const takeBack = async <N extends TradeNumber>(line: Line, about: About<N>, entry: Entry, infno: N): Promise<void> => {
  const step = `${about.step} back ${entry.attempt}`
  const data = { psn_no: about.psn ?? '', omsgid: entry.msgid, oinfno: infno }
  const back = await call(line, { org: about.org, orgName: about.orgName, step }, '2601', { data })
  if (!back.ok) throw new NotNow(`${infno}: not taken back: ${back.says}`)
  await journal.noteEnd(line.database, entry, { state: 'reversed' })
}

/** Asks where the matter stands; null when nothing was done, or nobody can say. */
const settleUnknown = async <N extends TradeNumber>(
  line: Line,
  about: About<N>,
  entry: Entry,
  infno: N,
): Promise<Answered<N> | null> => {
  await journal.noteUnknown(line.database, entry)
  const found = (await about.lookUp?.()) ?? null
  return found === null ? null : answered(line, entry, infno, { output: found as object, learnt: 'query' })
}

const begin = <N extends TradeNumber>(
  line: Line,
  about: About<N>,
  infno: N,
  of: { input: TradeInput<N>; attempt: number },
): Promise<Entry> =>
  journal.beginEntry(
    line.database,
    {
      org: about.org,
      step: about.step,
      attempt: of.attempt,
      infno,
      hash: createHash('sha256').update(JSON.stringify(of.input)).digest(),
    },
    (at, count) => messageId(about.org, at, line.house.zone, count),
  )

const call = async <N extends TradeNumber>(line: Line, about: About<N>, infno: N, input: TradeInput<N>): Promise<Answered<N>> => {
  const trade = trades[infno]
  assert(trade.input.safeParse(input).success, `the input of ${infno} is as its module says`)
  if (trade.effect === 'none') return askPlain(line, about, infno, input)
  const before = await journal.newestEntry(line.database, about.org, about.step)
  const isOver = before !== null && (before.state === 'reversed' || (before.state === 'refused' && about.again === true))
  if (before && !isOver && ['answered', 'refused'].includes(before.state)) return ended(before, infno)
  const entry = before && !isOver ? before : await begin(line, about, infno, { input, attempt: (before?.attempt ?? 0) + 1 })
  // Somebody began it before us, perhaps a server that was killed: what became of it is asked first.
  const known = before === entry ? await settleUnknown(line, about, entry, infno) : null
  return known ?? deliver(line, about, entry, input, infno)
}

/** Sends a message until its outcome is known, a few times under its one number. */
const deliver = async <N extends TradeNumber>(
  line: Line,
  about: About<N>,
  entry: Entry,
  input: TradeInput<N>,
  infno: N,
): Promise<Answered<N>> => {
  for (let tries = 0; tries < SENDS_MOST; tries += 1) {
    await journal.noteSent(line.database, entry)
    const reply = await say(line, envelopeOf(line, about, entry, input), entry.msgid)
    if (reply.kind === 'answered') return answered(line, entry, infno, { output: reply.output, learnt: 'reply' })
    if (reply.kind === 'refused') {
      await journal.noteEnd(line.database, entry, { state: 'refused', says: reply.says })
      return { ok: false, says: reply.says }
    }
    const known = reply.kind === 'nothing' ? await settleUnknown(line, about, entry, infno) : null
    if (known) return known
    await backOff(line.link.firstWaitMs, tries)
  }
  if (trades[infno].effect === 'reversible') await takeBack(line, about, entry, infno)
  throw new NotNow(`${infno}: no answer`)
}
