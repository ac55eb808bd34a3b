import { acknowledgeConflict, feedOccupancy, giveUpGap, mapFeedRef } from './forms.ts'
import { feedHealth } from './health.ts'

export { occupancyRefusals } from './contract.ts'

/** What can be asked of hospitals' feeds of slots and beds. */
export const occupancyForms = {
  'booking.feed-occupancy': feedOccupancy,
  'booking.map-feed-ref': mapFeedRef,
  'booking.give-up-gap': giveUpGap,
  'booking.acknowledge-conflict': acknowledgeConflict,
  'booking.feed-health': feedHealth,
} as const
