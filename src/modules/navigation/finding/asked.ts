import type { z } from 'zod'
import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { instantAt, type Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Words } from '../../../kernel/words.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { Refused, type Act } from '../../../platform/forms/form.ts'
import { bookingsOfPerson } from '../../booking/index.ts'
import { memberIdsOf, specialtyName, type Tier } from '../../organisations/index.ts'
import { findPerson, relationsToPerson, type Person } from '../../residents/index.ts'
import type { EngineChannel } from '../engine/world.ts'
import { URGENCIES, type Condition, type Urgency } from '../navigation.ts'
import { startOf, type Start } from '../places.ts'
import { personWeights } from '../rules/person-weights.ts'
import { FACTORS, type Factor, type Weights } from '../rules/rank-places.ts'
import type { EmergencyChannel } from '../rules/time-critical.ts'
import { treatingSpecialties } from '../rules/treating-specialties.ts'
import { findCondition } from '../store.ts'
import type { findInput } from './contract.ts'
import { channelOf } from './time-critical.ts'

export type FindAsked = z.output<typeof findInput>

/** What is needed: a condition or a specialty, how urgent, and from which tier up. */
export type Need = {
  readonly condition: Condition | null
  readonly specialties: readonly string[]
  readonly specialty: string
  readonly name: Words
  readonly emergency: EmergencyChannel | null
  readonly urgency: Urgency
  readonly lowestTier: Tier
}

type NeedAsked = {
  readonly condition?: string | undefined
  readonly specialty?: string | undefined
  readonly emergency?: EmergencyChannel | undefined
  readonly urgency?: Urgency | undefined
}

const HOURS = 24

/** 急诊医学科: where one goes whose danger sign is known and nothing else. */
const EMERGENCY_SPECIALTY = '2000'

export const needOf = async (tx: Tx, input: NeedAsked): Promise<Need> => {
  const condition = input.condition ? await findCondition(tx, input.condition) : null
  if (input.condition && !condition) throw new Refused('navigation.condition-unknown', { condition: input.condition })
  const specialty = condition?.specialty ?? input.specialty ?? EMERGENCY_SPECIALTY
  const name = await specialtyName(tx, specialty)
  if (!name) throw new Refused('navigation.specialty-unknown', { specialty })
  const urgency = input.urgency ?? (input.emergency ? 'emergency' : (condition?.urgency ?? 'routine'))
  // A condition of a green channel goes by it only while it is an emergency: a follow-up visit after a stroke does not.
  const emergency = input.emergency ?? (condition && urgency === 'emergency' ? channelOf(condition.key) : null)
  return {
    condition,
    specialties: condition ? treatingSpecialties(condition) : [specialty],
    specialty,
    name,
    emergency,
    urgency,
    lowestTier: condition?.lowestTier ?? 'village',
  }
}

/** For whom places are found, as far as it is known and the asker may know it. */
export type Whom = { readonly person: Person; readonly visited: ReadonlySet<OrgId> } | null

/** The person and where the person has been; null is nobody, `absent` is somebody of whom the asker may not know. */
export const whomOf = async (tx: Tx, asked: string | undefined, act: Act): Promise<Whom | 'absent'> => {
  const id = (asked ?? (act.actor.role === 'resident' ? act.actor.person : null)) as PersonId | null
  if (id === null) return null
  const person = await findPerson(tx, id)
  if (!person || relationsToPerson(act.actor, person).length === 0) return asked === undefined ? null : 'absent'
  const since = plusHours(act.now, -HOURS * act.policy('navigation.continuity-days'))
  const visits = await bookingsOfPerson(tx, person.id, since)
  return {
    person,
    visited: new Set(visits.filter(({ booking }) => booking.state === 'attended').map(({ booking }) => booking.org)),
  }
}

export const isUrgent = (urgency: Urgency): boolean => URGENCIES.indexOf(urgency) >= URGENCIES.indexOf('urgent')

/** The weights of the day for an urgency. */
export const weightsOf = (urgent: boolean, act: Pick<Act, 'policy'>): Weights => {
  const id = urgent ? 'navigation.weights-urgent' : 'navigation.weights'
  return Object.fromEntries(FACTORS.map((factor) => [factor, act.policy(id, factor)])) as Record<Factor, number>
}

/** The weights of the day for both: routine and soon, urgent and emergency. */
export const presentWeights = (act: Pick<Act, 'policy'>): { readonly routine: Weights; readonly urgent: Weights } => ({
  routine: weightsOf(false, act),
  urgent: weightsOf(true, act),
})

/** Everything that a finding starts from. */
export type Setting = {
  readonly need: Need
  readonly start: Start
  readonly whom: Whom
  readonly members: readonly OrgId[]
  readonly channel: EngineChannel
  readonly day: Day
  readonly from: Instant
  readonly until: Instant
  readonly horizonDays: number
  readonly weights: Weights
}

/** @throws Refused when the need, the place of living or the day cannot be. Null: the person is none that the asker may know. */
export const settingOf = async (tx: Tx, input: FindAsked, act: Act): Promise<Setting | null> => {
  const whom = await whomOf(tx, input.person, act)
  if (whom === 'absent') return null
  const day = (input.day as Day | undefined) ?? act.today
  if (day < act.today) throw new Refused('navigation.day-past')
  const need = await needOf(tx, input)
  const village = input.village ?? (input.longitude === undefined ? (whom?.person.village ?? undefined) : undefined)
  const start = await startOf(tx, { village, longitude: input.longitude, latitude: input.latitude }, act)
  const from = day > act.today ? instantAt(day, '00:00', act.zone) : act.now
  const horizonDays = act.policy('navigation.horizon-days')
  const weights = weightsOf(isUrgent(need.urgency), act)
  return {
    need,
    start,
    whom,
    members: start.consortium ? await memberIdsOf(tx, start.consortium.id, act.today) : [],
    channel: act.actor.role === 'resident' ? 'direct' : 'referral',
    day,
    from,
    until: plusHours(from, horizonDays * HOURS),
    horizonDays,
    weights: personWeights(weights, input.prefer, input.mobility, (key) => act.policy('navigation.preference', key)),
  }
}
