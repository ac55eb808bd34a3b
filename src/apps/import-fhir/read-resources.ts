import { faultOfResource, parseExact, parseFhirJson, type Resource } from '../../modules/health-record/index.ts'
import { UnreadableJson } from '../../platform/http/strict-json.ts'
import type { LineRefusal } from './line-refusals.ts'
import type { Line } from './read-lines.ts'

/** Where a resource stood: a line, and in a Bundle its entry, both counted from 1. */
export type Place = { readonly file: string; readonly line: number; readonly entry?: number }

/** A resource of a load with its text, or why it is none. `type` is what it says of itself, as far as that can be read. */
export type Item = { readonly place: Place; readonly type: string } & (
  | { readonly text: string; readonly resource: Resource; readonly sourceId: string; readonly url: string | null }
  | { readonly refusal: LineRefusal }
)

const BUNDLE_KINDS = ['transaction', 'batch', 'collection', 'document', 'searchset', 'message']
/** How reports call what does not even say its type. */
export const UNREADABLE = '(unreadable)'

/** What a line brings: one resource, or those of a Bundle. */
export const itemsOf = (line: Line): Item[] => {
  const place = { file: line.file, line: line.line }
  if ('refusal' in line) return [{ place, type: UNREADABLE, refusal: line.refusal }]
  const read = parsed(line.text)
  if ('refusal' in read) return [{ place, type: UNREADABLE, refusal: read.refusal }]
  const isBundle = (read.value as { resourceType?: unknown } | null)?.resourceType === 'Bundle'
  return isBundle ? itemsOfBundle(line.text, place) : [itemOf(place, line.text, read.value, null)]
}

const parsed = (text: string): { value: unknown } | { refusal: LineRefusal } => {
  try {
    return { value: parseFhirJson(text) }
  } catch (error) {
    if (error instanceof UnreadableJson) return { refusal: { code: 'not-json', detail: { why: error.message } } }
    throw error
  }
}

type Entry = { readonly fullUrl?: unknown; readonly resource?: { readonly resourceType?: unknown } }

// The text of an entry is written anew from an exact parse, so that its numbers keep their digits.
const itemsOfBundle = (text: string, place: Place): Item[] => {
  const { type: kind, entry: entries } = parseExact(text) as { type?: unknown; entry?: unknown }
  if (typeof kind !== 'string' || !BUNDLE_KINDS.includes(kind))
    return [{ place, type: 'Bundle', refusal: { code: 'bundle-kind', detail: { kind: String(kind).slice(0, 40) } } }]
  return (Array.isArray(entries) ? (entries as (Entry | null)[]) : []).map((entry, at): Item => {
    const at1 = { ...place, entry: at + 1 }
    const resource = entry?.resource
    if (typeof resource !== 'object' || resource === null)
      return { place: at1, type: UNREADABLE, refusal: { code: 'entry-empty' } }
    if (resource.resourceType === 'Bundle') return { place: at1, type: 'Bundle', refusal: { code: 'bundle-nested' } }
    const own = JSON.stringify(resource)
    return itemOf(at1, own, JSON.parse(own), typeof entry?.fullUrl === 'string' ? entry.fullUrl : null)
  })
}

const itemOf = (place: Place, text: string, value: unknown, url: string | null): Item => {
  const idFromUrl = /^urn:uuid:([0-9a-f-]{36})$/i.exec(url ?? '')?.[1] ?? null
  const fault = faultOfResource(value, idFromUrl)
  const resource = value as Resource
  if (!fault) return { place, type: resource.resourceType, text, resource, sourceId: resource.id ?? (idFromUrl as string), url }
  const { code, ...detail } = fault
  const type = code === 'not-a-resource' || code === 'type-unknown' ? UNREADABLE : resource.resourceType
  return { place, type, refusal: { code, detail } }
}
