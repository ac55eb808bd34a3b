import assert from 'node:assert/strict'
import test from 'node:test'
import { fieldsInConflict, type CorrectedField, type EarlierCorrection } from './meet-corrections.ts'

const history: readonly EarlierCorrection[] = [
  { version: 2, fields: ['phone'] },
  { version: 3, fields: ['address', 'insurance'] },
]

const ROWS: readonly [why: string, mine: CorrectedField[], ifVersion: number, standing: number, met: CorrectedField[]][] = [
  ['nothing was changed since', ['phone', 'address'], 3, 3, []],
  ['another field was changed since: both stand', ['phone'], 2, 3, []],
  ['the same field was changed since', ['address'], 2, 3, ['address']],
  ['one of two fields meets', ['phone', 'address'], 2, 3, ['address']],
  ['seen before both corrections', ['phone', 'insurance'], 1, 3, ['phone', 'insurance']],
  ['a version that never was', ['phone'], 4, 3, ['phone']],
]

for (const [why, mine, ifVersion, standing, met] of ROWS)
  test(`corrections meet: ${why}`, () => assert.deepEqual(fieldsInConflict(mine, ifVersion, standing, history), met))
