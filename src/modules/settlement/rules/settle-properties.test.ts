import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LAYER_NAMES, LIMIT_TAKES } from './area-schema.ts'
import { basicFund } from './basic-fund.ts'
import { bookOn } from './book-on.ts'
import { splitClaim, totalOf } from './claim-lines.ts'
import { deductibleOf } from './deductible.ts'
import { planOf } from './plan.ts'
import { areaClaim, settleClaim, type AreaClaim } from './settle-claim.ts'
import { addedBy, seenBefore, settleNext, settleYear, voidBill, type YearBill } from './settle-year.ts'
import { INPUT_WORDS } from './step-words.ts'
import { exampleBook } from './testing-book.ts'
import { Trail } from './trail.ts'
import { seeded } from '../../../../tests/invariants/small-region.ts'

const SEED = Number(process.env['SEED'] ?? 20_261_123)
const BILLS = 2_000

const generator = (seed: number) => {
  const { below, one: pick } = seeded(seed)
  return { upTo: (most: number): number => below(most + 1), pick }
}
type Random = ReturnType<typeof generator>

const bandsOf = ({ upTo }: Random) => {
  const first = 1 + upTo(2_000_000)
  const second = first + 1 + upTo(4_000_000)
  const rate = () => upTo(10_000)
  return [
    { overFen: 0, upToFen: first, rateBp: rate() },
    { overFen: first, upToFen: second, rateBp: rate() },
    { overFen: second, upToFen: null, rateBp: rate() },
  ]
}

// Limits of a category and of a disease: of one thing each, so that no two of them are equally specific.
const OWN_LIMITS = [
  { when: { category: 'device' }, of: 'fund' },
  { when: { category: 'device', disease: ['diabetes'] }, of: 'fund' },
  { when: { disease: ['epilepsy', 'diabetes'] }, of: 'in-scope' },
]

/** Random rules of an area: every mode, axis, cap and layer may come. */
const rulesOf = (random: Random, takes: readonly string[] = LIMIT_TAKES): Record<string, unknown>[] => {
  const { upTo, pick } = random
  const axis = () => pick(['absolute', 'above-deductible'])
  const per = () => pick(['stay', 'year'])
  const sometimes = (row: Record<string, unknown>) => (upTo(1) === 0 ? [] : [row])
  const layers = LAYER_NAMES.flatMap(
    (layer) =>
    sometimes({ kind: 'layer', layer, base: pick(['left-in-scope', 'above-cap', 'left-of-all', 'out-of-scope']), per: per(), axis: axis(), deductibleFen: upTo(1_000_000), bands: bandsOf(random), capFen: pick([null, upTo(3_000_000)]) }), // prettier-ignore
  )
  const mode = pick(['per-stay', 'per-year', 'per-quarter', 'per-month', 'per-hospital-year', 'top-up-year'])
  return [
    { kind: 'deductible', mode, amountFen: upTo(200_000) },
    // Beside a limit of all fees it is refused.
    ...(upTo(1) === 0 ? sometimes({ kind: 'account-first' }) : ['stay', 'month', 'quarter', 'year'].flatMap((per) => sometimes({ kind: 'care-limit', per, of: 'all', takes: pick(takes), amountFen: upTo(4_000_000), joinsAboveCap: pick([true, false]) }))), // prettier-ignore
    ...['stay', 'month', 'quarter'].flatMap((per) => sometimes({ kind: 'care-limit', per, of: pick(['fund', 'in-scope']), amountFen: upTo(2_000_000), joinsAboveCap: pick([true, false]) })), // prettier-ignore
    ...LAYER_NAMES.flatMap((layer) =>
      sometimes({ kind: 'care-limit', layer, per: pick(['stay', 'year']), of: 'fund', amountFen: upTo(1_000_000) }),
    ),
    { kind: 'rate', axis: axis(), per: per(), bands: bandsOf(random) },
    { kind: 'rate', axis: axis(), per: per(), bands: bandsOf(random), when: { category: 'device' } },
    ...sometimes({ kind: 'ordinal', scope: pick(['same-level', 'any-level']), sharesBp: [10_000, upTo(10_000), upTo(10_000)], stepFen: upTo(10_000), floorFen: upTo(50_000) }), // prettier-ignore
    ...sometimes({ kind: 'deductible-year-cap', amountFen: upTo(300_000) }),
    ...sometimes({ kind: 'fund-cap', of: 'fund', amountFen: upTo(8_000_000) }),
    ...sometimes({ kind: 'fund-cap', of: 'in-scope', amountFen: upTo(12_000_000) }),
    ...['month', 'year'].flatMap((per) => OWN_LIMITS.flatMap(({ when, of }) => sometimes({ kind: 'care-limit', when, per, of, amountFen: upTo(2_000_000), joinsAboveCap: pick([true, false]) }))), // prettier-ignore
    ...sometimes({ kind: 'care-limit', per: 'year', of: pick(['fund', 'in-scope']), together: true, amountFen: upTo(4_000_000), joinsAboveCap: pick([true, false]) }), // prettier-ignore
    ...sometimes({ kind: 'care-limit', per: 'year', of: pick(['fund', 'in-scope']), amountFen: upTo(8_000_000), joinsAboveCap: pick([true, false]) }), // prettier-ignore
    ...layers,
    { kind: 'rate', axis: axis(), per: per(), bands: bandsOf(random), when: { yearsFrom: 5, yearsUntil: 20 } },
    ...[...LAYER_NAMES, undefined].flatMap((layer) => sometimes({ kind: 'cap-growth', ...(layer === undefined ? {} : { layer }), afterYears: upTo(6), perYearFen: upTo(300_000), perQuietYearFen: upTo(300_000), mostBp: upTo(4_000) })), // prettier-ignore
    ...sometimes({ kind: 'floor', rateBp: upTo(6_000) }),
    ...sometimes(upTo(1) === 0 ? { kind: 'referral-points', pointsBp: upTo(3_000) } : { kind: 'referral-first-pay', rateBp: upTo(3_000) }), // prettier-ignore
  ]
}

