import { assert } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { newId, type AccountId, type OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { pointBooks, type PointYear } from '../../modules/fund/index.ts'

// Invented people and points, hundredths of a point; the groups and their shares are the rulebook's.
const POINT = 100
const WAGES_FEN = { county: 486_000_000, unit: 318_000_000 }
const STAFF = [
  { prefix: 'Y', pool: 'doctors', people: 9 },
  { prefix: 'H', pool: 'nursing', people: 8 },
  { prefix: 'J', pool: 'pharmacy', people: 3 },
  { prefix: 'X', pool: 'administration', people: 4 },
] as const
const [POST, TITLE, YEARS, SHIFT, VISITS, CASES] = [12, 8, 3, 96, 140, 60]
const EVERY_FOURTH = 4

type Facts = {
  readonly rulebook: Rulebook
  readonly county: OrgId
  readonly unit: OrgId
  readonly today: Day
  readonly now: Instant
}

const workersOf = () =>
  STAFF.flatMap(({ prefix, pool, people }) =>
    Array.from({ length: people }, (_none, at) => ({
      id: `${prefix}-${String(at + 1).padStart(2, '0')}`,
      pool,
      points: {
        post: at === 0 ? POST * POINT : 0,
        title: TITLE * POINT,
        seniority: YEARS * (at + 1) * POINT,
        shift: (SHIFT - at) * POINT,
        ...(pool === 'doctors' ? { outpatient: (VISITS - YEARS * at) * POINT, discharge: (CASES + at) * POINT } : {}),
        ...(at % EVERY_FOURTH === EVERY_FOURTH - 1 ? { dispute: -TITLE * POINT } : { quality: YEARS * POINT }),
      },
    })),
  )

/** Invented work points of last year: the county hospital's agreed to, the township unit's waiting. */
export const insertWorkPoints = async (tx: Tx, { rulebook, county, unit, today, now }: Facts): Promise<void> => {
  const year = Number(today.split('-')[0]) - 1
  const terms = pointBooks.pointTermsOf({ policy: (id, by) => valueOn(rulebook, id, today, by) })
  for (const [org, wagesFen] of [[county, WAGES_FEN.county], [unit, WAGES_FEN.unit]] as const) {
    const one: PointYear = { org, id: newId(), year, wagesFen, basis: '合成数据:工资总额核定表(演示)', terms, rulebookHash: rulebook.hash, state: 'proposed', proposedBy: newId<AccountId>(), proposedAt: now, decidedAt: null, decidedBecause: null }
    assert(await pointBooks.savePointYear(tx, one, pointBooks.pointLines(wagesFen, workersOf(), terms)), 'points of the demo are new')
    if (org === county)
      await pointBooks.decidePointYear(tx, { org, id: one.id, state: 'decided', because: '合成数据:核对无误(演示)', by: null, at: now })
  }
} // prettier-ignore
