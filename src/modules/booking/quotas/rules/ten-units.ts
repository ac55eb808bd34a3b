import { plusHours, type Instant } from '../../../../kernel/clock.ts'
import type { Clause } from '../../../../shapes/rulebook.ts'
import type { Pool } from '../../booking.ts'
import type { QuotaDay } from './may-move-quota.ts'

// What the tables of these rules are read against.
export const START = '2026-12-01T01:00:00.000Z' as Instant
export const RELEASE = plusHours(START, -24)
export const BEFORE = plusHours(RELEASE, -1)
export const LAW: Clause = { amount: 2000, basis: '20%', grade: 'sourced', unit: '' }

/** Ten units: three reserved of which one is used, one for emergencies, six open of which two are used. */
export const POOL = {
  unitKind: 'visit',
  capacity: 10,
  reserved: 3,
  usedReserved: 1,
  allotted: 0,
  emergency: 1,
  usedEmergency: 0,
  usedOpen: 2,
  startsAt: START,
  releaseAt: RELEASE,
  stoppedAt: null,
} as unknown as Pool
export const ALONE: QuotaDay = { capacity: 10, reserved: 3 }
