import type { Day } from '../../../../kernel/day.ts'
import type { Refusal } from '../../../../kernel/result.ts'
import type { Bed, BedId, GroupId, Stay, StaySex } from '../beds.ts'
import type { BedDay } from './plan-stay.ts'
import { roomsHold } from './room-rule.ts'

export type Mate = { readonly bed: BedId; readonly stay: GroupId; readonly sex: StaySex; readonly from: Day; readonly until: Day }
/** What a bed is named for: for later, or for somebody who lies down in it now. */
export type Purpose = 'later' | 'now'
export type BedAsked = {
  readonly stay: Pick<Stay, 'id' | 'ward' | 'sex' | 'isolation'>
  readonly bed: Bed
  readonly purpose: Purpose
  /** Everybody with a named bed of the room in those days. */
  readonly mates: readonly Mate[]
  /** Somebody else who has not left the bed yet. */
  readonly isOccupied: boolean
}

/**
 * Every reason why a stay may not have a bed: it must be of the ward, for the stay's sex and isolation, open, and free on all days;
 * a room for any sex holds one sex. Who lies down now needs a bed that is ready and left by whoever was in it.
 */
export const faultsOfBed = ({ stay, bed, purpose, mates, isOccupied }: BedAsked): Refusal[] => {
  const fits = bed.ward === stay.ward && bed.isolation === stay.isolation && (bed.sex === stay.sex || bed.sex === 'any')
  const others = mates.filter((mate) => mate.stay !== stay.id)
  const [taken] = others.filter((mate) => mate.bed === bed.id)
  return [
    ...(fits ? [] : [{ code: 'booking.bed-not-fitting' }]),
    ...(bed.closedAt ? [{ code: 'booking.bed-closed' }] : []),
    ...(purpose === 'now' && isOccupied ? [{ code: 'booking.bed-occupied' }] : []),
    ...(purpose === 'now' && bed.cleaningSince && !isOccupied ? [{ code: 'booking.bed-cleaning' }] : []),
    ...(taken ? [{ code: 'booking.bed-taken-until', detail: { from: taken.from, until: taken.until } }] : []),
    ...(others.some((mate) => mate.sex !== stay.sex) ? [{ code: 'booking.bed-other-sex-room' }] : []),
  ]
}

/**
 * The first day on which naming a bed of the room would leave the others of the class without rooms of their own; null when they all
 * find one. `men` and `women` of a day include the stay itself; its earlier bed is no longer counted in `rooms`.
 */
export const dayWithoutRooms = (
  days: readonly { readonly day: Day; readonly rooms: BedDay['rooms']; readonly men: number; readonly women: number }[],
  room: string,
  sex: StaySex,
): Day | null => {
  const named = (one: { readonly room: string; readonly beds: number; readonly men: number; readonly women: number }) =>
    one.room === room ? { ...one, men: one.men + (sex === 'male' ? 1 : 0), women: one.women + (sex === 'female' ? 1 : 0) } : one
  return days.find(({ rooms, men, women }) => !roomsHold(rooms.map(named), men, women))?.day ?? null
}
