import type { Party } from '../../platform/access.ts'
import type { Reason } from './contract.ts'

/** Everybody may ask where to go. */
export const everyone: readonly Party[] = [
  'resident@anyone',
  'village-doctor@anyone',
  'family-doctor@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'consortium-manager@anyone',
  'insurer@anyone',
  'health-bureau@anyone',
  'administrator@anyone',
]

export const EMERGENCY_NOTE: Reason = {
  code: 'emergency',
  zh: '情况紧急:请立即拨打 120 或前往最近的急诊,不必等待预约。',
  en: 'This is an emergency: call 120 or go to the nearest emergency department now; do not wait for an appointment.',
}
