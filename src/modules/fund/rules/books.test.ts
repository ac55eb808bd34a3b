import assert from 'node:assert/strict'
import { test } from 'node:test'
import { balances, lastMonth, monthsOf, postings, reversed } from './books.ts'

// kind | giver | taker
for (const [kind, giver, taker] of [
  ['grant', 'pool', 'budget'],
  ['prepay', 'cash', 'prepaid'],
  ['inside', 'budget', 'inside:7'],
  ['outside', 'budget', 'outside'],
  ['deduct', 'inside:7', 'budget'],
] as const)
  test(`${kind}: ${giver} gives, ${taker} gets; together zero`, () =>
    assert.deepEqual(postings(kind, 100, '7'), { accounts: [giver, taker], fen: [-100, 100] }))

test('a transfer and what takes it back leave nothing', () => {
  const one = postings('inside', 100, '7')
  assert.ok([...balances([one, reversed(one)]).values()].every((fen) => fen === 0))
})
test('months hold what was spent and prepaid; what was taken back does not count', () => {
  const book = (month: number, kind: 'inside' | 'outside' | 'prepay' | 'deduct', fen: number) => ({
    id: '',
    month,
    kind,
    ...postings(kind, fen, '7'),
  })
  const wrong = book(2, 'outside', 50)
  const months = monthsOf([
    book(1, 'inside', 100),
    book(1, 'deduct', 10),
    book(1, 'prepay', 30),
    wrong,
    { ...wrong, kind: 'reverse', ...reversed(wrong) },
  ])
  assert.deepEqual(months[0], { insideFen: 90, outsideFen: 0, prepaidFen: 30 })
  assert.deepEqual(months[1], { insideFen: 0, outsideFen: 0, prepaidFen: 0 })
  assert.equal(lastMonth(months), 1)
})
