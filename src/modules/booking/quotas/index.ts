import { quotaBoard, quotaSlots } from './board.ts'
import { changeCapacity, moveQuota } from './forms.ts'

export { quotaRefusals } from './contract.ts'

/** What can be asked of quotas. */
export const quotaForms = {
  'booking.move-quota': moveQuota,
  'booking.change-capacity': changeCapacity,
  'booking.quota-board': quotaBoard,
  'booking.quota-slots': quotaSlots,
} as const
