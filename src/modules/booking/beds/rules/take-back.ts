import type { PoolId, Share } from '../../booking.ts'
import type { GroupId, StaySex } from '../beds.ts'
import type { BedDay } from './plan-stay.ts'

/** A stay that is offered and not answered yet: the bed-days that it holds, and of which share each was drawn. */
export type OfferedStay = {
  readonly id: GroupId
  readonly sex: StaySex
  readonly shares: ReadonlyMap<PoolId, Share>
}

const withoutStay = (day: BedDay, { sex, shares }: OfferedStay): BedDay => {
  const share = day.pool && shares.get(day.pool.id)
  if (!day.pool || !share) return day
  const { usedReserved, usedEmergency, usedOpen } = day.pool
  const pool = {
    ...day.pool,
    usedReserved: usedReserved - (share === 'reserved' ? 1 : 0),
    usedEmergency: usedEmergency - (share === 'emergency' ? 1 : 0),
    usedOpen: usedOpen - (share === 'open' ? 1 : 0),
  }
  const [men, women] = sex === 'male' ? [day.men - 1, day.women] : [day.men, day.women - 1]
  return { ...day, pool, men, women }
}

/** The days of a class as they stand once some offered stays have gone back. */
export const daysWithout = (days: readonly BedDay[], stays: readonly OfferedStay[]): BedDay[] =>
  days.map((day) => stays.reduce(withoutStay, day))

/**
 * Which offered stays go back when a class of beds can hold less: only such as lie on a day without room, the last in the order first,
 * and of those only as many as must. Where even all of them are not enough the answer is all of them: whatever is booked then says why.
 * `offered` in order, who stands first first. Source: design; an offer promises nothing before it is accepted.
 */
export const staysToTakeBack = (
  days: readonly BedDay[],
  offered: readonly OfferedStay[],
  hasRoom: (day: BedDay) => boolean,
): OfferedStay[] => {
  const lacks = (back: readonly OfferedStay[]): BedDay[] => daysWithout(days, back).filter((day) => !hasRoom(day))
  const back: OfferedStay[] = []
  for (const stay of offered.toReversed())
    if (lacks(back).some(({ pool }) => pool !== null && stay.shares.has(pool.id))) back.push(stay)
  if (lacks(back).length > 0) return back
  // Who was taken for one day may be spared by another who was taken for more days; the first in order is spared first.
  return back.toReversed().reduce<OfferedStay[]>((left, stay) => {
    const others = left.filter((one) => one !== stay)
    return lacks(others).length === 0 ? others : left
  }, back)
}
