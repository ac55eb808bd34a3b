import {
  AUDIT_RULE_IDS,
  type AuditLine,
  type AuditPerson,
  type AuditRuleId,
  type AuditStay,
} from '../../src/modules/audit-rules/index.ts'
import { LINE_STORIES } from './line-stories.ts'
import { makerOf, seeded, type Story } from './maker.ts'
import { STAY_STORIES } from './stay-stories.ts'

const STORIES: Record<AuditRuleId, Story> = { ...LINE_STORIES, ...STAY_STORIES }

/** Persons about whom one thing is known: the rule that they break, or break nearly. */
export type MadeUpCase = {
  readonly name: string
  readonly rule: AuditRuleId
  readonly isViolation: boolean
  readonly persons: readonly AuditPerson[]
}

/** So many violations and as many near misses of every rule, among ordinary lines; the same for the same seed. */
export const madeUpCases = (seed: number, each: number): readonly MadeUpCase[] => {
  const random = seeded(seed)
  return AUDIT_RULE_IDS.flatMap((rule) =>
    Array.from({ length: each * 2 }, (_, at): MadeUpCase => {
      const isViolation = at % 2 === 0
      const name = `${rule}-${at}`
      return { name, rule, isViolation, persons: STORIES[rule](makerOf(random, name), isViolation) }
    }),
  )
}

const STAYS_MOST = 4
const NIGHTS_MOST = 12
const LINES_MOST = 57
const APART = 40

/** Persons with one to four stays of ordinary lines each, that break no rule by intent; the same for the same seed. */
export const ordinaryPersons = (seed: number, count: number): readonly AuditPerson[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, at) => {
    const make = makerOf(random, `ordinary-${at}`)
    const stays = Array.from({ length: make.int(1, STAYS_MOST) }, (_stay, which) => {
      const from = make.begin + which * APART
      const until = from + make.int(3, NIGHTS_MOST)
      return make.stay(from, until, make.others(from, until - 1, LINES_MOST))
    })
    return make.person(stays)
  })
}

const KEPT_OF_LINE = new Set(['id', 'item', 'day', 'quantity', 'priceFen', 'amountFen', 'supplyDays'])
const FACTS_OF_STAY = new Set([
  'referred',
  'emergency',
  'pregnant',
  'ambulatory',
  'consortium',
  'caredOn',
  'absentOn',
  'notes',
  'results',
  'identityMatches',
  'group',
  'planned',
  'medicalType',
  'otherPayer',
  'againstPath',
  'boughtOutside',
])

/**
 * The same cases as real data shows them: of each line and stay so many of a hundred recorded facts are lost, of a stay's days
 * of care each, and so many of a person's earlier stays are not known.
 */
export const worn = (cases: readonly MadeUpCase[], seed: number, lostPercent: number): readonly MadeUpCase[] => {
  const random = seeded(seed)
  const isLost = () => random() * 100 < lostPercent
  const line = (whole: AuditLine): AuditLine =>
    Object.fromEntries(Object.entries(whole).filter(([field]) => KEPT_OF_LINE.has(field) || !isLost())) as AuditLine
  const stay = (whole: AuditStay): AuditStay => {
    const kept = Object.fromEntries(
      Object.entries(whole).filter(([field]) => !FACTS_OF_STAY.has(field) || !isLost()),
    ) as AuditStay
    const caredOn = kept.caredOn?.filter(() => !isLost())
    return { ...kept, planned: kept.planned ?? false, lines: kept.lines.map(line), ...(caredOn && { caredOn }) }
  }
  return cases.map((one) => ({
    ...one,
    persons: one.persons.map((person) => ({
      ...person,
      stays: person.stays.filter((_, at) => at === person.stays.length - 1 || !isLost()).map(stay),
    })),
  }))
}
