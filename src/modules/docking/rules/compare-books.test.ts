import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BookEntry, DifferenceKind } from '../docking.ts'
import { compareBooks, type OwnEntry } from './compare-books.ts'

const own = (lastSeq: number, hash = 'a', isUnderWay = false): OwnEntry => ({ caseId: 'case', lastSeq, hash, isUnderWay })
const theirs = (lastSeq: number, hash = 'a'): BookEntry => ({ caseId: 'case', lastSeq, hash })

// ours | theirs | difference | the sentence
const TABLE: [OwnEntry[], BookEntry[], DifferenceKind | null, string][] = [
  [[own(3)], [theirs(3)], null, 'the same last sequence and hash: the books agree'],
  [[own(3)], [], 'missing-there', 'acknowledged here and absent there: the platform has lost the case'],
  [[own(3)], [theirs(2)], 'missing-there', 'or a part of it'],
  [[own(3, 'a', true)], [theirs(2)], 'missing-there', 'even while more is on its way'],
  [[own(2, 'a', true)], [theirs(3, 'b')], null, 'what they have and we still send is a receipt on its way'],
  [[own(2)], [theirs(3, 'b')], 'ahead-there', 'they have more than we ever sent'],
  [[own(3)], [theirs(3, 'b')], 'differs', 'the same numbers with other content'],
  [[], [theirs(1)], 'unknown-here', 'a case that we do not know'],
  [[own(0, '', true)], [], null, 'nothing acknowledged, everything on its way'],
  [[own(0, '')], [], null, 'nothing acknowledged and given up: not theirs either'],
]

for (const [here, there, wanted, why] of TABLE)
  test(`Books: ${why}`, () =>
    assert.deepEqual(
      compareBooks(here, there).map(({ kind }) => kind),
      wanted ? [wanted] : [],
    ))
