import { assert } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import type { Rulebook } from '../../shapes/rulebook.ts'
import { insertFundYear } from '../../modules/fund/index.ts'
import { consortiumOf, memberIdsOf } from '../../modules/organisations/index.ts'
import { STAGE } from './accounts.ts'

// Invented money of a county, fen: near what such a county has.
const BUDGET_FEN = 105_000_000_000
const GROWTH = 500
const INSIDE_FEN = 6_640_000_000
const OUTSIDE_FEN = 1_910_000_000
const PREPAID_FEN = 7_875_000_000
// A year is not even: what a month takes of the mean, basis points.
const SHAPE = [10_800, 8_600, 10_400, 9_900, 9_800, 9_700, 9_900, 9_800, 9_900, 10_100, 10_300, 10_800]
const WHOLE = 10_000
// Of the spend inside, so much at the county hospital and at the first of the other members.
const SHARES = [5_600, 2_100, 900, 600, 450, 350]
const VALUES = { costGrowth: 620, reimbursed: 6_710, primaryVisits: 6_380, fundInside: 7_820, fundPrimary: 2_650 }

type Facts = {
  readonly rulebook: Rulebook
  readonly today: Day
  readonly now: Instant
}

/** The county's budget of this year with its months so far, and last year's, whole and assessed, which waits to be closed. */
export const insertFundYears = async (tx: Tx, { rulebook, today, now }: Facts): Promise<void> => {
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  const consortium = await consortiumOf(tx, STAGE.county, today)
  assert(consortium !== null, 'the county has a consortium')
  const others = (await memberIdsOf(tx, consortium.id, today)).filter((id) => id !== STAGE.county).toSorted()
  const members = [STAGE.county, ...others].slice(0, SHARES.length).map((org, at) => ({ org, share: SHARES[at] ?? 0 }))
  const [thisYear, month] = today.split('-').map(Number) as [number, number]
  for (const [year, months] of [[thisYear - 1, SHAPE.length], [thisYear, month - 1]] as const) {
    const grown = year === thisYear ? WHOLE + GROWTH : WHOLE
    const of = (fen: number, at: number) => Math.round((fen * grown * (SHAPE[at] ?? WHOLE)) / WHOLE / WHOLE)
    const booked = Array.from({ length: months }, (_, at) => [
      { month: at + 1, kind: 'prepay' as const, institution: null, fen: Math.round((PREPAID_FEN * grown) / WHOLE) },
      ...members.map(({ org, share }) => ({ month: at + 1, kind: 'inside' as const, institution: org, fen: Math.round((of(INSIDE_FEN, at) * share) / WHOLE) })),
      { month: at + 1, kind: 'outside' as const, institution: null, fen: of(OUTSIDE_FEN, at) },
    ]).flat() // prettier-ignore
    const lastFen = Math.round((BUDGET_FEN * grown) / (WHOLE + GROWTH))
    const values = year === thisYear ? {} : VALUES
    const one = { org: STAGE.county, year, consortium: consortium.id, lastFen, growth: GROWTH, booked, values, evidence: '演示:县卫生统计年报' }
    await insertFundYear(tx, one, { now, rulebookHash: rulebook.hash })
  } // prettier-ignore
}
