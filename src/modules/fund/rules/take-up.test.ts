import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lackingOf } from './take-up.ts'

describe('what the books lack of settled spend', () => {
  const sum = (month: number, institution: string | null, fen: number) => ({ month, institution, fen })
  const table: readonly (readonly [what: string, spent: ReturnType<typeof sum>[], booked: ReturnType<typeof sum>[], lacking: ReturnType<typeof sum>[]])[] = [
    ['nothing was booked yet', [sum(1, '7', 50), sum(1, null, 20)], [], [sum(1, null, 20), sum(1, '7', 50)]],
    ['the books agree', [sum(1, '7', 50)], [sum(1, '7', 50)], []],
    ['more was settled since', [sum(1, '7', 80)], [sum(1, '7', 50)], [sum(1, '7', 30)]],
    ['a bill was reversed since', [sum(1, '7', 10)], [sum(1, '7', 50)], [sum(1, '7', -40)]],
    ['all of a month was reversed', [], [sum(2, null, 50)], [sum(2, null, -50)]],
    ['months and places stand for themselves', [sum(1, '7', 5), sum(2, '7', 5)], [sum(1, '8', 5)], [sum(1, '7', 5), sum(1, '8', -5), sum(2, '7', 5)]],
  ] // prettier-ignore
  for (const [what, spent, booked, lacking] of table) test(what, () => assert.deepEqual(lackingOf(spent, booked), lacking))
})
