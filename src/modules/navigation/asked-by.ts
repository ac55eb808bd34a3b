import type { Party } from '../../platform/access.ts'

/** What is no secret: who signs in, in whatever role, may ask it. */
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
