import { daysBetween, plusDays, type Day } from '../../../kernel/day.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { costOf, type AuditFinding, type AuditKind, type AuditStay, type PersonFacts } from './facts.ts'

const inpatientStays = (facts: PersonFacts): readonly AuditStay[] => facts.person.stays.filter((stay) => stay.inpatient)

const whole = (stay: AuditStay, evidence: AuditFinding['evidence'], kind?: AuditKind): AuditFinding => ({
  lines: [],
  stays: [stay.id],
  amountFen: costOf(stay),
  evidence,
  ...(kind && { kind }),
})

/** Courses of treatment for which a person comes back by plan: radiotherapy, chemotherapy, dialysis. @source ICD-10 Z49, Z51.0–Z51.2 */
const COURSES = ['Z49', 'Z51.0', 'Z51.1', 'Z51.2']
/** The category of a code, under which related illnesses stand. @source ICD-10, three-character categories */
const CATEGORY_LENGTH = 3
const categoryOf = (stay: AuditStay): string => (stay.diagnoses[0] ?? '').slice(0, CATEGORY_LENGTH)

const isSameHouse = (one: AuditStay, other: AuditStay): boolean =>
  one.institution === other.institution || (one.consortium !== undefined && one.consortium === other.consortium)

const isPlanned = (stay: AuditStay): boolean =>
  stay.planned || stay.referred === true || COURSES.some((code) => stay.diagnoses[0]?.startsWith(code))

/**
 * One stay split in two: soon back in the same institution or its consortium for a first diagnosis of the same category. A planned return,
 * a course of treatment and a referral are in order.
 */
export const splitStay = (facts: PersonFacts): readonly AuditFinding[] => {
  const { limits } = facts
  const found: AuditFinding[] = []
  const stays = inpatientStays(facts)
  for (const [at, next] of stays.entries()) {
    // A stay elsewhere or for something else may lie in between.
    const before = stays.slice(0, at).findLast((one) => isSameHouse(one, next) && categoryOf(one) === categoryOf(next))
    if (!before || isPlanned(next)) continue
    const days = daysBetween(before.dischargedOn, next.admittedOn)
    if (days >= 0 && days <= limits.readmissionDays)
      found.push({
        lines: [],
        stays: [before.id, next.id],
        amountFen: costOf(next),
        evidence: { days, most: limits.readmissionDays },
      })
  }
  return found
}

/**
 * A short stay without procedure whose cost is mostly examinations. An emergency, a group that weighs more than a low one, and an illness
 * that is known to need a bed are in order.
 */
export const needlessStay = ({ person, knowledge, limits }: PersonFacts): readonly AuditFinding[] =>
  person.stays.flatMap((stay) => {
    const cost = costOf(stay)
    const days = daysBetween(stay.admittedOn, stay.dischargedOn)
    if (stay.emergency || stay.ambulatory === false || (stay.group && stay.group.recomputedWeight > limits.lowWeight)) return []
    if (!stay.inpatient || stay.procedures > 0 || cost === 0 || days > limits.shortStayDays) return []
    const examined = stay.lines.reduce((sum, line) => sum + (knowledge.get(line.item)?.examination ? line.amountFen : 0), 0)
    if (examined * WHOLE < limits.examinationShare * cost) return []
    return [whole(stay, { days, examinedFen: examined, costFen: cost })]
  })

/** A stay of any length without treatment, nearly all examinations. */
export const checkUpStay = (facts: PersonFacts): readonly AuditFinding[] =>
  inpatientStays(facts).flatMap((stay) => {
    const cost = costOf(stay)
    const items = stay.lines.map((line) => ({ line, item: facts.knowledge.get(line.item) }))
    if (cost === 0 || stay.procedures > 0 || items.some(({ item }) => item?.treatment)) return []
    const examined = items.reduce((sum, { line, item }) => sum + (item?.examination ? line.amountFen : 0), 0)
    return examined * WHOLE < facts.limits.checkUpShare * cost ? [] : [whole(stay, { examinedFen: examined, costFen: cost })]
  })

/** The days of a stay but the one of discharge. */
const daysOf = (stay: AuditStay): readonly Day[] =>
  Array.from({ length: daysBetween(stay.admittedOn, stay.dischargedOn) }, (_, at) => plusDays(stay.admittedOn, at))

const onDays = (
  stay: AuditStay,
  days: readonly Day[],
  evidence: AuditFinding['evidence'],
  kind: AuditKind,
): readonly AuditFinding[] => {
  if (days.length === 0) return []
  const lines = stay.lines.filter((line) => days.includes(line.day))
  return [
    {
      lines: lines.map((line) => line.id),
      stays: [stay.id],
      amountFen: lines.reduce((sum, line) => sum + line.amountFen, 0),
      evidence: { ...evidence, days: days.length, first: days[0] as Day },
      kind,
    },
  ]
}

/** Visits on the inner days of a stay. */
const visitsMeanwhile = ({ person }: PersonFacts, stay: AuditStay): readonly AuditStay[] =>
  person.stays.filter((visit) => !visit.inpatient && visit.admittedOn > stay.admittedOn && visit.admittedOn < stay.dischargedOn)

/** Days of a stay with an order, a measured sign or a charge but that of the bed. */
const daysOfCare = ({ knowledge }: PersonFacts, stay: AuditStay): Set<Day> => {
  const cared = new Set<Day>(stay.caredOn)
  for (const line of stay.lines) if (!knowledge.get(line.item)?.standing) cared.add(line.day)
  return cared
}

