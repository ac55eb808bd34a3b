import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { movesFrom } from '../../shapes/case.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { findBooking, findPool, type Pool } from '../booking/index.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { findPersons, shownPerson, type Person } from '../residents/index.ts'
import type { ShownPlace, ShownReferral, ShownRow, ShownStep } from './contract.ts'
import { lifecycle } from './lifecycle.ts'
import type { Referral } from './referral.ts'
import type { Listed, StepRow } from './worklist.ts'

export type Places = ReadonlyMap<OrgId, Institution>

/** The institutions of several cases, asked for once. */
export const placesOf = async (db: Queryable, ids: readonly (OrgId | null)[]): Promise<Places> => {
  const found = await institutionsOf(db, [...new Set(ids.filter((id): id is OrgId => id !== null))])
  return new Map(found.map((place) => [place.id, place]))
}

const name = ({ zh, en }: Name): { zh: string; en: string | null } => ({ zh, en: en ?? null })

export const shownPlace = (id: OrgId, places: Places): ShownPlace => {
  const place = places.get(id)
  return { id, name: name(place?.name ?? { zh: '' }), tier: place?.tier ?? '', phone: place?.phone ?? null }
}

export type Persons = Awaited<ReturnType<typeof findPersons>>

/** One row of a worklist. */
export const shownRow = (referral: Referral, holds: boolean, persons: Persons, places: Places): ShownRow => {
  const person = persons.get(referral.person) as Person
  return {
    id: referral.id,
    slipNo: referral.slipNo,
    direction: referral.direction,
    urgency: referral.urgency,
    state: referral.state,
    stateSince: referral.stateSince,
    waitUntil: referral.waitUntil,
    escalations: referral.escalations,
    holds,
    person: { id: person.id, name: { zh: person.zh, en: person.en }, sex: person.sex, bornOn: person.bornOn, synthetic: person.synthetic },
    condition: referral.conditionWords,
    specialty: referral.specialty,
    sender: shownPlace(referral.org, places),
    receiver: shownPlace(referral.receiver, places),
    appointmentAt: referral.appointmentAt,
    timeLostAt: referral.timeLostAt,
    openedAt: referral.openedAt,
  }
}

/** Rows of a worklist page with names of persons and places, each asked for once. */
export const shownRows = async (db: Queryable, listed: readonly (Listed | Referral)[]): Promise<ShownRow[]> => {
  const persons = await findPersons(db, listed.map((row) => row.person))
  const places = await placesOf(db, listed.flatMap((row) => [row.org, row.receiver]))
  return listed.map((row) => shownRow(row, 'holds' in row ? row.holds : false, persons, places))
}

export const shownStep = (step: StepRow, places: Places): ShownStep => ({
  seq: step.seq,
  type: step.type,
  at: step.at,
  occurredAt: step.occurredAt,
  role: step.role,
  actor: name(step.actor),
  institution: step.org ? name(places.get(step.org)?.name ?? { zh: '' }) : null,
  reason: step.reason,
  why: step.why,
})

export type Whole = { readonly referral: Referral; readonly pool: Pool | null; readonly trace: readonly StepRow[]; readonly places: Places; readonly persons: Persons }

/** A referral with all that its screen shows. */
export const readWhole = async (db: Queryable, referral: Referral, trace: readonly StepRow[]): Promise<Whole> => ({
  referral,
  trace,
  pool: await poolOfCase(db, referral),
  places: await placesOf(db, [referral.org, referral.receiver, referral.careOrg, ...trace.map((step) => step.org)]),
  persons: await findPersons(db, [referral.person]),
})

const poolOfCase = async (db: Queryable, referral: Referral): Promise<Pool | null> => {
  if (!referral.bookingOrg || !referral.bookingId) return null
  const booking = await findBooking(db, referral.bookingOrg, referral.bookingId)
  return booking && findPool(db, booking.org, booking.pool)
}

const appointmentOf = ({ referral, pool }: Whole): ShownReferral['appointment'] =>
  referral.appointmentAt && referral.appointmentEndsAt
    ? {
        startsAt: referral.appointmentAt,
        endsAt: referral.appointmentEndsAt,
        place: pool?.placeZh ? { zh: pool.placeZh, en: pool.placeEn } : null,
        doctor: pool?.doctorZh ? { zh: pool.doctorZh, en: pool.doctorEn } : null,
      }
    : null

/** A referral as its parties see it: numbers masked, moves that the table has from here, the whole trace. */
export const shownReferral = (whole: Whole, act: Act, holder: OrgId | null): ShownReferral => {
  const { referral, places, persons } = whole
  const person = shownPerson(persons.get(referral.person) as Person, act.cipher)
  const row = shownRow(referral, holder === act.actor.org && holder !== null, persons, places)
  const { consent, consentRefusal: refusal } = referral
  return {
    ...row,
    conditionKey: referral.condition,
    version: referral.version,
    person: { ...row.person, phone: person.phone, idNumber: person.idNumber, address: person.address, insurance: person.insurance },
    care: referral.careOrg ? shownPlace(referral.careOrg, places) : null,
    senderDoctor: name(referral.senderName),
    letter: referral.letter,
    consent: consent && { by: consent.by, relation: consent.relation ?? null, told: consent.told ?? [], at: consent.at },
    consentRefusal: refusal && { by: refusal.by, relation: refusal.relation ?? null, why: refusal.why, note: refusal.note, at: refusal.at },
    appointment: appointmentOf(whole),
    queue: referral.queue,
    returned: referral.returned,
    followUp: referral.followUp,
    owesPapers: referral.urgency !== 'ordinary' && referral.completedAt === null && !lifecycle.states[referral.state].end,
    endedWhy: referral.endedWhy,
    moves: movesFrom(lifecycle, referral.state),
    trace: whole.trace.map((step) => shownStep(step, places)),
  }
}