const linesOf = ({ upTo, pick }: Random) =>
  Array.from({ length: 1 + upTo(7) }, () => {
    const amountFen = upTo(3_000_000)
    const ownPayFen = upTo(3) === 0 ? upTo(amountFen) : 0
    const preSelfFen = upTo(3) === 0 ? upTo(amountFen - ownPayFen) : 0
    return { amountFen, ownPayFen, preSelfFen, hospitalFen: upTo(9) === 0 ? upTo(amountFen - ownPayFen - preSelfFen) : 0, selfShareBp: upTo(3_000), ...(upTo(3) === 0 ? { category: 'device' } : {}), ...pick([{}, {}, { list: 'C' }]) } // prettier-ignore
  })

const claimOf = (random: Random) => {
  const { upTo } = random
  const seen = { inScopeFen: upTo(5_000_000), quarterInScopeFen: upTo(100_000), monthInScopeFen: upTo(100_000), totalFen: upTo(5_000_000), quarterTotalFen: upTo(1_000_000), monthTotalFen: upTo(1_000_000), quarterDeductibleFen: upTo(100_000), monthDeductibleFen: upTo(100_000), careFundFen: upTo(3_000_000), careFundMonthFen: upTo(300_000), careFundQuarterFen: upTo(300_000), staysHere: upTo(2), layers: { 'serious-illness': { baseFen: upTo(2_000_000), paidFen: upTo(1_000_000) } } } // prettier-ignore
  const years = upTo(1) === 0 ? {} : { yearsInsured: upTo(30), yearsWithoutClaim: upTo(5) }
  return { day: '2024-06-01', level: 'level3', diseases: random.pick([[], ['epilepsy'], ['diabetes']]), ...years, stay: 1 + upTo(4), deductiblePaidFen: upTo(200_000), fundPaidFen: upTo(3_000_000), before: seen, accountFen: upTo(100_000), relatives: [{ owner: 'spouse', balanceFen: upTo(100_000) }], lines: linesOf(random) } // prettier-ignore
}

