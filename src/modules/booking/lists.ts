import { plusHours } from '../../kernel/clock.ts'
import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import { query } from '../../platform/forms/form.ts'
import { findPersons } from '../residents/index.ts'
import { looksAt, personMeant } from './behalf.ts'
import { dayListInput, forPersonInput } from './contract.ts'
import { shownSlot } from './forms.ts'
import * as store from './store.ts'

const HOURS_A_DAY = 24

export const dayList = query({
  name: 'booking.day-list',
  by: ['referral-desk@anyone', 'ward@anyone'],
  basis: '本机构当日预约',
  does: { zh: '本机构某日的预约名单。', en: 'The bookings of one’s own institution on a day.' },
  input: dayListInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const day = (input.day as Day | undefined) ?? act.today
    const from = instantAt(day, '00:00', act.zone)
    // What was made long enough ago has moved to the past; a slot is published at most so many days before it.
    const daysKept = act.policy('booking.keep-days') - act.policy('booking.publish-days-most')
    const isLongAgo = from < plusHours(act.now, -HOURS_A_DAY * daysKept)
    const until = instantAt(plusDays(day, 1), '00:00', act.zone)
    const rows = await store.bookingsOfDay(tx, act.actor.org, { from, until, isLongAgo })
    return {
      rows,
      persons: await findPersons(
        tx,
        rows.map((row) => row.person),
      ),
    }
  },
  audits: ({ rows }) => rows.map((row) => ({ person: row.person, case: row.caseId })),
  answer: ({ rows, persons }) => ({
    bookings: rows.map((row) => {
      const { zh = '', en = null } = persons.get(row.person) ?? {}
      return { ...row, name: { zh, en } }
    }),
  }),
})

export const mine = query({
  name: 'booking.mine',
  by: ['resident@anyone'],
  basis: '居民本人或其代理人',
  does: { zh: '我的预约,或我所代理的人的预约。', en: 'My bookings, or those of somebody for whom I act.' },
  input: forPersonInput,
  read: async (tx, input, act) => {
    const person = await personMeant(tx, input.person, act)
    return person && { person, slots: await store.bookingsOfPerson(tx, person, plusHours(act.now, -HOURS_A_DAY)) }
  },
  audits: ({ person }, _input, act) => looksAt(person, act),
  answer: ({ slots }, _input, act) => ({
    bookings: slots.map(({ booking, pool }) => {
      const { doctor, place, endsAt } = shownSlot(pool, act.now)
      return { ...booking, unitKind: pool.unitKind, startsAt: pool.startsAt, endsAt, specialty: pool.specialty, doctor, place }
    }),
  }),
})
