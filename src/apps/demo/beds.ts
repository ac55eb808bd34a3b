import { plusHours, type Instant } from '../../kernel/clock.ts'
import { dayOf, instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { poolsToPublish, type Pool } from '../../modules/booking/index.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { lineOn, valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { consortiumKindOf } from '../../modules/organisations/index.ts'
import { STAGE } from './accounts.ts'
import { insertRows } from './insert.ts'

type Sex = 'male' | 'female'
type Room = readonly [room: string, beds: number, sex: Sex | 'any', isolation?: true]
type WardPlan = {
  readonly at: 'county' | 'city' | 'unit'
  readonly zh: string
  readonly en: string
  readonly specialty: string
  readonly rooms: readonly Room[]
}

/** Wards of the stage's hospitals; rooms, beds and everybody in them are invented. */
const WARDS: readonly WardPlan[] = [
  { at: 'county', zh: '心血管内科病区(演示)', en: 'Cardiology ward (demo)', specialty: '0304', rooms: [['301', 3, 'male'], ['302', 3, 'male'], ['303', 3, 'female'], ['304', 3, 'female'], ['305', 2, 'any'], ['306', 2, 'any'], ['307', 1, 'any', true]] },
  { at: 'county', zh: '神经内科病区(演示)', en: 'Neurology ward (demo)', specialty: '0303', rooms: [['401', 3, 'male'], ['402', 3, 'female'], ['403', 2, 'any'], ['404', 1, 'any', true]] },
  { at: 'city', zh: '心血管内科一病区(演示)', en: 'Cardiology ward 1 (demo)', specialty: '0304', rooms: [['501', 3, 'male'], ['502', 3, 'female'], ['503', 2, 'any']] },
  { at: 'unit', zh: '全科病区(演示)', en: 'General ward (demo)', specialty: '0200', rooms: [['101', 3, 'male'], ['102', 3, 'female'], ['103', 2, 'any']] },
] // prettier-ignore

const BEGAN_DAYS_AGO = 7
/** Of each five beds: whoever has been in for so many days and stays so many more, or nobody. */
const IN_BED = [[-3, 4], [-1, 2], null, [-5, 1], [0, 6]] as const // prettier-ignore
/** Stays that are planned in each ward: in so many days, for so many nights. */
const PLANNED = [[0, 5], [1, 3], [3, 4]] as const // prettier-ignore

type Patient = { readonly id: PersonId; readonly seed: { readonly sex: string } }
export type BedsDemo = {
  readonly rulebook: Rulebook
  readonly zone: string
  readonly now: Instant
  readonly today: Day
  readonly unit: OrgId
}
type Bed = { id: string; classId: string; room: string; label: string; sex: Sex | 'any'; isolation: boolean }
type Stay = { from: number; nights: number; patient: Patient; sex: Sex; isolation: boolean; bed: Bed | null; classId: string }
type Ward = {
  org: OrgId
  id: string
  plan: WardPlan
  beds: Bed[]
  classes: { id: string; sex: Bed['sex']; isolation: boolean }[]
}

const bedsOf = (plan: WardPlan, org: OrgId): Ward => {
  const classes = new Map<string, Ward['classes'][number]>()
  const beds = plan.rooms.flatMap(([room, count, sex, isolation = false]) => {
    const key = `${sex} ${isolation}`
    const of = classes.get(key) ?? { id: newId(), sex, isolation }
    classes.set(key, of)
    return Array.from({ length: count }, (_, at) => ({
      id: newId(),
      classId: of.id,
      room,
      label: String(at + 1),
      sex,
      isolation,
    }))
  })
  return { org, id: newId(), plan, beds, classes: [...classes.values()] }
}

/** Somebody of a sex who has no bed yet, taken off the list. */
const takeOne = (people: Patient[], sex: Sex | 'any'): Patient | undefined => {
  const at = people.findIndex(({ seed }) => (sex === 'any' ? seed.sex === 'male' || seed.sex === 'female' : seed.sex === sex))
  return at < 0 ? undefined : people.splice(at, 1)[0]
}

/** Who lies where and who is expected. A room for any gets one sex: that of its first. */
const staysOf = (ward: Ward, people: Patient[]): Stay[] => {
  const sexOfRoom = new Map<string, Sex>()
  const inBed = ward.beds.flatMap((bed, at): Stay[] => {
    const when = IN_BED[at % IN_BED.length]
    const patient = when ? takeOne(people, sexOfRoom.get(bed.room) ?? bed.sex) : undefined
    if (!when || !patient) return []
    const sex = patient.seed.sex as Sex
    sexOfRoom.set(bed.room, sex)
    return [{ from: when[0], nights: when[1] - when[0], patient, sex, isolation: bed.isolation, bed, classId: bed.classId }]
  })
  const planned = PLANNED.flatMap(([from, nights], at): Stay[] => {
    const sex = at % 2 === 0 ? 'male' : 'female'
    const of = ward.classes.find((one) => one.sex === sex && !one.isolation)
    const patient = of && takeOne(people, sex)
    return of && patient ? [{ from, nights, patient, sex, isolation: false, bed: null, classId: of.id }] : []
  })
  return [...inBed, ...planned]
}

const wardRows = (ward: Ward, until: Day, now: Instant) => {
  const org_id = ward.org
  const ward_id = ward.id
  return {
    ward: [{ org_id, id: ward.id, zh: ward.plan.zh, en: ward.plan.en, specialty: ward.plan.specialty }],
    classes: ward.classes.map(({ id, sex, isolation }) => ({ org_id, id, ward_id, sex, isolation, published_until: until })),
    beds: ward.beds.map(({ id, classId, room, label }, at) => {
      // The first empty bed has just been left.
      const cleaning_since = at === IN_BED.indexOf(null) ? now : null
      return { org_id, id, ward_id, class_id: classId, room, label, cleaning_since }
    }),
  }
}

/** Draws a bed-day as a referral does, the reserve first; null when the class has none left on that day. */
const draw = (pool: Pool | undefined): { pool: Pool; share: 'reserved' | 'open' } | null => {
  if (!pool) return null
  if (pool.usedReserved < pool.reserved)
    return { pool: Object.assign(pool, { usedReserved: pool.usedReserved + 1 }), share: 'reserved' }
  if (pool.usedOpen >= pool.capacity - pool.reserved - pool.emergency) return null
  return { pool: Object.assign(pool, { usedOpen: pool.usedOpen + 1 }), share: 'open' }
}

type Rows = Record<'stay' | 'booking' | 'person_claim' | 'bed_span' | 'deadline', Record<string, unknown>[]>

const addStay = (rows: Rows, ward: Ward, stay: Stay, poolAt: ReadonlyMap<string, Pool>, facts: BedsDemo): void => {
  const { today, now, zone, rulebook } = facts
  const [from, until] = [plusDays(today, stay.from), plusDays(today, stay.from + stay.nights)]
  const days = Array.from({ length: stay.nights }, (_, at) => plusDays(from, at))
  const id = newId()
  const org_id = ward.org
  const state = stay.bed ? 'admitted' : 'planned'
  const drawn = days.map((day) => draw(poolAt.get(`${stay.classId} ${day}`)))
  if (drawn.some((one) => one === null)) return
  for (const one of drawn) {
    if (!one) continue
    const booking = {
      org_id,
      id: newId(),
      pool_id: one.pool.id,
      person_id: stay.patient.id,
      made_by_org: org_id,
      share: one.share,
      channel: 'referral',
    }
    rows.booking.push({ ...booking, group_id: id, state: stay.bed ? 'checked-in' : 'confirmed', made_at: now, changed_at: now })
    rows.person_claim.push({ person_id: stay.patient.id, starts_at: one.pool.startsAt, org_id, booking_id: booking.id })
  }
  const whom = { person_id: stay.patient.id, sex: stay.sex, isolation: stay.isolation, channel: 'referral', made_by_org: org_id }
  const bed = { bed_id: stay.bed?.id ?? null, admitted_at: stay.bed ? plusHours(instantAt(from, '09:00', zone), 0) : null }
  rows.stay.push({
    org_id,
    id,
    ward_id: ward.id,
    class_id: stay.classId,
    ...whom,
    from_on: from,
    until_on: until,
    uncovered: 0,
    state,
    ...bed,
    made_at: now,
    changed_at: now,
  })
  if (stay.bed) rows.bed_span.push({ org_id, bed_id: stay.bed.id, during: `[${from},${until})`, stay_id: id })
  const name = stay.bed ? 'expected-discharge' : 'missed'
  const command = stay.bed ? 'booking.keep-overdue-stay' : 'booking.end-missed-stay'
  const due = stay.bed
    ? instantAt(until, '00:00', zone)
    : plusHours(instantAt(from, '00:00', zone), valueOn(rulebook, 'booking.stay-arrival-hours', today))
  rows.deadline.push({
    org_id,
    id: newId(),
    case_kind: 'booking-group',
    case_id: id,
    name,
    command,
    input: { org: org_id, stay: id },
    due_at: due,
    set_at: now,
  })
}

/** The days of a ward's beds as the house itself publishes them, from some days ago. */
const publish = async (tx: Tx, ward: Ward, until: Day, facts: BedsDemo): Promise<Pool[]> => {
  const { today, rulebook, zone, now } = facts
  const act = {
    now,
    zone,
    today: plusDays(today, -BEGAN_DAYS_AGO),
    newId,
    policy: (id: string, by?: string) => valueOn(rulebook, id, today, by),
    clause: (id: string, by?: string) => lineOn(rulebook, id, today, by),
  }
  const kind = await consortiumKindOf(tx, ward.org, today)
  const { zh, en, specialty } = ward.plan
  return ward.classes.flatMap(({ id }) => {
    const openBeds = ward.beds.filter(({ classId }) => classId === id).length
    return poolsToPublish(
      { org: ward.org, id, specialty, zh, en, publishedUntil: null, openBeds } as never,
      until,
      kind,
      act as never,
    )
  })
}

const poolRow = (pool: Pool): Record<string, unknown> => ({
  org_id: pool.org,
  id: pool.id,
  unit_kind: pool.unitKind,
  specialty: pool.specialty,
  service_zh: pool.serviceZh,
  service_en: pool.serviceEn,
  plan_id: pool.plan,
  kind: pool.kind,
  starts_at: pool.startsAt,
  ends_at: pool.endsAt,
  capacity: pool.capacity,
  reserved: pool.reserved,
  used_reserved: pool.usedReserved,
  used_open: pool.usedOpen,
  emergency: pool.emergency,
  used_emergency: 0,
  allotted: 0,
  release_at: pool.releaseAt,
})

/** Wards, beds and stays of the stage's hospitals and its township unit; answers how many stays there are. */
export const insertBeds = async (tx: Tx, people: readonly Patient[], facts: BedsDemo): Promise<number> => {
  const { today, now, zone, unit, rulebook } = facts
  const until = plusDays(today, valueOn(rulebook, 'booking.bed-days-ahead', today))
  const left = [...people]
  let stays = 0
  for (const plan of WARDS) {
    const ward = bedsOf(plan, plan.at === 'unit' ? unit : STAGE[plan.at])
    const pools = await publish(tx, ward, until, facts)
    const poolAt = new Map(pools.map((pool) => [`${pool.plan} ${dayOf(pool.startsAt, zone)}`, pool]))
    const rows: Rows = { stay: [], booking: [], person_claim: [], bed_span: [], deadline: [] }
    for (const stay of staysOf(ward, left)) addStay(rows, ward, stay, poolAt, facts)
    const ofWard = wardRows(ward, until, now)
    await insertRows(tx, 'booking.ward', ofWard.ward)
    await insertRows(tx, 'booking.bed_class', ofWard.classes)
    await insertRows(tx, 'booking.bed', ofWard.beds)
    await insertRows(tx, 'booking.pool', pools.map(poolRow))
    for (const table of ['stay', 'booking', 'person_claim', 'bed_span'] as const)
      await insertRows(tx, `booking.${table}`, rows[table])
    await insertRows(tx, 'platform.deadline', rows.deadline)
    stays += rows.stay.length
  }
  return stays
}
