import { present } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { constraintOf, type Tx } from '../../platform/database/pool.ts'
import { command, Refused, type Act, type TraceEvent } from '../../platform/forms/form.ts'
import { keepDeskHits, readDeskFacts, type KeptHit } from '../audit-rules/index.ts'
import { relationsToRecord } from '../record-access/index.ts'
import { getPerson, idsOf } from '../residents/index.ts'
import { auditFirst } from './audit-first.ts'
import { previewInput, reverseInput, settleInput } from './contract.ts'
import { readClaim, settleAsked, shownSettlement, standingOfClaim, type ReadySettlement } from './read-claim.ts'
import type { AreaBook } from './rules/area-schema.ts'
import { addedBetween, addedOf, NOBODY_PAYS, NOTHING_ADDED, postingsBetween, type Added } from './rules/shares.ts'
import { yearOf } from './rules/year-so-far.ts'
import type { BillId, KeptBill, Revision } from './settlement.ts'
import { findSettled, saveBook, saveRevisions, standingOfNumber, type NewRevision } from './store.ts'
import { entriesOfYear, lockYear } from './year-store.ts'

export const BASIS = '医保结算:先出院地、先统筹后账户,逐层支付;医保退费冲正'
export const TREATING = ['village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis', 'pharmacist@presented'] as const // prettier-ignore
const THERE = ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own', 'pharmacist@own'] as const

export const eventOf = (bill: Pick<KeptBill, 'org' | 'id' | 'person'>, type: string, data: NonNullable<TraceEvent['data']>, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'settled-bill', org: bill.org, id: bill.id },
  person: bill.person,
  seenBy: [bill.org],
  ...(reason === undefined ? {} : { reason }),
  data,
}) // prettier-ignore

/** What a revision adds to the year, as it is kept beside it. */
export const entryOf = (bill: KeptBill, revision: number, added: Added): NewRevision['entry'] => ({
  ...added,
  person: bill.person,
  org: bill.org,
  bill: bill.id,
  revision,
  area: bill.area,
  insured: bill.insured,
  year: yearOf(bill.day),
  seq: bill.seq,
  care: bill.care,
  level: bill.level,
  day: bill.day,
})

/** The first revision of a bill, ready to be kept. */
export const firstRevision = (bill: KeptBill, { settled, before, shares }: Pick<ReadySettlement, 'settled' | 'before' | 'shares'>, on: Day): NewRevision => ({
  bill,
  isFirst: true,
  revision: { ...shares, no: 1, kind: 'settled', bookHash: settled.rulebookHash, before, result: settled, mirrors: null, reason: null, because: null, by: bill.by, on, at: bill.at },
  postings: postingsBetween(bill, NOBODY_PAYS, shares),
  entry: entryOf(bill, 1, addedOf(settled)),
}) // prettier-ignore

/** A bill was settled: its total, and what the funds pay of it together. */
export const settledEvent = (bill: KeptBill, { totalFen, funds }: Pick<Revision, 'totalFen' | 'funds'>): TraceEvent =>
  eventOf(bill, 'settlement.settled', { totalFen, fundFen: Object.values(funds).reduce((sum, fen) => sum + fen, 0) })

export const preview = command({
  name: 'settlement.preview',
  by: ['resident@self', 'resident@representative', ...TREATING],
  basis: BASIS,
  does: {
    zh: '预结算:按本年已结算的累计,算出这张账单各方支付多少;不留账。',
    en: 'Prices a bill on what the person’s year has seen so far; nothing is kept.',
  },
  input: previewInput,
  read: async (tx, input, act) => {
    const standing = await standingOfClaim(tx, input)
    return standing && readClaim(tx, standing, input, act.actor.org)
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id }),
  decide: (facts, input, act) => {
    const ready = settleAsked(facts, input, act.today)
    return ready.ok ? ok({ change: null, answer: { settlement: shownSettlement(ready.value.settled) } }) : ready
  },
  write: async () => {},
})

/** A settled bill with its book, and what the audit rules found in it. */
type NewSettlement = {
  readonly made: NewRevision
  readonly book: AreaBook
  readonly found: readonly KeptHit[]
  readonly lines: number
}

const BILL_NO = 'bill_org_id_bill_no_round_key'

const writeSettlement = async (tx: Tx, { made, book, found, lines }: NewSettlement, act: Act): Promise<void> => {
  try {
    await saveBook(tx, made.revision.bookHash, book, act.now)
    await saveRevisions(tx, [made])
    await keepDeskHits(tx, found, { lines, by: made.bill.by })
  } catch (error) {
    if (constraintOf(error) === BILL_NO) throw new Refused('settlement.already-settled')
    throw error
  }
}

