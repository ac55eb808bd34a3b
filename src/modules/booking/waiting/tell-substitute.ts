import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { GIVEN_BACK, type BookingId } from '../booking.ts'
import * as units from '../store.ts'
import { substituteInput } from './contract.ts'
import { tell } from './offer-store.ts'

/** Whoever has booked is told by whom they will be seen instead, once for each change. */
export const tellSubstitute = command({
  name: 'booking.tell-substitute',
  by: ['system@anyone'],
  basis: 'S2 分时段预约:替诊告知',
  does: { zh: '替诊时告知已约的人由谁接诊。', en: 'Tells whoever has booked which doctor stands in.' },
  input: substituteInput,
  read: async (tx, { org, booking }) => {
    const found = await units.findBooking(tx, org as OrgId, booking as BookingId)
    return found && { booking: found, pool: await units.findPool(tx, found.org, found.pool) }
  },
  subject: ({ booking }) => ({ person: booking.person }),
  decide: ({ booking, pool }, { change }, act) => {
    // Given back in the meantime, or begun: there is nobody to tell any more.
    if (!pool || GIVEN_BACK.includes(booking.state) || act.now >= pool.startsAt) return refuse('booking.nothing-to-tell')
    const { specialty, startsAt, doctorZh, doctorEn } = pool
    const data = { specialty, startsAt, doctorZh, doctorEn }
    const { person, org } = booking
    return ok({
      change: { person, id: act.newId(), kind: 'doctor-changed' as const, subject: change, org, data },
      answer: { told: true },
    })
  },
  write: async (tx, notice, act) => void (await tell(tx, notice, act.now)),
})
