import type { MyBooking } from './my-bookings.tsx'

/** A row of the list: one unit, or the days of one stay under the first of them. */
export type Listed = { readonly booking: MyBooking; readonly days: number }

/** The days of a stay are one thing to the person who lies there; everything else stands by itself. */
export const listedOf = (bookings: readonly MyBooking[]): Listed[] => {
  const rows = new Map<string, { booking: MyBooking; days: number }>()
  for (const booking of bookings) {
    const isOfStay = booking.unitKind === 'bed-day' && booking.group !== null
    const key = isOfStay ? `${booking.org} ${booking.group} ${booking.state}` : booking.id
    const row = rows.get(key)
    if (row) row.days += 1
    else rows.set(key, { booking, days: 1 })
  }
  return [...rows.values()]
}