/** Runs a property on random rules and bills; a failure says the seed and the number of the bill. */
const always = (title: string, hold: (random: Random) => void, runs = BILLS): void =>
  void test(`${title} (seed ${SEED}, ${runs} cases)`, () => {
    for (let run = 0; run < runs; run += 1)
      try {
        hold(generator(SEED + run))
      } catch (error) {
        throw new Error(`SEED=${SEED + run}: ${(error as Error).message}`, { cause: error })
      }
  })

always('parts sum to the bill and no layer pays more than the layers before it left', (random) => {
  const one = settleClaim(exampleBook(rulesOf(random)), areaClaim.parse(claimOf(random)))
  let left = one.totalFen - one.hospitalFen - one.basicFen
  for (const { amountFen, baseFen } of one.layers) {
    assert.ok(amountFen >= 0 && amountFen <= left && amountFen <= baseFen)
    left -= amountFen
  }
  assert.equal(left, one.accountFen + one.cashFen + one.relatives.reduce((sum, { amountFen }) => sum + amountFen, 0))
  for (const name of ['ownPayFen', 'overLimitFen', 'hospitalFen', 'amountFen'] as const)
    assert.equal(one.lines.reduce((sum, line) => sum + line[name], 0), name === 'amountFen' ? one.totalFen : one[name]) // prettier-ignore
  assert.equal(one.totalFen, one.ownPayFen + one.overLimitFen + one.preSelfFen + one.hospitalFen + one.inScopeFen)
})

always('fees above a cap or a limit are never more than what the fund left of those in scope; letting them join moves nothing of the fund', (random) => {
  const rules = rulesOf(random).filter(({ kind }) => kind !== 'account-first')
  const claim = areaClaim.parse(claimOf(random))
  const fundOf = (rows: Record<string, unknown>[]) => {
    const plan = planOf(bookOn(exampleBook(rows), claim.day), claim)
    const { parts } = splitClaim(claim, plan, false)
    const { inScopeFen } = totalOf(parts)
    return { inScopeFen, basic: basicFund({ plan, claim, trail: new Trail(false) }, parts, deductibleOf(plan, claim, inScopeFen)) }
  }
  const joined = (joinsAboveCap: boolean) => fundOf(rules.map((row) => (row['kind'] === 'care-limit' && row['layer'] === undefined ? { ...row, joinsAboveCap } : row)))
  const [there, alone] = [joined(true), joined(false)]
  for (const { inScopeFen, basic } of [there, alone])
    assert.ok(basic.aboveCapFen >= 0 && basic.aboveCapFen <= Math.max(inScopeFen - basic.amountFen, 0), `${inScopeFen}: ${JSON.stringify(basic)}`)
  assert.equal(there.basic.amountFen, alone.basic.amountFen)
}) // prettier-ignore

always('years insured never lower what the basic fund pays, and where none are stated nothing grows', (random) => {
  const rules = rulesOf(random).filter(({ when }) => when === undefined || !('yearsFrom' in (when as object)))
  const { yearsInsured: _years, yearsWithoutClaim: _quiet, ...plain } = claimOf(random) as ReturnType<typeof claimOf> & { yearsInsured?: number; yearsWithoutClaim?: number }
  const basicOf = (years: object) => settleClaim(exampleBook(rules.filter(({ kind }) => kind !== 'layer' && kind !== 'care-limit')), areaClaim.parse({ ...plain, ...years })).basicFen
  const [none, some, most] = [{}, { yearsInsured: 6 }, { yearsInsured: 150, yearsWithoutClaim: 150 }].map(basicOf)
  assert.ok(none !== undefined && some !== undefined && most !== undefined && none <= some && some <= most, `${none} ${some} ${most}`)
  const uncapped = rules.filter(({ kind, layer }) => kind !== 'cap-growth' || layer !== undefined)
  const without = settleClaim(exampleBook(uncapped.filter(({ kind }) => kind !== 'layer' && kind !== 'care-limit')), areaClaim.parse(plain)).basicFen
  assert.equal(none, without)
}) // prettier-ignore

