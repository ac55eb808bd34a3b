import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Brand, OrgId, PersonId } from '../../../kernel/id.ts'
import type { Channel } from '../booking.ts'

export type WardId = Brand<string, 'WardId'>
export type BedId = Brand<string, 'BedId'>
export type BedClassId = Brand<string, 'BedClassId'>
/** Names what was decided together; a stay has the id of its group. */
export type GroupId = Brand<string, 'GroupId'>

/** Whom a bed is for. A room whose beds are for `any` holds one sex at a time. */
export const BED_SEXES = ['male', 'female', 'any'] as const
export type BedSex = (typeof BED_SEXES)[number]
export type StaySex = Exclude<BedSex, 'any'>

export const STAY_STATES = ['planned', 'admitted', 'discharged', 'cancelled'] as const
export type StayState = (typeof STAY_STATES)[number]

export type Ward = {
  readonly org: OrgId
  readonly id: WardId
  readonly zh: string
  readonly en: string | null
  readonly specialty: string
}

/** Beds of a ward that stand in for each other: one pool of bed-days a day. */
export type BedClass = {
  readonly org: OrgId
  readonly id: BedClassId
  readonly ward: WardId
  readonly sex: BedSex
  readonly isolation: boolean
}

export type Bed = {
  readonly org: OrgId
  readonly id: BedId
  readonly ward: WardId
  readonly classId: BedClassId
  readonly sex: BedSex
  readonly isolation: boolean
  readonly room: string
  readonly label: string
  readonly closedAt: Instant | null
  readonly closeReason: string | null
  readonly cleaningSince: Instant | null
}

/** Consecutive bed-days of one person in one ward. The day of discharge takes no bed-day. */
export type Stay = {
  readonly org: OrgId
  readonly id: GroupId
  readonly ward: WardId
  readonly classId: BedClassId
  readonly person: PersonId
  readonly sex: StaySex
  readonly isolation: boolean
  readonly channel: Channel
  readonly madeByOrg: OrgId | null
  readonly caseId: string | null
  readonly fromOn: Day
  readonly untilOn: Day
  /** Since when it lasts longer than expected. */
  readonly overdueSince: Day | null
  /** Days of it for which no bed-day was left. */
  readonly uncovered: number
  readonly state: StayState
  readonly bed: BedId | null
}

/** Days on which a named bed is taken by a stay; `until` is not included. */
export type BedSpan = { readonly bed: BedId; readonly stay: GroupId; readonly from: Day; readonly until: Day }
