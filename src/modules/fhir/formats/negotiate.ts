/** How a body is written. */
export type Format = 'json' | 'xml'

const TYPES: Readonly<Record<string, Format>> = {
  json: 'json',
  xml: 'xml',
  'application/json': 'json',
  'application/fhir+json': 'json',
  'application/json+fhir': 'json',
  'text/json': 'json',
  'application/xml': 'xml',
  'application/fhir+xml': 'xml',
  'application/xml+fhir': 'xml',
  'text/xml': 'xml',
}

/** The content type of an answer. */
export const CONTENT_TYPE: Readonly<Record<Format, string>> = {
  json: 'application/fhir+json; charset=utf-8',
  xml: 'application/fhir+xml; charset=utf-8',
}

/** Whether a type speaks of this version of FHIR, or of none. @source FHIR R4, http, fhirVersion (memory) */
const isOurVersion = (type: string): boolean => {
  const version = /;\s*fhirVersion\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1]
  return version === undefined || /^4\.0(?:\.|$)/.test(version)
}

const bare = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase()

/** The format of a body by its Content-Type; null when it is another, or in another character set than UTF-8. */
export const formatOfBody = (contentType: string | undefined): Format | null => {
  if (!contentType) return 'json'
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase()
  if ((charset && charset !== 'utf-8' && charset !== 'utf8') || !isOurVersion(contentType)) return null
  return TYPES[bare(contentType)] ?? null
}

const quality = (part: string): number => {
  const found = /;\s*q\s*=\s*([\d.]+)/.exec(part)?.[1]
  return found === undefined ? 1 : Number(found)
}

const wish = (part: string): { format: Format | null; weight: number } => {
  const type = bare(part)
  const isAny = type === '*/*' || type === 'application/*' || type === '*'
  return {
    format: isAny ? 'json' : isOurVersion(part) ? (TYPES[type] ?? null) : null,
    weight: isAny ? quality(part) - 0.001 : quality(part),
  }
}

/** The format of an answer: `_format` first, then Accept by its weights, then JSON; null when only others are wished for (406). */
export const formatOfAnswer = (accept: string | undefined, format?: string): Format | null => {
  // A plus that was not escaped in a query string has become a space.
  if (format) return TYPES[bare(format.replace(' ', '+'))] ?? null
  if (!accept?.trim()) return 'json'
  const wishes = accept
    .split(',')
    .map(wish)
    .filter(({ format: known, weight }) => known && weight > 0)
    .sort((a, b) => b.weight - a.weight)
  if (wishes[0]) return wishes[0].format
  // A browser's page of HTML gets JSON as well.
  return /text\/(?:html|plain)/.test(accept) ? 'json' : null
}
