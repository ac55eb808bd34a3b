import type { Appointment, Schedule, Slot } from '@medplum/fhirtypes'
import { plusHours, type Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Role } from '../../../platform/access.ts'
import {
  bookingsByTime,
  bookingWithPool,
  findPool,
  poolsByTime,
  shownSlot,
  type Booking,
  type BookingOfPool,
  type Pool,
  type PoolId,
} from '../../booking/index.ts'
import { findInstitution, servicesByKey, specialtyName } from '../../organisations/index.ts'
import { idsOf } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { keyedId, paged, readKeyedId, readTimeMark, served, timeMark, type Drawn, type Source } from './build.ts'
import { concept, fromDay, SYSTEMS, to } from './words.ts'

// Who looks for free units is named in `booking.free`; who sees bookings in `booking.mine` (oneself) and `booking.day-list` (the desks of the place).

const LOOKERS: readonly Role[] = ['resident', 'village-doctor', 'family-doctor', 'referral-desk', 'ward', 'consortium-manager']
const DESKS: readonly Role[] = ['referral-desk', 'ward']
const SCHEDULE = /^(\d{1,18})-(\d{4})$/

const scheduleId = ({ org, specialty }: Pick<Pool, 'org' | 'specialty'>): string => `${org}-${specialty}`

const schedule = async (open: FhirAct, org: string, specialty: string): Promise<Drawn | null> => {
  const place = await findInstitution(open.tx, org as OrgId)
  const name = await specialtyName(open.tx, specialty)
  if (!place || !name) return null
  const resource: Schedule = {
    resourceType: 'Schedule',
    id: `${org}-${specialty}`,
    active: true,
    specialty: [concept(SYSTEMS.specialty, specialty, name.zh)],
    actor: [to('Location', org, place.name.zh)],
  }
  return { resource, at: fromDay(place.from, open.act.zone) }
}

const schedules: Source = {
  type: 'Schedule',
  searchParams: ['actor', 'specialty', 'active'],
  one: async (open, id) => {
    const [, org, specialty] = SCHEDULE.exec(id) ?? []
    return org && specialty && LOOKERS.includes(open.act.actor.role) ? schedule(open, org, specialty) : null
  },
  list: async (open, wanted, page) => {
    if (!LOOKERS.includes(open.act.actor.role)) return { rows: [], next: null }
    const by = {
      key: null,
      institution: wanted.target('actor'),
      specialty: wanted.value('specialty')?.split('|').at(-1) ?? null,
      day: open.act.today,
    }
    const rows = await servicesByKey(open.tx, by, page)
    const drawn = new Map<string, Drawn | null>()
    // Several lines of one specialty share a schedule: it stands at the first of them.
    for (const { key, institution, specialty, line } of rows)
      if (line === (await firstLine(open, institution, specialty))) drawn.set(key, await schedule(open, institution, specialty))
    return paged(
      rows,
      page.limit,
      ({ key }) => drawn.get(key) ?? null,
      ({ key }) => key,
    )
  },
}

const firstLine = async (open: FhirAct, institution: string, specialty: string): Promise<string | null> =>
  (await servicesByKey(open.tx, { key: null, institution, specialty, day: open.act.today }, { limit: 1, after: null }))[0]
    ?.line ?? null

/** Free means: the one who asks could draw a unit now, a resident from what is open to all, others from what is kept for primary care too. */
const slotStatus = (pool: Pool, { actor, now }: FhirAct['act']): NonNullable<Slot['status']> => {
  if (pool.stoppedAt) return 'busy-unavailable'
  const { free, reservedFree } = shownSlot(pool, now)
  const drawable = actor.role === 'resident' ? free : free + reservedFree
  return drawable > 0 && pool.startsAt > now ? 'free' : 'busy'
}

const slot = (open: FhirAct, pool: Pool): Drawn => {
  const resource: Slot = {
    resourceType: 'Slot',
    id: keyedId(pool.org, pool.id),
    specialty: [concept(SYSTEMS.specialty, pool.specialty)],
    ...(pool.serviceZh ? { serviceType: [{ text: pool.serviceZh }] } : {}),
    schedule: to('Schedule', scheduleId(pool)),
    status: slotStatus(pool, open.act),
    start: pool.startsAt,
    end: pool.endsAt,
    ...(pool.doctorZh ? { comment: pool.doctorZh } : {}),
  }
  return { resource, at: pool.releaseAt < open.act.now ? pool.releaseAt : open.act.now }
}

const HOURS_BEFORE = 24
const BOUND = /^(ge|gt|eq|sa)?(\d{4}-\d\d-\d\d)/

