import { assert } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { SYSTEM, type Actor } from '../../platform/access.ts'
import type { Cipher } from '../../platform/cipher.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import type { AnyCommand } from '../../platform/forms/form.ts'
import { beginAct, carryOut, record } from '../../platform/forms/run.ts'
import type { Rulebook } from '../../shapes/rulebook.ts'
import { STAGE } from './accounts.ts'
import { areaClaim, bookOfArea, settleBatch, settlementForms, type BatchBill } from '../../modules/settlement/index.ts'

type Line = readonly [zh: string, list: 'A' | 'B' | 'C', amountFen: number, selfShareBp?: number]
type Stay = {
  readonly day: Day
  readonly lines: readonly Line[]
  readonly identities?: readonly string[]
  readonly episode?: object
  readonly away?: object
}

// Invented stays, near what such stays cost; 2024 is the last year for which the entered rules of residents do not contradict each other.
const RESIDENTS: readonly (readonly Stay[])[] = [
  [
    {
      day: '2024-05-20' as Day,
      lines: [['床位费', 'A', 42_000], ['检查检验', 'A', 286_000], ['西药', 'A', 318_500], ['乙类药品', 'B', 146_000, 1_000], ['陪护', 'C', 24_000]],
    },
    {
      day: '2024-09-11' as Day,
      lines: [['床位费', 'A', 96_000], ['检查检验', 'A', 1_924_000], ['手术', 'A', 2_650_000], ['医用材料', 'B', 3_480_000, 2_000], ['自费药品', 'C', 318_000]],
    },
  ],
  [
    {
      day: '2024-06-18' as Day,
      identities: ['low-income'],
      lines: [['检查检验', 'A', 640_000], ['西药', 'A', 1_980_000], ['手术', 'A', 1_260_000], ['医用材料', 'B', 890_000, 1_000]],
    },
  ],
] // prettier-ignore
const WORKERS: readonly Line[] = [['检查检验', 'A', 412_000], ['西药', 'A', 268_000], ['乙类药品', 'B', 190_000, 1_000], ['手术', 'A', 860_000], ['一级护理', 'A', 2_800], ['二级护理', 'A', 1_600], ['血糖测定', 'A', 3_300]] // prettier-ignore
/** A settled stay in which the audit rules find something. */
export const AUDITED_BILL = '演示-Z-1'
const DAYS_AGO = 3
const WORKERS_SETTLED = 2

// A stay of two hospitals of Changsha, whose rules let a referral down go on from the stay before it.
const CHAIN_AREA = 'changsha'
const CHAIN: readonly (Stay & { readonly org: OrgId; readonly level: string })[] = [
  {
    org: '4301000000000' as OrgId,
    level: 'level3',
    day: '2024-08-02' as Day,
    episode: { leaves: 'down', slip: true },
    lines: [['检查检验', 'A', 486_000], ['手术', 'A', 1_420_000], ['西药', 'A', 618_000], ['医用材料', 'B', 960_000, 2_000]],
  },
  {
    org: '4301000000006' as OrgId,
    level: 'level2',
    day: '2024-08-21' as Day,
    episode: { move: 'down', slip: true, gapDays: 0 },
    lines: [['床位费', 'A', 76_000], ['康复治疗', 'A', 392_000], ['西药', 'A', 124_000]],
  },
] // prettier-ignore

// An emergency away from home of somebody aided whose area states its medical aid: basic, serious illness and aid in one step.
const AIDED_AREA = 'chongqing'
const AIDED: Stay = {
  day: '2024-10-16' as Day,
  identities: ['low-income'],
  away: { region: 'out-of-province', status: 'emergency' },
  lines: [['检查检验', 'A', 528_000], ['手术', 'A', 1_246_000], ['西药', 'A', 392_000]],
} // prettier-ignore

// A stay of the year that payment by disease has grouped: its front page is sent under the number of the bill.
export const STAY_BY_DISEASE = { billNo: '演示-Z-3', monthDay: '11-12', days: 7, diagnosis: 'I10.x05', zh: '高血压3级' } as const
const LINES_BY_DISEASE: readonly Line[] = [
  ['床位费', 'A', 42_000],
  ['检查检验', 'A', 128_000],
  ['西药', 'A', 196_000],
]
export const COST_BY_DISEASE_FEN = LINES_BY_DISEASE.reduce((sum, [, , fen]) => sum + fen, 0)

