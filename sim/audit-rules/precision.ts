import type { Day } from '../../src/kernel/day.ts'
import type { Words } from '../../src/kernel/words.ts'
import {
  AUDIT_RULE_IDS,
  auditHits,
  compileAudit,
  crowdHits,
  definitionOn,
  type AuditHit,
  type AuditKind,
  type AuditRuleId,
  type CompiledAudit,
} from '../../src/modules/audit-rules/index.ts'
import type { Rulebook } from '../../src/shapes/rulebook.ts'
import { madeUpCases, worn, type MadeUpCase } from './bills.ts'
import { madeUpCatalogue } from './catalogue.ts'

const catalogue = madeUpCatalogue()

/** The case that a hit of many persons speaks of: every name begins with it. */
const caseOf = (hit: AuditHit): string => (hit.stays[0] ?? String(hit.evidence['institution'])).split(':')[0] as string

/** Which cases each rule hits, every case for itself and all persons together. */
export const hitCases = (cases: readonly MadeUpCase[], rules: CompiledAudit): Map<AuditRuleId, Set<string>> => {
  const hit = new Map(AUDIT_RULE_IDS.map((id) => [id, new Set<string>()]))
  for (const { name, persons } of cases)
    for (const person of persons) for (const { rule } of auditHits(person, catalogue, rules)) hit.get(rule)!.add(name)
  for (const found of crowdHits(
    cases.flatMap(({ persons }) => persons),
    rules,
  ))
    hit.get(found.rule)!.add(caseOf(found))
  return hit
}

/** How well a rule finds what was planted for it: counts of cases, precision and recall in percent to a tenth; null where nothing was hit. */
export type RuleScore = {
  readonly planted: number
  readonly nearMisses: number
  readonly hits: number
  readonly right: number
  readonly precision: number | null
  readonly recall: number
}

const TENTHS = 1_000
const percent = (part: number, of: number): number => Math.round((part / of) * TENTHS) / (TENTHS / 100)

/** The score of every rule over some cases. A hit of a case that was planted for another rule is wrong. */
export const scoresOf = (cases: readonly MadeUpCase[], rules: CompiledAudit): ReadonlyMap<AuditRuleId, RuleScore> => {
  const hit = hitCases(cases, rules)
  return new Map(
    AUDIT_RULE_IDS.map((rule) => {
      const own = cases.filter((one) => one.rule === rule)
      const planted = new Set(own.filter(({ isViolation }) => isViolation).map(({ name }) => name))
      const hits = hit.get(rule)!
      const right = [...hits].filter((name) => planted.has(name)).length
      return [
        rule,
        {
          planted: planted.size,
          nearMisses: own.length - planted.size,
          hits: hits.size,
          right,
          precision: hits.size === 0 ? null : percent(right, hits.size),
          recall: percent(right, planted.size),
        },
      ]
    }),
  )
}

/** A rule with its scores where every fact is recorded, and where some are lost. */
export type RulePrecision = {
  readonly rule: AuditRuleId
  readonly number: number
  readonly words: Words
  readonly kind: AuditKind
  readonly whole: RuleScore
  readonly worn: RuleScore
}

export type PrecisionRun = {
  readonly seed: number
  /** Violations, and near misses, of each rule. */
  readonly each: number
  readonly lostPercent: number
  readonly cases: number
  readonly lines: number
  readonly rules: readonly RulePrecision[]
}

/** What the figures in docs/audit-rules.md were computed with. */
export const PRECISION_SEED = 11
/** The day whose rules they are. */
export const PRECISION_DAY = '2026-03-01' as Day
export const CASES_EACH = 40
export const LOST_PERCENT = 10

/** Precision and recall of every rule of a day on made-up bills; the same for the same seed. What is lost is drawn with the next seed. */
export const precisionOf = (
  rulebook: Rulebook,
  day: Day,
  { seed = PRECISION_SEED, each = CASES_EACH }: { readonly seed?: number; readonly each?: number } = {},
): PrecisionRun => {
  const audit = compileAudit(rulebook, day)
  const cases = madeUpCases(seed, each)
  const whole = scoresOf(cases, audit)
  const lossy = scoresOf(worn(cases, seed + 1, LOST_PERCENT), audit)
  const stays = cases.flatMap(({ persons }) => persons.flatMap((person) => person.stays))
  return {
    seed,
    each,
    lostPercent: LOST_PERCENT,
    cases: cases.length,
    lines: stays.reduce((sum, { lines }) => sum + lines.length, 0),
    rules: AUDIT_RULE_IDS.map((rule) => {
      const { number, zh, en, kind } = definitionOn(rulebook, rule, day)
      return { rule, number, words: { zh, en }, kind, whole: whole.get(rule)!, worn: lossy.get(rule)! }
    }),
  }
}

const shown = (value: number | null): string => (value === null ? '–' : String(value))

/** A rule as a row of the table: number, name, kind, precision and recall with every fact, and with some lost. */
export const precisionRow = ({ number, words, kind, whole, worn: lossy }: RulePrecision): string =>
  `| ${[number, words.zh, kind, shown(whole.precision), shown(whole.recall), shown(lossy.precision), shown(lossy.recall)].join(' | ')} |`
