import { createHash } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'
import { instantOfMs, msOf, type Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { databaseNow } from '../../platform/database/pool.ts'
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

export const makeTradeClient = (house: House, link: Link, circuit: Circuit): TradeClient => {
  const database = asSystem(house.database)
  const envelopeOf = (
    about: { org: OrgId; orgName: string },
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
  const say = async (envelope: object, msgid: string): Promise<Reply> => {
    if (circuit.isOpen()) return { kind: 'nothing' }
    const reply = await send(link, envelope, msgid)
    if (reply.kind === 'nothing') circuit.silent()
    else circuit.heard()
    return reply
  }
  const plain = async <N extends TradeNumber>(about: About<N>, infno: N, input: TradeInput<N>): Promise<Answered<N>> => {
    const askedAt = await databaseNow(database)
    for (let tries = 0; tries < SENDS_MOST; tries += 1) {
      // What changes nothing is a message of its own each time, so its number need be unlike others only while it is under way.
      const msgid = messageId(about.org, instantOfMs(msOf(askedAt)), house.zone, Math.floor(Math.random() * 10_000))
      const reply = await say(envelopeOf(about, { msgid, infno, askedAt }, input), msgid)
      if (reply.kind === 'answered') return { ok: true, output: trades[infno].output.parse(reply.output) as TradeOutput<N> }
      if (reply.kind === 'refused' && !reply.says.includes('报文号已用于其他内容')) return { ok: false, says: reply.says }
      await backOff(link.firstWaitMs, tries)
    }
    throw new NotNow(`${infno}: no answer`)
  }
  const ended = async <N extends TradeNumber>(entry: Entry, infno: N): Promise<Answered<N>> => {
    if (entry.state === 'refused') return { ok: false, says: entry.says ?? '' }
    assert(entry.state === 'answered' && entry.answer !== null, 'an ended trade has an answer')
    return { ok: true, output: trades[infno].output.parse(entry.answer) as TradeOutput<N> }
  }
  const answered = async <N extends TradeNumber>(
    entry: Entry,
    infno: N,
    output: object,
    learnt: 'reply' | 'query',
  ): Promise<Answered<N>> => {
    const read = trades[infno].output.safeParse(output)
    // An answer that is none is like no answer: it was perhaps carried out.
    if (!read.success) throw new NotNow(`${infno}: the answer does not read`)
    await journal.noteEnd(database, entry, { state: 'answered', answer: read.data as object, learnt })
    return { ok: true, output: read.data as TradeOutput<N> }
  }
  /** Takes back what perhaps was done; afterwards nothing of it was, and nothing of it will be. */
  const takeBack = async <N extends TradeNumber>(about: About<N>, entry: Entry, infno: N): Promise<void> => {
    const back = await call({ org: about.org, orgName: about.orgName, step: `${about.step} back ${entry.attempt}` }, '2601', {
      data: { psn_no: about.psn ?? '', omsgid: entry.msgid, oinfno: infno },
    })
    if (!back.ok) throw new NotNow(`${infno}: not taken back: ${back.says}`)
    await journal.noteEnd(database, entry, { state: 'reversed' })
  }
  const settleUnknown = async <N extends TradeNumber>(about: About<N>, entry: Entry, infno: N): Promise<Answered<N> | null> => {
    await journal.noteUnknown(database, entry)
    const found = (await about.lookUp?.()) ?? null
    return found === null ? null : answered(entry, infno, found as object, 'query')
  }
  const begin = <N extends TradeNumber>(about: About<N>, infno: N, input: TradeInput<N>, attempt: number): Promise<Entry> =>
    journal.beginEntry(
      database,
      { org: about.org, step: about.step, attempt, infno, hash: createHash('sha256').update(JSON.stringify(input)).digest() },
      (at, count) => messageId(about.org, at, house.zone, count),
    )
  const call = async <N extends TradeNumber>(about: About<N>, infno: N, input: TradeInput<N>): Promise<Answered<N>> => {
    const trade = trades[infno]
    assert(trade.input.safeParse(input).success, `the input of ${infno} is as its module says`)
    if (trade.effect === 'none') return plain(about, infno, input)
    const before = await journal.newestEntry(database, about.org, about.step)
    const isOver = before !== null && (before.state === 'reversed' || (before.state === 'refused' && about.again === true))
    if (before && !isOver && ['answered', 'refused'].includes(before.state)) return ended(before, infno)
    const entry = before && !isOver ? before : await begin(about, infno, input, (before?.attempt ?? 0) + 1)
    // Somebody began it before us, perhaps a server that was killed: what became of it is asked first.
    if (before === entry) {
      const known = await settleUnknown(about, entry, infno)
      if (known) return known
    }
    for (let tries = 0; tries < SENDS_MOST; tries += 1) {
      await journal.noteSent(database, entry)
      const reply = await say(envelopeOf(about, entry, input), entry.msgid)
      if (reply.kind === 'answered') return answered(entry, infno, reply.output, 'reply')
      if (reply.kind === 'refused') {
        await journal.noteEnd(database, entry, { state: 'refused', says: reply.says })
        return { ok: false, says: reply.says }
      }
      if (reply.kind === 'nothing') {
        const known = await settleUnknown(about, entry, infno)
        if (known) return known
      }
      await backOff(link.firstWaitMs, tries)
    }
    if (trade.effect === 'reversible') await takeBack(about, entry, infno)
    throw new NotNow(`${infno}: no answer`)
  }
  return { call }
}
