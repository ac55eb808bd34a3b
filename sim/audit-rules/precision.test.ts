import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { AUDIT_RULE_IDS, compileAudit, type AuditRuleId } from '../../src/modules/audit-rules/index.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'
import { madeUpCases } from './bills.ts'
import { CASES_EACH, hitCases, PRECISION_DAY, precisionOf, precisionRow, scoresOf } from './precision.ts'

const SEEDS = [1, 7, 11, 23, 47, 303, 404]
const rulebook = await loadRulebook()
const day = PRECISION_DAY
const audit = compileAudit(rulebook, day)

/** One house among sixty that lies three deviations above its peers by chance is one of these: statistics are clues. */
const PRECISION_LEAST: Partial<Record<AuditRuleId, number>> = { outlier: 97 }

for (const seed of SEEDS)
  test(`seed ${seed}: with every fact recorded, each rule finds all that was planted for it and nothing else`, () => {
    const scores = [...scoresOf(madeUpCases(seed, CASES_EACH), audit)]
    assert.deepEqual(
      scores.filter(([rule, { precision, recall }]) => (precision ?? 0) < (PRECISION_LEAST[rule] ?? 100) || recall < 100),
      [],
    )
    assert.ok(scores.every(([, { planted, nearMisses }]) => planted === CASES_EACH && nearMisses === CASES_EACH))
  })

test('each rule switched off misses what was planted for it, and the others find what they found', () => {
  const cases = madeUpCases(11, 10)
  const all = hitCases(cases, audit)
  for (const rule of AUDIT_RULE_IDS) {
    const left = hitCases(cases, compileAudit(rulebook, day, { without: [rule] }))
    assert.equal(left.get(rule)!.size, 0, rule)
    for (const other of AUDIT_RULE_IDS)
      if (other !== rule) assert.deepEqual(left.get(other), all.get(other), `${other} without ${rule}`)
  }
})

test('with one in ten recorded facts lost, precision and recall are those of docs/audit-rules.md', () => {
  const rows = precisionOf(rulebook, day).rules.map(precisionRow)
  const told = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'audit-rules.md'), 'utf8').replaceAll(/ +/g, ' ')
  assert.deepEqual(
    rows.filter((row) => !told.includes(row)),
    [],
    `npx jieli audit precision writes:\n${rows.join('\n')}`,
  )
})
