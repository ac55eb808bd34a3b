import { lazy, Suspense } from 'react'
import type { CaseInSight } from '../case-panels.tsx'

// Most cases are looked at before anybody thinks of the way home.
const WayHome = lazy(() => import('./way-home.tsx').then((part) => ({ default: part.WayHome })))

const inside: readonly CaseInSight['state'][] = [
  'arrived',
  'in-treatment',
  'discharged',
  'handed-back',
  'received',
  'followed-up',
  'closed',
]

/** What the way home needs: readiness of the receiver, plan of rehabilitation; nothing before the person has arrived. */
export const ContinuityPanel = ({ referral }: { referral: CaseInSight }) =>
  inside.includes(referral.state) || (referral.direction === 'down' && referral.state !== 'draft') ? (
    <Suspense fallback={null}>
      <WayHome referral={referral} />
    </Suspense>
  ) : null
