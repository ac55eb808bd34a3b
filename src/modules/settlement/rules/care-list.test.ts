import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RuleConflict } from '../../../shapes/rulebook.ts'
import { areaClaim } from './area-claim.ts'
import { byCareList, careListFile, type CareList } from './care-list.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { settleClaim } from './settle-claim.ts'
import { exampleBook } from './testing-book.ts'

// The area insured in: nothing first, 80 %. The place of care, invented: a drug of class B that changes on 1 July, an item with a price
// limit, a drug for one disease alone.
const BOOK = exampleBook([{ kind: 'deductible', amountFen: 0 }, { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] }]) // prettier-ignore
const listOf = (rows: readonly object[]): CareList =>
  careListFile.parse({ careArea: 'away', zh: '外地', en: 'Away', checkedOn: '2026-11-23', rows: rows.map((row) => ({ from: '2020-01-01', source: 'C', grade: 'design', basis: 'AWAY §1', ...row })) }) // prettier-ignore
const LIST = listOf([
  { code: 'DRUG-1', list: 'B', selfShareBp: 1_000, until: '2024-07-01' },
  { code: 'DRUG-1', list: 'B', selfShareBp: 3_000, from: '2024-07-01', basis: 'AWAY §2' },
  { code: 'ITEM-1', list: 'A', priceLimitFen: 4_000 },
  { code: 'DRUG-2', list: 'B', selfShareBp: 500, onlyFor: ['cancer'] },
  { code: 'OWN-1', list: 'C' },
  { code: 'CHILD', list: 'A', onlyWhen: { ageUntil: 14 } },
  { code: 'OLD', list: 'A', onlyWhen: { ageFrom: 65 } },
  { code: 'WARD', list: 'A', onlyWhen: { care: ['inpatient'] } },
  { code: 'LARGE', list: 'B', selfShareBp: 1_000, onlyWhen: { level: ['level2', 'level3'] } },
  { code: 'SECOND', list: 'B', selfShareBp: 1_000, onlyWhen: { disease: ['cancer'], grounds: ['second-line'] } },
  { code: 'INJURY', list: 'A', onlyWhen: { identity: ['work-injury'] } },
])
const bill = (line: object, more: object = {}) => areaClaim.parse({ day: '2024-06-30', level: 'level3', careArea: 'away', lines: [{ amountFen: 10_000, ...line }], ...more }) // prettier-ignore

// Every row: why, the line, the rest of the bill; then own pay, above the limit, first share, fund.
type Row = readonly [why: string, line: object, more: object, expected: readonly [number, number, number, number]]
const ROWS: readonly Row[] = [
  ['the first share is that of the place of care', { code: 'DRUG-1' }, {}, [0, 0, 1_000, 7_200]],
  ['of the last day before it changes', { code: 'DRUG-1', list: 'B', selfShareBp: 1_000 }, {}, [0, 0, 1_000, 7_200]],
  ['and of the first day after', { code: 'DRUG-1' }, { day: '2024-07-01' }, [0, 0, 3_000, 5_600]],
  ['the price limit is that of the place of care', { code: 'ITEM-1', priceFen: 5_000, count: 2 }, {}, [0, 2_000, 0, 6_400]],
  ['class C there is own pay', { code: 'OWN-1' }, {}, [10_000, 0, 0, 0]],
  ['a drug for one disease: the disease is there', { code: 'DRUG-2' }, { diseases: ['cancer'] }, [0, 0, 500, 7_600]],
  ['for any other disease it is own pay', { code: 'DRUG-2' }, {}, [10_000, 0, 0, 0]],
  ['a drug for children: at 13', { code: 'CHILD' }, { age: 13 }, [0, 0, 0, 8_000]],
  ['at 14 it is own pay', { code: 'CHILD' }, { age: 14 }, [10_000, 0, 0, 0]],
  ['a newborn is of age 0', { code: 'CHILD' }, { age: 0 }, [0, 0, 0, 8_000]],
  ['for the old: at 65', { code: 'OLD' }, { age: 65 }, [0, 0, 0, 8_000]],
  ['at 64 it is own pay', { code: 'OLD' }, { age: 64 }, [10_000, 0, 0, 0]],
  ['for stays: in a stay', { code: 'WARD' }, {}, [0, 0, 0, 8_000]],
  ['from level 2 on: at level 2', { code: 'LARGE' }, { level: 'level2' }, [0, 0, 1_000, 7_200]],
  ['at level 1 it is own pay', { code: 'LARGE' }, { level: 'level1' }, [10_000, 0, 0, 0]],
  ['second-line and for one disease: both hold', { code: 'SECOND', grounds: ['second-line'] }, { diseases: ['cancer'] }, [0, 0, 1_000, 7_200]],
  ['without the first line before it', { code: 'SECOND' }, { diseases: ['cancer'] }, [10_000, 0, 0, 0]],
  ['or for another disease', { code: 'SECOND', grounds: ['second-line'] }, {}, [10_000, 0, 0, 0]],
  ['for an identity: who has it', { code: 'INJURY' }, { identities: ['work-injury'] }, [0, 0, 0, 8_000]],
  ['who has not', { code: 'INJURY' }, { identities: ['low-income'] }, [10_000, 0, 0, 0]],
  ['a line on no list that states its class stays as stated', { code: 'NEW-1', list: 'B', selfShareBp: 2_000 }, {}, [0, 0, 2_000, 6_400]],
  ['so does one that states its parts', { ownPayFen: 4_000 }, {}, [4_000, 0, 0, 4_800]],
  ['without a place of care no list is asked', { code: 'DRUG-1' }, { careArea: undefined }, [0, 0, 0, 8_000]],
] // prettier-ignore
for (const [why, line, more, expected] of ROWS)
  test(`care away: ${why}`, () => {
    const found = settleClaim(BOOK, byCareList(bill(line, more), LIST))
    assert.deepEqual([found.ownPayFen, found.overLimitFen, found.preSelfFen, found.fundFen], expected)
  })

