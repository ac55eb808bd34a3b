import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import { freeUnitsOf } from '../rules/draw-unit.ts'
import type { Bed, BedSex, Stay, StaySex, Ward } from './beds.ts'
import type { KnownClass } from './class-days.ts'
import type { BedDay } from './rules/plan-stay.ts'
import { roomsHoldMore } from './rules/room-rule.ts'

export const BED_STATES = ['free', 'kept', 'occupied', 'cleaning', 'closed'] as const
/** What a bed is now: `kept` is free and named for somebody who is expected today. */
export type BedState = (typeof BED_STATES)[number]

/** A stay as a board shows it: who lies there is not named. */
export type ShownStay = {
  stay: string
  sex: StaySex
  isolation: boolean
  from: Day
  until: Day
  overdueSince: Day | null
  state: 'planned' | 'admitted'
  isHeld: boolean
  bed: string | null
}
export type ShownBed = {
  bed: string
  room: string
  label: string
  sex: BedSex
  isolation: boolean
  state: BedState
  closeReason: string | null
  stay: ShownStay | null
  /** Who is expected in it next. */
  next: ShownStay | null
}
/** Free bed-days of a class on a day; `men` and `women`: how many of them could still be taken in, by the rule of rooms. */
export type ShownBedDay = {
  day: Day
  capacity: number
  open: number
  reserved: number
  emergency: number
  men: number
  women: number
}
export type ShownBedClass = { class: string; sex: BedSex; isolation: boolean; days: ShownBedDay[] }
export type ShownWard = { org: string; ward: string; name: { zh: string; en: string | null }; specialty: string }

export const shownWard = ({ org, id, zh, en, specialty }: Ward): ShownWard => ({ org, ward: id, name: { zh, en }, specialty })

export const shownStay = (stay: Stay, held: ReadonlySet<string>): ShownStay => ({
  stay: stay.id,
  sex: stay.sex,
  isolation: stay.isolation,
  from: stay.fromOn,
  until: stay.untilOn,
  overdueSince: stay.overdueSince,
  state: stay.state === 'admitted' ? 'admitted' : 'planned',
  isHeld: held.has(stay.id),
  bed: stay.bed,
})

const stateOf = (bed: Bed, inIt: Stay | undefined, next: Stay | undefined, today: Day): BedState => {
  if (bed.closedAt) return 'closed'
  if (inIt) return 'occupied'
  if (bed.cleaningSince) return 'cleaning'
  return next && next.fromOn <= today ? 'kept' : 'free'
}

/** A bed with who lies in it and who is expected next. */
export const shownBed = (bed: Bed, stays: readonly Stay[], held: ReadonlySet<string>, today: Day): ShownBed => {
  const ofBed = stays.filter((stay) => stay.bed === bed.id)
  const inIt = ofBed.find(({ state }) => state === 'admitted')
  const next = ofBed.find(({ state }) => state === 'planned')
  return {
    bed: bed.id,
    room: bed.room,
    label: bed.label,
    sex: bed.sex,
    isolation: bed.isolation,
    state: stateOf(bed, inIt, next, today),
    closeReason: bed.closeReason,
    stay: inIt ? shownStay(inIt, held) : null,
    next: next ? shownStay(next, held) : null,
  }
}

const shownDay = ({ day, pool, rooms, men, women }: BedDay, sex: BedSex, now: Instant): ShownBedDay => {
  const free = pool && now < pool.endsAt ? freeUnitsOf(pool, now) : { open: 0, reserved: 0, emergency: 0 }
  const most = free.open + free.reserved + free.emergency
  const more = (asked: StaySex): number => {
    if (sex !== 'any') return sex === asked ? most : 0
    return roomsHoldMore(rooms, { men, women }, asked, most)
  }
  return { day, capacity: pool?.capacity ?? 0, ...free, men: more('male'), women: more('female') }
}

export const shownClass = ({ id, sex, isolation, days }: KnownClass, now: Instant): ShownBedClass => ({
  class: id,
  sex,
  isolation,
  days: days.map((day) => shownDay(day, sex, now)),
})
