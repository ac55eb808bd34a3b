import { loadavg } from 'node:os'
import { Decimal } from 'decimal.js'
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
const DECIMAL_RATIO_LEAST = 30
const WHOLE = 10_000
const FEN_OF_YUAN = 100
const ZERO = new Decimal(0)
const RANDOM_BILLS = 2_000
// The minimal standard generator, x ← 48271 x mod 2^31−1. @source Park and Miller 1988, revised 1993
const RANDOM_TIMES = 48_271
const RANDOM_MODULUS = 2_147_483_647
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

/** The same arithmetic in decimal.js, as billing programs are often written: in yuan, two decimals, half up. */
const byDecimal = ({ lines }: AreaClaim): Decimal => {
  let total = new Decimal(0)
  let scope = new Decimal(0)
  for (const { amountFen, list, selfShareBp } of lines) {
    const amount = new Decimal(amountFen).div(FEN_OF_YUAN)
    const own = list === 'C' ? amount : ZERO
    const first = amount.minus(own).times(new Decimal(selfShareBp).div(WHOLE)).toDecimalPlaces(2, Decimal.ROUND_HALF_UP)
    total = total.plus(amount)
    scope = scope.plus(amount.minus(own).minus(first))
  }
  const yuan = (fen: number): Decimal => new Decimal(fen).div(FEN_OF_YUAN)
  const share = (bp: number): Decimal => new Decimal(bp).div(WHOLE)
  const counted = scope.minus(Decimal.min(yuan(DEDUCTIBLE), scope))
  const basic = Decimal.min(counted.times(share(RATE)).toDecimalPlaces(2, Decimal.ROUND_HALF_UP), yuan(CAP))
  const above = Decimal.max(scope.minus(basic).minus(yuan(SERIOUS)), ZERO)
  const first = Decimal.min(above, yuan(TIER)).times(share(TIER_RATES[0]))
  const second = Decimal.max(above.minus(yuan(TIER)), ZERO).times(share(TIER_RATES[1]))
  return total.minus(basic).minus(first.plus(second).toDecimalPlaces(2, Decimal.ROUND_HALF_UP))
}

/** Random bills that meet every half fen, the tiers and the cap: the engine, the loop and decimal.js must agree to the fen. */
const mustAgree = (area: AreaBook, seed: number): void => {
  let state = seed
  const upTo = (most: number): number => {
    state = (state * RANDOM_TIMES) % RANDOM_MODULUS
    return state % (most + 1)
  }
  for (let bill = 0; bill < RANDOM_BILLS; bill += 1) {
    const most = [999, 99_999, 9_999_999][upTo(2)] ?? 0
    const lines = Array.from({ length: 1 + upTo(LINES) }, () => ({ amountFen: upTo(most), list: upTo(5) === 0 ? 'C' : 'B', selfShareBp: upTo(3_000) })) // prettier-ignore
    const claim = areaClaim.parse({ day: '2024-06-01', level: 'level3', lines })
    const engine = settleClaim(area, claim, false).personalFen
    if (engine !== byHand(claim, null) || !byDecimal(claim).times(FEN_OF_YUAN).equals(engine))
      throw new Error(`seed ${seed}, bill ${bill}: the engine, the loop by hand and decimal.js differ`)
  }
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

type Settle = (claim: AreaClaim) => number
type Case = readonly [name: string, over: string, engine: Settle, other: Settle, least: number]

const run = async (report: Report): Promise<void> => {
  const area = book()
  const claims = bills()
  for (const claim of claims)
    if (settleClaim(area, claim).personalFen !== byHand(claim, null)) throw new Error('the engine and the loop by hand differ')
  const silent = (claim: AreaClaim): number => settleClaim(area, claim, false).personalFen
  const cases: readonly Case[] = [
    ['without steps', 'the loop by hand', silent, (claim) => byHand(claim, null), RATIO_LEAST],
    [
      'with steps',
      'the loop by hand',
      (claim) => settleClaim(area, claim).personalFen,
      (claim) => byHand(claim, []),
      RATIO_LEAST,
    ],
    ['without steps, decimal.js', 'decimal.js', silent, (claim) => byDecimal(claim).times(FEN_OF_YUAN).toNumber(), DECIMAL_RATIO_LEAST], // prettier-ignore
  ]
  for (const [name, over, engine, other, least] of cases) {
    rateOf(claims, engine, WARM_MS)
    rateOf(claims, other, WARM_MS)
    const rounds = Array.from({ length: ROUNDS }, () => ({ engine: rateOf(claims, engine), other: rateOf(claims, other) }))
    const { ratio } = report.rounds(name, rounds.map((one) => one.engine), rounds.map((one) => one.other)) // prettier-ignore
    report.aim({ aim: `bills of ${LINES} lines ${name}, over ${over}`, wanted: `at least ${least}`, reached: rounded(ratio), met: ratio >= least }) // prettier-ignore
  }
  mustAgree(area, Date.now() % RANDOM_MODULUS)
}

export const bench: Bench = {
  name: 'settlement',
  says: {
    zh: '单线程结算 100 行的账单,不带与带步骤(逐行拆分、每步依据)',
    en: 'Bills of 100 lines settled on one thread, without and with steps (each line’s split, each step’s clause)',
  },
  baseline: {
    zh: '同一算法手写的整数分循环,不带与带每行一个对象;第三项为 decimal.js 的同一算法',
    en: 'the same arithmetic as a loop by hand in whole fen, without and with an object for each line; of the third case in decimal.js',
  },
  run,
}
