import assert from 'node:assert/strict'
import { test } from 'node:test'

import { qrCode, qrSvgPath } from './qr.ts'

test('a code has three corner squares and four modules of white around', () => {
  const { side, runs } = qrCode('https://jieli.example/slip/1')
  const black = new Set(runs.flatMap(([column, row, length]) => Array.from({ length }, (_, step) => `${column + step},${row}`)))
  for (const [column, row] of [
    [4, 4],
    [side - 11, 4],
    [4, side - 11],
  ] as const) {
    assert.ok(
      runs.some((run) => run[0] === column && run[1] === row && run[2] === 7),
      `corner square at ${column}, ${row}`,
    )
    assert.ok(black.has(`${column + 3},${row + 3}`) && !black.has(`${column + 1},${row + 1}`))
  }
  assert.ok(runs.every(([column, row, length]) => column >= 4 && row >= 4 && column + length <= side - 4 && row < side - 4))
})

test('runs never touch in a row, so the path draws each module once', () => {
  const code = qrCode('转诊单 ZZ20261122-000123')
  const ends = new Set(code.runs.map(([column, row, length]) => `${column + length},${row}`))
  assert.ok(code.runs.every(([column, row]) => !ends.has(`${column},${row}`)))
  assert.equal(qrSvgPath({ side: 10, runs: [[4, 5, 2]] }), 'M4 5h2v1h-2z')
})

test('213 bytes fit on a slip, 214 do not', () => {
  assert.equal(qrCode('a'.repeat(213)).side, 57 + 8)
  assert.throws(() => qrCode('a'.repeat(214)), RangeError)
  assert.throws(() => qrCode('转'.repeat(72)), RangeError)
})
