import type { Day } from '../../../kernel/day.ts'
import type { Rulebook } from '../../../shapes/rulebook.ts'
import * as charge from './charge-predicates.ts'
import { consortiumSigns } from './consortium-predicates.ts'
import { outliers, soldTwice } from './crowd-predicates.ts'
import {
  AUDIT_RULE_IDS,
  auditLimits,
  definitionOn,
  type AuditDefinition,
  type AuditRuleId,
  type AuditStage,
} from './definitions.ts'
import type {
  AuditFinding,
  AuditKnowledge,
  AuditLimits,
  AuditPerson,
  AuditStay,
  PersonFacts,
  PersonIndex,
  Used,
} from './facts.ts'
import * as history from './history-predicates.ts'
import * as on from './line-predicates.ts'
import * as record from './record-predicates.ts'
import * as stays from './stay-predicates.ts'

type LineTest = (at: on.LineFacts) => on.LineFinding
const LINE_TESTS: Partial<Record<AuditRuleId, LineTest>> = {
  included: on.included,
  mutex: on.mutuallyExclusive,
  'over-price': on.overPrice,
  'over-frequency': on.overFrequency,
  'enlarged-unit': record.enlargedUnit,
  'swapped-item': record.swappedItem,
  overcounted: record.overcounted,
  diagnosis: on.outsideDiagnoses,
  'second-line': record.withoutFirstLine,
  level: on.outsideLevel,
  gender: on.otherGender,
  age: on.outsideAge,
  insurance: on.outsideInsurance,
  supply: on.overSupply,
  contraindicated: record.contraindicated,
  'repeated-examination': record.repeatedExamination,
  licence: record.withoutLicence,
  'not-payable': on.notPayable,
  'outside-package': record.outsidePackage,
}

type PersonTest = (facts: PersonFacts) => readonly AuditFinding[]
const PERSON_TESTS: Partial<Record<AuditRuleId, PersonTest>> = {
  'repeated-charge': charge.repeatedCharge,
  'split-item': charge.splitItem,
  'split-prescription': charge.splitPrescription,
  'over-frequency': history.overPeriod,
  'paid-days': history.overPaidDays,
  'repeated-medicine': history.repeatedMedicine,
  'over-therapy': history.overTherapy,
  pharmacy: history.overFetched,
  'split-stay': stays.splitStay,
  'needless-stay': stays.needlessStay,
  'empty-bed': stays.emptyBed,
  'copied-record': stays.copiedRecord,
  'check-up-stay': stays.checkUpStay,
  'other-person': stays.otherPerson,
  'upcoded-group': stays.upcodedGroup,
  underserved: stays.underserved,
  'shifted-cost': stays.shiftedCost,
  consortium: consortiumSigns,
}

type CrowdTest = (persons: readonly AuditPerson[], limits: AuditLimits) => readonly AuditFinding[]
const CROWD_TESTS: Partial<Record<AuditRuleId, CrowdTest>> = { pharmacy: soldTwice, outlier: outliers }

/** A hit: its rule in both languages, how sure, what was found, and the clause. */
export type AuditHit = Omit<AuditFinding, 'kind'> &
  Pick<AuditDefinition, 'zh' | 'en' | 'kind' | 'basis' | 'grade'> & { readonly rule: AuditRuleId }

type Compiled<Test> = readonly { readonly rule: AuditDefinition; readonly test: Test }[]

/** The rules of a day, ready to be asked: filtered once, with the numbers of that day. */
export type CompiledAudit = {
  readonly limits: AuditLimits
  readonly unlisted: AuditDefinition | null
  readonly ofLines: Compiled<LineTest>
  readonly ofPersons: Compiled<PersonTest>
  readonly ofCrowds: Compiled<CrowdTest>
}

/**
 * The rules of a day; of one stage, or all of them; `without` leaves rules out.
 * @throws RuleGap when the day has no definition or number.
 */
