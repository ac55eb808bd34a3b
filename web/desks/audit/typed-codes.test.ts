import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typedCodes } from './typed-codes.ts'

test('codes are read whatever stands between them, each once', () => {
  const rows: readonly (readonly [typed: string, codes: string[], why: string])[] = [
    ['', [], 'nothing typed'],
    [' j06.9 I10 ', ['J06.9', 'I10'], 'spaces'],
    ['J06.9,I10;K25、E11', ['J06.9', 'I10', 'K25', 'E11'], 'marks'],
    ['Ｊ０６．９，I10', ['J06.9', 'I10'], 'letters of full width'],
    ['I10 i10', ['I10'], 'the same twice'],
    [`${'X'.repeat(41)} I10`, ['I10'], 'what is too long is no code'],
  ]
  for (const [typed, codes, why] of rows) assert.deepEqual(typedCodes(typed), codes, why)
})
