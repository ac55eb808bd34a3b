import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doubtfulShares } from './doubtful-shares.ts'

type Row = readonly [why: string, value: object, found: readonly (readonly [at: string, meantBp: number])[]]
const ROWS: readonly Row[] = [
  ['10 for 10 %', { lines: [{ selfShareBp: 10 }] }, [['lines.0.selfShareBp', 1_000]]],
  ['99 still', { rateBp: 99 }, [['rateBp', 9_900]]],
  ['1 % itself is a share', { rateBp: 100 }, []],
  ['0 was chosen', { rateBp: 0, bands: [{ rateBp: 0 }] }, []],
  ['in bands', { bands: [{ upToFen: 65, rateBp: 65 }, { rateBp: 7_000 }] }, [['bands.0.rateBp', 6_500]]],
  ['in a list of shares', { sharesBp: [10_000, 50] }, [['sharesBp.1', 5_000]]],
  ['an amount of 10 fen is none', { amountFen: 10, count: 3 }, []],
] // prettier-ignore
for (const [why, value, found] of ROWS)
  test(`shares that are doubtful: ${why}`, () => assert.deepEqual(doubtfulShares(value).map(({ at, meantBp }) => [at, meantBp]), found)) // prettier-ignore
