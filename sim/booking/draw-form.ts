import { z } from 'zod'
import { plusMinutes } from '../../src/kernel/clock.ts'
import type { OrgId, PersonId } from '../../src/kernel/id.ts'
import {
  lockPool,
  planUnit,
  saveUnit,
  type BookingId,
  type Drawn,
  type PoolId,
  type Voucher,
} from '../../src/modules/booking/index.ts'
import { lockVoucher } from '../../src/modules/booking/voucher-store.ts'
import { command } from '../../src/platform/forms/form.ts'

/** A unit drawn by a module above, in a transaction of its own; `onRead` is told when its facts are read. */
export const drawForm = (onRead: () => Promise<void> = async () => {}) =>
  command({
    name: 'booking.simulated-draw',
    by: ['system@anyone'],
    basis: 'simulation',
    does: { zh: '模拟', en: 'A simulated draw.' },
    input: z.strictObject({
      org: z.string(),
      pool: z.string(),
      person: z.string(),
      channel: z.enum(['referral', 'direct', 'emergency']),
      minutes: z.number().nullable(),
      voucher: z.string().nullable(),
      holder: z.string().nullable(),
    }),
    read: async (tx, input) => {
      const pool = await lockPool(tx, input.org as OrgId, input.pool as PoolId)
      const voucher = input.voucher ? await lockVoucher(tx, input.org as OrgId, input.voucher as Voucher['number']) : null
      await onRead()
      return { pool, voucher }
    },
    decide: ({ pool, voucher }, input, act) => {
      const id = act.newId<BookingId>()
      const holdUntil = input.minutes === null ? null : plusMinutes(act.now, input.minutes)
      const { channel } = input
      const wish = {
        id,
        person: input.person as PersonId,
        caseId: id,
        madeByOrg: input.holder as OrgId | null,
        channel,
        holdUntil,
        voucher,
      }
      const drawn = planUnit(pool, wish, act.now)
      if (!drawn.ok) return drawn
      const key = { kind: 'booking', org: drawn.value.org, id }
      const type = holdUntil ? 'booking.held' : 'booking.confirmed'
      const ends = { org: drawn.value.org, booking: id }
      const open = holdUntil ? [{ name: 'hold', command: 'booking.expire-hold', input: ends, dueAt: holdUntil }] : []
      return {
        ok: true,
        value: {
          change: drawn.value,
          answer: { booking: id },
          events: [{ type, case: key, person: drawn.value.person, seenBy: [drawn.value.org], data: { pool: drawn.value.pool } }],
          waits: [{ case: key, open }],
        },
      } as never
    },
    write: (tx, drawn: Drawn, act) => saveUnit(tx, drawn, act),
  })
