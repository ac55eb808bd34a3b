import { isUuid, type OrgId, type PersonId } from '../../../kernel/id.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { bookingWithPool, findPool, type PoolId } from '../../booking/index.ts'
import { planById } from '../../continuity/index.ts'
import { messageById } from '../../correspondence/index.ts'
import { locate } from '../../health-record/index.ts'
import { findInstitution } from '../../organisations/index.ts'
import { consentsOf, representativesOf } from '../../record-access/index.ts'
import { findReferral, type ReferralId } from '../../referral/index.ts'
import { findPerson } from '../../residents/index.ts'
import type { Faces } from '../server/face.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { readKeyedId } from './keyed-id.ts'

const DIGITS = /^\d{1,18}$/
const person = async (db: Queryable, id: string): Promise<boolean> =>
  DIGITS.test(id) && (await findPerson(db, id as PersonId)) !== null
const institution = async (db: Queryable, id: string): Promise<boolean> =>
  DIGITS.test(id) && (await findInstitution(db, id as OrgId)) !== null
const referral = async (db: Queryable, id: string): Promise<boolean> =>
  isUuid(id) && (await findReferral(db, id as ReferralId)) !== null

/** Whether an id belongs to a module's own row, whoever may see it: nobody puts a stored resource in front of it. */
const OWNED: Readonly<Record<string, (db: Queryable, id: string) => Promise<boolean>>> = {
  Patient: person,
  Coverage: person,
  CareTeam: person,
  Organization: institution,
  Location: institution,
  ServiceRequest: referral,
  Task: referral,
  EpisodeOfCare: referral,
  CarePlan: async (db, id) => isUuid(id) && (await planById(db, id)) !== null,
  Communication: async (db, id) => {
    const key = readKeyedId(id)
    return key !== null && (await messageById(db, key.org, key.id)) !== null
  },
  Slot: async (db, id) => {
    const key = readKeyedId(id)
    return key !== null && (await findPool(db, key.org as OrgId, key.id as PoolId)) !== null
  },
  Consent: async (db, id) => {
    const key = readKeyedId(id)
    return key !== null && (await consentsOf(db, [key.org as PersonId])).some((one) => one.id === key.id)
  },
  RelatedPerson: async (db, id) => {
    const key = readKeyedId(id)
    return key !== null && (await representativesOf(db, [key.org as PersonId])).some((one) => one.id === key.id)
  },
  Appointment: async (db, id) => {
    const key = readKeyedId(id)
    return key !== null && (await bookingWithPool(db, key.org, key.id)) !== null
  },
}

/** What to use instead, for a write that no form stands behind. */
const FORMS: Readonly<Record<string, string>> = {
  Patient: 'residents.register, residents.correct',
  Coverage: 'residents.correct',
  CareTeam: 'residents.correct',
  Organization: 'organisations.correct-institution',
  Location: 'organisations.correct-institution',
  ServiceRequest: 'referral.send',
  EpisodeOfCare: 'referral.send',
  Task: 'Task.status: accepted, rejected, in-progress, cancelled (referral.accept, reject, arrive, cancel)',
  CarePlan: 'continuity.change-plan',
  Communication: 'correspondence.write, correspondence.withdraw',
  Slot: 'booking.publish-pool',
  Consent: 'record-access.give-consent, record-access.withdraw-consent',
  RelatedPerson: 'record-access.register-representative, record-access.end-representative',
  Appointment: 'Appointment.status: cancelled (booking.cancel)',
}

/** A write that no form stands behind, with the name of the form to use instead. */
export const readOnly = (type: string): FhirRefusal =>
  new FhirRefusal('fhir.face-read-only', { type, form: FORMS[type] ?? '/api/docs' })

/**
 * Of some places, as `Type/id`, those of a module's own rows under which nothing is stored: a stored resource in front of them would be read in
 * their place. Asked outside of any act, whoever may see them.
 */
export const ownedAmong = async (
  house: House,
  faces: Faces,
  places: readonly { readonly type: string; readonly fhirId: string }[],
): Promise<Set<string>> => {
  const asked = places.filter(({ type }) => faces.has(type) && OWNED[type] !== undefined)
  if (asked.length === 0) return new Set()
  const stored = await locate(house.database, asked)
  return asSystem(house.database).transaction(async (tx) => {
    const owned = new Set<string>()
    for (const { type, fhirId } of asked)
      if (!stored.has(`${type}/${fhirId}`) && (await OWNED[type]?.(tx, fhirId))) owned.add(`${type}/${fhirId}`)
    return owned
  })
}
