import { newId } from '../../src/kernel/id.ts'
import type { Target } from './probe.ts'
import { named } from './targets-of-waiting.ts'
import type { World } from './world.ts'

// The day of a visit: a queue of the hospital of Chinese medicine, a number of the one person in it, a waiting-room screen.

const unused = newId()
const reason = '演示用的理由'

const ofQueue = (more: object = {}): Target => ({
  about: 'pool',
  input: ({ visit }) => ({ queue: visit.queue, ...more }),
  absent: () => ({ queue: unused, ...more }),
})
const ofTicket = (more: object = {}): Target => ({
  about: 'booking',
  input: ({ visit }) => ({ org: visit.org, ticket: visit.ticket, ...more }),
  absent: ({ visit }) => ({ org: visit.org, ticket: unused, ...more }),
})
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })

export const TARGETS_OF_VISIT_DAY: Readonly<Record<string, Target | readonly Target[]>> = {
  'booking.check-in': {
    about: 'booking',
    input: ({ booking }: World) => booking,
    absent: ({ booking }: World) => ({ ...booking, booking: unused }),
  },
  'booking.find-arrival': plain({ text: '演示' }),
  'booking.open-queue': plain({ specialty: '0304' }),
  'booking.close-queue': ofQueue(),
  'booking.take-ticket': ofQueue(),
  'booking.queues': plain(),
  'booking.queue-board': ofQueue(),
  'booking.my-tickets': [plain(), named()],
  'booking.call-next': ofQueue(),
  'booking.recall': ofTicket(),
  'booking.pass': ofTicket(),
  'booking.enter': ofTicket(),
  'booking.serve': ofTicket(),
  'booking.leave': ofTicket({ reason }),
  'booking.open-screen': plain({ title: '二楼候诊区' }),
  'booking.close-screen': {
    about: 'pool',
    input: ({ visit }) => ({ screen: visit.screen }),
    absent: () => ({ screen: unused }),
  },
  'booking.screens': plain(),
}
