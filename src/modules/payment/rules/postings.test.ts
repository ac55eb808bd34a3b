import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import type { KeptSplit } from '../payment.ts'
import {
  balances,
  collectPostings,
  giveBackPostings,
  returnPostings,
  reversePostings,
  settlePostings,
  type Posted,
} from './postings.ts'

type Parts = Omit<KeptSplit, 'total' | 'basis'>

const sides = (parts: Partial<Parts>) => {
  const whole: Parts = { funds: {}, account: 0, familyPool: 0, hospital: 0, cash: 0, ...parts }
  const total =
    Object.values(whole.funds).reduce((sum, fen) => sum + fen, 0) + whole.account + whole.familyPool + whole.hospital + whole.cash
  return { org: '1', person: '7', app: 'wechat' as const, split: { ...whole, total } }
}

/** Splits with what stands on each account once the bill is settled. Fen. */
const SPLITS: readonly (readonly [why: string, parts: Partial<Parts>, held: Readonly<Record<string, number>>])[] = [
  ['cash alone', { cash: 500 }, { 'payer:7': -500, 'clearing:wechat': 0, 'institution:1': 500 }],
  ['a fund alone', { funds: { '390100': 300 } }, { 'fund:390100': -300, 'institution:1': 300 }],
  [
    'every part; what the hospital bears moves nowhere',
    { funds: { '310100': 600, '330100': 50 }, account: 100, familyPool: 30, hospital: 20, cash: 1 },
    {
      'payer:7': -1,
      'clearing:wechat': 0,
      'family:7': -30,
      'account:7': -100,
      'fund:310100': -600,
      'fund:330100': -50,
      'institution:1': 781,
    },
  ],
]

const books = (posted: readonly Posted[]): Record<string, number> => Object.fromEntries(balances(posted))
const zeroed = (held: Readonly<Record<string, number>>) => Object.fromEntries(Object.keys(held).map((account) => [account, 0]))

test('a settled bill stands on the accounts to the fen, and a refund brings each back to nothing', () => {
  for (const [why, parts, held] of SPLITS) {
    const of = sides(parts)
    const settled = [...collectPostings(of), ...settlePostings(of)]
    assert.deepEqual(books(settled), held, why)
    assert.deepEqual(books([...settled, ...returnPostings(of), ...reversePostings(of)]), zeroed(held), `${why}, refunded`)
  }
})

test('cash that came for a bill that was not settled is given back', () => {
  const of = sides({ cash: 500, funds: { '390100': 300 } })
  assert.deepEqual(books([...collectPostings(of), ...giveBackPostings(of)]), { 'payer:7': 0, 'clearing:wechat': 0 })
})

test('a part of nothing is not booked: without cash there is nothing to collect, to return or to give back', () => {
  const of = sides({ funds: { '390100': 300 } })
  assert.deepEqual([collectPostings(of), returnPostings(of), giveBackPostings(of)], [[], [], []])
  assert.deepEqual(reversePostings(sides({ cash: 5 })), [], 'nothing of the insurance to reverse')
})

test('what takes back names what it takes back', () => {
  const of = sides({ cash: 5, account: 5 })
  const kinds = [collectPostings, settlePostings, returnPostings, reversePostings, giveBackPostings]
    .flatMap((post) => post(of))
    .map(({ kind, reverses }) => [kind, reverses])
  assert.deepEqual(kinds, [
    ['collect', null],
    ['settle', null],
    ['return', 'settle'],
    ['reverse', 'settle'],
    ['give-back', 'collect'],
  ])
})

const ROUNDS = 500
const FEN_MOST = 1_000_000
const SEED_MOST = 1_000_000
const MULTIPLIER = 16_807
const MODULUS = 2_147_483_647

test('whatever the split: every transfer sums to zero and holds no part of nothing, and a refund leaves nothing', (t) => {
  const seed = Number(process.env['JIELI_SEED'] ?? randomInt(1, SEED_MOST))
  t.diagnostic(`seed ${seed} (JIELI_SEED repeats it)`)
  let drawn = seed
  const fen = (): number => {
    drawn = (drawn * MULTIPLIER) % MODULUS
    // A third of all parts are nothing.
    return drawn % 3 === 0 ? 0 : drawn % FEN_MOST
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const of = sides({
      funds: { '310100': fen(), '330100': fen() },
      account: fen(),
      familyPool: fen(),
      hospital: fen(),
      cash: fen(),
    })
    const posted = [collectPostings, settlePostings, returnPostings, reversePostings].flatMap((post) => post(of))
    for (const { postings } of posted) {
      assert.equal(postings.reduce((sum, [, one]) => sum + one, 0), 0) // prettier-ignore
      assert.ok(postings.length > 0 && postings.every(([, one]) => one !== 0))
    }
    assert.ok(
      [...balances(posted).values()].every((held) => held === 0),
      `round ${round} of seed ${seed}`,
    )
    const { split } = of
    const taken = balances([...collectPostings(of), ...settlePostings(of)]).get('institution:1') ?? 0
    assert.equal(taken, split.total - split.hospital, `round ${round} of seed ${seed}`)
  }
})
