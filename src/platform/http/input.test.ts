import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { checkInput, inputOfQuery } from './input.ts'

const schema = z.strictObject({
  text: z.string().max(5).default(''),
  limit: z.number().int().min(1).max(50).default(20),
  isOpen: z.boolean().optional(),
  tiers: z.array(z.enum(['village', 'county'])).optional(),
  note: z.string().nullish(),
})

test('a query string becomes what the schema asks for, and nothing is guessed', () => {
  const rows: readonly [params: Record<string, string | string[]>, value: Record<string, unknown> | null][] = [
    [{}, { text: '', limit: 20 }],
    [
      { limit: '7', isOpen: 'true', text: '12' },
      { text: '12', limit: 7, isOpen: true },
    ],
    [{ tiers: 'village' }, { text: '', limit: 20, tiers: ['village'] }],
    [{ tiers: ['village', 'county'] }, { text: '', limit: 20, tiers: ['village', 'county'] }],
    [{ isOpen: 'false' }, { text: '', limit: 20, isOpen: false }],
    [{ limit: '1e1' }, null],
    [{ limit: ' 7' }, null],
    [{ limit: '0x7' }, null],
    [{ limit: '７' }, null],
    [{ limit: '' }, null],
    [{ limit: ['1', '2'] }, null],
    [{ isOpen: '1' }, null],
    [{ isOpen: 'TRUE' }, null],
    [{ text: ['a', 'b'] }, null],
    [{ text: 'a\0' }, null],
    [{ text: '\ud800' }, null],
    [{ unknown: '1' }, null],
    [{ constructor: '1' }, null],
    [JSON.parse('{"__proto__":"1"}') as Record<string, string>, null],
  ]
  for (const [params, value] of rows) {
    const checked = checkInput(schema, inputOfQuery(schema, params))
    assert.deepEqual(checked.ok ? checked.value : null, value, JSON.stringify(params))
  }
})

test('every field that does not fit is named, with what to do in both languages', () => {
  const checked = checkInput(
    z.strictObject({
      name: z.strictObject({ zh: z.string().min(1) }),
      day: z.string().refine(() => false, '应为日期|A day'),
      kind: z.enum(['a', 'b']),
      list: z.array(z.number()),
    }),
    { name: { zh: '' }, day: 'x', kind: 'c', list: [1, 'x'], more: 1 },
  )
  assert.deepEqual(checked.ok ? null : checked.fields, [
    { path: 'name.zh', zh: '不能为空。', en: 'At least 1 character(s).' },
    { path: 'day', zh: '应为日期', en: 'A day' },
    { path: 'kind', zh: '应为其中之一:a、b。', en: 'One of: a, b.' },
    { path: 'list.1', zh: '应为数字。', en: 'Expected number.' },
    { path: '(body)', zh: '没有这些字段:more。', en: 'No such fields: more.' },
  ])
})

test('a missing field is required, not of a wrong type', () => {
  const checked = checkInput(z.strictObject({ name: z.string() }), {})
  assert.deepEqual(checked.ok ? null : checked.fields, [{ path: 'name', zh: '必填。', en: 'Required.' }])
})