export const compileAudit = (
  rulebook: Rulebook,
  day: Day,
  { stage, without = [] }: { readonly stage?: AuditStage; readonly without?: readonly AuditRuleId[] } = {},
): CompiledAudit => {
  const rules = AUDIT_RULE_IDS.filter((id) => !without.includes(id))
    .map((id) => definitionOn(rulebook, id, day))
    .filter((rule) => stage === undefined || rule.stages.includes(stage))
  const withTest = <Test>(tests: Partial<Record<AuditRuleId, Test>>): Compiled<Test> =>
    rules.flatMap((rule) => {
      const test = tests[rule.id]
      return test ? [{ rule, test }] : []
    })
  return {
    limits: auditLimits(rulebook, day),
    unlisted: rules.find(({ id }) => id === 'unlisted') ?? null,
    ofLines: withTest(LINE_TESTS),
    ofPersons: withTest(PERSON_TESTS),
    ofCrowds: withTest(CROWD_TESTS),
  }
}

const hitOf = ({ id, zh, en, kind, basis, grade }: AuditDefinition, found: AuditFinding): AuditHit => ({
  rule: id,
  zh,
  en,
  kind,
  basis,
  grade,
  ...found,
})

const stayIndex = (stay: AuditStay): on.StayIndex => {
  const index = new Map<Day, Map<string, on.DayItem>>()
  let day: Day | undefined
  let items = new Map<string, on.DayItem>()
  for (const line of stay.lines) {
    if (line.day !== day) {
      day = line.day
      const known = index.get(day)
      items = known ?? new Map<string, on.DayItem>()
      if (!known) index.set(day, items)
    }
    const before = items.get(line.item)
    if (before) before.line = line
    else items.set(line.item, { line, quantity: 0 })
  }
  return index
}

const add = (groups: Map<string, Used[]>, key: string, used: Used): void => {
  const group = groups.get(key)
  if (group) group.push(used)
  else groups.set(key, [used])
}

const personIndex = (person: AuditPerson, knowledge: AuditKnowledge): PersonIndex => {
  const byItem = new Map<string, Used[]>()
  const byIngredient = new Map<string, Used[]>()
  for (const stay of person.stays)
    for (const line of stay.lines) {
      const used = { line, stay }
      add(byItem, line.item, used)
      const item = knowledge.get(line.item)
      if (item?.ingredient !== undefined) add(byIngredient, item.ingredient, used)
      if (item?.drugClass !== undefined) add(byIngredient, `class ${item.drugClass}`, used)
    }
  for (const groups of [byItem, byIngredient])
    for (const group of groups.values())
      if (group.some(({ line }, at) => at > 0 && line.day < (group[at - 1] as Used).line.day))
        group.sort((one, other) => (one.line.day < other.line.day ? -1 : one.line.day > other.line.day ? 1 : 0))
  return { byItem, byIngredient }
}

/** Every hit of a person's lines and stays. Pure: the catalogue and the rules are those of the day. */
export const auditHits = (person: AuditPerson, knowledge: AuditKnowledge, audit: CompiledAudit): readonly AuditHit[] => {
  const hits: AuditHit[] = []
  const { limits } = audit
  const history = personIndex(person, knowledge)
  const uses = (item: string): readonly Used[] => history.byItem.get(item) ?? []
  for (const stay of person.stays) {
    const index = stayIndex(stay)
    for (const line of stay.lines) {
      const item = knowledge.get(line.item)
      if (!item) {
        if (audit.unlisted)
          hits.push(
            hitOf(audit.unlisted, {
              lines: [line.id],
              stays: [stay.id],
              amountFen: line.amountFen,
              evidence: { item: line.item },
            }),
          )
        continue
      }
      const ofDay = index.get(line.day)!
      const at = { line, item, stay, person, ofDay, knowledge, limits, uses }
      for (const { rule, test } of audit.ofLines) {
        const found = test(at)
        if (found) hits.push(hitOf(rule, { lines: [line.id], stays: [stay.id], ...found }))
      }
      ofDay.get(line.item)!.quantity += line.quantity
    }
  }
  const facts = { person, index: history, knowledge, limits }
  for (const { rule, test } of audit.ofPersons) for (const found of test(facts)) hits.push(hitOf(rule, found))
  return hits
}

/** Every hit that only many persons together show. */
export const crowdHits = (persons: readonly AuditPerson[], audit: CompiledAudit): readonly AuditHit[] =>
  audit.ofCrowds.flatMap(({ rule, test }) => test(persons, audit.limits).map((found) => hitOf(rule, found)))
