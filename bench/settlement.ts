import { loadavg } from 'node:os'
import { areaClaim, areaFile, settleClaim, type AreaBook, type AreaClaim } from '../src/modules/settlement/index.ts'
import type { Bench } from './bench.ts'
import type { Rate } from './rate.ts'
import { rounded, type Report } from './report.ts'

const BILLS = 200
const LINES = 100
const ROUNDS = 5
const ROUND_MS = 400
// Long enough that both sides are compiled also on a busy machine.
const WARM_MS = 1_500
const RATIO_LEAST = 0.5
const WHOLE = 10_000
// A book of the shape of one level of a pooling area; the amounts are made for the bench.
const DEDUCTIBLE = 120_000
const RATE = 6_500
const CAP = 15_000_000
const SERIOUS = 1_600_000
const TIER = 3_000_000
const TIER_RATES = [6_000, 6_500] as const
const CLASS_B_SHARE = 1_000

const book = (): AreaBook => {
  const dated = { from: '2024-01-01', source: 'C', grade: 'design', basis: 'bench' }
  const rows = [
    { kind: 'deductible', amountFen: DEDUCTIBLE },
    { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: RATE }] },
    { kind: 'fund-cap', amountFen: CAP },
    {
      kind: 'layer',
      layer: 'serious-illness',
      deductibleFen: SERIOUS,
      bands: [
        { overFen: 0, upToFen: TIER, rateBp: TIER_RATES[0] },
        { overFen: TIER, upToFen: null, rateBp: TIER_RATES[1] },
      ],
    },
  ].map((row) => ({ ...dated, ...row }))
  return areaFile.parse({ area: 'bench', insured: 'workers', zh: '例', en: 'bench', checkedOn: '2024-01-01', rows })
}

/** Bills of 100 lines: of ten, seven of class A, two of class B, one of class C. */
const bills = (): AreaClaim[] =>
  Array.from({ length: BILLS }, (_none, bill) =>
    areaClaim.parse({
      day: '2024-06-01',
      level: 'level3',
      lines: Array.from({ length: LINES }, (_line, at) => {
        const amountFen = 1_000 + ((at * 7_919 + bill * 31) % 90_000)
        if (at % 10 === 9) return { amountFen, list: 'C' }
        return at % 5 === 1 ? { amountFen, list: 'B', selfShareBp: CLASS_B_SHARE } : { amountFen, list: 'A' }
      }),
    }),
  )

const half = WHOLE / 2
const round = (weighed: number): number => Math.floor((weighed + half) / WHOLE)

type Trail = { amountFen: number; ownPayFen: number; preSelfFen: number; inScopeFen: number }[]

/** The same arithmetic of this one book as somebody would write it by hand; with a trail, an object for each line. */
const byHand = ({ lines }: AreaClaim, trail: Trail | null): number => {
  let total = 0
  let scope = 0
  for (const { amountFen, list, selfShareBp } of lines) {
    const own = list === 'C' ? amountFen : 0
    const first = round((amountFen - own) * selfShareBp)
    total += amountFen
    scope += amountFen - own - first
    trail?.push({ amountFen, ownPayFen: own, preSelfFen: first, inScopeFen: amountFen - own - first })
  }
  const basic = Math.min(round((scope - Math.min(DEDUCTIBLE, scope)) * RATE), CAP)
  const above = Math.max(scope - basic - SERIOUS, 0)
  const serious = round(Math.min(above, TIER) * TIER_RATES[0] + Math.max(above - TIER, 0) * TIER_RATES[1])
  return total - basic - serious
}

/** Bills a second of one thread: as many as fit into a round, all of them each time. */
const rateOf = (claims: readonly AreaClaim[], settle: (claim: AreaClaim) => number, forMs = ROUND_MS): Rate => {
  const from = performance.now()
  let done = 0
  let sum = 0
  while (performance.now() - from < forMs) {
    for (const claim of claims) sum += settle(claim)
    done += claims.length
  }
  const ms = performance.now() - from
  if (!Number.isSafeInteger(sum)) throw new Error('the sum of what persons pay left the whole numbers')
  const each = ms / done
  return { perSecond: (done / ms) * 1_000, p50ms: each, p95ms: each, p99ms: each, failed: 0, load: loadavg()[0] ?? 0 }
}

const run = async (report: Report): Promise<void> => {
  const area = book()
  const claims = bills()
  for (const claim of claims)
    if (settleClaim(area, claim).personalFen !== byHand(claim, null)) throw new Error('the engine and the loop by hand differ')
  const sides = {
    'without steps': [
      (claim: AreaClaim) => settleClaim(area, claim, false).personalFen,
      (claim: AreaClaim) => byHand(claim, null),
    ],
    'with steps': [(claim: AreaClaim) => settleClaim(area, claim).personalFen, (claim: AreaClaim) => byHand(claim, [])],
  } as const
  for (const [name, [engine, hand]] of Object.entries(sides)) {
    rateOf(claims, engine, WARM_MS)
    rateOf(claims, hand, WARM_MS)
    const rounds = Array.from({ length: ROUNDS }, () => ({ engine: rateOf(claims, engine), hand: rateOf(claims, hand) }))
    const { ratio } = report.rounds(name, rounds.map((one) => one.engine), rounds.map((one) => one.hand)) // prettier-ignore
    report.aim({ aim: `bills of ${LINES} lines ${name}, over the loop by hand`, wanted: `at least ${RATIO_LEAST}`, reached: rounded(ratio), met: ratio >= RATIO_LEAST }) // prettier-ignore
  }
}

export const bench: Bench = {
  name: 'settlement',
  says: {
    zh: '单线程结算 100 行的账单,不带与带步骤(逐行拆分、每步依据)',
    en: 'Bills of 100 lines settled on one thread, without and with steps (each line’s split, each step’s clause)',
  },
  baseline: {
    zh: '同一算法手写的整数分循环,不带与带每行一个对象',
    en: 'the same arithmetic as a loop by hand in whole fen, without and with an object for each line',
  },
  run,
}
