import { lazy, Suspense } from 'react'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { CaseInSight } from '../case-panels.tsx'

// Loaded with the first case that is opened, not with the desk: the phone's first screen stays light.
const ThreadCard = lazy(() => import('./thread-card.tsx').then((part) => ({ default: part.ThreadCard })))

/** The messages between the two sides of a case; a draft has no other side yet. */
export const ThreadPanel = ({ referral }: { referral: CaseInSight }) =>
  referral.state === 'draft' || referral.state === 'not-agreed' ? null : (
    <Suspense fallback={<Skeleton lines={4} />}>
      <ThreadCard key={referral.id} referral={referral} />
    </Suspense>
  )
