import { splitByWeight } from './parts.ts'
import { WHOLE } from '../../../kernel/share.ts'

// 70 points, at which a head gets the base (明医改组〔2016〕1号).
const USUAL_SCORE = 7_000

/** What points may be given for. Fees, drugs and tests are no kind: what a hospital earns by a person is no measure of its work (三明). */
export const WORK_KINDS = [
  'post',
  'title',
  'seniority',
  'outpatient',
  'discharge',
  'drg',
  'shift',
  'quality',
  'satisfaction',
  'outreach',
  'dispute',
] as const
export type WorkKind = (typeof WORK_KINDS)[number]
const BASE_KINDS: readonly WorkKind[] = ['post', 'title', 'seniority']

/** Who is paid out of which part of the wages. */
export const POOLS = ['doctors', 'nursing', 'pharmacy', 'administration'] as const
export type Pool = (typeof POOLS)[number]

export type Worker = { readonly id: string; readonly pool: Pool; readonly points: Readonly<Partial<Record<WorkKind, number>>> }
export type WorkerPay = {
  readonly id: string
  readonly pool: Pool
  readonly basePoints: number
  readonly workPoints: number
  readonly points: number
  readonly fen: number
}

/**
 * The wages of a year by work points: the pool is parted by its shares, each part by its people's points to the fen.
 * Base points count at most for `baseMost` of all points of a part (basis points): above that they are cut in proportion.
 * Nobody's points fall below zero. A part without points goes to the others by their shares.
 * @source 三明工分制: 5-4-1 with nursing 36 % and pharmacy 4 %, base at most 30 %
 */
export const wagesByPoints = (
  wagesFen: number,
  workers: readonly Worker[],
  terms: { readonly shares: Readonly<Record<Pool, number>>; readonly baseMost: number },
): WorkerPay[] => {
  const counted = POOLS.flatMap((pool) =>
    pointsIn(
      workers.filter((one) => one.pool === pool),
      terms.baseMost,
    ),
  )
  const total = (pool: Pool) => counted.filter((one) => one.pool === pool).reduce((sum, { points }) => sum + points, 0)
  const parts = splitByWeight(
    wagesFen,
    POOLS.map((pool) => (total(pool) > 0 ? terms.shares[pool] : 0)),
  )
  return POOLS.flatMap((pool, at) => {
    const people = counted.filter((one) => one.pool === pool)
    const paid = splitByWeight(
      parts[at] as number,
      people.map(({ points }) => points),
    )
    return people.map((one, index) => ({ ...one, fen: paid[index] as number }))
  })
}

const pointsIn = (workers: readonly Worker[], baseMost: number): Omit<WorkerPay, 'fen'>[] => {
  const read = workers.map(({ id, pool, points }) => {
    const of = (isBase: boolean) =>
      Object.entries(points)
        .filter(([kind]) => BASE_KINDS.includes(kind as WorkKind) === isBase)
        .reduce((sum, [, count]) => sum + count, 0)
    return { id, pool, base: of(true), work: Math.max(0, of(false)) }
  })
  const base = read.reduce((sum, one) => sum + one.base, 0)
  const work = read.reduce((sum, one) => sum + one.work, 0)
  const most = baseMost >= WHOLE ? base : Math.floor((work * baseMost) / (WHOLE - baseMost))
  const bases =
    base > most && work > 0
      ? splitByWeight(
          most,
          read.map((one) => one.base),
        )
      : read.map((one) => one.base)
  return read.map(({ id, pool, work: workPoints }, at) => ({
    id,
    pool,
    basePoints: bases[at] as number,
    workPoints,
    points: (bases[at] as number) + workPoints,
  }))
}

/** A head's yearly salary by the score of the year (三明): the base × (1 + (score − 70) ÷ 100). Score in hundredths of a point. Fen. */
export const headSalary = (baseFen: number, score: number, penaltyFen: number): number =>
  Math.max(0, Math.round((baseFen * (WHOLE + score - USUAL_SCORE)) / WHOLE) - penaltyFen)
