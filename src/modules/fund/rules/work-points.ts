import { splitByWeight } from './parts.ts'
import type { Step } from './steps.ts'
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
/** Of the wages each group's share, and how much of all points base points may be; basis points. */
export type PointTerms = { readonly shares: Readonly<Record<Pool, number>>; readonly baseMost: number }
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
export const wagesByPoints = (wagesFen: number, workers: readonly Worker[], terms: PointTerms): WorkerPay[] => {
  const counted = countedOf(workers, terms)
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

const countedOf = (workers: readonly Worker[], { baseMost }: PointTerms): Omit<WorkerPay, 'fen'>[] =>
  POOLS.flatMap((pool) =>
    pointsIn(
      workers.filter((one) => one.pool === pool),
      baseMost,
    ),
  )

/** Whether anybody has points that count, in a group that has a share, so that the wages can be paid out. */
export const hasPoints = (workers: readonly Worker[], terms: PointTerms): boolean =>
  countedOf(workers, terms).some(({ points, pool }) => points > 0 && terms.shares[pool] > 0)

type CountedLine = Pick<WorkerPay, 'pool' | 'basePoints' | 'workPoints' | 'fen'>
/** A group's points that count, hundredths of a point, and what it gets, fen. */
export type PoolSum = { readonly pool: Pool; readonly share: number; readonly points: number; readonly fen: number }

/** The groups with what their lines sum to. */
export const poolSums = (lines: readonly CountedLine[], { shares }: PointTerms): PoolSum[] =>
  POOLS.map((pool) => {
    const own = lines.filter((one) => one.pool === pool)
    const points = own.reduce((sum, one) => sum + one.basePoints + one.workPoints, 0)
    return { pool, share: shares[pool], points, fen: own.reduce((sum, { fen }) => sum + fen, 0) }
  })

// Steps write points in ten-thousandths, lines keep them in hundredths.
const E4 = 100

/** How a line's pay came about: its points that count, its group's part of the wages, its part of the group's. */
export const stepsOfLine = (
  { pool, points, basePoints, workPoints, fen }: CountedLine & Pick<Worker, 'points'>,
  pools: readonly PoolSum[],
  { wagesFen, terms }: { readonly wagesFen: number; readonly terms: PointTerms },
): Step[] => {
  const group = pools.find((one) => one.pool === pool)
  const given = Object.fromEntries(Object.entries(points).map(([kind, count]) => [`${kind}E4`, count * E4]))
  return [
    {
      zh: '计入的工分:基础工分(超过上限的按比例减)+ 工作量和奖惩工分',
      en: 'Points that count: base points (cut in proportion above their limit), work and merit',
      rule: 'fund.work-points-base',
      of: { ...given, baseMost: terms.baseMost, basePointsE4: basePoints * E4, workPointsE4: workPoints * E4 },
      is: (basePoints + workPoints) * E4,
      unit: 'points',
    },
    {
      zh: '本块分得的工资总额(没有工分的块让给其他块)',
      en: 'The group’s part of the wages (a group without points leaves its part to the others)',
      rule: 'fund.work-points-shares',
      of: { wagesFen, share: terms.shares[pool] },
      is: group?.fen ?? 0,
      unit: 'fen',
    },
    {
      zh: '所得:本块工资 × 本行工分 ÷ 本块工分,余下的分按最大余数给',
      en: 'Pay: the group’s part × these points ÷ the group’s points; fen that are left go by largest remainder',
      rule: 'fund.work-points',
      of: { poolFen: group?.fen ?? 0, pointsE4: (basePoints + workPoints) * E4, poolPointsE4: (group?.points ?? 0) * E4 },
      is: fen,
      unit: 'fen',
    },
  ]
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
