import { parseExact } from '../../health-record/index.ts'

type Fields = Record<string, unknown>

/** A resource as text without what the server gives it: version and time. The order of members does not matter, digits do. */
const plain = (text: string): string => {
  const { meta, ...rest } = parseExact(text) as Fields
  const { versionId: _version, lastUpdated: _updated, ...more } = (meta ?? {}) as Fields
  return JSON.stringify(ordered(Object.keys(more).length > 0 ? { ...rest, meta: more } : rest))
}

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}

/** Whether two texts are the same resource, version and time of the server aside. */
export const isSameResource = (one: string, other: string): boolean => plain(one) === plain(other)
