import { serverNow } from '../../api/server-clock.ts'
import { useApi } from '../../api/use-api.ts'
import { useOutbox } from '../../api/use-outbox.tsx'
import { promisable, type Voucher } from './promisable.ts'

/** The units that this institution may promise, even while it is cut off. */
export const useVouchers = (): Voucher[] => {
  const { data } = useApi('booking.vouchers-mine', {}, { follows: ['referral'] })
  const { held } = useOutbox()
  return promisable(data?.vouchers ?? [], held, serverNow())
}
