import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import type { ConsortiumSeed } from '../../../sim/region/types.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { saveCount, type EnteredCount } from '../../modules/fund/index.ts'

type Name = EnteredCount['count']
// Invented: a county of some 900 000 covered people in a whole year, yuan, visits and people; nobody's figures.
const YEAR: readonly (readonly [Name, number])[] = [
  ['costFen', 1_240_000_000_00],
  ['fundFen', 762_600_000_00],
  ['inPolicyFen', 1_066_400_000_00],
  ['visits', 4_620_000],
  ['primaryVisits', 2_910_000],
  ['fundCoveredFen', 905_000_000_00],
  ['fundInsideFen', 697_000_000_00],
  ['fundPrimaryFen', 153_000_000_00],
]
const PEOPLE = 902_000
const BUDGET_FEN = 960_000_000_00
// How a year stands to the first, thousandths: all but the cost's growth turn out a little better from year to year.
const BY_YEAR: readonly Readonly<Partial<Record<Name, number>>>[] = [
  {},
  { costFen: 1_071, fundFen: 1_082, inPolicyFen: 1_064, visits: 1_030, primaryVisits: 1_052, fundCoveredFen: 1_052, fundInsideFen: 1_071, fundPrimaryFen: 1_098 },
  { costFen: 1_123, fundFen: 1_149, inPolicyFen: 1_115, visits: 1_049, primaryVisits: 1_099, fundCoveredFen: 1_094, fundInsideFen: 1_137, fundPrimaryFen: 1_214 },
  { costFen: 1_164, fundFen: 1_203, inPolicyFen: 1_160, visits: 1_066, primaryVisits: 1_152, fundCoveredFen: 1_121, fundInsideFen: 1_187, fundPrimaryFen: 1_327 },
] // prettier-ignore
const THOUSAND = 1_000
const MONTHS = 12
const MONTH_AT = 5

// Of the whole, so many hundredths at each of the first members: cost, funds, within policy, visits.
const MEMBERS: readonly (readonly [cost: number, fund: number, inPolicy: number, visits: number])[] = [
  [41, 40, 40, 15],
  [17, 17, 17, 8],
  [6, 7, 6, 9],
  [4, 5, 4, 8],
  [3, 4, 3, 7],
]
const OF_MEMBERS: readonly Name[] = ['costFen', 'fundFen', 'inPolicyFen', 'visits']
const HUNDRED = 100

/** Invented figures of the county's consortium for this year and three before, entered as reports would be; answers how many. */
export const insertFundMeasures = async (
  tx: Tx,
  {
    org,
    consortia,
    today,
    now,
  }: { readonly org: OrgId; readonly consortia: readonly ConsortiumSeed[]; readonly today: Day; readonly now: Instant },
): Promise<number> => {
  const own = consortia.find(({ kind, lead }) => kind !== 'specialty-alliance' && lead === org)
  const members = [...new Set([org, ...(own?.members ?? []).map(({ institution }) => institution as OrgId)])]
  const thisYear = Number(today.slice(0, MONTH_AT - 1))
  const lastWhole = Math.max(1, Number(today.slice(MONTH_AT, MONTH_AT + 2)) - 1)
  let entered = 0
  const enter = async (
    year: number,
    month: number,
    count: Name,
    value: number,
    institution: OrgId | null = null,
  ): Promise<void> => {
    const evidence = `合成数据:${year} 年 1–${month} 月基金运行报表(演示)`
    entered += await saveCount(tx, {
      org,
      id: newId(),
      year,
      month,
      institution,
      count,
      value,
      evidence,
      by: null,
      at: now,
    })
  }
  for (const [at, by] of BY_YEAR.entries()) {
    const year = thisYear - BY_YEAR.length + 1 + at
    for (const month of new Set(year === thisYear ? [lastWhole] : [lastWhole, MONTHS])) {
      for (const [count, value] of YEAR) {
        const whole = (value * (by[count] ?? THOUSAND) * month) / (THOUSAND * MONTHS)
        await enter(year, month, count, Math.round(whole))
        const nth = OF_MEMBERS.indexOf(count)
        if (nth >= 0)
          for (const [place, shares] of MEMBERS.slice(0, members.length).entries())
            await enter(year, month, count, Math.round((whole * (shares[nth] ?? 0)) / HUNDRED), members[place])
      }
      await enter(year, month, 'people', PEOPLE)
      await enter(year, month, 'budgetFen', BUDGET_FEN)
    }
  }
  return entered
}
