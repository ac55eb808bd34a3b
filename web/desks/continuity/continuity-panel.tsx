import type { CaseInSight } from '../case-panels.tsx'

/** What the way home needs: criteria, readiness of the receiver, plan of rehabilitation. */
export const ContinuityPanel = ({ referral }: { referral: CaseInSight }) => (referral.id === '' ? null : null)