/** Whether somebody was treated in another house on a day that the stay charged nothing but the bed for. Others may fetch from a pharmacy. */
const isSeenElsewhere = (stay: AuditStay, visit: AuditStay, cared: ReadonlySet<Day>): boolean =>
  !visit.pharmacy &&
  visit.institution !== stay.institution &&
  !cared.has(visit.admittedOn) &&
  stay.lines.some((line) => line.day === visit.admittedOn)

/**
 * Days in bed without an order, a measured sign or a charge but that of the bed are suspected; days on which a check found
 * nobody are plain. Without records of care, only days are suspected on which the person was treated elsewhere.
 */
export const emptyBed = (facts: PersonFacts): readonly AuditFinding[] =>
  inpatientStays(facts).flatMap((stay) => {
    const absent = stay.absentOn ?? []
    const cared = daysOfCare(facts, stay)
    const elsewhere = visitsMeanwhile(facts, stay).filter((visit) => isSeenElsewhere(stay, visit, cared))
    const empty = stay.caredOn ? daysOf(stay).filter((day) => !cared.has(day)) : elsewhere.map((visit) => visit.admittedOn)
    const suspected = [...new Set(empty)].filter((day) => !absent.includes(day))
    return [
      ...onDays(stay, absent, { found: 'absent' }, 'breach'),
      ...onDays(stay, suspected, { found: stay.caredOn ? 'no-care' : 'elsewhere' }, 'suspicion'),
    ]
  })

const mostAlike = (prints: readonly string[]): number => {
  const counts = new Map<string, number>()
  for (const print of prints) counts.set(print, (counts.get(print) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** Progress notes, or each day's laboratory values, that are the same to the letter. */
export const copiedRecord = ({ person, limits }: PersonFacts): readonly AuditFinding[] =>
  person.stays.flatMap((stay) => {
    if (!stay.notes && !stay.results) return []
    const notes = mostAlike(stay.notes ?? [])
    const results = mostAlike(stay.results ?? [])
    return notes >= limits.notesLeast || results >= limits.resultsLeast ? [whole(stay, { notes, results })] : []
  })

/** Care in a person's name that was not this person's: the identity did not match, after death, or in two beds at once. */
export const otherPerson = ({ person }: PersonFacts): readonly AuditFinding[] => {
  let before: AuditStay | undefined
  return person.stays.flatMap((stay) => {
    const overlaps = stay.inpatient && before && before.institution !== stay.institution && stay.admittedOn < before.dischargedOn
    const other = before
    if (stay.inpatient && (!before || stay.dischargedOn > before.dischargedOn)) before = stay
    if (stay.identityMatches === false) return [whole(stay, { found: 'identity' })]
    if (person.diedOn !== undefined && stay.admittedOn > person.diedOn)
      return [whole(stay, { found: 'dead', diedOn: person.diedOn })]
    return overlaps && other ? [{ ...whole(stay, { found: 'two-places' }), stays: [other.id, stay.id] }] : []
  })
}

/** The group that was paid weighs more than what the evidence carries: the difference at the value of a point. */
export const upcodedGroup = ({ person }: PersonFacts): readonly AuditFinding[] =>
  person.stays.flatMap((stay) => {
    const group = stay.group
    if (!group || group.weight <= group.recomputedWeight) return []
    const amountFen = Math.round(((group.weight - group.recomputedWeight) * group.pointFen) / WHOLE)
    return [{ lines: [], stays: [stay.id], amountFen, evidence: { weight: group.weight, recomputed: group.recomputedWeight } }]
  })

/**
 * A short stay that cost little beside its group, with another admission soon after, neither by plan nor by a referral; or one that was let go
 * against the path: nothing to recover, a case to look at.
 */
export const underserved = (facts: PersonFacts): readonly AuditFinding[] => {
  const { limits } = facts
  const stays = inpatientStays(facts)
  return stays.flatMap((stay, at): AuditFinding[] => {
    const next = stays[at + 1]
    if (stay.againstPath) return [{ lines: [], stays: [stay.id], amountFen: 0, evidence: { found: 'against-path' } }]
    if (!stay.group || !next || next.planned || next.referred) return []
    const cost = costOf(stay)
    const back = daysBetween(stay.dischargedOn, next.admittedOn)
    if (cost * WHOLE >= limits.lowCostShare * stay.group.meanCostFen || back < 0 || back > limits.turnedAwayDays) return []
    if (daysBetween(stay.admittedOn, stay.dischargedOn) > limits.turnedAwayStayDays) return []
    return [
      { lines: [], stays: [stay.id, next.id], amountFen: 0, evidence: { costFen: cost, meanFen: stay.group.meanCostFen, back } },
    ]
  })
}

/**
 * What a stay should have borne: visits and purchases on its inner days, catalogue items that the person paid for, and what the record says was
 * bought outside. Who was treated elsewhere on a day without care is looked for as an empty bed.
 */
export const shiftedCost = (facts: PersonFacts): readonly AuditFinding[] =>
  inpatientStays(facts).flatMap((stay) => {
    const cared = daysOfCare(facts, stay)
    const meanwhile = visitsMeanwhile(facts, stay).filter((visit) => !isSeenElsewhere(stay, visit, cared))
    const paid = stay.lines.filter((line) => {
      const item = line.selfPaid ? facts.knowledge.get(line.item) : undefined
      return item !== undefined && item.payable !== false
    })
    return [
      ...meanwhile.map((visit) => ({
        ...whole(visit, { found: 'meanwhile', on: visit.admittedOn }),
        stays: [stay.id, visit.id],
      })),
      ...paid.map((line) => ({
        lines: [line.id],
        stays: [stay.id],
        amountFen: line.amountFen,
        evidence: { found: 'self-paid' },
      })),
      ...(stay.boughtOutside ? [{ lines: [], stays: [stay.id], amountFen: 0, evidence: { found: 'bought-outside' } }] : []),
    ]
  })
