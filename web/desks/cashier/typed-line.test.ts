import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_LINE, fenOfTyped, readTyped, withLine } from './typed-line.ts'

test('a price typed in yuan is whole fen', () => {
  const rows: readonly (readonly [typed: string, fen: number | null, why: string])[] = [
    ['25.50', 2_550, 'two decimals'],
    ['25.5', 2_550, 'one decimal is tens of fen'],
    ['25', 2_500, 'none'],
    ['0.01', 1, 'the least'],
    ['1.005', null, 'no part of a fen'],
    ['0', null, 'nothing is no price'],
    ['1000000', 100_000_000, 'the most'],
    ['1000000.01', null, 'above the most'],
    ['２５．５０', 2_550, 'letters of full width, as Chinese keyboards type'],
    ['-3', null, 'no price below nothing'],
    ['3e2', null, 'no powers'],
    ['', null, 'not typed yet'],
  ]
  for (const [typed, fen, why] of rows) assert.equal(fenOfTyped(typed), fen, why)
})

test('a typed line is read whole or not at all', () => {
  const typed = { ...EMPTY_LINE, code: ' E-1 ', zh: '心电图', price: '25.5', count: '2' }
  assert.deepEqual(readTyped(typed), { kind: 'examination', code: 'E-1', zh: '心电图', class: '01', priceFen: 2_550, count: 2 })
  for (const wrong of [{ code: ' ' }, { zh: '' }, { price: 'x' }, { count: '0' }, { count: '1001' }, { count: '1.5' }])
    assert.equal(readTyped({ ...typed, ...wrong }), null, JSON.stringify(wrong))
})

test('a medicine may say for how many days it lasts; nothing else does', () => {
  const typed = { ...EMPTY_LINE, kind: 'drug' as const, code: 'D-1', zh: '演示药', price: '1', supplyDays: '７' }
  assert.equal(readTyped(typed)?.supplyDays, 7)
  assert.equal('supplyDays' in (readTyped({ ...typed, supplyDays: ' ' }) ?? {}), false, 'left out when nothing was typed')
  assert.equal('supplyDays' in (readTyped({ ...typed, kind: 'treatment' }) ?? {}), false, 'what is no medicine lasts no days')
  for (const wrong of ['0', '367', 'x', '1.5']) assert.equal(readTyped({ ...typed, supplyDays: wrong }), null, wrong)
  assert.equal(readTyped({ ...typed, supplyDays: '366' })?.supplyDays, 366)
})

test('the same thing at the same price is one line, as far as a line may count', () => {
  const one = { kind: 'drug', code: 'D-1', zh: '药', class: '01', priceFen: 100, count: 999 } as const
  assert.deepEqual(withLine([one], { ...one, count: 1 }), [{ ...one, count: 1_000 }])
  assert.equal(withLine([one], { ...one, count: 2 }).length, 2, 'a line counts to 1000')
  assert.equal(withLine([one], { ...one, priceFen: 101, count: 1 }).length, 2, 'another price')
})
