import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'

const orgKey = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')

const person = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')

/** A booking of somebody, and whose it was: what was lifted is judged also when the booking itself is no longer kept. */
export const judgeStandingInput = z.strictObject({ org: orgKey, booking: z.uuid(), person })
export const liftSuspensionInput = z.strictObject({
  person,
  reason: z.string().trim().min(2).max(200),
})

export const standingRefusals = {
  'booking.nothing-missed-here': {
    kind: 'conflict',
    zh: '该居民在本机构没有计入的爽约,无可解除。如在其他机构爽约,请联系该机构。',
    en: 'No visit that this person missed here counts any more; there is nothing to lift. For visits missed elsewhere ask that institution.',
    basis: null,
  },
} as const satisfies RefusalTable
