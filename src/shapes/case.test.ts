import assert from 'node:assert/strict'
import test from 'node:test'
import { faultsOf, movesFrom, nextState, type CaseShape } from './case.ts'

type State = 'asked' | 'done'
type Move = 'ask' | 'remind' | 'finish'
const words = { zh: '词', en: 'word' }
const shape: CaseShape<State, Move> = {
  kind: 'example',
  words,
  states: {
    asked: { words, holder: 'receiver', wait: { policy: 'example.within', move: 'remind' } },
    done: { words, holder: 'none', end: true },
  },
  moves: {
    ask: { words, from: ['start'], to: 'asked' },
    remind: { words, from: ['asked'], to: 'same' },
    finish: { words, from: ['asked'], to: 'done' },
  },
}

test('a move leads where the table says, and nowhere from elsewhere', () => {
  const rows: readonly [from: State | 'start', move: Move, to: State | null][] = [
    ['start', 'ask', 'asked'],
    ['asked', 'ask', null],
    ['asked', 'remind', 'asked'],
    ['asked', 'finish', 'done'],
    ['done', 'remind', null],
    ['start', 'finish', null],
  ]
  for (const [from, move, to] of rows) assert.equal(nextState(shape, from, move), to, `${move} from ${from}`)
  assert.deepEqual(
    [movesFrom(shape, 'start'), movesFrom(shape, 'asked'), movesFrom(shape, 'done')],
    [['ask'], ['remind', 'finish'], []],
  )
})

test('what is wrong with a table is said', () => {
  const { states, moves } = shape
  const rows: readonly [broken: CaseShape<State, Move>, says: RegExp][] = [
    [{ ...shape, moves: { ...moves, finish: { words, from: ['asked'], to: 'asked' } } }, /no move leads to done/],
    [
      { ...shape, moves: { ...moves, remind: { words, from: ['asked', 'done'], to: 'same' } } },
      /done is an end but has a move out/,
    ],
    [{ ...shape, states: { ...states, done: { words, holder: 'none' } } }, /done is no end but has no move out/],
    [
      { ...shape, states: { ...states, done: { words, holder: 'sender', end: true } } },
      /done is an end but somebody holds the baton/,
    ],
    [{ ...shape, states: { ...states, asked: { words, holder: 'none' } } }, /nobody holds the baton in asked/],
    [
      {
        ...shape,
        states: { ...states, asked: { words, holder: 'receiver', wait: { policy: 'x', move: 'remind', lastly: 'ask' } } },
      },
      /ends in ask/,
    ],
  ]
  assert.deepEqual(faultsOf(shape), [])
  for (const [broken, says] of rows) assert.match(faultsOf(broken).join('; '), says)
})
