import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../kernel/day.ts'
import { placeCorrection, placeEnd, placeNew, versionOn, type VersionState } from './register.ts'

const version = (number: number, from: string, until: string | null, state: VersionState = 'in-force') => ({
  version: number,
  from: from as Day,
  until: until as Day | null,
  state,
})
const day = (text: string): Day => text as Day
const spring = version(1, '2025-01-01', '2025-06-01')
const summer = version(2, '2025-06-01', null)

test('one version is in force on a day: the first day counts, the last does not', () => {
  const rows: [string, number | null][] = [
    ['2024-12-31', null],
    ['2025-01-01', 1],
    ['2025-05-31', 1],
    ['2025-06-01', 2],
  ]
  for (const [on, expected] of rows) assert.equal(versionOn([spring, summer], day(on))?.version ?? null, expected, on)
  assert.equal(versionOn([version(3, '2025-01-01', null, 'proposed')], day('2025-02-01')), null, 'a proposal is not in force')
})

test('a correction takes the rest of the period of the version that it corrects', () => {
  assert.deepEqual(placeCorrection([spring, summer], day('2025-03-01')), {
    period: { from: '2025-03-01', until: '2025-06-01' },
    ends: [{ version: 1, until: '2025-03-01' }],
  })
  assert.deepEqual(placeCorrection([spring, summer], day('2025-06-01')), {
    period: { from: '2025-06-01', until: null },
    ends: [{ version: 2, replaced: true }],
  })
  assert.equal(placeCorrection([spring], day('2025-06-01')), null)
})

test('a new entry finds its period free or is told what is in its way', () => {
  const until = (text: string | null) => ({ from: day('2024-01-01'), until: text as Day | null })
  assert.deepEqual(placeNew([spring], until('2025-01-01')), { period: until('2025-01-01'), ends: [] })
  assert.deepEqual(placeNew([spring], until('2025-01-02')), { inTheWay: spring })
  assert.deepEqual(placeNew([{ ...spring, state: 'replaced' }], until(null)), { period: until(null), ends: [] })
})

test('retiring ends what is in force and what would come later', () => {
  assert.deepEqual(placeEnd([spring, summer], day('2025-03-01')), [
    { version: 1, until: '2025-03-01' },
    { version: 2, replaced: true },
  ])
  assert.deepEqual(placeEnd([spring], day('2025-06-01')), [])
})
