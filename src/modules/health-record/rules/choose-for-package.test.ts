import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import { chooseForPackage, type Chosen, type IndexRow } from './choose-for-package.ts'

const since = '2024-11-22T00:00:00.000Z' as Instant
const row = (type: string, status: string | null, effectiveAt: string | null, more: Partial<IndexRow> = {}): IndexRow => ({
  id: 'it',
  type,
  status,
  codeSystem: 'http://loinc.org',
  code: '8480-6',
  effectiveAt: effectiveAt as Instant | null,
  ...more,
})

// resource                                                              section           why
const TABLE: [IndexRow, keyof Chosen | 'left out', string][] = [
  [row('Condition', 'active', '1990-01-01T00:00:00.000Z'), 'problems', 'an active problem travels however old it is'],
  [row('Condition', null, null), 'problems', 'one whose state nobody wrote down is not hidden'],
  [row('Condition', 'resolved', '2026-11-01T00:00:00.000Z'), 'left out', 'a resolved one stays at home'],
  [row('Condition', 'entered-in-error', '2026-11-01T00:00:00.000Z'), 'left out', 'an error never travels'],
  [row('MedicationRequest', 'active', '2020-01-01T00:00:00.000Z'), 'medicines', 'a medicine taken now'],
  [row('MedicationRequest', 'on-hold', null), 'medicines', 'a medicine on hold concerns the receiver too'],
  [row('MedicationRequest', 'stopped', '2026-11-01T00:00:00.000Z'), 'left out', 'a stopped one'],
  [row('AllergyIntolerance', 'active', '1970-01-01T00:00:00.000Z'), 'allergies', 'an allergy has no age'],
  [row('AllergyIntolerance', 'refuted', null), 'left out', 'a refuted allergy would harm'],
  [row('Observation', 'final', since), 'observations', 'exactly at the limit'],
  [row('Observation', 'final', '2024-11-21T23:59:59.999Z'), 'left out', 'just before the limit'],
  [row('Observation', 'cancelled', '2026-11-01T00:00:00.000Z'), 'left out', 'never done'],
  [row('Observation', 'final', null), 'left out', 'without a date it cannot be recent'],
  [row('DiagnosticReport', 'final', '2025-01-01T00:00:00.000Z'), 'reports', 'a recent report'],
  [row('DiagnosticReport', 'final', '2023-01-01T00:00:00.000Z'), 'left out', 'an old report'],
  [row('Encounter', 'finished', '2026-11-01T00:00:00.000Z'), 'left out', 'a visit travels only when something refers to it'],
]
for (const [one, section, why] of TABLE)
  test(`What travels: ${why}`, () => {
    const chosen = chooseForPackage([one], { since, perCode: 6 })
    const found = (Object.keys(chosen) as (keyof Chosen)[]).filter((part) => chosen[part].includes('it'))
    assert.deepEqual(found, section === 'left out' ? [] : [section])
  })

test('Of one kind of measurement the newest travel, of another its own', () => {
  const at = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`
  const pressures = [3, 1, 4, 2].map((day) => row('Observation', 'final', at(day), { id: `p${day}` }))
  const other = row('Observation', 'final', at(1), { id: 'w1', code: '29463-7' })
  const nameless = [1, 2, 3].map((day) => row('Observation', 'final', at(day), { id: `n${day}`, code: null }))
  const { observations } = chooseForPackage([...pressures, other, ...nameless], { since, perCode: 2 })
  assert.deepEqual(new Set(observations), new Set(['p4', 'p3', 'w1', 'n1', 'n2', 'n3']))
})
