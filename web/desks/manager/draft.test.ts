import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, draftOf, emptyDraft, missingIn } from './draft.ts'
import type { Field } from './registers.ts'

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name, kind, words: { zh: name, en: name }, means: null, isRequired: true, lengthMost: null, choices: [], parts: [], ...more,
}) // prettier-ignore
const name = field('name', 'group', { parts: [field('zh', 'text'), field('en', 'text', { isRequired: false })] })
const fields: Field[] = [
  name,
  field('count', 'number'),
  field('isFree', 'yes-no'),
  field('tiers', 'choices'),
  field('bring', 'text', { isRequired: false }),
  field('aims', 'list', { parts: [field('text', 'text'), field('target', 'number', { isRequired: false })] }),
]

test('a text that stands goes through the form and comes out the same', () => {
  const body = {
    name: { zh: '章程' },
    count: 3,
    isFree: true,
    tiers: ['village'],
    aims: [{ text: '甲', target: 5 }, { text: '乙' }],
  }
  assert.deepEqual(bodyOf(fields, draftOf(fields, body)), body)
})

test('what is null or left empty is left out; what is no number stays what was typed', () => {
  const draft = draftOf(fields, { name: { zh: '章程', en: null }, count: 3, isFree: false, tiers: [], bring: null, aims: [] })
  assert.deepEqual(bodyOf(fields, { ...draft, count: '三' }), {
    name: { zh: '章程' },
    count: '三',
    isFree: false,
    tiers: [],
    aims: [],
  })
})

test('an empty form names all that is missing, by path', () => {
  assert.deepEqual(missingIn(fields, emptyDraft(fields)), ['name.zh', 'count', 'tiers', 'aims.0.text'])
})

test('a group that may be left out is asked for only once something is typed in it', () => {
  const optional = [{ ...name, isRequired: false }]
  assert.deepEqual(missingIn(optional, emptyDraft(optional)), [])
  assert.deepEqual(bodyOf(optional, emptyDraft(optional)), {})
  assert.deepEqual(missingIn(optional, { name: { zh: '', en: 'Charter' } }), ['name.zh'])
})
