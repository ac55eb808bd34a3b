import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { HitId, KeptHit, ShownStay } from './audit-rules.ts'
import type { SubmittedPerson } from './contract.ts'
import { auditHits, crowdHits, type AuditHit, type CompiledAudit } from './rules/audit.ts'
import type { AuditKnowledge, AuditPerson, AuditStay } from './rules/facts.ts'
import type { CatalogueItem } from './store.ts'

/** The catalogue as the rules want it. */
export const knowledgeOf = (items: readonly CatalogueItem[]): AuditKnowledge =>
  new Map(items.map(({ code, knowledge }) => [code, knowledge]))

/** The days are checked by the form. */
const personOf = ({ ref: _ref, person: _person, ...facts }: SubmittedPerson): AuditPerson => {
  const person = facts as unknown as AuditPerson
  return { ...person, stays: person.stays.toSorted((one, other) => (one.admittedOn < other.admittedOn ? -1 : 1)) }
}

const shownStay = (stay: AuditStay, lines: ReadonlySet<string>): ShownStay => {
  const { id, institution, inpatient, admittedOn, dischargedOn, diagnoses } = stay
  const about = stay.lines.filter((line) => lines.has(line.id))
  const totalFen = stay.lines.reduce((sum, line) => sum + line.amountFen, 0)
  return {
    id,
    institution,
    inpatient,
    admittedOn,
    dischargedOn,
    diagnoses,
    lines: about,
    linesInAll: stay.lines.length,
    totalFen,
  }
}

/** Under which name, day and rules bills are audited. */
export type Audited = {
  readonly batch: string
  readonly day: Day
  readonly now: Instant
  readonly rulebookHash: string
  readonly newId: <Id extends string = string>() => Id
}

/** Whose hit it is: as the bill names the person, and what the rules looked at. */
export type Whose = { readonly submitted: Pick<SubmittedPerson, 'ref' | 'person'>; readonly person: AuditPerson }

const LINES_SHOWN = 100

/** A hit as it is kept when it is found. */
export const keptHit = (hit: AuditHit, { submitted, person }: Whose, of: Audited): KeptHit => {
  const about = person.stays.filter(({ id }) => hit.stays.includes(id))
  const lines = new Set(hit.lines.slice(0, LINES_SHOWN))
  return {
    org: (about[0] ?? (person.stays[0] as AuditStay)).institution as OrgId,
    id: of.newId<HitId>(),
    batch: of.batch,
    rule: hit.rule,
    kind: hit.kind,
    clause: { basis: hit.basis, grade: hit.grade, rulebookHash: of.rulebookHash },
    person: (submitted.person as PersonId | undefined) ?? null,
    personRef: submitted.ref,
    amountFen: hit.amountFen,
    evidence: hit.evidence,
    stays: about.map((stay) => shownStay(stay, lines)),
    state: 'found',
    reply: null,
    decidedFen: null,
    recoveredFen: null,
    isFraudCase: false,
    note: null,
    decidedBy: null,
    dueAt: null,
    foundOn: of.day,
    foundAt: of.now,
    changedAt: of.now,
  }
}

/** Whose hit it is that only many show: the first of those whose stays it names. */
const whoseOf = (hit: AuditHit, all: readonly Whose[]): Whose | undefined =>
  all.find(({ person }) => person.stays.some(({ id }) => hit.stays.includes(id)))

/** Every hit of some persons' bills, as it is kept. Pure but for the ids. */
export const auditBatch = (
  persons: readonly SubmittedPerson[],
  knowledge: AuditKnowledge,
  audit: CompiledAudit,
  of: Audited,
): KeptHit[] => {
  const all = persons.map((submitted): Whose => ({ submitted, person: personOf(submitted) }))
  const ofMany = crowdHits(
    all.map(({ person }) => person),
    audit,
  )
  return [
    ...all.flatMap((whose) => auditHits(whose.person, knowledge, audit).map((hit) => keptHit(hit, whose, of))),
    ...ofMany.flatMap((hit) => {
      const whose = whoseOf(hit, all)
      return whose ? [keptHit(hit, whose, of)] : []
    }),
  ]
}
