import type { z } from 'zod'
import { isInstant, type Instant } from '../../kernel/clock.ts'
import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { isUuid, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Name, Words } from '../../kernel/words.ts'
import type { Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { billingPlacesOf } from '../organisations/index.ts'
import { relationsToRecord, standingTo, type Standing } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { wordsOfArea } from './area-books.ts'
import { BASIS } from './commands.ts'
import { billInput, billsInput, dayInput, type ShownSettledBill } from './contract.ts'
import { shownSettlement, shownShares } from './read-claim.ts'
import { settleClaim, type SettledClaim } from './rules/settle-claim.ts'
import type { AreaBook } from './rules/area-schema.ts'
import { wholeClaim } from './rules/settle-later.ts'
import type { BillId, KeptBill, Revision } from './settlement.ts'
import { addedOf } from './rules/shares.ts'
import {
  briefBills,
  findSettled,
  keptBook,
  kindsOfDays,
  listSettled,
  sumsOfDays,
  transfersOf,
  type BriefBill,
  type FoundBill,
  type Place,
  type ListedBill,
} from './store.ts'

const READERS = ['resident@self', 'resident@representative', 'village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own', 'pharmacist@own', 'insurer@anyone'] as const // prettier-ignore

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
  readonly areaName: Words
  /** The stays that it goes on from. */
  readonly chain: readonly BriefBill[]
  readonly places: Readonly<Record<string, Name>>
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

/** Institutions by their names. */
const placesOf = async (tx: Tx, orgs: readonly OrgId[]): Promise<Readonly<Record<string, Name>>> => {
  const found = await billingPlacesOf(tx, [...new Set(orgs)])
  return Object.fromEntries(found.map(({ id, name }) => [id, name]))
}
const placeIn = (places: Readonly<Record<string, Name>>, org: OrgId): Name => places[org] ?? { zh: org }

const readBill = async (tx: Tx, { org: of, bill: number, person }: Asked, act: Act): Promise<ReadBill | null> => {
  const [org, id] = [of as OrgId, number as BillId]
  // A resident sees a bill once the act has opened the record that it belongs to: the own one, or that of whom one acts for.
  const whose = act.actor.role === 'resident' ? (person ?? act.actor.person) : null
  const standing = whose === null ? null : await standingTo(tx, whose)
  const found = await findSettled(tx, org, id)
  if (found === null) return null
  const { area, insured, goesOnFrom } = found.bill
  const chain = goesOnFrom.length === 0 ? [] : await briefBills(tx, goesOnFrom)
  return {
    ...found,
    standing,
    transfers: await transfersOf(tx, org, id),
    settlesTheSame: await settlesTheSame(tx, found),
    areaName: await wordsOfArea(area, insured),
    chain,
    places: await placesOf(tx, [org, ...chain.map((stay) => stay.org)]),
  }
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
  answer: ({ bill: one, revisions, transfers, settlesTheSame: same, areaName, chain, places }) => ({
    org: one.org,
    place: placeIn(places, one.org),
    bill: one.id,
    person: one.person,
    billNo: one.billNo,
    area: one.area,
    areaName,
    insured: one.insured,
    care: one.care,
    level: one.level,
    day: one.day,
    settledAt: one.at,
    chain: chain.map(({ id, ...stay }) => ({ ...stay, bill: id, place: placeIn(places, stay.org) })),
    /** What it adds to the person's year as it stands; null once it is reversed. */
    added: revisions[0].result && addedOf(revisions[0].result),
    claim: one.claim,
    before: revisions[0].before,
    lines: revisions[0].result?.lines ?? [],
    revisions: revisions.map(shownRevision),
    transfers,
    settlesTheSame: same,
  }),
})

/** The areas of some bills in words, by area and insured type. */
const namesOf = async (rows: readonly Pick<KeptBill, 'area' | 'insured'>[]): Promise<ReadonlyMap<string, Words>> => {
  const areas = new Map(rows.map(({ area, insured }) => [`${area} ${insured}`, { area, insured }]))
  return new Map(
    await Promise.all([...areas].map(async ([key, { area, insured }]) => [key, await wordsOfArea(area, insured)] as const)),
  )
}

