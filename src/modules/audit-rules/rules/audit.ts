import type { Day } from '../../../kernel/day.ts'
import { valueOn, type Rulebook } from '../../../shapes/rulebook.ts'
import type { AuditFinding, AuditKnowledge, AuditLimits, AuditPerson, AuditStay } from './facts.ts'
import * as on from './line-predicates.ts'
import { needlessStay, splitStay } from './stay-predicates.ts'

/** How sure a hit is: a plain breach, or something that a person must look at. */
export type AuditKind = 'breach' | 'suspicion'

const LINE_RULES = [
  { id: 'included', zh: '项目内涵重复', en: 'Content of another item', kind: 'breach', test: on.included },
  { id: 'mutex', zh: '互斥项目', en: 'Items that exclude each other', kind: 'suspicion', test: on.mutuallyExclusive },
  { id: 'over-price', zh: '超标准收费', en: 'Above the standard price', kind: 'breach', test: on.overPrice },
  { id: 'over-frequency', zh: '超频次', en: 'Too often on a day', kind: 'breach', test: on.overFrequency },
  {
    id: 'diagnosis',
    zh: '超限定支付范围',
    en: 'Outside the diagnoses that it is paid for',
    kind: 'suspicion',
    test: on.outsideDiagnoses,
  },
  { id: 'level', zh: '限医疗机构等级', en: 'Not for this level of institution', kind: 'breach', test: on.outsideLevel },
  { id: 'gender', zh: '性别限制', en: 'For the other gender', kind: 'breach', test: on.otherGender },
  { id: 'age', zh: '年龄限制', en: 'Not for this age', kind: 'breach', test: on.outsideAge },
  { id: 'insurance', zh: '限特定险种', en: 'Not for this insurance', kind: 'breach', test: on.outsideInsurance },
  { id: 'supply', zh: '超量开药', en: 'More medicine than one prescription may hold', kind: 'breach', test: on.overSupply },
  { id: 'not-payable', zh: '非支付范围纳入', en: 'Not paid by the fund', kind: 'breach', test: on.notPayable },
] as const

const STAY_RULES = [
  { id: 'split-stay', zh: '分解住院', en: 'One stay split in two', kind: 'suspicion', test: splitStay },
  { id: 'needless-stay', zh: '低标准入院', en: 'A stay that needed no admission', kind: 'suspicion', test: needlessStay },
] as const

/** Names of the rules; `unlisted` is an item that is not in the catalogue. */
export const AUDIT_RULE_IDS = ['unlisted', ...LINE_RULES.map((rule) => rule.id), ...STAY_RULES.map((rule) => rule.id)] as const
export type AuditRuleId = (typeof AUDIT_RULE_IDS)[number]

/** A hit: its rule in both languages, how sure, and what was found. */
export type AuditHit = AuditFinding & {
  readonly rule: AuditRuleId
  readonly zh: string
  readonly en: string
  readonly kind: AuditKind
}

/**
 * The numbers of policy of a day.
 * @throws RuleGap when the day has none.
 */
export const auditLimits = (rulebook: Rulebook, day: Day): AuditLimits => ({
  supplyDays: {
    acute: valueOn(rulebook, 'audit-rules.supply-days', day, 'acute'),
    chronic: valueOn(rulebook, 'audit-rules.supply-days', day, 'chronic'),
    special: valueOn(rulebook, 'audit-rules.supply-days', day, 'special'),
  },
  readmissionDays: valueOn(rulebook, 'audit-rules.readmission-days', day),
  shortStayDays: valueOn(rulebook, 'audit-rules.short-stay-days', day),
  examinationShare: valueOn(rulebook, 'audit-rules.examination-share', day),
})

const indexed = (stay: AuditStay): on.StayIndex => {
  const index: on.StayIndex = { before: new Map(), onDay: new Map() }
  const quantity = new Map<string, number>()
  for (const line of stay.lines) {
    const key = `${line.day}|${line.item}`
    const before = quantity.get(key) ?? 0
    index.before.set(line.id, before)
    quantity.set(key, before + line.quantity)
    const day = index.onDay.get(line.day) ?? new Map()
    index.onDay.set(line.day, day.set(line.item, line))
  }
  return index
}

/** Every hit of a person's lines and stays; `without` leaves rules out. Pure: the catalogue and the numbers are those of the day. */
export const auditHits = (
  person: AuditPerson,
  knowledge: AuditKnowledge,
  limits: AuditLimits,
  without: readonly AuditRuleId[] = [],
): readonly AuditHit[] => {
  const hits: AuditHit[] = []
  const lineRules = LINE_RULES.filter((rule) => !without.includes(rule.id))
  for (const stay of person.stays) {
    const index = indexed(stay)
    for (const line of stay.lines) {
      const item = knowledge.get(line.item)
      if (!item) {
        if (!without.includes('unlisted'))
          hits.push({
            rule: 'unlisted',
            zh: '自立项目',
            en: 'Not in the catalogue',
            kind: 'breach',
            lines: [line.id],
            stays: [stay.id],
            amountFen: line.amountFen,
            evidence: { item: line.item },
          })
        continue
      }
      const at = { line, item, stay, person, index, knowledge, limits }
      for (const { id, zh, en, kind, test } of lineRules) {
        const found = test(at)
        if (found) hits.push({ rule: id, zh, en, kind, lines: [line.id], stays: [stay.id], ...found })
      }
    }
  }
  for (const { id, zh, en, kind, test } of STAY_RULES)
    if (!without.includes(id))
      for (const found of test(person, knowledge, limits)) hits.push({ rule: id, zh, en, kind, ...found })
  return hits
}
