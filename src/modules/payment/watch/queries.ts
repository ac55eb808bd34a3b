import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Name } from '../../../kernel/words.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { query } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { comparisonsInput, ticketsInput, type ShownComparedPlace, type ShownTicket } from './contract.ts'
import { comparedDaysOfAll, comparedPlaces, listAllTickets } from './watch-store.ts'

const WATCHING = ['insurer@anyone', 'health-bureau@anyone'] as const
const BASIS = 'S0 移动支付:日对账(3201、3202)'
const NOBODY: Name = { zh: '—', en: '—' }

const placesOf = async (db: Queryable, orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, Name>> =>
  new Map((await institutionsOf(db, [...new Set(orgs)])).map(({ id, name }) => [id, name]))

export const comparisons = query({
  name: 'payment.comparisons',
  by: WATCHING,
  basis: BASIS,
  does: {
    zh: '各机构的日对账:近一个月每天有几家相符,一天里每家哪本账不符。',
    en: 'The daily comparison of every institution: how many agree on each day of a month, and on one day which books of whom do not.',
  },
  input: comparisonsInput,
  read: async (tx, { day, after, limit }) => {
    const days = await comparedDaysOfAll(tx)
    const on = (day ?? days[0]?.day ?? null) as Day | null
    const found = on === null ? [] : await comparedPlaces(tx, on, { after: after ?? null, limit })
    const names = await placesOf(
      tx,
      found.map(({ org }) => org),
    )
    return { days, day: on, found, names }
  },
  answer: ({ days, day, found, names }, { limit }) => ({
    days,
    day,
    places: found.map((one): ShownComparedPlace => ({ ...one, place: names.get(one.org) ?? NOBODY })),
    next: found.length === limit ? (found.at(-1)?.org ?? null) : null,
  }),
})

export const tickets = query({
  name: 'payment.tickets',
  by: WATCHING,
  basis: BASIS,
  does: {
    zh: '各机构的差异单:谁要处理、从何时起、由谁怎样结单。待处理的老的在前,已结单的新的在前。',
    en: 'The differences of every institution: who has them to look into, since when, who closed them and how. Open ones the oldest first.',
  },
  input: ticketsInput,
  read: async (tx, { state, after, limit }) => {
    const found = await listAllTickets(tx, { state, after: after ?? null, limit })
    const names = await placesOf(
      tx,
      found.map(({ org }) => org),
    )
    return { found, names }
  },
  answer: ({ found, names }, { limit }) => ({
    tickets: found.map((one): ShownTicket => ({ ...one, place: names.get(one.org) ?? NOBODY })),
    next: found.length === limit ? (found.at(-1)?.id ?? null) : null,
  }),
})
