import { assert } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { areaClaim, bookOfArea, settleBatch, type BatchBill } from '../../modules/settlement/index.ts'

type Line = readonly [zh: string, list: 'A' | 'B' | 'C', amountFen: number, selfShareBp?: number]
type Stay = { readonly day: Day; readonly lines: readonly Line[]; readonly identities?: readonly string[] }

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
const WORKERS: readonly Line[] = [['检查检验', 'A', 412_000], ['西药', 'A', 268_000], ['乙类药品', 'B', 190_000, 1_000], ['手术', 'A', 860_000]] // prettier-ignore
const DAYS_AGO = 3

export type SettledFacts = { readonly today: Day; readonly now: Instant; readonly county: OrgId; readonly area: string }
type Asked = { readonly person: PersonId; readonly level: string; readonly insured: 'residents' | 'workers' }

const billOf = ({ day, lines, identities = [] }: Stay, { person, level, insured }: Asked, billNo: string, org: OrgId): BatchBill => ({
  org,
  person,
  billNo,
  claim: areaClaim.parse({
    day,
    level,
    identities,
    ...(insured === 'workers' ? { person: 'working' } : {}),
    lines: lines.map(([zh, list, amountFen, selfShareBp]) => ({ zh, list, amountFen, ...(selfShareBp === undefined ? {} : { selfShareBp }) })),
  }),
}) // prettier-ignore

/** A few invented stays at the county hospital, settled by the rules of the demo's area; answers how many. */
export const insertSettled = async (
  tx: Tx,
  people: readonly { readonly id: PersonId; readonly insurance: string }[],
  { today, now, county, area }: SettledFacts,
): Promise<number> => {
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
  const ofWorkers = insured('employee', 2).map(({ id }, at) =>
    billOf({ day, lines: WORKERS }, { person: id, level, insured: 'workers' }, `演示-Z-${at + 1}`, county),
  )
  let settled = 0
  for (const [book, bills] of [[residents, ofResidents], [workers, ofWorkers]] as const)
    if (bills.length > 0) settled += await settleBatch(tx, book, bills, { now, today }) // prettier-ignore
  return settled
}