// The first stay was entered for the wrong person; the second is reckoned again once that is reversed.
const MISTAKEN: readonly Stay[] = [
  { day: '2024-03-06' as Day, lines: [['检查检验', 'A', 210_000], ['西药', 'A', 264_000]] },
  { day: '2024-07-15' as Day, lines: [['床位费', 'A', 58_000], ['检查检验', 'A', 312_000], ['手术', 'A', 736_000], ['乙类药品', 'B', 182_000, 1_000]] },
] // prettier-ignore
const BOUGHT: readonly Stay[] = [
  {
    day: '2024-09-03' as Day,
    lines: [
      ['缬沙坦胶囊', 'A', 6_840],
      ['阿托伐他汀钙片', 'B', 9_260, 1_000],
    ],
  },
  {
    day: '2024-10-08' as Day,
    lines: [
      ['缬沙坦胶囊', 'A', 6_840],
      ['维生素保健品', 'C', 12_800],
    ],
  },
]
/** Those of a chain, of a mistake and of aid. */
const MORE_RESIDENTS = 3
const MISTAKE = '录错了人:费用属于另一位患者'

export type SettledFacts = {
  readonly rulebook: Rulebook
  readonly cipher: Cipher
  readonly zone: string
  readonly today: Day
  readonly now: Instant
  readonly county: OrgId
  readonly area: string
}
type Someone = { readonly id: PersonId; readonly insurance: string }
type Asked = { readonly person: PersonId; readonly level: string; readonly insured: 'residents' | 'workers' }

const billOf = ({ day, lines, identities = [], episode, away }: Stay, { person, level, insured }: Asked, billNo: string, org: OrgId): BatchBill => ({
  org,
  person,
  billNo,
  claim: areaClaim.parse({
    day,
    level,
    identities,
    ...(insured === 'workers' ? { person: 'working' } : {}),
    ...(episode === undefined ? {} : { episode }),
    ...away,
    lines: lines.map(([zh, list, amountFen, selfShareBp]) => ({ zh, list, amountFen, ...(selfShareBp === undefined ? {} : { selfShareBp }) })),
  }),
}) // prettier-ignore

/** Does what a form does, inside the demo's transaction, as somebody of the institution or as the house itself. */
const carry = async (tx: Tx, form: AnyCommand, input: object, actor: Actor, facts: SettledFacts): Promise<void> => {
  const act = await beginAct(facts, tx, { actor, request: 'demo' })
  const carried = await carryOut(tx, form, form.input.parse(input), act)
  assert(carried.ok, `${form.name} is refused in the demo`)
  await record(tx, act, carried.value, { form: form.name, kind: 'command' })
}

/** A referral down between two hospitals: the second stay goes on from the first. */
const insertChain = async (tx: Tx, { id: person }: Someone, at: SettledFacts): Promise<number> => {
  const book = await bookOfArea(CHAIN_AREA, 'residents')
  assert(book !== null, 'the rulebook has the area of the chain')
  const bills: BatchBill[] = []
  for (const [nth, stay] of CHAIN.entries()) {
    const { org, level } = stay
    const goesOnFrom = bills.slice(-1)
    bills.push({ ...billOf(stay, { person, level, insured: 'residents' }, `演示-L-1-${nth + 1}`, org), goesOnFrom })
  }
  return settleBatch(tx, book, bills, at)
}

/** A stay of an aided person from elsewhere at the county hospital. */
const insertAided = async (tx: Tx, { id: person }: Someone, at: SettledFacts): Promise<number> => {
  const book = await bookOfArea(AIDED_AREA, 'residents')
  assert(book !== null, 'the rulebook has the area of the aided person')
  return settleBatch(tx, book, [billOf(AIDED, { person, level: 'level2', insured: 'residents' }, '演示-J-3-1', at.county)], at)
}

