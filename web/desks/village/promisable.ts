import type { Queries } from '../../api/api-types.ts'
import type { QueuedCommand } from '../../api/queue.ts'

export type Voucher = Queries['booking.vouchers-mine']['answer']['vouchers'][number]

const numberIn = ({ body, state }: QueuedCommand): string | null =>
  state !== 'failed' && typeof body === 'object' && body !== null && 'voucher' in body && typeof body.voucher === 'string'
    ? body.voucher
    : null

/** Vouchers that may still be promised: not promised from this device already, and their slot not begun. */
export const promisable = (vouchers: readonly Voucher[], held: readonly QueuedCommand[], now: number): Voucher[] => {
  const used = new Set(held.map(numberIn))
  return vouchers.filter(({ number, startsAt }) => !used.has(number) && Date.parse(startsAt) > now)
}
