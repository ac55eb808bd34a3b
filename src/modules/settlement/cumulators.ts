import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { idsOf } from '../residents/index.ts'
import type { CareKind } from './rules/area-schema.ts'
import { yearOf, yearSoFar } from './rules/year-so-far.ts'
import type { YearSeen } from './settlement.ts'
import { entriesOfYear } from './year-store.ts'

export type YearAsked = {
  readonly person: PersonId
  readonly area: string
  readonly insured: 'residents' | 'workers'
  readonly care: CareKind
  readonly day: Day
  /** Where the bill is, for what counts by hospital; null where no hospital is meant. */
  readonly hospital?: OrgId | null
}

/**
 * What the settled bills of a person's year come to, under every number of the person, in the shape that a claim carries: spread it
 * over the claim. Zero where nothing was settled. The open act sees it once it has named the person; an insurer always.
 */
export const yearBefore = async (db: Queryable, { person, area, insured, care, day, hospital }: YearAsked): Promise<YearSeen> => {
  const persons = [...new Set([person, ...(await idsOf(db, person))])]
  const entries = await entriesOfYear(db, { persons, area, insured, year: yearOf(day) })
  return yearSoFar(entries, { care, day, hospital: hospital ?? null })
}
