import type { CaseInSight } from '../case-panels.tsx'

/** The messages between the two sides of a case. */
export const ThreadPanel = ({ referral }: { referral: CaseInSight }) => (referral.id === '' ? null : null)
