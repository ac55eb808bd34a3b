import type { Instant } from '../../kernel/clock.ts'
import { dayOf, plusDays, weekdayOf, type Day } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { sharesFor, slotsBetween } from '../../modules/booking/index.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { lineOn, valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { specialtyOf } from '../../../sim/region/specialties.ts'
import type { ClinicSeed, StaffSeed } from '../../../sim/region/types.ts'
import { STAGE } from './accounts.ts'
import { insertRows } from './insert.ts'
import type { Seeds } from './region.ts'

export type PlanFacts = {
  readonly seeds: Seeds
  /** Which kind of consortium decides an institution's quotas. */
  readonly kinds: ReadonlyMap<string, string>
  readonly rulebook: Rulebook
  readonly zone: string
  readonly now: Instant
  readonly today: Day
}

type SlotPlan = Parameters<typeof slotsBetween>[0]
type Slot = ReturnType<typeof slotsBetween>[number]
/** One plan of the demo: the clinics of a week that one doctor holds, or one department's ordinary ones. */
type Week = {
  readonly clinics: readonly [ClinicSeed, ...ClinicSeed[]]
  readonly expert: StaffSeed | null
  readonly plan: SlotPlan
}

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}

const weekOf = (clinics: readonly [ClinicSeed, ...ClinicSeed[]], expert: StaffSeed | null, today: Day): Week => {
  const plan = {
    id: newId(),
    validFrom: today,
    validUntil: null,
    makeUpWeekday: null,
    worksOnHolidays: false,
    minutes: clinics[0].slotMinutes,
    calendarOrg: expert ? expert.employer : null,
    calendar: expert ? newId() : null,
    sessions: clinics.map(({ weekday, from, to, capacityPerSlot: capacity }) => ({
      weekday,
      from: minutesOf(from),
      to: minutesOf(to),
      capacity,
    })),
  }
  return { clinics, expert, plan: plan as unknown as SlotPlan }
}

const weeksOf = ({ seeds, today }: PlanFacts): Week[] => {
  const staff = new Map(seeds.staff.map((one) => [one.id, one]))
  const groups = Map.groupBy(
    seeds.clinics,
    ({ institution, specialty, staffId, kind }) => `${institution} ${specialty} ${staffId} ${kind}`,
  )
  return [...groups.values()].map((clinics) => {
    const { staffId } = clinics[0] as ClinicSeed
    return weekOf(clinics as unknown as [ClinicSeed, ...ClinicSeed[]], (staffId && staff.get(staffId)) || null, today)
  })
}

const nameOf = (expert: StaffSeed) => ({ zh: `${expert.zh} ${expert.title}`, en: expert.en })
const placeOf = (specialty: string) => {
  const { zh, en } = specialtyOf(specialty)
  return { place_zh: `门诊楼 ${zh}诊区`, place_en: `Outpatient building, ${en}` }
}

const calendarRow = ({ clinics: [{ institution, specialty }], expert, plan }: Week): Record<string, unknown>[] => {
  if (!expert) return []
  const { zh, en } = nameOf(expert)
  const row = {
    org_id: plan.calendarOrg,
    id: plan.calendar,
    kind: 'doctor',
    name_zh: zh,
    name_en: en,
    specialty,
    staff_id: expert.id,
  }
  return [{ ...row, shared_with: institution === expert.employer ? [] : [institution] }]
}

const planRow = (
  { clinics: [{ institution, specialty, kind }], plan }: Week,
  daysAhead: number,
  today: Day,
): Record<string, unknown> => ({
  org_id: institution,
  id: plan.id,
  unit_kind: 'visit',
  kind,
  specialty,
  calendar_org: plan.calendarOrg,
  calendar_id: plan.calendar,
  minutes: plan.minutes,
  ...placeOf(specialty),
  valid_from: plan.validFrom,
  days_ahead: daysAhead,
  works_on_holidays: false,
  version: 1,
  published_through: plusDays(today, daysAhead - 1),
  looked_after_on: today,
})

const sessionRows = ({ clinics: [{ institution }], plan }: Week): Record<string, unknown>[] =>
  plan.sessions.map(({ weekday, from, to, capacity }) => ({
    org_id: institution,
    plan_id: plan.id,
    weekday,
    during: `[${from},${to})`,
    capacity,
  }))

/** A doctor of the county hospital's cardiology is away on the first clinic day after what is published: an exception to look at. */
const WEEK_DAYS = 7
const CARDIOLOGY = '0304'
const isAway = ({ clinics: [{ institution, specialty }], expert }: Week): boolean =>
  expert !== null && institution === STAGE.county && specialty === CARDIOLOGY

