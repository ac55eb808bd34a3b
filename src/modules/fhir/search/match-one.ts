import type { PersonId } from '../../../kernel/id.ts'
import type { FhirAct } from '../server/act.ts'
import { shownOf, type Shown } from '../server/exchange.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { find, type Match } from './find.ts'
import { parseSearch } from './parse-search.ts'

/** The one resource that a condition means. */
export type OneMatch = { readonly fhirId: string; readonly shown: Shown; readonly match: Match }

/**
 * The only match of a condition among what the open act sees; null for none. Several are refused, and so is a condition with a
 * name that is not known: it would match everything.
 */
export const matchOne = async (
  open: FhirAct,
  type: string,
  parameters: readonly (readonly [string, string])[],
  only: PersonId | null,
): Promise<OneMatch | null> => {
  const search = parseSearch(type, parameters)
  const [unknown] = search.unknown
  if (unknown !== undefined) throw new FhirRefusal('fhir.parameter-unknown', { name: unknown, type })
  if (search.conditions.length === 0 && search.ids === null && search.has.length === 0)
    throw new FhirRefusal('fhir.parameter-malformed', { name: '?' })
  const { matches, next } = await find(open, search, only, { limit: 2, after: null })
  const [match] = matches
  if (!match) return null
  if (matches.length > 1 || next) throw new FhirRefusal('fhir.several-match')
  return { fhirId: match.row.fhirId, shown: shownOf(match.row, match.body), match }
}
