import { assert } from '../../../kernel/assert.ts'
import type { Day } from '../../../kernel/day.ts'
import { refuseAll, ok, type Refusal, type Result } from '../../../kernel/result.ts'
import { valueOn, type Rulebook } from '../../../shapes/rulebook.ts'
import type { AuditHit } from './audit.ts'
import { AUDIT_RULE_IDS, type AuditRuleId } from './definitions.ts'

/** What a hit does to somebody who orders or settles, in the order of the rulebook's numbers: it is shown, asks for a reason, or stops. */
export const HIT_EFFECTS = ['note', 'reason', 'stop'] as const
export type HitEffect = (typeof HIT_EFFECTS)[number]
export type HitEffects = ReadonlyMap<AuditRuleId, HitEffect>

/**
 * What each rule does on a day to who orders or settles.
 * @throws RuleGap when the day says nothing of a rule.
 */
export const effectsOn = (rulebook: Rulebook, day: Day): HitEffects =>
  new Map(
    AUDIT_RULE_IDS.map((id) => {
      const effect = HIT_EFFECTS[valueOn(rulebook, 'audit-rules.effects', day, id)]
      assert(effect !== undefined, `the effect of ${id} is one of the list`)
      return [id, effect]
    }),
  )

/** Why somebody goes on although a rule was hit, rule by rule. */
export type HitReasons = ReadonlyMap<AuditRuleId, string>

const refusalOf = (code: string, { zh, en, lines, basis }: AuditHit): Refusal => ({
  code,
  detail: { rule: zh, rule_en: en, lines: lines.join('、'), lines_en: lines.join(', '), basis },
})

/**
 * Whether one may go on with what was hit. Every rule that stops is refused by name, and every one that asks for a reason and was given
 * none; a reason does not help against a rule that stops.
 * @source 医疗保障基金使用监督管理条例:事前提醒、事中审核; which rule does what is dated policy.
 */
export const mayGoOn = (hits: readonly AuditHit[], effects: HitEffects, reasons: HitReasons): Result<'may-go-on'> => {
  const refusals = hits.flatMap((hit) => {
    const effect = effects.get(hit.rule)
    if (effect === 'stop') return [refusalOf('audit-rules.line-stopped', hit)]
    return effect === 'reason' && !reasons.has(hit.rule) ? [refusalOf('audit-rules.reason-needed', hit)] : []
  })
  return refusals.length > 0 ? refuseAll(refusals) : ok('may-go-on')
}
