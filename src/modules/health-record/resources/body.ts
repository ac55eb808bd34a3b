import type { Instant } from '../../../kernel/clock.ts'
import { parseExact } from '../rules/exact-json.ts'

/** A resource's text as it is kept: everything but version and time; `meta` holds further members of it, each behind a comma. */
export type KeptText = { readonly body: string; readonly meta: string }

const headOf = (type: string, id: string): string => `{"resourceType":"${type}","id":"${id}"`

// The type first, then perhaps the id: how nearly every client writes.
const BEGINNING = /^\s*\{\s*"resourceType"\s*:\s*"[A-Za-z]+"\s*(?:,\s*"id"\s*:\s*"[^"\\]*"\s*)?/

type Fields = { readonly [name: string]: unknown }

/** Splits what a client sent: its own text stays as it is, digits and all, with the id that it is kept under. */
export const keptText = (text: string, resource: Fields, id: string): KeptText => {
  const type = resource['resourceType'] as string
  const beginning = BEGINNING.exec(text)
  if (beginning && resource['meta'] === undefined && (resource['id'] === undefined || beginning[0].includes('"id"'))) {
    const rest = text.slice(beginning[0].length)
    return { body: headOf(type, id) + rest, meta: '' }
  }
  const { resourceType: _type, id: _id, meta, ...rest } = parseExact(text) as Fields
  const { versionId: _version, lastUpdated: _updated, ...more } = (meta ?? {}) as Fields
  return { body: headOf(type, id) + membersOf(rest) + '}', meta: membersOf(more) }
}

/** The members of an object as text, each behind a comma; nothing for none. */
const membersOf = (fields: Fields): string => {
  const text = JSON.stringify(fields)
  return text === '{}' ? '' : `,${text.slice(1, -1)}`
}

/** A kept version, as a row of the store. */
export type KeptVersion = {
  readonly type: string
  readonly fhirId: string
  readonly version: number
  readonly recordedAt: Instant
  readonly meta: string | null
  readonly body: string
}

/** The text that a client reads: joined, not parsed and written anew, wherever it was kept by this server. */
export const shownText = ({ type, fhirId, version, recordedAt, meta, body }: KeptVersion): string => {
  const head = headOf(type, fhirId)
  const own = `"versionId":"${version}","lastUpdated":"${recordedAt}"`
  if (meta !== null && body.startsWith(head)) return `${head},"meta":{${own}${meta}}${body.slice(head.length)}`
  const { resourceType: _type, id: _id, meta: within, ...rest } = parseExact(body) as Fields
  const { versionId: _version, lastUpdated: _updated, ...more } = (within ?? {}) as Fields
  return `${head},"meta":{${own}${meta ?? membersOf(more)}}${membersOf(rest)}}`
}