const REFUSED: readonly (readonly [why: string, line: object, list: CareList | null, code: string])[] = [
  ['the place has no list', { code: 'DRUG-1' }, null, 'settlement.no-care-list'],
  ['the code is not on it', { code: 'NEW-1' }, LIST, 'settlement.not-on-care-list'],
  ['the code is on it from another day', { code: 'DRUG-9' }, listOf([{ code: 'DRUG-9', list: 'A', from: '2024-07-01' }]), 'settlement.not-on-care-list'],
  ['a line without a code and without a class', {}, LIST, 'settlement.not-on-care-list'],
  ['restricted by age, and the bill states none', { code: 'CHILD' }, LIST, 'settlement.care-list-asks-age'],
  ['another class than the list has', { code: 'DRUG-1', list: 'A' }, LIST, 'settlement.care-list-contradicted'],
  ['another first share', { code: 'DRUG-1', selfShareBp: 2_000 }, LIST, 'settlement.care-list-contradicted'],
  ['another price limit', { code: 'ITEM-1', priceFen: 10_000, priceLimitFen: 5_000 }, LIST, 'settlement.care-list-contradicted'],
] // prettier-ignore
for (const [why, line, list, code] of REFUSED)
  test(`care away is refused in both languages: ${why}`, () =>
    assert.throws(() => byCareList(bill(line), list), (error) => error instanceof ClaimRefusal && error.code === code && error.zh !== '' && error.en !== '')) // prettier-ignore

test('two rows of one code on one day contradict each other', () =>
  assert.throws(() => byCareList(bill({ code: 'X' }), listOf([{ code: 'X', list: 'A' }, { code: 'X', list: 'C' }])), RuleConflict)) // prettier-ignore

test('a place without a list settles lines that say everything themselves', () =>
  assert.equal(settleClaim(BOOK, byCareList(bill({ list: 'B', selfShareBp: 1_000 }), null)).fundFen, 7_200))

test('each clause of the list is a step with its lines', () => {
  const claim = bill({}, { lines: ['DRUG-1', 'OWN-1', 'ITEM-1'].map((code) => ({ code, amountFen: 4_000, priceFen: 4_000 })) })
  const { steps } = settleClaim(BOOK, byCareList(claim, LIST))
  const told = steps.filter(({ step }) => step === 'care-list').map(({ basis, source, amountFen, inputs }) => [basis, source, amountFen, inputs]) // prettier-ignore
  assert.deepEqual(told, [['AWAY §1', 'C', 12_000, { careArea: 'away', lines: 3 }]])
})

test('the step says how many lines stand outside the restricted payment, and what they lack', () => {
  const claim = bill(
    {},
    { diseases: ['flu'], age: 20, lines: ['SECOND', 'CHILD', 'LARGE'].map((code) => ({ code, amountFen: 4_000 })) },
  )
  const { steps } = settleClaim(BOOK, byCareList(claim, LIST))
  const inputs = steps.find(({ step }) => step === 'care-list')?.inputs
  assert.deepEqual(inputs, { careArea: 'away', lines: 3, restricted: 2, lacks: 'disease, second-line, age' })
})

test('a restriction that says nothing, or nobody can meet, is no row', () => {
  assert.throws(() => listOf([{ code: 'X', list: 'A', onlyWhen: {} }]), /say what it is restricted to/)
  assert.throws(() => listOf([{ code: 'X', list: 'A', onlyWhen: { ageFrom: 14, ageUntil: 14 } }]), /ageUntil is above ageFrom/)
  assert.throws(() => listOf([{ code: 'X', list: 'A', onlyFor: ['cancer'], onlyWhen: { disease: ['cancer'] } }]), /not in both/)
})

test('what was taken from the list is kept with the bill: settled again without any list it comes out the same', () => {
  const once = byCareList(bill({ code: 'DRUG-1' }), LIST)
  assert.deepEqual(settleClaim(BOOK, byCareList({ ...once, careArea: undefined }, null)).preSelfFen, settleClaim(BOOK, once).preSelfFen) // prettier-ignore
})

test('a first share of another class than B is no list', () =>
  assert.throws(() => listOf([{ code: 'X', list: 'A', selfShareBp: 1_000 }]), /only class B/))
