import { z } from 'zod'
import { instant, isInstant, type Instant } from '../../kernel/clock.ts'
import { dayOf, daysBetween } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { openStays, summarise, summaryBodiesOf, type Summary } from '../health-record/index.ts'
import { findCondition } from '../navigation/index.ts'
import { findInstitution } from '../organisations/index.ts'
import { listReferrals, type Referral } from '../referral/index.ts'
import { findPersons, idsOf, type Person } from '../residents/index.ts'
import type { Attestation, Readiness } from './continuity.ts'
import { DISEASES, GENERAL, OTHER, TOWNSHIP, type Disease } from './disease-book.ts'
import { decideCriteria, progressOf, type Criterion, type Decided, type Progress } from './rules/down-criteria.ts'
import { diseaseOf } from './rules/icd-range.ts'
import { arrivalsOf, attestationsOf, readinessOf } from './store.ts'

/** Somebody in the beds of an institution, with all that the criteria are decided from. */
export type Inpatient = {
  readonly person: Person
  readonly persons: readonly PersonId[]
  readonly referral: Referral | null
  readonly since: Instant
  readonly disease: Disease
  /** ICD-10 codes and ranges of the stay. */
  readonly codes: readonly string[]
  readonly criteria: readonly Criterion[]
  readonly record: Summary
  readonly attestations: readonly Attestation[]
  readonly readiness: readonly Readiness[]
}

const ROWS_MOST = 200
const encounter = z.looseObject({
  period: z.looseObject({ start: z.string() }).optional(),
  reasonCode: z.array(z.looseObject({ coding: z.array(z.looseObject({ code: z.string().optional() })).optional() })).optional(),
})

type Stay = {
  readonly person: PersonId
  readonly since: Instant | null
  readonly codes: readonly string[]
  readonly referral: Referral | null
}

const stayOf = ({ person, body }: { person: PersonId; body: string }): Stay => {
  const read = encounter.safeParse(JSON.parse(body)).data
  const start = read?.period?.start
  const codes = (read?.reasonCode ?? []).flatMap(({ coding }) => (coding ?? []).flatMap(({ code }) => code ?? []))
  return { person, since: start && isInstant(start) ? instant(start) : null, codes, referral: null }
}

const isIcd = (code: string): boolean => /^[A-Z]\d\d/.test(code)

/** The ICD-10 codes of a case's condition: of the catalogue, or the condition's own key where that is a code. */
export const codesOfCase = async (tx: Tx, condition: string): Promise<string[]> => {
  const known = await findCondition(tx, condition)
  return [...(known?.icd10 ?? []), condition].filter(isIcd)
}

const casesInside = async (tx: Tx, org: OrgId, act: Act): Promise<Stay[]> => {
  const by = {
    org,
    side: 'receiver' as const,
    limit: ROWS_MOST,
    after: undefined,
    now: act.now,
    today: act.today,
    zone: act.zone,
  }
  const cases = [
    ...(await listReferrals(tx, { ...by, tab: 'inside' })),
    ...(await listReferrals(tx, { ...by, tab: 'to-return' })),
  ]
  const arrivals = await arrivalsOf(tx, cases)
  const stays: Stay[] = []
  for (const referral of cases)
    stays.push({
      person: referral.person,
      since: arrivals.get(referral.id) ?? referral.stateSince,
      codes: await codesOfCase(tx, referral.condition),
      referral,
    })
  return stays
}

/** One stay for each person: the case leads, the hospital's own encounter says since when and why. */
const merged = (stays: readonly Stay[]): Stay[] => {
  const byPerson = new Map<PersonId, Stay>()
  for (const stay of stays) {
    const before = byPerson.get(stay.person)
    byPerson.set(
      stay.person,
      before
        ? {
            ...before,
            since: stay.since ?? before.since,
            codes: [...stay.codes, ...before.codes],
            referral: before.referral ?? stay.referral,
          }
        : stay,
    )
  }
  return [...byPerson.values()]
}

/** Everybody in the beds of the actor's institution, or the one asked for, with record, statements and questions. */
export const inpatientsAt = async (tx: Tx, act: Act, only: PersonId | null = null): Promise<Inpatient[]> => {
  const { org } = act.actor
  if (!org) return []
  const institution = await findInstitution(tx, org)
  const all = merged([...(await casesInside(tx, org, act)), ...(await openStays(tx, org)).map(stayOf)])
  const wanted = only === null ? [] : await idsOf(tx, only)
  const stays = only === null ? all : all.filter(({ person }) => wanted.includes(person))
  const found = await findPersons(
    tx,
    stays.map(({ person }) => person),
  )
  const level = ['township', 'regional-centre'].includes(institution?.tier ?? '') ? TOWNSHIP : GENERAL
  const inside: Inpatient[] = []
  for (const stay of stays) {
    const person = found.get(stay.person)
    if (person && person.diedOn === null) inside.push(await wholeOf(tx, stay, person, level, act))
  }
  return inside
}

const wholeOf = async (tx: Tx, stay: Stay, person: Person, level: Disease, act: Act): Promise<Inpatient> => {
  const persons = [...new Set([...(await idsOf(tx, person.id)), stay.person])]
  const bodies = await summaryBodiesOf(tx, persons)
  const disease = diseaseOf(stay.codes, DISEASES) ?? OTHER
  return {
    person,
    persons,
    referral: stay.referral,
    since: stay.since ?? act.now,
    disease,
    codes: stay.codes,
    criteria: [...level.criteria, ...disease.criteria],
    record: summarise(
      bodies.map(({ body }) => JSON.parse(body)),
      act.zone,
    ),
    attestations: await attestationsOf(tx, persons),
    readiness: (await readinessOf(tx, persons)).filter(({ org }) => org === act.actor.org),
  }
}

/** How near home somebody is: criteria, days stayed, days beyond the expected stay. */
export type Standing = {
  readonly decided: readonly Decided[]
  readonly progress: Progress
  readonly days: number
  readonly expectedDays: number
  readonly daysOver: number
}

/** Decides the criteria of an inpatient with the rulebook of the day. */
export const standingOf = (one: Inpatient, act: Act): Standing => {
  const icd10 = one.disease.icd10.length > 0 ? one.disease.icd10 : one.codes
  const facts = { record: one.record, attestations: one.attestations, icd10, today: act.today, zone: act.zone }
  const limits = {
    bound: (key: string) => act.policy('down-referral.bound', key),
    recentDays: (key: string) => act.policy('down-referral.recent-days', key),
  }
  const decided = decideCriteria(one.criteria, facts, limits)
  const days = daysBetween(dayOf(one.since, act.zone), act.today)
  const expectedDays = act.policy('down-referral.expected-stay-days', one.disease.key)
  return { decided, progress: progressOf(decided), days, expectedDays, daysOver: days - expectedDays }
}
