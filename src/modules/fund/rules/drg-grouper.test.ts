import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomFrom } from '../../../../sim/residents/random.ts'
import { readDrg, weightsOf, type DrgStay } from './drg.ts'
import { codesOf, editionFaults, grouperOf, type DrgEdition } from './drg-grouper.ts'
import { drgRateFen, drgWayOf, type DrgTerms } from './drg-pricing.ts'
import { paymentFor } from './payment-methods.ts'

// An invented edition in the structure of CHS-DRG: its lists are short and its weights made up.
const EDITION: DrgEdition = {
  name: 'invented',
  categories: [
    { mdc: 'A', diagnoses: [] },
    { mdc: 'P', diagnoses: ['P', 'J18'], ageDaysMost: 28 },
    { mdc: 'Z', diagnoses: ['S', 'T'], sites: { least: 2, of: [['S06'], ['S27', 'S22'], ['S36'], ['S72', 'S82']] } },
    { mdc: 'M', diagnoses: ['N40', 'C61'], sex: 'male' },
    { mdc: 'E', diagnoses: ['J'] },
    { mdc: 'G', diagnoses: ['K'] },
    { mdc: 'I', diagnoses: ['S', 'M'] },
  ],
  adjacent: [
    { adrg: 'AA1', diagnoses: [], procedures: ['37.51'], parts: ['9'] },
    { adrg: 'PR1', diagnoses: [], procedures: [], parts: ['9'] },
    { adrg: 'ZB1', diagnoses: [], procedures: ['01.2', '54.1'], parts: ['1', '5'] },
    { adrg: 'ZZ1', diagnoses: [], procedures: [], parts: ['1', '3', '5'] },
    { adrg: 'MR1', diagnoses: ['C61'], procedures: [], parts: ['3', '5'] },
    { adrg: 'ER1', diagnoses: ['J12', 'J15', 'J18'], procedures: [], parts: ['1', '3', '5', '7'] },
    // Stands before the operations on purpose: a medical group is asked last wherever it stands.
    { adrg: 'GR1', diagnoses: [], procedures: [], parts: ['1', '3', '5'] },
    { adrg: 'GK2', diagnoses: [], procedures: ['45.23'], parts: ['9'] },
    { adrg: 'GD2', diagnoses: ['K35'], procedures: ['47.0'], parts: ['1', '3', '5'] },
    { adrg: 'IB1', diagnoses: ['S72'], procedures: ['81.5'], parts: ['3', '5'] },
  ],
  major: ['A41', 'J96'],
  minor: ['E11', 'I50', 'K65'],
  excluded: [{ complication: 'K65', beside: ['K35'] }],
  leftEarly: { leaving: ['died', 'transferred'], daysMost: 5 },
}
const WEIGHTS = new Map(codesOf(EDITION).map((code, at) => [code, 5_000 + at * 700]))
const stay = (diagnoses: string[], procedures: string[] = [], more: Partial<DrgStay> = {}): DrgStay => ({
  sex: 'female',
  ageDays: 40 * 365,
  birthWeightGrams: null,
  days: 8,
  leaving: 'home',
  diagnoses,
  procedures,
  ...more,
})
const group = grouperOf(EDITION)

describe('MDC, then ADRG, then DRG by complications', () => {
  // stay | group | why
  const table: readonly (readonly [DrgStay, string | null, string])[] = [
    [stay(['K35.900'], ['47.0100']), 'GD25', 'an operation, no complication'],
    [stay(['K35.900', 'E11.900'], ['47.0100']), 'GD23', 'a complication'],
    [stay(['K35.900', 'A41.900'], ['47.0100']), 'GD21', 'a major complication'],
    [stay(['K35.900', 'E11.900', 'A41.900'], ['47.0100']), 'GD21', 'both: the heavier counts'],
    [stay(['K35.900', 'K65.000'], ['47.0100']), 'GD25', 'a complication that is excluded beside the main diagnosis'],
    [stay(['K80.100', 'K65.000']), 'GR13', 'the same complication beside another'],
    [stay(['K65.000']), 'GR15', 'a main diagnosis is no complication of itself'],
    [stay(['K35.900']), 'GR15', 'the same disease without an operation is medical'],
    [stay(['K63.500'], ['45.2300']), 'GK29', 'a procedure outside the theatre; the group is not parted'],
    [stay(['K35.900'], ['45.2300', '47.0100']), 'GD25', 'operations are asked before procedures'],
    [stay(['S72.000', 'J96.000'], ['81.5200']), 'IB13', 'no part for major complications: with those that have some'],
    [stay(['J18.900'], [], { leaving: 'died', days: 5 }), 'ER17', 'died within the days: a part of its own'],
    [stay(['J18.900'], [], { leaving: 'died', days: 6 }), 'ER15', 'died after them: by complications'],
    [stay(['K35.900'], ['47.0100'], { leaving: 'died', days: 1 }), 'GD25', 'a group that has no such part'],
    [stay(['J18.900'], [], { ageDays: 28 }), 'PR19', '28 days old: newborns come before organs'],
    [stay(['J18.900'], [], { ageDays: 29 }), 'ER15', '29 days old: by the organ'],
    [stay(['S72.000', 'S06.000']), 'ZZ15', 'injuries of two sites are several injuries'],
    [stay(['S72.000', 'S82.000'], ['81.5200']), 'IB15', 'two injuries of one site are not'],
    [stay(['S36.000', 'S22.000', 'J96.000'], ['54.1100']), 'ZB11', 'an operation of several injuries'],
    [stay(['C61.x00', 'I50.900'], [], { sex: 'male' }), 'MR13', 'a category of one sex'],
    [stay(['C61.x00']), null, 'nobody else has a category for it'],
    [stay(['I42.000'], ['37.5100']), 'AA19', 'a transplant comes before every category, whatever the diagnosis'],
    [stay(['J45.900']), null, 'a category that has no group for it'],
    [stay([]), null, 'no diagnosis'],
  ]
  for (const [one, code, why] of table) test(`${code}: ${why}`, () => assert.equal(group(one), code))
})

