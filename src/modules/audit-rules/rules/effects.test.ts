import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import type { AuditHit } from './audit.ts'
import { AUDIT_RULE_IDS, definitionOn, type AuditRuleId } from './definitions.ts'
import { effectsOn, mayGoOn, type HitEffect } from './effects.ts'

const TODAY = '2026-03-01' as Day
const hit = (rule: AuditRuleId): AuditHit => ({
  rule,
  zh: rule,
  en: rule,
  kind: 'suspicion',
  basis: '演示',
  grade: 'design',
  lines: ['2', '3'],
  stays: ['order'],
  amountFen: 100,
  evidence: {},
})

test('whether one may go on: a rule that stops, one that asks for a reason, one that is only shown', () => {
  const effects = new Map<AuditRuleId, HitEffect>([['gender', 'stop'], ['mutex', 'reason'], ['outlier', 'note']]) // prettier-ignore
  const cases: readonly (readonly [hits: AuditRuleId[], reasons: AuditRuleId[], refused: string[], why: string])[] = [
    [[], [], [], 'nothing was hit'],
    [['outlier'], [], [], 'what is only shown holds nobody up'],
    [['mutex'], [], ['reason-needed'], 'a suspicion waits for a reason'],
    [['mutex'], ['mutex'], [], 'and goes on with one'],
    [['mutex'], ['outlier'], ['reason-needed'], 'a reason for another rule is none'],
    [['gender'], ['gender'], ['line-stopped'], 'no reason helps against a rule that stops'],
    [['gender', 'mutex', 'outlier'], [], ['line-stopped', 'reason-needed'], 'every reason why not is told at once'],
  ]
  for (const [hits, reasons, refused, why] of cases) {
    const outcome = mayGoOn(hits.map(hit), effects, new Map(reasons.map((rule) => [rule, '病情需要'])))
    const codes = outcome.ok ? [] : outcome.refusals.map(({ code }) => code.replace('audit-rules.', ''))
    assert.deepEqual(codes, refused, why)
    if (!outcome.ok) assert.equal(outcome.refusals[0]?.detail?.['lines'], '2、3', 'the refusal names its lines')
  }
})

test('the rulebook says of each of the 38 rules what a hit does: a breach stops, a suspicion asks for a reason, a clue is shown', async () => {
  const rulebook = await loadRulebook()
  const effects = effectsOn(rulebook, TODAY)
  const wanted = { breach: 'stop', suspicion: 'reason', clue: 'note' }
  for (const id of AUDIT_RULE_IDS) assert.equal(effects.get(id), wanted[definitionOn(rulebook, id, TODAY).kind], id)
})
