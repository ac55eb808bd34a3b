import { z } from 'zod'
import type { OrgId } from '../../kernel/id.ts'
import { ok } from '../../kernel/result.ts'
import { assert } from '../../kernel/assert.ts'
import { command, type Act, type Reaction } from '../../platform/forms/form.ts'
import { getPerson, idsOf } from '../residents/index.ts'
import { BASIS, entryOf, eventOf } from './commands.ts'
import type { AreaBook } from './rules/area-schema.ts'
import { settleLater, type Outcome } from './rules/settle-later.ts'
import type { BillId, Revision, YearEntry } from './settlement.ts'
import { dependentsOf, keptBook, saveRevisions, settledAfter, type Dependent, type NewRevision } from './store.ts'
import { entriesOfBills, entriesOfYear, lockYear } from './year-store.ts'

const adjustInput = z.strictObject({
  org: z.string(),
  bill: z.string(),
  person: z.string(),
  area: z.string(),
  insured: z.string(),
  year: z.int(),
  seq: z.int(),
})
type Adjusting = z.output<typeof adjustInput>

const revisionOf = (outcome: Outcome, { org, bill }: Adjusting, act: Act): Revision => {
  const made = { no: outcome.no, before: outcome.before, mirrors: null, by: null, on: act.today, at: act.now }
  const because = { org: org as OrgId, bill: bill as BillId }
  if (outcome.kind === 'adjusted')
    return { ...outcome.shares, ...made, kind: 'adjusted', bookHash: outcome.settled.rulebookHash, result: outcome.settled, reason: null, because }
  const { newest } = outcome
  assert(newest.result !== null, 'a bill that stands has a result')
  return { ...newest, ...made, kind: 'to-settle-again', bookHash: newest.result.rulebookHash, reason: outcome.reason, because }
} // prettier-ignore

const newRevision = (outcome: Outcome, input: Adjusting, act: Act): NewRevision => {
  const { bill } = outcome
  const moved = outcome.kind === 'adjusted' ? outcome : null
  return {
    bill,
    isFirst: false,
    revision: revisionOf(outcome, input, act),
    postings: moved?.postings ?? [],
    entry: moved && entryOf(bill, outcome.no, moved.added),
  }
}

/** Stays whose deductible stands otherwise now: those that were adjusted, and the reversed one where this is its own year. */
const changedBy = (outcomes: readonly Outcome[], entries: readonly YearEntry[], input: Adjusting): BillId[] => [
  ...outcomes.filter(({ kind }) => kind === 'adjusted').map(({ bill }) => bill.id),
  ...entries.filter(({ bill }) => bill === input.bill).map(({ bill }) => bill),
]

/** Chains that go on over New Year: each later stay that starts from a changed one has its own year reckoned again, from itself on. */
const chainsBeyond = (dependents: readonly Dependent[], changed: readonly BillId[], input: Adjusting) =>
  dependents
    .filter(({ year, area, insured }) => year !== input.year || area !== input.area || insured !== input.insured)
    .filter(({ goesOnFrom }) => goesOnFrom.some((from) => changed.includes(from)))
    .map((one) => {
      const { area, insured, year, seq } = one
      const because = { becauseOrg: input.org, becauseBill: input.bill }
      return eventOf(one, 'settlement.chain-changed', { area, insured, year, seq: seq - 1, ...because })
    })

/** Settles later bills of a year again after a reversal, each by its kept book; what comes out otherwise is posted as a difference. */
export const adjust = command({
  name: 'settlement.adjust',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '冲正之后,本年度其后的账单按原规则顺序重算,差额补记;不能重算的列为待重新结算。',
    en: 'After a reversal settles the later bills of the year again by their own books; differences are posted, what cannot be settled is listed.',
  },
  input: adjustInput,
  read: async (tx, input) => {
    const person = await getPerson(tx, input.person as Parameters<typeof getPerson>[1])
    await lockYear(tx, person.id)
    const persons = [...new Set([person.id, ...(await idsOf(tx, person.id))])]
    const of = { persons, area: input.area, insured: input.insured, year: input.year }
    const later = await settledAfter(tx, { ...of, seq: input.seq })
    const books = new Map<string, AreaBook | null>()
    for (const { newest } of later) books.set(newest.bookHash, await keptBook(tx, newest.bookHash))
    const from = later.flatMap(({ bill }) => bill.goesOnFrom)
    const entries = await entriesOfYear(tx, of)
    const outside = (await entriesOfBills(tx, persons, from)).filter((one) => !entries.some(({ bill }) => bill === one.bill))
    const ids = [input.bill as BillId, ...later.map(({ bill }) => bill.id)]
    return { entries, outside, later, books, dependents: await dependentsOf(tx, persons, ids) }
  },
  decide: ({ entries, outside, later, books, dependents }, input, act) => {
    const standing = later.map((one) => {
      const book = books.get(one.newest.bookHash)
      assert(book !== null && book !== undefined, 'the book of a settled bill is kept')
      return { ...one, book }
    })
    const outcomes = settleLater(entries, outside, standing)
    return ok({
      change: outcomes.map((one) => newRevision(one, input, act)),
      answer: { adjusted: outcomes.length },
      events: [
        ...outcomes.map((one) => eventOf(one.bill, `settlement.${one.kind}`, { revision: one.no })),
        ...chainsBeyond(dependents, changedBy(outcomes, entries, input), input),
      ],
    })
  },
  write: (tx, made) => saveRevisions(tx, made),
})

/** A reversal makes the house reckon the later bills of the year again. */
export const settlementReactions: readonly Reaction[] = [
  {
    consumer: 'settlement.adjust',
    on: 'settlement.reversed',
    command: 'settlement.adjust',
    input: ({ org, caseId, person, data }) => ({ org, bill: caseId, person, area: data.area, insured: data.insured, year: data.year, seq: data.seq }),
  },
  {
    consumer: 'settlement.adjust-chain',
    on: 'settlement.chain-changed',
    command: 'settlement.adjust',
    input: ({ person, data }) => ({ org: data.becauseOrg, bill: data.becauseBill, person, area: data.area, insured: data.insured, year: data.year, seq: data.seq }),
  },
] // prettier-ignore
