import { instantOfMs, msOf } from '../../../kernel/clock.ts'
import { parseExact, type Resource } from '../../health-record/index.ts'
import { mayFhir, queriesFor, type DataScope } from '../../smart/index.ts'
import { testOf, type Test } from '../search/match.ts'
import { conditionOf, type Condition } from '../search/parse-search.ts'
import type { FhirAnswer, FhirRequest } from './exchange.ts'
import { FhirRefusal } from './refusal.ts'

/** A request that scopes with a query let pass, and what its answer must be held to. */
export type Queried = { readonly request: FhirRequest; readonly held: (answer: FhirAnswer) => FhirAnswer }

type Asked = { readonly type: string; readonly interaction: 'read' | 'vread' | 'history-instance' | 'search-type' }

const askedOf = ({ method, path }: FhirRequest): Asked | null => {
  const [type, id, third, fourth] = path.split('/').filter((segment) => segment !== '')
  const isGet = method === 'GET' || method === 'HEAD'
  if (!type || !/^[A-Z]/.test(type)) return null
  if ((id === undefined && isGet) || (id === '_search' && method === 'POST')) return { type, interaction: 'search-type' }
  if (!isGet || id === undefined || /^[_$]/.test(id)) return null
  if (third === undefined) return { type, interaction: 'read' }
  if (third !== '_history') return null
  return { type, interaction: fourth === undefined ? 'history-instance' : 'vread' }
}

/** A query as a test of a resource; what it says must be tokens that this server knows, or nothing fits. */
const testOfQuery = (type: string, query: string, zone: string): Test => {
  const now = msOf(instantOfMs(performance.timeOrigin + performance.now()))
  const tests = [...new URLSearchParams(query)].map(([name, value]): Test => {
    const condition = conditionOf(type, name, value)
    if (!condition || condition.parameter.type !== 'token' || condition.chain) return () => false
    return testOf(condition, zone, now, () => null)
  })
  return (resource) => tests.every((test) => test(resource))
}

const notFound = (): never => {
  throw new FhirRefusal('fhir.not-found')
}

type Entry = { readonly resource?: Resource }

const heldHistory = (answer: FhirAnswer, fits: Test): FhirAnswer => {
  const { entry = [] } = JSON.parse(answer.text as string) as { entry?: readonly Entry[] }
  const kept = entry.map(({ resource }) => resource !== undefined && fits(resource))
  if (kept.every(Boolean)) return answer
  if (!kept.includes(true)) return notFound()
  // Written from what keeps the digits of numbers.
  const exact = parseExact(answer.text as string) as { entry: unknown[]; total?: unknown }
  const { total: _total, ...rest } = exact
  return { ...answer, text: JSON.stringify({ ...rest, entry: exact.entry.filter((_one, at) => kept[at]) }) }
}

const heldTo = (answer: FhirAnswer, interaction: Asked['interaction'], fits: Test): FhirAnswer => {
  if (answer.status >= 300 || answer.text === null || interaction === 'search-type') return answer
  if (interaction === 'history-instance') return heldHistory(answer, fits)
  return fits(JSON.parse(answer.text) as Resource) ? answer : notFound()
}

// Nothing that looks through the type at others, brings more of it along, or tells how many there are of what is not shown.
const LOOKS_THROUGH = /\.|^_has|^_revinclude/

/**
 * A search within a query asks for it too: pages, counts and totals are then those of what may be seen. Within several it is held to
 * what fits any of them.
 */
const searchWithin = (
  request: FhirRequest,
  type: string,
  scopes: readonly { readonly query: string }[],
): Pick<FhirRequest, 'query' | 'within'> => {
  const body = request.method === 'POST' ? [...new URLSearchParams(request.body)] : []
  const [only, ...others] = scopes
  if (!only || [...request.query, ...body].some(([name]) => LOOKS_THROUGH.test(name))) throw new FhirRefusal('fhir.role-may-not')
  if (others.length === 0) return { query: [...request.query, ...new URLSearchParams(only.query)] }
  const conditions = ({ query }: { readonly query: string }): Condition[] =>
    [...new URLSearchParams(query)].flatMap(([name, value]) => conditionOf(type, name, value) ?? [])
  return { query: request.query, within: scopes.map(conditions) }
}

/** Every parameter of a query must be one that a search of ours understands, or asking for it would narrow nothing. */
const isUnderstood = (type: string, query: string): boolean =>
  [...new URLSearchParams(query)].every(([name, value]) => conditionOf(type, name, value)?.parameter.type === 'token')

/**
 * What scopes with a query (`patient/Observation.rs?category=laboratory`) open of a request that no wider scope does: null when there is
 * nothing of the kind. The right is given for this one request and type alone, and the answer is held to the query; what does not fit it
 * is as absent. Such a scope opens nothing that is brought along or looked through: includes, chains, bundles, exports.
 */
export const withinQueries = (request: FhirRequest, zone: string): Queried | null => {
  const { caller } = request
  const asked = caller.scopes && askedOf(request)
  if (!caller.scopes || !asked || mayFhir(caller.scopes, asked.interaction, asked.type)) return null
  const { type, interaction } = asked
  const scopes = queriesFor(caller.scopes, interaction, type).filter(({ query }) => isUnderstood(type, query))
  if (scopes.length === 0) return null
  const level = scopes.some((scope) => scope.level === 'patient') ? 'patient' : (scopes[0] as DataScope).level
  const letter = interaction === 'search-type' ? 's' : 'r'
  const data: DataScope[] = [...caller.scopes.data, { level, type, may: [letter], query: null }]
  const tests = scopes.map(({ query }) => testOfQuery(type, query, zone))
  const asking = interaction === 'search-type' ? searchWithin(request, type, scopes) : {}
  return {
    request: { ...request, ...asking, caller: { ...caller, scopes: { ...caller.scopes, data } } },
    held: (answer) => heldTo(answer, interaction, (resource) => tests.some((test) => test(resource))),
  }
}
