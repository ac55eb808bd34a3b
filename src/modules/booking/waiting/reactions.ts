import type { DeliveredEvent, Json, Reaction } from '../../../platform/forms/form.ts'

/** A unit came back: its offer, if it was one, is settled, and the next in line is offered the unit. */
const freed = (event: DeliveredEvent): Json => ({ org: event.org, booking: event.caseId, pool: event.data['pool'] })
const freedBeds = (event: DeliveredEvent): Json => ({ org: event.org, group: event.caseId })
const joined = (event: DeliveredEvent): Json => ({ person: event.person ?? '0', waiting: event.caseId })

/**
 * What the waiting list does when something happens. Units published or released by the thousand are looked through by the sweep,
 * so that the events of a whole plan do not hold up those of people.
 */
export const waitingReactions: readonly Reaction[] = [
  { consumer: 'booking.offer-after-cancel', on: 'booking.cancelled', command: 'booking.offer-freed', input: freed },
  { consumer: 'booking.offer-after-expiry', on: 'booking.expired', command: 'booking.offer-freed', input: freed },
  { consumer: 'booking.offer-after-move', on: 'booking.moved', command: 'booking.offer-freed', input: freed },
  // Days of a stay came back: the beds of its place are offered as stays.
  { consumer: 'booking.offer-bed-after-cancel', on: 'booking.group-cancelled', command: 'booking.offer-stay', input: freedBeds },
  { consumer: 'booking.offer-bed-after-expiry', on: 'booking.group-expired', command: 'booking.offer-stay', input: freedBeds },
  {
    consumer: 'booking.offer-bed-after-discharge',
    on: 'booking.stay-discharged',
    command: 'booking.offer-stay',
    input: freedBeds,
  },
  { consumer: 'booking.offer-bed-after-missed', on: 'booking.stay-missed', command: 'booking.offer-stay', input: freedBeds },
  { consumer: 'booking.offer-bed-after-change', on: 'booking.stay-changed', command: 'booking.offer-stay', input: freedBeds },
  { consumer: 'booking.look-for-bed-after-joining', on: 'booking.waiting-joined', command: 'booking.offer-stay', input: joined },
  {
    consumer: 'booking.look-for-bed-in-new-places',
    on: 'booking.waiting-places-changed',
    command: 'booking.offer-stay',
    input: joined,
  },
  { consumer: 'booking.look-after-joining', on: 'booking.waiting-joined', command: 'booking.look-for-unit', input: joined },
  {
    consumer: 'booking.look-in-new-places',
    on: 'booking.waiting-places-changed',
    command: 'booking.look-for-unit',
    input: joined,
  },
  {
    consumer: 'booking.tell-after-substitute',
    on: 'booking.doctor-changed',
    command: 'booking.tell-substitute',
    input: (event) => ({ org: event.org, booking: event.caseId, change: event.id }),
  },
  {
    consumer: 'booking.rehome-after-stop',
    on: 'booking.clinic-stopped',
    command: 'booking.rehome',
    input: (event) => ({ org: event.org, pool: event.data['pool'] }),
  },
]