type Shared = Slot & ReturnType<typeof sharesFor>

/** Slots of a plan with their shares, rounded over the slots of each day as the rulebook of today asks. */
const sharedSlots = ({ clinics: [{ institution, kind }], plan }: Week, days: readonly [Day, Day], facts: PlanFacts): Shared[] => {
  const { rulebook, today, zone } = facts
  const policy = {
    policy: (id: string, by?: string) => valueOn(rulebook, id, today, by),
    clause: (id: string, by?: string) => lineOn(rulebook, id, today, by),
  }
  const consortium = (facts.kinds.get(institution) ?? null) as Parameters<typeof sharesFor>[1]['consortium']
  const slots = slotsBetween(plan, days, [], zone)
  let [day, before] = ['', 0]
  return slots.map((slot) => {
    const ofDay = dayOf(slot.startsAt, zone)
    if (ofDay !== day) [day, before] = [ofDay, 0]
    const shares = sharesFor(policy, {
      consortium,
      unitKind: 'visit',
      kind,
      capacity: slot.capacity,
      startsAt: slot.startsAt,
      before,
    })
    before += slot.capacity
    return { ...slot, ...shares }
  })
}

const poolRow = ({ clinics: [{ institution, specialty, kind }], expert, plan }: Week, slot: Shared): Record<string, unknown> => ({
  org_id: institution,
  id: newId(),
  unit_kind: 'visit',
  specialty,
  kind,
  plan_id: plan.id,
  calendar_org: plan.calendarOrg,
  calendar_id: plan.calendar,
  doctor_zh: expert ? nameOf(expert).zh : null,
  doctor_en: expert ? nameOf(expert).en : null,
  starts_at: slot.startsAt,
  ends_at: slot.endsAt,
  capacity: slot.capacity,
  reserved: slot.reserved,
  emergency: slot.emergency,
  used_reserved: 0,
  used_open: 0,
  used_emergency: 0,
  allotted: 0,
  release_at: slot.releaseAt,
  ...placeOf(specialty),
})

const spanRow = (pool: Record<string, unknown>): Record<string, unknown> => ({
  org_id: pool['calendar_org'],
  calendar_id: pool['calendar_id'],
  during: `[${String(pool['starts_at'])},${String(pool['ends_at'])})`,
  place_org: pool['org_id'],
  pool_id: pool['id'],
})

const WEEKS_A_BATCH = 200

/**
 * Weekly plans of the pilots' clinics, the calendars of their doctors, and what the plans publish from today on; answers how many slots.
 * A slot that has begun is not published.
 */
export const insertPlans = async (tx: Tx, facts: PlanFacts): Promise<number> => {
  const { rulebook, now, today } = facts
  const daysAhead = valueOn(rulebook, 'booking.plan-days-ahead', today)
  const weeks = weeksOf(facts)
  await insertRows(tx, 'booking.calendar', weeks.flatMap(calendarRow))
  await insertRows(
    tx,
    'booking.plan',
    weeks.map((week) => planRow(week, daysAhead, today)),
  )
  await insertRows(tx, 'booking.plan_session', weeks.flatMap(sessionRows))
  let published = 0
  for (let at = 0; at < weeks.length; at += WEEKS_A_BATCH) {
    const pools = weeks.slice(at, at + WEEKS_A_BATCH).flatMap((week) =>
      sharedSlots(week, [today, plusDays(today, daysAhead - 1)], facts)
        .filter(({ startsAt }) => startsAt > now)
        .map((slot) => poolRow(week, slot)),
    )
    published += await insertRows(tx, 'booking.pool', pools)
    await insertRows(tx, 'booking.calendar_span', pools.filter((pool) => pool['calendar_id'] !== null).map(spanRow))
  }
  await insertException(tx, weeks.find(isAway), plusDays(today, daysAhead))
  return published
}

const insertException = async (tx: Tx, week: Week | undefined, after: Day): Promise<void> => {
  if (!week) return
  const { sessions, id } = week.plan
  const days = Array.from({ length: WEEK_DAYS }, (_none, at) => plusDays(after, at))
  const day = days.find((one) => sessions.some(({ weekday }) => weekday === weekdayOf(one)))
  const row = { org_id: week.clinics[0].institution, id: newId(), plan_id: id, day, kind: 'closed', reason: '外出参加学术会议' }
  await insertRows(tx, 'booking.plan_exception', [row])
}
