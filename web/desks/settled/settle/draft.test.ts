import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, EMPTY_DRAFT, EMPTY_LINE, lineOfTyped, linesOfFile, proposed, type ClaimTerms } from './draft.ts'

const terms: ClaimTerms = {
  today: '2024-05-01' as ClaimTerms['today'],
  insured: 'residents',
  area: 'xiangtan',
  areas: [],
  level: 'level2',
  region: 'in-town',
  tells: {
    cares: ['inpatient'],
    levels: ['level2'],
    persons: [],
    identities: ['low-income'],
    diseases: [],
    years: { insured: false, withoutClaim: false },
  },
  careAreas: [],
  earlier: [],
}
const line = { zh: '床位费', list: 'A', amountFen: 4_000 } as const

test('a typed line: price times count; a first share of class B alone', () => {
  const rows: readonly (readonly [more: object, expected: object | null])[] = [
    [{ name: '床位费', price: '40', count: '3' }, { zh: '床位费', list: 'A', amountFen: 12_000, priceFen: 4_000, count: 3 }],
    [{ name: '材料', price: '１２.５', list: 'B', selfShare: '10' }, { zh: '材料', list: 'B', amountFen: 1_250, priceFen: 1_250, count: 1, selfShareBp: 1_000 }],
    [{ name: '材料', price: '5', list: 'A', selfShare: '10' }, { zh: '材料', list: 'A', amountFen: 500, priceFen: 500, count: 1 }],
    [{ name: '药', code: 'XB05BA-T001', price: '0.01' }, { zh: '药', code: 'XB05BA-T001', list: 'A', amountFen: 1, priceFen: 1, count: 1 }],
    [{ name: '', price: '5' }, null],
    [{ name: '药', price: '0' }, null],
    [{ name: '药', price: '1.234' }, null],
    [{ name: '药', price: '5', count: '0' }, null],
    [{ name: '药', price: '5', code: '药' }, null],
    [{ name: '材料', price: '5', list: 'B', selfShare: '101' }, null],
  ] // prettier-ignore
  for (const [more, expected] of rows) assert.deepEqual(lineOfTyped({ ...EMPTY_LINE, ...more }), expected, JSON.stringify(more))
})

test('a file: a bill, or its lines alone; anything else is none', () => {
  const text = JSON.stringify([line])
  for (const good of [text, JSON.stringify({ lines: [line] }), `\uFEFF${text}`]) assert.deepEqual(linesOfFile(good), [line])
  for (const bad of ['', '{', '[]', '{"lines":[]}', '[{"zh":"药"}]', '[{"amountFen":1.5}]', '"text"'])
    assert.equal(linesOfFile(bad), null, bad)
})

test('what lacks is named; what the house knows is proposed; a chain is stated only where a stay was chosen', () => {
  const none = askedOf('1', EMPTY_DRAFT, terms)
  assert.deepEqual(none, { lacks: ['area', 'level', 'day', 'lines'] })
  const draft = proposed({ ...EMPTY_DRAFT, lines: [line as never] }, terms)
  const ready = askedOf('1', draft, terms)
  assert.ok('asked' in ready)
  assert.deepEqual([ready.asked.area, ready.asked.claim.level, ready.asked.claim.status, ready.asked.claim.region], ['xiangtan', 'level2', 'local', 'in-town'])
  assert.ok(!('episode' in ready.asked.claim))
  const chained = askedOf('1', { ...draft, goesOnFrom: ['a'], gapDays: '2', account: '12.5' }, terms)
  assert.ok('asked' in chained)
  assert.deepEqual(chained.asked.claim.episode, { move: 'up', slip: true, gapDays: 2 })
  assert.equal(chained.asked.claim.accountFen, 1_250)
  assert.deepEqual(askedOf('1', { ...draft, goesOnFrom: ['a'], gapDays: 'x', account: '-', day: '' }, { ...terms, tells: { ...terms.tells!, persons: ['adult'] } }), { lacks: ['personKind', 'day', 'account', 'gapDays'] })
  assert.equal(proposed(EMPTY_DRAFT, { ...terms, region: 'out-of-province' }).status, 'unreferred')
}) // prettier-ignore

test('years insured are stated where the rules ask for them and somebody knows them', () => {
  const asks = (insured: boolean, withoutClaim: boolean): ClaimTerms => ({ ...terms, tells: { ...terms.tells!, years: { insured, withoutClaim } } })
  const stated = (of: ClaimTerms, yearsInsured: string, yearsWithoutClaim: string) => {
    const ready = askedOf('1', proposed({ ...EMPTY_DRAFT, lines: [line as never], yearsInsured, yearsWithoutClaim }, of), of)
    return 'asked' in ready ? [ready.asked.claim.yearsInsured, ready.asked.claim.yearsWithoutClaim] : ready.lacks
  }
  assert.deepEqual(stated(asks(true, true), ' 6 ', '0'), [6, 0])
  assert.deepEqual(stated(asks(true, true), '', ''), [undefined, undefined])
  assert.deepEqual(stated(asks(true, false), '6', '3'), [6, undefined])
  assert.deepEqual(stated(asks(false, false), '6', '3'), [undefined, undefined])
  assert.deepEqual(stated(asks(true, true), '6.5', ''), ['years'])
}) // prettier-ignore
