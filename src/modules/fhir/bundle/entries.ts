import { parseExact, RESOURCE_TYPES, type Resource } from '../../health-record/index.ts'
import { FhirRefusal } from '../server/refusal.ts'

/** One entry of a batch or transaction, as it was understood. */
export type Entry = {
  readonly at: number
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly fullUrl: string | null
  /** Path without a base address, and its parameters. */
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly resource: Resource | null
  readonly ifMatch: string | undefined
  readonly ifNoneExist: string | undefined
  readonly ifNoneMatch: string | undefined
}

type Fields = { readonly [name: string]: unknown }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const ENTRIES_MOST = 5_000
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** An entry that cannot be understood; it refuses a whole transaction, and only itself in a batch. */
export class BadEntry extends Error {}

const entryOf = (value: unknown, at: number, base: string): Entry => {
  const { fullUrl, resource, request } = (value ?? {}) as Fields
  const { method, url, ifMatch, ifNoneExist, ifNoneMatch } = (request ?? {}) as Fields
  const known = METHODS.find((one) => one === method)
  if (!known) throw new BadEntry('request.method')
  if (typeof url !== 'string' || url === '') throw new BadEntry('request.url')
  const address = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url.replace(/^\//, '')
  const [path = '', query = ''] = address.split('?') as [string, string | undefined]
  const type = path.split('/')[0] as string
  if (type !== '' && !RESOURCE_TYPES.has(type) && !type.startsWith('$')) throw new BadEntry('request.url')
  const needsResource = known === 'POST' || known === 'PUT' || known === 'PATCH'
  const isResource = typeof resource === 'object' && resource !== null && typeof (resource as Fields)['resourceType'] === 'string'
  if (needsResource && !isResource && !path.includes('_search')) throw new BadEntry('resource')
  return {
    at,
    method: known,
    fullUrl: textOf(fullUrl) ?? null,
    path,
    query: [...new URLSearchParams(query)],
    resource: isResource ? (resource as Resource) : null,
    ifMatch: textOf(ifMatch),
    ifNoneExist: textOf(ifNoneExist),
    ifNoneMatch: textOf(ifNoneMatch),
  }
}

/** The entries of a Bundle, digits kept; of those that cannot be understood, what is wrong. */
export const entriesOf = (text: string, base: string): (Entry | { at: number; why: string })[] => {
  const { entry = [] } = parseExact(text) as { entry?: unknown }
  if (!Array.isArray(entry)) throw new FhirRefusal('fhir.body-unreadable', { why: 'Bundle.entry' })
  if (entry.length > ENTRIES_MOST) throw new FhirRefusal('fhir.body-unreadable', { why: `Bundle.entry > ${ENTRIES_MOST}` })
  return entry.map((one, at) => {
    try {
      return entryOf(one, at, base)
    } catch (error) {
      if (error instanceof BadEntry) return { at, why: error.message }
      throw error
    }
  })
}
