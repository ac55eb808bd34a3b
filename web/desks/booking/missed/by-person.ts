import type { Queries } from '../../../api/api-types.ts'

export type Missed = Queries['booking.missed-visits']['answer']
export type MissedVisit = Missed['visits'][number]

/** One person with the visits missed here: how many of them still count, and until when direct booking rests. */
export type WhoMissed = Pick<MissedVisit, 'person' | 'name' | 'suspendedUntil'> & {
  readonly visits: readonly MissedVisit[]
  readonly counted: number
}

/** Visits by person: who is suspended first, then who missed last. The visits come latest first. */
export const byPerson = (visits: readonly MissedVisit[]): WhoMissed[] =>
  [...Map.groupBy(visits, ({ person }) => person)]
    .flatMap(([person, own]) => {
      const [first] = own
      if (first === undefined) return []
      const { name, suspendedUntil } = first
      return [{ person, name, suspendedUntil, visits: own, counted: own.filter(({ forgivenAt }) => forgivenAt === null).length }]
    })
    .toSorted((one, other) => Number(other.suspendedUntil !== null) - Number(one.suspendedUntil !== null))
