import type { Condition } from '../search/parse-search.ts'
import type { Instant } from '../../../kernel/clock.ts'
import { shownText } from '../../health-record/index.ts'
import type { FhirCaller } from './caller.ts'

/** One interaction as it was asked for, over HTTP or as an entry of a batch. */
export type FhirRequest = {
  readonly method: string
  /** What stands behind the base address, `Observation/17/_history`. */
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly contentType: string | undefined
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
  readonly ifNoneExist: string | undefined
  readonly prefer: string
  readonly caller: FhirCaller
  /** The number of the request, for the audit. */
  readonly id: string
  /** The base address, without a slash at the end. */
  readonly base: string
  /** The queries to which scopes confine a search, one of which must be fulfilled; absent for no bound. */
  readonly within?: readonly (readonly Condition[])[]
}

/** What an interaction answers: JSON text, or none. */
export type FhirAnswer = {
  readonly status: number
  readonly text: string | null
  readonly etag?: string
  readonly lastModified?: Instant
  readonly location?: string
  /** With 405: what may be done there instead. */
  readonly allow?: string
}

/** One version as a client is shown it. */
export type Shown = {
  readonly type: string
  readonly fhirId: string
  readonly version: number
  readonly at: Instant
  readonly text: string
}

/** The opened text of a kept version with its number and time. */
export const shownOf = (
  of: { type: string; fhirId: string; version: number; recordedAt: Instant; meta: string | null },
  body: string,
): Shown => ({
  type: of.type,
  fhirId: of.fhirId,
  version: of.version,
  at: of.recordedAt,
  text: shownText({ ...of, body }),
})

/** A read or written version as an answer. */
export const answerWith = (shown: Shown, status: number, request: Pick<FhirRequest, 'base' | 'prefer'>): FhirAnswer => ({
  status,
  text: shown.text,
  etag: `W/"${shown.version}"`,
  lastModified: shown.at,
  ...(status === 201 ? { location: `${request.base}/${shown.type}/${shown.fhirId}/_history/${shown.version}` } : {}),
})

/** The versions that an If-Match names, by commas; null when there is none. What is no tag names nothing. */
export const versionOf = (ifMatch: string | undefined): string | null =>
  ifMatch === undefined
    ? null
    : ifMatch
        .split(',')
        .map((tag) => /^(?:W\/)?"?([^",]+)"?$/.exec(tag.trim())?.[1] ?? '')
        .join(',')

/** Whether a version is one of those that were named; `*` is any that stands. @source RFC 9110 §13.1.1 */
export const isNamed = (versions: string, version: string): boolean => versions === '*' || versions.split(',').includes(version)

/** Whether who asks has a version already. @source RFC 9110 §13.1.2 */
export const isKnown = (ifNoneMatch: string | undefined, version: string): boolean =>
  ifNoneMatch !== undefined && isNamed(versionOf(ifNoneMatch) as string, version)

/** What `Prefer` says of a name: `return`, `handling`, `respond-async`. */
export const preferenceOf = (prefer: string, name: string): string | null =>
  new RegExp(`(?:^|[,;\\s])${name}=([\\w-]+)`).exec(prefer)?.[1] ?? null
