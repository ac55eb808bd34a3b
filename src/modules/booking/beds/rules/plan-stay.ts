import type { Instant } from '../../../../kernel/clock.ts'
import type { Day } from '../../../../kernel/day.ts'
import { ok, refuseAll, type Refusal, type Result } from '../../../../kernel/result.ts'
import type { Channel, Pool, Share } from '../../booking.ts'
import { drawUnit } from '../../rules/draw-unit.ts'
import type { BedSex, StaySex } from '../beds.ts'
import { roomsHold, type RoomDay } from './room-rule.ts'

/** What is known of one class of beds on one day. */
export type BedDay = {
  readonly day: Day
  /** Null: not published. */
  readonly pool: Pool | null
  readonly rooms: readonly (RoomDay & { readonly room: string })[]
  /** Men and women who have drawn a bed-day of it, named bed or not. */
  readonly men: number
  readonly women: number
}
export type ClassDays = { readonly sex: BedSex; readonly days: readonly BedDay[] }
export type StayAsked = {
  readonly sex: StaySex
  readonly channel: Channel
  readonly taken: ReadonlySet<Day>
  readonly ahead: number
}

type Reason = Refusal<
  | 'booking.bed-none-free'
  | 'booking.bed-only-reserved'
  | 'booking.bed-room-sex'
  | 'booking.bed-not-published'
  | 'booking.bed-day-over'
  | 'booking.bed-person-elsewhere'
>
export type DrawnDay = { readonly pool: Pool; readonly share: Share }

/** A bed-day may be drawn until it ends: somebody who is taken in tonight needs a bed tonight. */
const drawBedDay = (pool: Pool, channel: Channel, now: Instant) => drawUnit({ ...pool, startsAt: pool.endsAt }, channel, now)

const dayOfClass = (
  sexOfBeds: BedSex,
  { day, pool, rooms, men, women }: BedDay,
  asked: StayAsked,
  now: Instant,
): Result<DrawnDay, Reason['code']> => {
  const no = (code: Reason['code']) => refuseAll<Reason['code']>([{ code, detail: { day, ahead: asked.ahead } }])
  if (asked.taken.has(day)) return no('booking.bed-person-elsewhere')
  if (!pool) return no('booking.bed-not-published')
  const share = drawBedDay(pool, asked.channel, now)
  if (!share.ok) {
    const code = share.refusals[0]?.code
    if (code === 'booking.slot-has-begun') return no('booking.bed-day-over')
    return no(code === 'booking.only-reserved-left' ? 'booking.bed-only-reserved' : 'booking.bed-none-free')
  }
  const more = asked.sex === 'male' ? [men + 1, women] : [men, women + 1]
  if (sexOfBeds === 'any' && !roomsHold(rooms, more[0] as number, more[1] as number)) return no('booking.bed-room-sex')
  return ok({ pool, share: share.value })
}

/**
 * The bed-days of a stay in one class of beds, or every day that fails and why.
 * A room for any sex holds one sex at a time, so a free bed there may still be of no use.
 */
export const drawDays = ({ sex, days }: ClassDays, asked: StayAsked, now: Instant): Result<DrawnDay[], Reason['code']> => {
  const found = days.map((day) => dayOfClass(sex, day, asked, now))
  const refusals = found.flatMap((one) => (one.ok ? [] : one.refusals))
  return refusals.length > 0 ? refuseAll(refusals) : ok(found.flatMap((one) => (one.ok ? [one.value] : [])))
}

/**
 * The first of the classes, best first, that has a unit on every day; all days of a stay are of one class, so that one bed can be
 * theirs. Refuses with every day that fails in the class that fails on the fewest.
 */
export const planStay = <Class extends ClassDays>(
  classes: readonly Class[],
  asked: StayAsked,
  now: Instant,
): Result<{ readonly of: Class; readonly days: DrawnDay[] }, Reason['code']> => {
  let nearest: readonly Refusal<Reason['code']>[] | null = null
  for (const one of classes) {
    const found = drawDays(one, asked, now)
    if (found.ok) return ok({ of: one, days: found.value })
    if (!nearest || found.refusals.length < nearest.length) nearest = found.refusals
  }
  return refuseAll(nearest ?? [])
}