// But where a book counts line by line up to a limit of all fees, it asks for their order.
always('the order of lines does not matter', (random) => {
  const book = exampleBook(rulesOf(random, ['in-scope-first', 'shared']))
  const claim = claimOf(random)
  const turned = { ...claim, lines: claim.lines.toReversed() }
  const [there, back] = [settleClaim(book, areaClaim.parse(claim)), settleClaim(book, areaClaim.parse(turned))]
  assert.deepEqual({ ...back, lines: back.lines.toReversed() }, there)
})

// Of one category: where categories have rates of their own, a further line may move the deductible from one to the other.
always('more in scope never pays the basic fund less, nor leaves the person with less', (random) => {
  const book = exampleBook(rulesOf(random).filter(({ kind }) => kind !== 'layer'))
  const claim = claimOf(random)
  const lines = claim.lines.map(({ category: _other, ...line }) => line)
  const before = settleClaim(book, areaClaim.parse({ ...claim, lines }))
  const after = settleClaim(book, areaClaim.parse({ ...claim, lines: [...lines, { amountFen: 1 + random.upTo(100_000) }] }))
  assert.ok(after.basicFen >= before.basicFen, `${before.basicFen} → ${after.basicFen}`)
  assert.ok(after.personalFen >= before.personalFen, `the person ${before.personalFen} → ${after.personalFen}`)
})

always('a person can read what every step was reckoned on, and why a layer stopped at its cap', (random) => {
  const { steps, layers } = settleClaim(exampleBook(rulesOf(random)), areaClaim.parse(claimOf(random)))
  for (const { step, inputs, amountFen } of steps) {
    for (const name of Object.keys(inputs)) assert.ok(name in INPUT_WORDS, `${step}: ${name}`)
    const { uncappedFen } = inputs
    if (layers.some(({ layer }) => layer === step) && uncappedFen !== undefined) assert.ok(Number(uncappedFen) > amountFen && ('capFen' in inputs || 'limitFen' in inputs), step)
  }
}) // prettier-ignore

always('with and without steps the money is the same', (random) => {
  const book = exampleBook(rulesOf(random))
  const claim = areaClaim.parse(claimOf(random))
  const { steps: _kept, lines: _split, ...told } = settleClaim(book, claim)
  const { steps, lines, ...silent } = settleClaim(book, claim, false)
  assert.deepEqual(silent, told)
  assert.deepEqual([...steps, ...lines], [])
})

// What a bill states of the year before it, and what it states without that.
const { stay: _stay, deductiblePaidFen: _paid, fundPaidFen: _fund, before: _before, ...NOTHING_SEEN } = areaClaim.parse({ day: '2024-06-01', level: 'level3', lines: [{ amountFen: 0 }] }) // prettier-ignore
const withoutYear = (claim: AreaClaim): AreaClaim =>
  areaClaim.parse(Object.fromEntries(Object.entries(claim).filter(([name]) => name in NOTHING_SEEN)))

/** Bills of a year, from February on; the first states what came before, but not at which hospitals. */
const billsOf = (random: Random): YearBill[] =>
  Array.from({ length: 5 }, (_none, index) => {
    const claim = areaClaim.parse({ ...claimOf(random), day: `2024-0${index + 2}-1${random.upTo(9)}`, level: random.pick(['primary', 'level3']) }) // prettier-ignore
    const opening = { ...claim, before: { ...claim.before, staysHere: 0, layers: {} } }
    return { id: String(index), hospital: random.pick(['one', 'two']), claim: index === 0 ? opening : withoutYear(claim) }
  })

const zeroed = (before: ReturnType<typeof seenBefore>['before']) => ({
  ...before,
  layers: Object.fromEntries(Object.entries(before.layers).filter(([, seen]) => seen.baseFen !== 0 || seen.paidFen !== 0)),
})

