import assert from 'node:assert/strict'
import test from 'node:test'
import { classesFor } from './classes-for.ts'

const ALL = (['any', 'female', 'male'] as const).flatMap((sex) => [true, false].map((isolation) => ({ sex, isolation })))
const names = (stay: Parameters<typeof classesFor>[1], from = ALL) =>
  classesFor(from, stay).map(({ sex, isolation }) => `${sex}${isolation ? ' isolation' : ''}`)

test('one’s own sex first, then beds for any', () => {
  assert.deepEqual(names({ sex: 'male', isolation: false }), ['male', 'any'])
  assert.deepEqual(names({ sex: 'female', isolation: false }), ['female', 'any'])
})
test('isolation beds are for those who need them, and they lie nowhere else', () =>
  assert.deepEqual(names({ sex: 'female', isolation: true }), ['female isolation', 'any isolation']))
test('never a bed of the other sex', () =>
  assert.deepEqual(
    names(
      { sex: 'male', isolation: false },
      ALL.filter(({ sex }) => sex === 'female'),
    ),
    [],
  ))
