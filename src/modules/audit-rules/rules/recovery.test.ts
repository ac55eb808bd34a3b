import assert from 'node:assert/strict'
import test from 'node:test'
import { asked, ended, revoked, type RecoveryTransfer } from './recovery.ts'

const sums = (transfers: readonly RecoveryTransfer[]): Record<string, number> => {
  const all = new Map<string, number>()
  for (const [account, fen] of transfers.flatMap(({ postings }) => postings)) all.set(account, (all.get(account) ?? 0) + fen)
  return Object.fromEntries([...all].filter(([, fen]) => fen !== 0))
}

test('what is asked back is owed until it is paid, let go or taken back; every transfer sums to zero', () => {
  const rows: readonly (readonly [transfers: RecoveryTransfer[], left: Record<string, number>, why: string])[] = [
    [asked('7', 500), { 'owed:7': -500, 'fund:recovery': 500 }, 'decided: the institution owes it'],
    [[...asked('7', 500), ...ended('7', 500, 500)], { 'institution:7': -500, 'fund:recovery': 500 }, 'paid whole'],
    [[...asked('7', 500), ...ended('7', 500, 499)], { 'institution:7': -499, 'fund:recovery': 499 }, 'a fen is let go'],
    [[...asked('7', 500), ...ended('7', 500, 0)], {}, 'nothing came: nobody owes, nobody got'],
    [[...asked('7', 500), ...revoked('7', 500)], {}, 'a won review leaves every account where it was'],
  ]
  for (const [transfers, left, why] of rows) {
    assert.deepEqual(sums(transfers), left, why)
    for (const { postings } of transfers)
      assert.equal(
        postings.reduce((sum, [, fen]) => sum + fen, 0),
        0,
        why,
      )
  }
  assert.deepEqual(ended('7', 500, 500).map(({ kind }) => kind), ['paid'], 'nothing is let go where all was paid') // prettier-ignore
})
