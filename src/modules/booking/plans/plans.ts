import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Brand, OrgId } from '../../../kernel/id.ts'
import type { Pool, UnitKind } from '../booking.ts'

export type PlanId = Brand<string, 'PlanId'>
export type CalendarId = Brand<string, 'CalendarId'>
export type ExceptionId = Brand<string, 'ExceptionId'>

export const CALENDAR_KINDS = ['doctor', 'device', 'room', 'centre'] as const
export type CalendarKind = (typeof CALENDAR_KINDS)[number]
/** What a weekly plan has units of; bed-days are published by their ward. */
export const PLAN_UNIT_KINDS = ['visit', 'exam', 'session'] as const satisfies readonly UnitKind[]
export const EXCEPTION_KINDS = ['closed', 'extra', 'worked', 'substitute'] as const
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number]

/** Whoever or whatever can be in one place at a time. It lives with the employer or owner, who may share it with other workplaces. */
export type Calendar = {
  readonly org: OrgId
  readonly id: CalendarId
  readonly kind: CalendarKind
  readonly nameZh: string
  readonly nameEn: string | null
  readonly specialty: string | null
  readonly staff: string | null
  readonly sharedWith: readonly OrgId[]
}

/** A part of a weekday: from and to in minutes of the day, `capacity` units in each slot of it. Weekdays as ISO: Monday is 1. */
export type Session = { readonly weekday: number; readonly from: number; readonly to: number; readonly capacity: number }

/** The week of one service, and for which days it holds. */
export type Plan = {
  readonly org: OrgId
  readonly id: PlanId
  readonly unitKind: (typeof PLAN_UNIT_KINDS)[number]
  readonly kind: Pool['kind']
  readonly specialty: string
  readonly serviceZh: string | null
  readonly serviceEn: string | null
  readonly calendarOrg: OrgId | null
  readonly calendar: CalendarId | null
  /** Length of a slot. */
  readonly minutes: number
  readonly placeZh: string | null
  readonly placeEn: string | null
  readonly validFrom: Day
  readonly validUntil: Day | null
  readonly daysAhead: number
  readonly makeUpWeekday: number | null
  readonly worksOnHolidays: boolean
  readonly version: number
  readonly publishedThrough: Day | null
  readonly sessions: readonly Session[]
}

/** A day that is not as the week says; of one plan, or of the whole institution. */
export type PlanException = {
  readonly org: OrgId
  readonly id: ExceptionId
  readonly plan: PlanId | null
  readonly day: Day
  readonly kind: ExceptionKind
  readonly from: number | null
  readonly to: number | null
  readonly capacity: number | null
  readonly asWeekday: number | null
  readonly calendarOrg: OrgId | null
  readonly calendar: CalendarId | null
  readonly reason: string
}

/** A slot that a plan asks for. */
export type PlannedSlot = {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly capacity: number
  readonly calendarOrg: OrgId | null
  readonly calendar: CalendarId | null
}

/** A published pool as planning sees it. */
export type PlannedPool = Pool & { readonly stopReason: string | null }

/** Time that is taken of a calendar, and where. */
export type CalendarSpan = {
  readonly org: OrgId
  readonly calendar: CalendarId
  readonly from: Instant
  readonly until: Instant
  readonly place: OrgId
  readonly pool: string
}

/** Why a pool no longer stands that its plan has given up: unsold then, and to be had again when the plan asks for it again. */
export const GIVEN_UP = 'plan'

/** Units that somebody counts on: sold ones, and those promised by vouchers. */
export const soldOf = (pool: Pool): number => pool.usedReserved + pool.usedEmergency + pool.usedOpen + pool.allotted
