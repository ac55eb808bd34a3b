import { plusDays, dayOf, instantAt } from '../../../kernel/day.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { bodiesOfSource } from '../../health-record/index.ts'
import { visitSystem, type Origin } from '../draft.ts'
import type { FrontPage } from './read.ts'
import { keyOfStay, type JoinedVisit } from './resources.ts'
import type { KnownStay } from './store.ts'

type KeptEncounter = {
  readonly id?: string
  readonly resourceType?: string
  readonly meta?: object
  readonly status?: string
  readonly class?: { readonly code?: string }
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[]
  readonly [element: string]: unknown
}

/**
 * The inpatient visit of the same person, begun on the same day, that the hospital's messages have told of: a page of it is no second
 * stay. Two such visits on one day, or none: null, the page stands for itself. A page that stood for itself before goes on so.
 */
export const findVisitOf = async (
  db: Queryable,
  page: Pick<FrontPage, 'admittedAt' | 'recordNo' | 'stayNo'>,
  before: KnownStay | null,
  { org, person, source, zone }: Origin,
): Promise<JoinedVisit | null> => {
  if (before && before.visit === null) return null
  const day = dayOf(before?.admittedAt ?? page.admittedAt, zone)
  const span = { from: instantAt(day, '00:00', zone), until: instantAt(plusDays(day, 1), '00:00', zone) }
  const bodies = await bodiesOfSource(db, source, { person, type: 'Encounter', ...span })
  const visits = bodies.flatMap((body): (JoinedVisit & { isOfPage: boolean })[] => {
    const { id: _id, resourceType: _type, meta: _meta, ...encounter } = JSON.parse(body) as KeptEncounter
    const numbers = encounter.identifier ?? []
    const number = numbers.find(({ system }) => system === visitSystem(org))?.value
    const isStay = encounter.class?.code === 'IMP' && encounter.status !== 'cancelled'
    return number !== undefined && isStay ? [{ number, key: number, encounter, isOfPage: numbers.length > 1 }] : []
  })
  const own = before && visits.find(({ number }) => number === before.visit)
  if (before) return own ? { ...own, key: before.cameFirst ? keyOfStay(page) : own.key } : null
  const [only, ...others] = visits.filter(({ isOfPage }) => !isOfPage)
  return only && others.length === 0 ? only : null
}
