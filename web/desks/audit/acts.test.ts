import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lifecycle } from '../../../src/modules/audit-rules/lifecycle.ts'
import { movesFrom } from '../../../src/shapes/case.ts'
import { actsOf, fenOfYuan } from './acts.ts'

const OF_INSTITUTION = ['accept', 'appeal']

for (const state of Object.keys(lifecycle.states) as (keyof typeof lifecycle.states)[])
  test(`${state}: the page offers what the table of moves has, and no more`, () => {
    const moves = movesFrom(lifecycle, state).filter((move) => !['lapse', 'remind', 'near', 'propose'].includes(move))
    const offered = [...actsOf(state, true, false), ...actsOf(state, false, false)]
    assert.deepEqual([...offered].sort(), moves.map(String).sort())
    assert.ok(actsOf(state, true, false).every((act) => !OF_INSTITUTION.includes(act)))
  })

test('who decided a sum is not offered to take it back', () =>
  assert.deepEqual(actsOf('recovering', true, false, true), ['recover']))

test('who proposed a sum is not offered to confirm it', () => assert.deepEqual(actsOf('proposed', true, true), []))

for (const [text, fen] of [
  ['12', 1_200],
  ['0.29', 29],
  ['1.1', 110],
  ['1.005', null],
  ['-1', null],
  ['', null],
  ['1,000', null],
] as const)
  // prettier-ignore
  test(`“${text}” yuan is ${fen ?? 'no sum'}`, () => assert.equal(fenOfYuan(text), fen))
