import type { Instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/day.ts'
import type { AccountId } from '../kernel/id.ts'
import { isInForce, overlaps, type Period } from '../kernel/period.ts'
import type { Words } from '../kernel/words.ts'

/** A version waits for a second pair of eyes, is in force in its period, was replaced from its first day, or was turned down. */
export const VERSION_STATES = ['proposed', 'in-force', 'replaced', 'rejected'] as const
export type VersionState = (typeof VERSION_STATES)[number]

/** One text of one entry and when it is in force. Its body never changes; a later version ends or replaces it. */
export type Version<Body> = Period & {
  readonly entry: string
  readonly version: number
  readonly state: VersionState
  readonly body: Body
  readonly isCorrection: boolean
  readonly reason: string | null
  readonly recordedAt: Instant
  readonly recordedBy: AccountId | null
  readonly decidedAt: Instant | null
  readonly decidedBy: AccountId | null
  readonly endedAt: Instant | null
  readonly endReason: string | null
}

/** A kind of entry: what it is called, what its fields are called, whether a second person must approve. */
export type RegisterShape = {
  readonly kind: string
  readonly words: Words
  readonly labels: Readonly<Record<string, Words>>
  readonly fourEyes: boolean
}

/** A text as it is asked to stand: for which entry, in which period. */
export type Asked<Body> = Period & { readonly entry: string; readonly body: Body }

type Placed = Period & Pick<Version<unknown>, 'version' | 'state'>

/** The version in force on a day; the table's constraint sees to it that there is never a second. */
export const versionOn = <V extends Placed>(versions: readonly V[], day: Day): V | null =>
  versions.find((version) => version.state === 'in-force' && isInForce(version, day)) ?? null

/** What an end does to a version: it ends on a day, or, ended on its first day, it never was. */
export type End = { readonly version: number } & ({ readonly until: Day } | { readonly replaced: true })

const endOf = (version: Placed, on: Day): End =>
  version.from < on ? { version: version.version, until: on } : { version: version.version, replaced: true }

export type Placement = { readonly period: Period; readonly ends: readonly End[] }

/** Where a new entry stands: in its own period, if no version is in force in any of it; otherwise the one in its way. */
export const placeNew = <V extends Placed>(versions: readonly V[], period: Period): Placement | { readonly inTheWay: V } => {
  const inTheWay = versions.find((version) => version.state === 'in-force' && overlaps(version, period))
  return inTheWay ? { inTheWay } : { period, ends: [] }
}

/**
 * Where a correction from a day on stands: it takes the rest of the period of the version in force that day, whose end it is;
 * from that version's first day it replaces it whole. Null when nothing is in force on the day.
 */
export const placeCorrection = (versions: readonly Placed[], from: Day): Placement | null => {
  const target = versionOn(versions, from)
  return target && { period: { from, until: target.until }, ends: [endOf(target, from)] }
}

/** What retiring an entry on a day ends: the version in force then and all that would come later. Empty when there is none. */
export const placeEnd = (versions: readonly Placed[], on: Day): readonly End[] =>
  versions
    .filter((version) => version.state === 'in-force' && (version.until === null || version.until > on))
    .map((version) => endOf(version, on))