/** Two stays of which the first is reversed, so that the second stands adjusted. */
const insertMistaken = async (tx: Tx, { id: person }: Someone, at: SettledFacts): Promise<number> => {
  const { area, county } = at
  const book = await bookOfArea(area, 'residents')
  assert(book !== null, 'the rulebook has the area of the demo')
  const bills = MISTAKEN.map((stay, nth) =>
    billOf(stay, { person, level: 'level2', insured: 'residents' }, `演示-C-1-${nth + 1}`, county),
  )
  const settled = await settleBatch(tx, book, bills, at)
  const first = await tx.row<{ id: string; year: number; seq: number }>(
    sql`select id, extract(year from day)::int as year, seq from settlement.bill where org_id = ${county} and person_id = ${person} order by seq limit 1`,
  )
  assert(first !== null, 'the first stay is kept')
  const desk: Actor = { account: null, role: 'referral-desk', org: county, person: null, name: { zh: '结算窗口(演示)' } }
  await carry(tx, settlementForms['settlement.reverse'], { org: county, bill: first.id, reason: MISTAKE }, desk, at)
  const { id, year, seq } = first
  await carry(tx, settlementForms['settlement.adjust'], { org: county, bill: id, person, area, insured: 'residents', year, seq }, SYSTEM, at)
  return settled
} // prettier-ignore

/** Medicine that a worker insured in Changsha bought at the pharmacy there. */
const insertBought = async (tx: Tx, { id: person }: Someone, at: SettledFacts): Promise<number> => {
  const book = await bookOfArea(CHAIN_AREA, 'workers')
  assert(book !== null, 'the rulebook has the area of the pharmacy')
  const bills = BOUGHT.map(({ day, lines }, nth): BatchBill => {
    const stated = billOf({ day, lines }, { person, level: 'pharmacy', insured: 'workers' }, `演示-Y-${nth + 1}`, STAGE.pharmacy)
    return { ...stated, claim: { ...stated.claim, care: 'outpatient' } }
  })
  return settleBatch(tx, book, bills, at)
}

/** A few invented stays at the county hospital, settled by the rules of the demo's area, a chain in another city, a reversal and an aided person; answers how many. */
export const insertSettled = async (tx: Tx, people: readonly Someone[], facts: SettledFacts): Promise<number> => {
  const { today, now, county, area } = facts
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  const [residents, workers] = await Promise.all([bookOfArea(area, 'residents'), bookOfArea(area, 'workers')])
  assert(residents !== null && workers !== null, 'the rulebook has the area of the demo')
  const level = 'level2'
  const insured = (as: string, count: number) => people.filter(({ insurance }) => insurance === as).slice(0, count)
  const ofResidents = insured('resident', RESIDENTS.length).flatMap(
    ({ id }, at) =>
    (RESIDENTS[at] ?? []).map((stay, nth) => billOf(stay, { person: id, level, insured: 'residents' }, `演示-J-${at + 1}-${nth + 1}`, county)), // prettier-ignore
  )
  const day = plusDays(today, -DAYS_AGO)
  const ofWorkers = insured('employee', WORKERS_SETTLED).map(({ id }, at) =>
    billOf({ day, lines: WORKERS }, { person: id, level, insured: 'workers' }, `演示-Z-${at + 1}`, county),
  )
  const byDisease = insured('employee', 1).map(
    ({ id }) =>
    billOf({ day: `${Number(today.slice(0, 'YYYY'.length)) - 1}-${STAY_BY_DISEASE.monthDay}` as Day, lines: LINES_BY_DISEASE }, { person: id, level, insured: 'workers' }, STAY_BY_DISEASE.billNo, county), // prettier-ignore
  )
  let settled = 0
  for (const [book, bills] of [[residents, ofResidents], [workers, [...byDisease, ...ofWorkers]]] as const)
    if (bills.length > 0) settled += await settleBatch(tx, book, bills, { now, today }) // prettier-ignore
  const [chained, mistaken, aided] = insured('resident', RESIDENTS.length + MORE_RESIDENTS).slice(RESIDENTS.length)
  if (chained !== undefined) settled += await insertChain(tx, chained, facts)
  if (mistaken !== undefined) settled += await insertMistaken(tx, mistaken, facts)
  if (aided !== undefined) settled += await insertAided(tx, aided, facts)
  const buyer = insured('employee', WORKERS_SETTLED + 1)[WORKERS_SETTLED]
  if (buyer !== undefined) settled += await insertBought(tx, buyer, facts)
  return settled
}
