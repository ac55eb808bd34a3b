import { newId } from '../../src/kernel/id.ts'
import type { Target } from './probe.ts'
import type { World } from './world.ts'

// Calendars, weekly plans and stops of clinic: one's own institution's, and the plan of the hospital of Chinese medicine.

const reason = '演示用的理由'
const unused = newId()
const DAY = '2030-01-02'
const week = { kind: 'ordinary', specialty: '0304', sessions: [{ weekday: 2, from: '08:00', to: '09:00', capacity: 2 }] }

const ofPlan = (more: object = {}): Target => ({
  about: 'pool',
  input: ({ planned }: World) => ({ plan: planned.plan, ...more }),
  absent: () => ({ plan: unused, ...more }),
})
const own = (input: object = {}): Target => ({ about: 'own', input: () => input })

export const TARGETS_OF_PLANS: Readonly<Record<string, Target | readonly Target[]>> = {
  'booking.save-calendar': [
    own({ kind: 'doctor', name: { zh: '演示医生' } }),
    {
      about: 'pool',
      input: ({ planned }: World) => ({ calendar: planned.calendar, kind: 'doctor', name: { zh: '演示医生' } }),
      absent: () => ({ calendar: unused, kind: 'doctor', name: { zh: '演示医生' } }),
    },
  ],
  'booking.calendars': own(),
  'booking.save-plan': [own(week), ofPlan(week)],
  'booking.copy-plan': ofPlan(),
  'booking.end-plan': ofPlan({ on: DAY }),
  'booking.plans': own(),
  'booking.plan-days': [own(), ofPlan()],
  'booking.add-exception': [own({ kind: 'closed', day: DAY, reason }), ofPlan({ kind: 'closed', day: DAY, reason })],
  'booking.remove-exception': {
    about: 'pool',
    input: ({ planned }: World) => ({ exception: planned.exception }),
    absent: () => ({ exception: unused }),
  },
  'booking.stop-clinic': {
    about: 'pool',
    input: ({ unit }: World) => ({ pool: unit.pool, reason }),
    absent: () => ({ pool: unused, reason }),
  },
  'booking.stop-preview': {
    about: 'pool',
    input: ({ unit }: World) => ({ pool: unit.pool }),
    absent: () => ({ pool: unused }),
  },
}