test('whatever is answered is a code of the edition, well formed, and has a weight', () => {
  const seed = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
  const random = randomFrom(seed)
  const diagnoses = ['K35.900', 'J18.900', 'S72.000', 'S06.000', 'C61.x00', 'A41.900', 'E11.900', 'K65.000', 'I42.000', 'P07.000']
  const codes = new Set(codesOf(EDITION))
  let grouped = 0
  for (let round = 0; round < 2_000; round++) {
    const one = stay(
      Array.from({ length: random.whole(0, 4) }, () => random.pick(diagnoses)),
      random.chance(0.5) ? [random.pick(['47.0100', '37.5100', '81.5200', '45.2300', '01.2400'])] : [],
      {
        ageDays: random.whole(0, 60),
        days: random.whole(0, 9),
        sex: random.pick(['male', 'female'] as const),
        leaving: random.pick(['home', 'died']),
      },
    )
    const code = group(one)
    if (code === null) continue
    grouped++
    assert.ok(codes.has(code) && readDrg(code) !== null && WEIGHTS.has(code), `JIELI_SEED=${seed}, round ${round}: ${code}`)
  }
  assert.ok(grouped > 500, `JIELI_SEED=${seed}: ${grouped} of 2 000 were grouped`)
})

describe('a plugged-in grouper prices a case by its weights', () => {
  const terms: DrgTerms = {
    weights: new Map([['GD23', 12_000]]),
    rateFen: 1_000_000,
    hospital: 9_500,
    lowBelow: 4_000,
    highAbove: 30_000,
  }
  const appendix = stay(['K35.900', 'E11.900'], ['47.0100'])
  const service = { costFen: 1_000_000, othersFen: 300_000, days: 6, units: 0, pathway: 'none' } as const

  test('weight 1.2 × rate 10 000 yuan × coefficient 0.95 is the standard: 11 400 yuan, of which others pay 3 000', () => {
    const { code, way } = drgWayOf(appendix, group, terms)
    const paid = paymentFor(service, way)
    assert.deepEqual([code, paid.method, paid.standardFen, paid.fundFen], ['GD23', 'drg', 1_140_000, 840_000])
    assert.equal(paid.institutionFen, 140_000)
  })
  test('any grouper can stand there: it answers a code, the region’s weights price it', () => {
    const own = drgWayOf(appendix, () => 'GD23', { ...terms, weights: new Map([['GD23', 20_000]]) })
    assert.equal(paymentFor(service, own.way).standardFen, 1_900_000)
  })
  test('no group, or a group without a weight: paid by item', () => {
    for (const grouper of [() => null, () => 'GD25'])
      assert.deepEqual(paymentFor(service, drgWayOf(appendix, grouper, terms).way).standardFen, service.costFen)
  })
  test('the rate of a year pays out its money over the weights', () => {
    assert.equal(drgRateFen(100_000_000, [12_000, 8_000, 80_000]), 10_000_000)
    assert.deepEqual([drgRateFen(1, [20_000]), drgRateFen(1, [20_001])], [1, 0], 'half a fen up')
    assert.throws(() => drgRateFen(1, []), /cases with a weight/)
  })
  test('weights out of means; cases that cost nothing weigh nothing', () => {
    assert.deepEqual([...weightsOf([{ code: 'GD25', cases: 2, costFen: 0 }])], [['GD25', 0]])
  })
})

describe('an edition is checked before it is used', () => {
  test('one without faults has none', () => assert.deepEqual(editionFaults(EDITION, WEIGHTS), []))
  const [first] = EDITION.adjacent
  assert.ok(first)
  // what is wrong | what is said
  const table: readonly (readonly [Partial<DrgEdition>, RegExp])[] = [
    [{ adjacent: [{ ...first, adrg: 'aa1' }] }, /no code of an adjacent group/],
    [{ adjacent: [{ ...first, adrg: 'WB1' }] }, /category that the edition has not/],
    [{ adjacent: [{ ...first, procedures: [] }] }, /names none/],
    [{ adjacent: [first, first] }, /stands twice/],
    [{ adjacent: [{ ...first, parts: ['1', '3'] }] }, /in no part/],
    [{ adjacent: [{ ...first, parts: ['5', '9'] }] }, /in no part/],
    [{ categories: [{ mdc: '1', diagnoses: [] }] }, /no category/],
  ]
  for (const [change, said] of table)
    test(String(said), () => assert.ok(editionFaults({ ...EDITION, ...change }, WEIGHTS).some((fault) => said.test(fault))))
  test('a group without a weight, and a weight without a group', () => {
    const weights = new Map([...WEIGHTS, ['ZZ99', 1] as const])
    weights.delete('GD21')
    assert.deepEqual(editionFaults(EDITION, weights), ['GD21 has no weight', 'ZZ99 has a weight and is no group'])
  })
})
