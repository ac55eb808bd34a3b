import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'
import { named } from './targets-of-waiting.ts'

// Quotas, the right to book directly, and the feeds of hospitals' own systems.

const reason = '演示用的理由'
const unused = newId()
const NO_ID = '999999999999'
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })

/** A slot of the hospital of Chinese medicine. */
const ofSlot = (more: object): Target => ({
  about: 'pool',
  input: ({ unit }) => ({ ...unit, ...more }),
  absent: ({ unit }) => ({ ...unit, pool: unused, ...more }),
})
/** The board of the hospital of Chinese medicine, which its consortium's lead may see too. */
const ofPlace = (more: object): readonly Target[] => [
  { about: 'institution', input: () => ({ org: PLACES.countyTcm, ...more }), absent: () => ({ org: NO_ID, ...more }) },
  { about: 'own', input: () => more, isOfInstitution: true },
]

export const TARGETS_OF_QUOTAS: Readonly<Record<string, Target | readonly Target[]>> = {
  'booking.move-quota': ofSlot({ from: 'open', to: 'reserved', units: 1, reason }),
  'booking.change-capacity': ofSlot({ capacity: 10, reason }),
  'booking.quota-board': ofPlace({}),
  'booking.quota-slots': ofPlace({ day: '2026-12-01', specialty: '0304', unitKind: 'visit', kind: 'expert' }),
  'booking.my-standing': [plain(), named()],
  'booking.missed-visits': plain(),
  'booking.feed-occupancy': plain({
    source: 'his',
    messages: [{ seq: 1, at: '2026-12-01T08:00:00+08:00', entries: [{ kind: 'bed', ref: 'W1', free: 1, used: 1, capacity: 2 }] }],
  }),
  'booking.map-feed-ref': plain({ source: 'his', kind: 'bed', ref: 'W1', pool: unused }),
  'booking.give-up-gap': plain({ source: 'his', from: 1, to: 2, reason }),
  // Another institution's conflict is answered as none.
  'booking.acknowledge-conflict': plain({ conflict: unused, reason }),
  'booking.feed-health': plain(),
  'booking.lift-suspension': { about: 'nothing', input: ({ person }) => ({ person, reason }) },
}
