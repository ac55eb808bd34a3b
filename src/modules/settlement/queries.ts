import type { z } from 'zod'
import { isInstant, type Instant } from '../../kernel/clock.ts'
import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { isUuid, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { relationsToRecord, standingTo, type Standing } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { BASIS } from './commands.ts'
import { billInput, billsInput, dayInput, type ShownSettledBill } from './contract.ts'
import { shownSettlement, shownShares } from './read-claim.ts'
import { settleClaim, type SettledClaim } from './rules/settle-claim.ts'
import { wholeClaim } from './rules/settle-later.ts'
import type { BillId, Revision } from './settlement.ts'
import {
  findSettled,
  keptBook,
  kindsOfDay,
  listSettled,
  sumsOfDay,
  transfersOf,
  type FoundBill,
  type Place,
  type ListedBill,
} from './store.ts'

const READERS = ['resident@self', 'resident@representative', 'village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own', 'insurer@anyone'] as const // prettier-ignore

/** How an act stands to settled bills of an institution and a person. */
const relations = (org: OrgId, standing: Standing | null, act: Act): Relation[] => [
  ...(org === act.actor.org ? (['own'] as const) : []),
  ...(standing === null ? [] : relationsToRecord(standing, act).filter((one) => one === 'self' || one === 'representative')),
]

type Asked = z.output<typeof billInput>
type ReadBill = FoundBill & {
  readonly standing: Standing | null
  readonly transfers: Awaited<ReturnType<typeof transfersOf>>
  readonly settlesTheSame: boolean | null
}

/** An outcome without what its steps say beside their amounts: the words of a step may become fuller, its amount never another. */
const amountsOf = (one: SettledClaim): object => ({ ...one, steps: one.steps.map(({ step, amountFen }) => [step, amountFen]) })

/** Whether today's engine finds the same outcome by the kept book; null for what is reversed. */
const settlesTheSame = async (tx: Tx, { bill, revisions: [newest] }: FoundBill): Promise<boolean | null> => {
  if (newest.result === null) return null
  const book = await keptBook(tx, newest.bookHash)
  if (book === null) return false
  const again = settleClaim(book, wholeClaim(bill, newest.before))
  return JSON.stringify(amountsOf(again)) === JSON.stringify(amountsOf(newest.result))
}

const readBill = async (tx: Tx, { org: of, bill: number, person }: Asked, act: Act): Promise<ReadBill | null> => {
  const [org, id] = [of as OrgId, number as BillId]
  // A resident sees a bill once the act has opened the record that it belongs to: the own one, or that of whom one acts for.
  const whose = act.actor.role === 'resident' ? (person ?? act.actor.person) : null
  const standing = whose === null ? null : await standingTo(tx, whose)
  const found = await findSettled(tx, org, id)
  if (found === null) return null
  return { ...found, standing, transfers: await transfersOf(tx, org, id), settlesTheSame: await settlesTheSame(tx, found) }
}

const shownRevision = (one: Revision) => ({
  no: one.no,
  kind: one.kind,
  on: one.on,
  at: one.at,
  reason: one.reason,
  because: one.because,
  mirrors: one.mirrors,
  ...shownShares(one),
  settlement: one.result && shownSettlement(one.result),
})

export const bill = query({
  name: 'settlement.bill',
  by: READERS,
  basis: BASIS,
  does: {
    zh: '一张已结算的账单:明细、各方支付、每一步及依据、历次结果和账目。',
    en: 'One settled bill: its lines, who pays what, every step with its clause, its revisions and transfers.',
  },
  input: billInput,
  read: readBill,
  relation: (found, act) => relations(found.bill.org, found.standing, act),
  audits: ({ bill: one }) => [{ person: one.person, case: one.id, basis: BASIS }],
  answer: ({ bill: one, revisions, transfers, settlesTheSame: same }) => ({
    org: one.org,
    bill: one.id,
    person: one.person,
    billNo: one.billNo,
    area: one.area,
    insured: one.insured,
    care: one.care,
    level: one.level,
    day: one.day,
    settledAt: one.at,
    claim: one.claim,
    before: revisions[0].before,
    lines: revisions[0].result?.lines ?? [],
    revisions: revisions.map(shownRevision),
    transfers,
    settlesTheSame: same,
  }),
})

const INSTANT_CHARS = '2026-11-23T00:00:00.000Z'.length
const placeOf = (after: string | undefined): Place | null =>
  after === undefined || !isInstant(after.slice(0, INSTANT_CHARS)) || !isUuid(after.slice(INSTANT_CHARS + 1))
    ? null
    : { at: after.slice(0, INSTANT_CHARS) as Instant, id: after.slice(INSTANT_CHARS + 1) }
const nextOf = (last: ListedBill | undefined): string | null => (last === undefined ? null : `${last.at}.${last.id}`)

const shownListed = (one: ListedBill): ShownSettledBill => ({
  ...shownShares(one),
  org: one.org,
  bill: one.id,
  person: one.person,
  billNo: one.billNo,
  area: one.area,
  insured: one.insured,
  care: one.care,
  level: one.level,
  day: one.day,
  state: one.kind,
  settledAt: one.at,
})

export const bills = query({
  name: 'settlement.bills',
  by: [
    'resident@self',
    'resident@representative',
    'village-doctor@anyone',
    'family-doctor@anyone',
    'referral-desk@anyone',
    'ward@anyone',
    'insurer@anyone',
  ],
  basis: BASIS,
  does: {
    zh: '已结算的账单,新的在前,分页:本人的;本机构某日的;经办机构看各机构某日的。',
    en: 'Settled bills, the newest first, by page: one’s own; those of one’s institution on a day; the insurer sees every institution’s.',
  },
  input: billsInput,
  read: async (tx, input, act) => {
    const isResident = act.actor.role === 'resident'
    const whose = (input.person ?? act.actor.person) as PersonId | null
    const standing = isResident && whose ? await standingTo(tx, whose) : null
    if (isResident && standing === null) return null
    const org = isResident ? null : ((input.org ?? act.actor.org) as OrgId | null)
    // Staff list what their own institution has settled, the insurer every institution's.
    if (!isResident && act.actor.role !== 'insurer' && (org === null || org !== act.actor.org)) return null
    const day = (input.day ?? act.today) as Day
    const [since, until] = isResident ? [null, null] : [instantAt(day, '00:00', act.zone), instantAt(plusDays(day, 1), '00:00', act.zone)]
    const persons = standing ? await idsOf(tx, standing.person.id) : input.person ? [input.person as PersonId] : null
    const rows = await listSettled(tx, { persons, org, since, until }, { after: placeOf(input.after), limit: input.limit })
    return { standing, rows }
  }, // prettier-ignore
  relation: ({ standing }, act) => (standing === null ? [] : relationsToRecord(standing, act)),
  audits: ({ rows }) => [...new Set(rows.map(({ person }) => person))].map((person) => ({ person, basis: BASIS })),
  answer: ({ rows }, input) => ({
    bills: rows.map(shownListed),
    next: rows.length === input.limit ? nextOf(rows.at(-1)) : null,
  }),
})

export const day = query({
  name: 'settlement.day',
  by: ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own', 'insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '一天的结算账:各基金、各机构、个人合计,结算、补差、冲正各多少笔。',
    en: 'The settlement books of a day: every fund, every institution, persons together; how many were settled, adjusted, reversed.',
  },
  input: dayInput,
  read: async (tx, input, act) => {
    const org = (input.org ?? act.actor.org) as OrgId | null
    const on = (input.day ?? act.today) as Day
    return { org, on, sums: await sumsOfDay(tx, org, on), kinds: await kindsOfDay(tx, org, on) }
  },
  relation: ({ org }, { actor }) => (org !== null && org === actor.org ? ['own'] : []),
  answer: ({ on, sums, kinds }) => ({ day: on, sums, kinds }),
})
