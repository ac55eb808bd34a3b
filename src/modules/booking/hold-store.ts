import type { Instant } from '../../kernel/clock.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import type { Booking } from './booking.ts'

/**
 * Keeps a held unit of a case for longer, because the case waits for somebody else in between. Never shortens a hold,
 * and leaves alone what is no longer held.
 */
export const prolongHold = async (tx: Tx, booking: Booking, until: Instant): Promise<void> => {
  await tx.run(
    sql`update booking.booking set hold_until = greatest(hold_until, ${until}) where org_id = ${booking.org} and id = ${booking.id} and state = 'held'`,
  )
}
