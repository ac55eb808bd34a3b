import assert from 'node:assert/strict'
import { test } from 'node:test'
import { criteriaFor, reasonFrom, withCriteria, type Criterion } from './criteria-of.ts'

const one = (id: string, state: Criterion['state'], facts: Criterion['facts'] = []): Criterion => ({
  id,
  occasion: 'first',
  words: { zh: `第${id}条`, en: `Clause ${id}` },
  clause: '初诊转诊',
  grade: 'memory',
  state,
  facts,
  missing: [],
})
const pressure = one('1', 'met', [{ zh: '收缩压 186 mmHg', en: '186', at: '2026-11-20T02:00:00Z' as never }])

test('the letter names what the record meets with value and day, and what the doctor saw; nothing that is not met', () => {
  const all = [pressure, one('2', 'not-met'), one('3', 'unknown'), one('4', 'unknown')]
  assert.equal(reasonFrom(all, ['3', '2']), '符合上转标准：第1条（收缩压 186 mmHg 2026-11-20）；第3条（现场所见）。')
  assert.equal(reasonFrom([one('2', 'not-met')], ['2']), '', 'what the record excludes cannot be ticked in')
})

test('written twice, the sentence stands once, before what was typed', () => {
  const first = withCriteria('血压控制不佳。', '符合上转标准：甲。')
  assert.equal(first, '符合上转标准：甲。\n血压控制不佳。')
  assert.equal(withCriteria(first, '符合上转标准：甲；乙。'), '符合上转标准：甲；乙。\n血压控制不佳。')
  assert.equal(withCriteria('', '符合上转标准：甲。'), '符合上转标准：甲。')
})

test('a condition finds the pages that share a category with it', () => {
  const page = (key: string, icd10: string[]) => ({ key, words: { zh: key, en: key }, icd10, basis: '', criteria: [] })
  const pages = [page('hypertension', ['I10-I15']), page('stroke', ['I60-I64', 'I69', 'G45'])]
  assert.deepEqual(
    criteriaFor(['I10'], pages).map(({ key }) => key),
    ['hypertension'],
  )
  assert.deepEqual(
    criteriaFor(['G45.9'], pages).map(({ key }) => key),
    ['stroke'],
  )
  assert.deepEqual(criteriaFor(['K35'], pages), [])
})
