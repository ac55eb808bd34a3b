import type { Day } from '../../kernel/day.ts'
import { loadRulebook } from '../../platform/rulebook.ts'
import type { Rulebook } from '../../shapes/rulebook.ts'
import { compileAudit, type CompiledAudit } from './rules/audit.ts'
import { effectsOn, type HitEffects } from './rules/effects.ts'
import { AUDIT_RULE_IDS, definitionOn, type AuditDefinition, type AuditRuleId, type AuditStage } from './rules/definitions.ts'

let loaded: Promise<Rulebook> | null = null
const compiled = new Map<string, CompiledAudit>()
const effects = new Map<Day, HitEffects>()
const COMPILED_MOST = 50

/** Lets the house audit by a rulebook of its own; called once at start, before anything is audited. */
export const auditByRulebook = (rulebook: Rulebook): void => {
  loaded = Promise.resolve(rulebook)
  compiled.clear()
  effects.clear()
}

/**
 * The rules of a day and stage, compiled once.
 * @throws RuleGap when the day has no definition or number.
 */
export const auditOn = async (day: Day, stage: AuditStage): Promise<CompiledAudit> => {
  const key = `${day} ${stage}`
  const known = compiled.get(key)
  if (known) return known
  loaded ??= loadRulebook()
  const made = compileAudit(await loaded, day, { stage })
  if (compiled.size >= COMPILED_MOST) compiled.clear()
  compiled.set(key, made)
  return made
}

/** Whether the house has audit rules of a day at all: before the first of them a bill can be asked nothing. */
export const hasRulesOn = async (day: Day): Promise<boolean> => {
  loaded ??= loadRulebook()
  const { entries } = await loaded
  return AUDIT_RULE_IDS.some((id) => entries.get(`audit-rules.definitions.${id}`)?.values.some(({ from }) => from <= day))
}

/**
 * What each rule does on a day to who orders or settles, read once.
 * @throws RuleGap when the day says nothing of a rule.
 */
export const effectsOfDay = async (day: Day): Promise<HitEffects> => {
  const known = effects.get(day)
  if (known) return known
  loaded ??= loadRulebook()
  const read = effectsOn(await loaded, day)
  if (effects.size >= COMPILED_MOST) effects.clear()
  effects.set(day, read)
  return read
}

/** The rules of a day as they are shown, by their names. */
export const ruleWords = async (day: Day): Promise<ReadonlyMap<AuditRuleId, AuditDefinition>> => {
  loaded ??= loadRulebook()
  const rulebook = await loaded
  return new Map(AUDIT_RULE_IDS.map((id) => [id, definitionOn(rulebook, id, day)]))
}
