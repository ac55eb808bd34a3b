import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPoints } from './typed-points.ts'

const one = (label: string, pool: string, points: object) => ({ label, pool, points })
// typed | read | why
for (const [text, expected, why] of [
  ['D-01,医(技),30,,,40.5', { workers: [one('D-01', 'doctors', { post: 3_000, outpatient: 4_050 })] }, 'commas, empty is none'],
  ['D-01，医（技），３０', { workers: [one('D-01', 'doctors', { post: 3_000 })] }, 'Chinese commas and wide digits'],
  ['护士长\t护理\t\t\t\t\t\t\t50', { workers: [one('护士长', 'nursing', { shift: 5_000 })] }, 'out of a spreadsheet'],
  [
    'A,药剂,,,,,,,1\n\nB,行政后勤,,,,,,,2',
    { workers: [one('A', 'pharmacy', { shift: 100 }), one('B', 'administration', { shift: 200 })] },
    'empty lines are none',
  ],
  ['D,doctors,,,,,,,,,,,-3', { workers: [one('D', 'doctors', { dispute: -300 })] }, 'a dispute takes points off'],
  ['D,doctors,-3', { wrong: [{ line: 1, why: 'points' }] }, 'a post does not'],
  ['D,doctors,1.234', { wrong: [{ line: 1, why: 'points' }] }, 'three decimals'],
  ['D,收费处,1', { wrong: [{ line: 1, why: 'pool' }] }, 'no such group'],
  [',doctors,1', { wrong: [{ line: 1, why: 'label' }] }, 'nobody'],
  ['D,doctors', { wrong: [{ line: 1, why: 'columns' }] }, 'no points at all'],
  ['D,doctors,1,1,1,1,1,1,1,1,1,1,1,1', { wrong: [{ line: 1, why: 'columns' }] }, 'a column too many'],
  ['D,doctors,1\nD,nursing,1', { wrong: [{ line: 2, why: 'twice' }] }, 'twice'],
] as const)
  // prettier-ignore
  test(`typed points: ${why}`, () => assert.deepEqual(readPoints(text), expected))
