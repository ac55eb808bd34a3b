import { msOf } from '../../../kernel/clock.ts'
import type { Resource } from '../../health-record/index.ts'
import { testOf } from '../search/match.ts'
import { parseSearch, type Search } from '../search/parse-search.ts'
import type { FhirAct } from '../server/act.ts'
import { FhirRefusal } from '../server/refusal.ts'
import type { TypeFilter } from './job.ts'

const UPDATED = { name: '_lastUpdated', type: 'date', paths: [['meta', 'lastUpdated']], targets: [], parts: [], url: '' } as const

const malformed = (): never => {
  throw new FhirRefusal('fhir.parameter-malformed', { name: '_typeFilter' })
}

/** Filters are separated by commas; a comma within a value is written `%2C` or `\,`. */
const split = (text: string): string[] => text.split(/(?<!\\),(?=[A-Z][A-Za-z]*\?)/).filter((one) => one !== '')

/** Reads `_typeFilter`: searches of which one must find a resource of their type. Refuses what a test of one resource cannot decide. */
export const typeFiltersOf = (texts: readonly string[]): TypeFilter[] =>
  texts.flatMap(split).map((text) => {
    const [type = '', ...rest] = text.split('?')
    const parameters = [...new URLSearchParams(rest.join('?'))]
    if (!/^[A-Z][A-Za-z]*$/.test(type) || parameters.length === 0) return malformed()
    const search = parseSearch(type, parameters)
    const isBeyond =
      search.unknown.length > 0 ||
      search.has.length > 0 ||
      search.include.length > 0 ||
      search.revinclude.length > 0 ||
      search.conditions.some(({ chain }) => chain !== null)
    return isBeyond ? malformed() : { type, parameters }
  })

const holds = (open: FhirAct, { conditions, updated, ids }: Search, resource: Resource): boolean => {
  const times = updated.map((value) => ({ parameter: UPDATED, modifier: null, values: [value], chain: null }))
  const all = [...conditions, ...(times as unknown as Search['conditions'])]
  const isNamed = ids === null || ids.includes(String(resource['id']))
  return isNamed && all.every((one) => testOf(one, open.act.zone, msOf(open.act.now), () => null)(resource))
}

/** Whether a resource fits the filters of its type; without such filters every one does. */
export const fitsFilters = (open: FhirAct, filters: readonly TypeFilter[]): ((type: string, text: string) => boolean) => {
  const searches = new Map<string, Search[]>()
  for (const { type, parameters } of filters) searches.set(type, [...(searches.get(type) ?? []), parseSearch(type, parameters)])
  return (type, text) => {
    const own = searches.get(type)
    if (!own) return true
    const resource = JSON.parse(text) as Resource
    return own.some((search) => holds(open, search, resource))
  }
}