export const settle = command({
  name: 'settlement.settle',
  by: TREATING,
  basis: BASIS,
  does: {
    zh: '结算一张账单:按统筹区当日规则逐行拆分、逐层支付(含大病、补充、医疗救助),一步结清并入账;先过审核规则。',
    en: 'Settles a bill by the area’s rules of its day, all layers in one step, and posts who owes what; audit rules are asked first.',
  },
  input: settleInput,
  read: async (tx, input, act) => {
    const standing = await standingOfClaim(tx, input)
    if (standing === null) return null
    await lockYear(tx, standing.person.id)
    const facts = await readClaim(tx, standing, input, act.actor.org)
    const org = present(act.actor.org, 'the institution that settles')
    const codes = input.claim.lines.flatMap(({ code }) => (code === undefined ? [] : [code]))
    return {
      ...facts,
      earlier: await standingOfNumber(tx, org, input.billNo),
      desk: await readDeskFacts(tx, { codes, org, day: input.claim.day as Day, stage: 'mid', person: null }),
    }
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id }),
  decide: (facts, input, act) => {
    const org = act.actor.org as OrgId
    if (facts.earlier && facts.earlier.kind !== 'reversed') return refuse('settlement.already-settled')
    const ready = settleAsked(facts, input, act.today)
    if (!ready.ok) return ready
    const { insured, stated, settled } = ready.value
    const bill: KeptBill = {
      ...stated,
      org,
      id: act.newId<BillId>(),
      person: facts.person.id,
      billNo: input.billNo,
      round: (facts.earlier?.round ?? 0) + 1,
      area: input.area,
      insured,
      care: input.claim.care,
      level: input.claim.level,
      day: input.claim.day,
      seq: facts.entries.reduce((most, { seq }) => Math.max(most, seq), 0) + 1,
      by: act.actor.account,
      at: act.now,
    }
    const found = auditFirst(facts.person, facts.desk, input, bill, act)
    if (!found.ok) return found
    const lines = input.claim.lines.length
    const made = firstRevision(bill, ready.value, act.today)
    return ok({
      change: { made, book: ready.value.book, found: found.value, lines },
      answer: { org, bill: bill.id, billNo: bill.billNo, round: bill.round, settlement: shownSettlement(settled) },
      events: [settledEvent(bill, made.revision)],
    })
  },
  write: writeSettlement,
})

const mirrorOf = ({ bill, newest }: { bill: KeptBill; newest: Revision }, reason: string, act: Act): NewRevision => {
  const no = newest.no + 1
  const added = newest.result === null ? NOTHING_ADDED : addedBetween(addedOf(newest.result), NOTHING_ADDED)
  return {
    bill,
    isFirst: false,
    revision: { ...NOBODY_PAYS, no, kind: 'reversed', bookHash: newest.bookHash, before: newest.before, result: null, mirrors: newest.no, reason, because: null, by: act.actor.account, on: act.today, at: act.now }, // prettier-ignore
    postings: postingsBetween(bill, newest, NOBODY_PAYS),
    entry: entryOf(bill, no, added),
  }
}

export const reverse = command({
  name: 'settlement.reverse',
  by: THERE,
  basis: BASIS,
  does: {
    zh: '整单冲正:另记一笔反向账并写明原因,原账不改;其后本年度受影响的账单按顺序重算补差。',
    en: 'Reverses a bill whole by a mirror that says why; later bills of the year that it touched are reckoned again in their order.',
  },
  input: reverseInput,
  read: async (tx, input) => {
    const [org, id] = [input.org as OrgId, input.bill as BillId]
    const seen = await findSettled(tx, org, id)
    if (seen === null) return null
    const person = await getPerson(tx, seen.bill.person)
    await lockYear(tx, person.id)
    const persons = [...new Set([seen.bill.person, ...(await idsOf(tx, person.id))])]
    const { area, insured, day } = seen.bill
    const found = await findSettled(tx, org, id)
    return found && { bill: found.bill, newest: found.revisions[0], entries: await entriesOfYear(tx, { persons, area, insured, year: yearOf(day) }) }
  }, // prettier-ignore
  relation: ({ bill }, { actor }) => (bill.org === actor.org ? ['own'] : []),
  subject: ({ bill }) => ({ person: bill.person, case: bill.id }),
  decide: ({ bill, newest, entries }, { reason }, act) => {
    if (newest.kind === 'reversed') return refuse('settlement.already-reversed')
    const later = new Set(entries.filter(({ seq }) => seq > bill.seq).map((one) => one.bill))
    const data = { area: bill.area, insured: bill.insured, year: yearOf(bill.day), seq: bill.seq }
    return ok({
      change: mirrorOf({ bill, newest }, reason, act),
      /** Bills of the year that were settled after it: the house reckons them again at once. */
      answer: { org: bill.org, bill: bill.id, laterBills: [...later] },
      events: [eventOf(bill, 'settlement.reversed', data, reason)],
    })
  },
  write: (tx, made) => saveRevisions(tx, [made]),
})
