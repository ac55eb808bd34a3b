import { plusHours } from '../../../kernel/clock.ts'
import { ok } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { noInput } from '../contract.ts'
import * as store from './store.ts'

const HOURS_A_DAY = 24
/** So many of one institution at a time: a move holds its rows for a moment only. */
const MOVED_AT_ONCE = 5_000

export const keepPast = command({
  name: 'booking.keep-past',
  by: ['system@anyone'],
  basis: '在用表不随年份增长 (设计值)',
  does: {
    zh: '久已结束的预约移入按日归档,内容不变,仍可查。',
    en: 'Moves bookings that ended long ago to the day that they were made on; they stay as they are and can be read.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    const madeBefore = plusHours(act.now, -HOURS_A_DAY * act.policy('booking.keep-days'))
    return { madeBefore, orgs: await store.findOrgsWithOld(tx, madeBefore) }
  },
  decide: (work) => ok({ change: work, answer: { institutions: work.orgs.length }, events: [] }),
  write: async (tx, { madeBefore, orgs }) => {
    for (const org of orgs) await store.keepPast(tx, org, madeBefore, MOVED_AT_ONCE)
  },
})