always('voiding a bill restores every cumulator', (random) => {
  const book = exampleBook(rulesOf(random))
  const bills = billsOf(random)
  const year = settleYear(book, bills.slice(0, -1))
  const last = bills.at(-1)
  assert.ok(last)
  const later: YearBill = { id: 'later', hospital: 'one', claim: { ...last.claim } }
  const one = settleNext(book, year, last)
  const voided = voidBill(book, [...year, one], last.id, 'block')
  const [then, now] = [seenBefore(year, later), seenBefore(voided.year, later)]
  assert.deepEqual({ ...now, before: zeroed(now.before) }, { ...then, before: zeroed(then.before) })
  const [plain, mirrored] = [addedBy(one), voided.mirror.added]
  assert.deepEqual([plain.deductibleFen + mirrored.deductibleFen, plain.totalFen + mirrored.totalFen, plain.inScopeFen + mirrored.inScopeFen, plain.fundFen + mirrored.fundFen], [0, 0, 0, 0]) // prettier-ignore
}, BILLS / 4) // prettier-ignore

/** The bills without one of them; where it stated what came before the year, the next one states that. */
const without = (bills: readonly YearBill[], gone: YearBill): YearBill[] => {
  const [first, ...others] = bills.filter(({ id }) => id !== gone.id)
  assert.ok(first)
  if (gone.id !== bills[0]?.id) return [first, ...others]
  const { stay = 1, level, deductiblePaidFen, fundPaidFen, before } = gone.claim
  const earlierLevels = Array<AreaClaim['level']>(stay - 1).fill(level)
  // The first bill is of February, the next of March.
  const opening = { ...before, monthInScopeFen: 0, careFundMonthFen: 0, monthTotalFen: 0, monthDeductibleFen: 0 }
  return [{ ...first, claim: { ...first.claim, deductiblePaidFen, fundPaidFen, before: opening, earlierLevels } }, ...others]
}

always('voiding any bill leaves the year as if it had never been, but for what came before the year', (random) => {
  const book = exampleBook(rulesOf(random))
  const bills = billsOf(random)
  const gone = random.pick(bills)
  const { year, adjustments } = voidBill(book, settleYear(book, bills), gone.id, 'recalc')
  const settledOf = (some: typeof year) => some.map(({ bill: { id }, settled }) => [id, settled])
  assert.deepEqual(settledOf(year), settledOf(settleYear(book, without(bills, gone))))
  const known = new Map(settleYear(book, bills).map(({ bill, settled }) => [bill.id, settled]))
  for (const { bill, settled } of year) {
    const adjusted = adjustments.find(({ of }) => of === bill.id)
    assert.equal((known.get(bill.id)?.fundFen ?? 0) + (adjusted?.fundFen ?? 0), settled.fundFen)
  }
}, BILLS / 4) // prettier-ignore

always('a year known from its second bill on, which states what the first used, goes on as the whole year', (random) => {
  const book = exampleBook(rulesOf(random))
  const bills = billsOf(random).map((one) => ({ ...one, hospital: 'one' }))
  const whole = settleYear(book, bills)
  const [first, second, ...others] = bills
  assert.ok(first && second)
  const { before: { layers, ...before }, ...seen } = seenBefore(whole.slice(0, 1), second)
  const claim = { ...second.claim, ...seen, earlierLevels: [...seen.earlierLevels], before: { ...before, layers } }
  const part = settleYear(book, [{ ...second, claim }, ...others])
  assert.deepEqual(part.map(({ settled }) => settled), whole.slice(1).map(({ settled }) => settled))
  const gone = random.pick(bills.slice(1))
  const left = (year: typeof part) => voidBill(book, year, gone.id, 'recalc').year.filter(({ bill: { id } }) => id !== first.id)
  assert.deepEqual(left(part).map(({ settled }) => settled), left(whole).map(({ settled }) => settled))
}, BILLS / 4) // prettier-ignore
