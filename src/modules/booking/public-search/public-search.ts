import { plusHours } from '../../../kernel/clock.ts'
import { dayOf, instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { institutionsOf, specialtyName } from '../../organisations/index.ts'
import { shownSlot } from '../forms.ts'
import type { PublicFree, PublicPlaces, PublicQuestion } from './contract.ts'
import { freshAnswers } from './fresh-answers.ts'
import * as store from './store.ts'

/** Publication: what is offered must not have been gone for longer than a second. */
const OLDEST_MS = 1_000
/** Services and places change by the day, not by the second. */
const PLACES_OLDEST_MS = 60_000
const KEPT_MOST = 500
const SHOWN_MOST = 100
const DAYS_AHEAD = 14
const HOURS_A_DAY = 24

const named = (name: { zh: string; en?: string | null | undefined }) => ({ zh: name.zh, en: name.en ?? null })

const askFree = (house: House, question: PublicQuestion): Promise<PublicFree> =>
  asSystem(house.database).transaction(async (tx) => {
    const asOf = await databaseNow(tx)
    const first = (question.day as Day | undefined) ?? dayOf(asOf, house.zone)
    const from = instantAt(first, '00:00', house.zone)
    const pools = await store.findPublicPools(tx, {
      specialty: question.specialty ?? null,
      org: (question.org as OrgId | undefined) ?? null,
      doctor: question.doctor ?? null,
      from,
      until: question.day ? instantAt(plusDays(first, 1), '00:00', house.zone) : plusHours(from, DAYS_AHEAD * HOURS_A_DAY),
      now: asOf,
      limit: SHOWN_MOST,
    })
    const institutions = await institutionsOf(tx, [...new Set(pools.map(({ org }) => org))])
    return {
      asOf,
      slots: pools.map((pool) => {
        const { org, pool: id, specialty, kind, doctor, place, startsAt, endsAt, free } = shownSlot(pool, asOf)
        return { org, pool: id, specialty, kind, doctor, place, startsAt, endsAt, free }
      }),
      institutions: institutions.map(({ id, name, tier }) => ({ id, name: named(name), tier })),
    }
  }, 'read')

const askPlaces = (house: House): Promise<PublicPlaces> =>
  asSystem(house.database).transaction(async (tx) => {
    const asOf = await databaseNow(tx)
    const offered = await store.findOffered(tx, asOf, plusHours(asOf, DAYS_AHEAD * HOURS_A_DAY))
    const codes = [...new Set(offered.map(({ specialty }) => specialty))].toSorted()
    const names = await Promise.all(codes.map(async (code) => ({ code, name: await specialtyName(tx, code) })))
    const institutions = await institutionsOf(tx, [...new Set(offered.map(({ org }) => org))])
    return {
      asOf,
      specialties: names.map(({ code, name }) => ({ code, name: name ?? { zh: code, en: null } })),
      institutions: institutions.map(({ id, name }) => ({ id, name: named(name) })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }
  }, 'read')

export type PublicSearch = {
  /** Slots that a direct booking could draw from, as of a moment not longer ago than a second. */
  readonly free: (question: PublicQuestion) => Promise<PublicFree>
  readonly places: () => Promise<PublicPlaces>
}

/** The public search of one process. `now` is a clock in milliseconds that never goes back. */
export const publicSearch = (house: House, now: () => number): PublicSearch => {
  const free = freshAnswers<PublicFree>(OLDEST_MS, KEPT_MOST, now)
  const places = freshAnswers<PublicPlaces>(PLACES_OLDEST_MS, 1, now)
  return {
    free: (question) => {
      const { specialty = '', org = '', day = '', doctor = '' } = question
      return free.of([specialty, org, day, doctor.toLowerCase()].join('\n'), () => askFree(house, question))
    },
    places: () => places.of('', () => askPlaces(house)),
  }
}