/** From which moment slots are looked for: the day that is asked for, not long before now. */
const startOf = (open: FhirAct, asked: string | null): Instant => {
  const day = BOUND.exec(asked ?? '')?.[2]
  const earliest = plusHours(open.act.now, -HOURS_BEFORE)
  const from = day ? fromDay(day as Parameters<typeof fromDay>[0], open.act.zone) : open.act.now
  return from > earliest ? from : earliest
}

const slots: Source = {
  type: 'Slot',
  searchParams: ['schedule', 'start', 'status', 'specialty'],
  one: async (open, id) => {
    const key = readKeyedId(id)
    if (!key || !LOOKERS.includes(open.act.actor.role)) return null
    const pool = await findPool(open.tx, key.org as OrgId, key.id as PoolId)
    return pool && (pool.unitKind === 'visit' || pool.unitKind === 'exam') ? slot(open, pool) : null
  },
  list: async (open, wanted, page) => {
    if (!LOOKERS.includes(open.act.actor.role)) return { rows: [], next: null }
    const [, org = null, ofSchedule = null] = SCHEDULE.exec(wanted.target('schedule') ?? '') ?? []
    const specialty = ofSchedule ?? wanted.value('specialty')?.split('|').at(-1) ?? null
    const by = { org, specialty, from: startOf(open, wanted.value('start')), until: null }
    const rows = await poolsByTime(open.tx, by, { limit: page.limit, after: readTimeMark(page.after) })
    return paged(
      rows,
      page.limit,
      (pool) => slot(open, pool),
      ({ startsAt, id }) => timeMark(startsAt, id),
    )
  },
}

const STATUS: Readonly<Record<Booking['state'], Appointment['status']>> = {
  held: 'pending',
  confirmed: 'booked',
  'checked-in': 'checked-in',
  attended: 'fulfilled',
  'no-show': 'noshow',
  cancelled: 'cancelled',
  expired: 'cancelled',
  moved: 'cancelled',
}

const appointment = ({ booking, pool, madeAt, changedAt }: BookingOfPool): Drawn => {
  const status = STATUS[booking.state]
  const resource: Appointment = {
    resourceType: 'Appointment',
    id: keyedId(booking.org, booking.id),
    identifier: [{ system: SYSTEMS.booking, value: booking.id }],
    status,
    ...(status === 'cancelled' ? { cancelationReason: { text: booking.state } } : {}),
    specialty: [concept(SYSTEMS.specialty, pool.specialty)],
    start: pool.startsAt,
    end: pool.endsAt,
    created: madeAt,
    slot: [to('Slot', keyedId(pool.org, pool.id))],
    // A booking of its own is its own case; any other case is a referral.
    ...(booking.caseId && booking.caseId !== booking.id ? { basedOn: [to('ServiceRequest', booking.caseId)] } : {}),
    participant: [
      { actor: to('Patient', booking.person), status: 'accepted' },
      { actor: to('Location', booking.org), status: 'accepted' },
    ],
  }
  return { resource, at: changedAt }
}

/** Whose bookings an act sees; null for nobody's. */
const seenBy = async ({ tx, act: { actor } }: FhirAct): Promise<{ org: OrgId | null; persons: PersonId[] | null } | null> => {
  if (actor.role === 'resident') return actor.person ? { org: null, persons: await idsOf(tx, actor.person) } : null
  return actor.org && DESKS.includes(actor.role) ? { org: actor.org, persons: null } : null
}

const appointments: Source = {
  type: 'Appointment',
  searchParams: ['patient', 'actor', 'location', 'date', 'status', 'identifier', 'specialty', 'slot', 'based-on'],
  one: async (open, id) => {
    const key = readKeyedId(id)
    const by = await seenBy(open)
    const found = key && by ? await bookingWithPool(open.tx, key.org, key.id) : null
    if (!found || !by) return null
    return (by.org === null || found.booking.org === by.org) && (by.persons?.includes(found.booking.person) ?? true)
      ? appointment(found)
      : null
  },
  list: async (open, _wanted, page) => {
    const by = await seenBy(open)
    if (!by) return { rows: [], next: null }
    const rows = await bookingsByTime(open.tx, by, { limit: page.limit, after: readTimeMark(page.after) })
    return paged(rows, page.limit, appointment, ({ madeAt, booking }) => timeMark(madeAt, booking.id))
  },
}

/** Times, what is free of them, and who has booked. */
export const TIMES: readonly Source[] = [schedules, slots, appointments]
/** The face of bookings, for writes that read back what they made. */
export const appointmentFace = served(appointments)
