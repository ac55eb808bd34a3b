import type { Queries } from '../api/api-types.ts'
import { ContinuityPanel } from './continuity/continuity-panel.tsx'
import { ThreadPanel } from './correspondence/thread-panel.tsx'
import { GreenClock } from './green-channel/green-clock.tsx'
import { OffSitePanel } from './off-site/off-site-panel.tsx'
import { OrderPanel } from './recognition/order-panel.tsx'

/** The case that a desk shows, whichever desk it is. */
export type CaseInSight = Queries['referral.get']['answer']

/** What stands above the letter of a case on every desk: what runs against the clock. */
export const UrgentPanels = ({ referral }: { referral: CaseInSight }) => <GreenClock referral={referral} />

/** What stands below the letter of a case on every desk: the talk of the two sides, what is ordered, and the way home. */
export const CasePanels = ({ referral }: { referral: CaseInSight }) => (
  <>
    <OffSitePanel referral={referral} />
    <ThreadPanel referral={referral} />
    <OrderPanel person={referral.person.id} />
    <ContinuityPanel referral={referral} />
  </>
)
