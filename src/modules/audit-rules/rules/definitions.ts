import { assert } from '../../../kernel/assert.ts'
import type { Day } from '../../../kernel/day.ts'
import { lineOn, valueOn, type Grade, type Rulebook } from '../../../shapes/rulebook.ts'
import { AUDIT_KINDS, type AuditKind, type AuditLimits } from './facts.ts'

/** Names of the rules in the order of their numbers. */
export const AUDIT_RULE_IDS = [
  'repeated-charge',
  'included',
  'mutex',
  'over-price',
  'split-item',
  'over-frequency',
  'enlarged-unit',
  'swapped-item',
  'unlisted',
  'overcounted',
  'diagnosis',
  'second-line',
  'level',
  'paid-days',
  'gender',
  'age',
  'insurance',
  'supply',
  'repeated-medicine',
  'contraindicated',
  'split-prescription',
  'split-stay',
  'needless-stay',
  'empty-bed',
  'copied-record',
  'check-up-stay',
  'other-person',
  'upcoded-group',
  'underserved',
  'shifted-cost',
  'repeated-examination',
  'over-therapy',
  'licence',
  'not-payable',
  'outside-package',
  'pharmacy',
  'outlier',
  'consortium',
] as const
export type AuditRuleId = (typeof AUDIT_RULE_IDS)[number]

/** When a rule is asked: while ordering, while settling, afterwards. */
export const AUDIT_STAGES = ['pre', 'mid', 'post'] as const
export type AuditStage = (typeof AUDIT_STAGES)[number]

/** A rule as the rulebook of a day has it. */
export type AuditDefinition = {
  readonly id: AuditRuleId
  readonly number: number
  readonly zh: string
  readonly en: string
  readonly kind: AuditKind
  readonly stages: readonly AuditStage[]
  readonly basis: string
  readonly grade: Grade
}

const conceptOf = (id: AuditRuleId): string => `audit-rules.definitions.${id}`

/** Whether a definition of the day says yes to something; a word that no line has is a no. */
const says = (rulebook: Rulebook, id: AuditRuleId, day: Day, word: string): boolean =>
  (rulebook.entries.get(conceptOf(id))?.values ?? []).some(
    (line) => line.from <= day && (line.until === null || day < line.until) && line.amounts[word] === 1,
  )

/**
 * The definition of a rule on a day, with its clause.
 * @throws RuleGap when the day has none.
 */
export const definitionOn = (rulebook: Rulebook, id: AuditRuleId, day: Day): AuditDefinition => {
  const { amount: number, basis, grade } = lineOn(rulebook, conceptOf(id), day, 'number')
  const { zh, en } = rulebook.entries.get(conceptOf(id))!
  const kinds = AUDIT_KINDS.filter((kind) => says(rulebook, id, day, kind))
  assert(kinds.length === 1, `${id} is of one kind`)
  return {
    id,
    number,
    zh,
    en,
    kind: kinds[0] as AuditKind,
    stages: AUDIT_STAGES.filter((stage) => says(rulebook, id, day, stage)),
    basis,
    grade,
  }
}

/**
 * The numbers of policy of a day.
 * @throws RuleGap when the day has none.
 */
export const auditLimits = (rulebook: Rulebook, day: Day): AuditLimits => {
  const of = (id: AuditRuleId, part: string) => valueOn(rulebook, conceptOf(id), day, part)
  return {
    supplyDays: {
      acute: valueOn(rulebook, 'audit-rules.supply-days', day, 'acute'),
      chronic: valueOn(rulebook, 'audit-rules.supply-days', day, 'chronic'),
      special: valueOn(rulebook, 'audit-rules.supply-days', day, 'special'),
      long: valueOn(rulebook, 'audit-rules.supply-days', day, 'long'),
    },
    priceTolerance: of('over-price', 'tolerance'),
    readmissionDays: valueOn(rulebook, 'audit-rules.readmission-days', day),
    shortStayDays: valueOn(rulebook, 'audit-rules.short-stay-days', day),
    examinationShare: valueOn(rulebook, 'audit-rules.examination-share', day),
    lowWeight: of('needless-stay', 'weight'),
    firstLineDays: of('second-line', 'days'),
    overlapDays: of('repeated-medicine', 'days'),
    prescriptionsLeast: of('split-prescription', 'prescriptions'),
    notesLeast: of('copied-record', 'notes'),
    resultsLeast: of('copied-record', 'results'),
    checkUpShare: of('check-up-stay', 'share'),
    lowCostShare: of('underserved', 'share'),
    turnedAwayDays: of('underserved', 'days'),
    turnedAwayStayDays: of('underserved', 'stay-days'),
    storeDays: of('pharmacy', 'days'),
    deviationsMost: of('outlier', 'deviations'),
    peersLeast: of('outlier', 'peers'),
    houseStaysLeast: of('outlier', 'stays'),
    togetherLeast: of('outlier', 'together'),
    visitsLeast: of('outlier', 'visits'),
    unreferredDays: of('consortium', 'days'),
    followUpsLeast: of('consortium', 'follow-ups'),
  }
}
