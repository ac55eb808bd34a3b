import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { bodyParts, feelingWords } from './body-parts.ts'
import { blankEntry, nextQuestion, saidText, triageBody } from './find-entry.ts'

const said = (file: string): Map<string, string[]> =>
  new Map(
    (
      parse(readFileSync(new URL(`../../knowledge/triage/${file}`, import.meta.url), 'utf8')) as { key: string; says: string[] }[]
    ).map(({ key, says }) => [key, says]),
  )

test('every part of the picture is a word that triage knows for that part', () => {
  const known = said('parts.yaml')
  for (const { key, say } of bodyParts) assert.ok(known.get(key)?.includes(say), `${key} is said ${say}`)
})

test('every feeling holds a word that triage knows for that feeling', () => {
  const known = said('feelings.yaml')
  for (const [key, { say }] of Object.entries(feelingWords))
    assert.ok(
      known.get(key)?.some((word) => say.includes(word)),
      `${key} is said ${say}`,
    )
})

test('what is typed and what is touched become one text', () => {
  assert.equal(
    saidText({ text: ' 昨天摔了 ', parts: { knee: ['pain', 'swelling'], head: [] } }),
    '昨天摔了，膝盖疼，膝盖肿了，头不舒服',
  )
  assert.equal(triageBody(blankEntry, null), null, 'nothing said, nothing asked')
})

test('age and sex are those of the person chosen; pregnancy never of a man', () => {
  const me = { age: 67, sex: 'male' } as const
  const entry = { ...blankEntry, text: '头痛', isPregnant: true }
  assert.deepEqual(triageBody(entry, me), { text: '头痛', age: 67, sex: 'male' })
  assert.deepEqual(triageBody({ ...entry, who: 'other', age: '30', sex: 'female' }, me), {
    text: '头痛',
    age: 30,
    sex: 'female',
    pregnant: true,
  })
  assert.deepEqual(triageBody({ ...entry, isPregnant: false }, null), { text: '头痛' }, 'nothing is made up')
  assert.deepEqual(
    triageBody(
      {
        ...entry,
        answers: [
          ['a', 'yes'],
          ['b', null],
        ],
      },
      me,
    )?.answers,
    { a: 'yes' },
    '“cannot say” is no answer',
  )
})

test('at most three questions, none twice', () => {
  const questions = [{ key: 'a' }, { key: 'b' }, { key: 'c' }, { key: 'd' }]
  assert.equal(nextQuestion(questions, { answers: [['a', null]] })?.key, 'b')
  assert.equal(
    nextQuestion(questions, {
      answers: [
        ['a', 'x'],
        ['b', null],
        ['c', 'y'],
      ],
    }),
    null,
  )
  assert.equal(nextQuestion([{ key: 'a' }], { answers: [['a', 'x']] }), null)
})