const INSTANT_CHARS = '2026-11-23T00:00:00.000Z'.length
const placeOf = (after: string | undefined): Place | null =>
  after === undefined || !isInstant(after.slice(0, INSTANT_CHARS)) || !isUuid(after.slice(INSTANT_CHARS + 1))
    ? null
    : { at: after.slice(0, INSTANT_CHARS) as Instant, id: after.slice(INSTANT_CHARS + 1) }
const nextOf = (last: ListedBill | undefined): string | null => (last === undefined ? null : `${last.at}.${last.id}`)

type Names = { readonly areas: ReadonlyMap<string, Words>; readonly places: Readonly<Record<string, Name>> }
const shownListed = (one: ListedBill, { areas, places }: Names): ShownSettledBill => ({
  ...shownShares(one),
  org: one.org,
  place: placeIn(places, one.org),
  bill: one.id,
  person: one.person,
  billNo: one.billNo,
  area: one.area,
  areaName: areas.get(`${one.area} ${one.insured}`) ?? { zh: one.area, en: one.area },
  insured: one.insured,
  care: one.care,
  level: one.level,
  day: one.day,
  state: one.kind,
  settledAt: one.at,
  reason: one.reason,
  settlement: one.result && shownSettlement(one.result),
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
    'pharmacist@anyone',
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
    const last = (input.until ?? day) as Day
    const [since, until] = isResident ? [null, null] : [instantAt(day, '00:00', act.zone), instantAt(plusDays(last, 1), '00:00', act.zone)]
    const persons = standing ? await idsOf(tx, standing.person.id) : input.person ? [input.person as PersonId] : null
    const { area, care, state, withSteps } = input
    const rows = await listSettled(tx, { persons, org, since, until, area, care, state, withSteps }, { after: placeOf(input.after), limit: input.limit })
    return { standing, rows, names: { areas: await namesOf(rows), places: await placesOf(tx, rows.map((one) => one.org)) } }
  }, // prettier-ignore
  relation: ({ standing }, act) => (standing === null ? [] : relationsToRecord(standing, act)),
  audits: ({ rows }) => [...new Set(rows.map(({ person }) => person))].map((person) => ({ person, basis: BASIS })),
  answer: ({ rows, names }, input) => ({
    bills: rows.map((one) => shownListed(one, names)),
    next: rows.length === input.limit ? nextOf(rows.at(-1)) : null,
  }),
})

/** The areas that accounts of funds speak of: `fund:changsha/residents/basic` is of Changsha. */
const areasOfAccounts = (
  sums: readonly { readonly account: string }[],
): (readonly [key: string, area: string, insured: AreaBook['insured']])[] => {
  const named = sums.flatMap(({ account }) => /^fund:([a-z-]+)\/(residents|workers)\//.exec(account)?.slice(1, 3).join(' ') ?? [])
  return [...new Set(named)].map((key) => {
    const [area = '', insured] = key.split(' ')
    return [key, area, insured === 'workers' ? 'workers' : 'residents'] as const
  })
}

export const day = query({
  name: 'settlement.day',
  by: ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own', 'pharmacist@own', 'insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '一天或一段日子(最多一年)的结算账:各基金、各机构、个人合计,结算、补差、冲正各多少笔。',
    en: 'The settlement books of a day, or of up to a year: every fund, every institution, persons together; how many were settled, adjusted, reversed.',
  },
  input: dayInput,
  read: async (tx, input, act) => {
    const org = (input.org ?? act.actor.org) as OrgId | null
    const on = (input.day ?? act.today) as Day
    const through = input.until === undefined || input.until < on ? on : (input.until as Day)
    const sums = await sumsOfDays(tx, org, on, through)
    const areas = await Promise.all(
      areasOfAccounts(sums).map(async ([key, area, insured]) => [key, await wordsOfArea(area, insured)] as const),
    )
    const places = await placesOf(tx, sums.map((one) => one.org)) // prettier-ignore
    return { org, on, through, sums, kinds: await kindsOfDays(tx, org, on, through), areas: Object.fromEntries(areas), places }
  },
  relation: ({ org }, { actor }) => (org !== null && org === actor.org ? ['own'] : []),
  answer: ({ on, through, sums, kinds, areas, places }) => ({ day: on, until: through, sums, kinds, areas, places }),
})
