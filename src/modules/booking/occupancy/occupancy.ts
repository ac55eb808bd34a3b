import type { Instant } from '../../../kernel/clock.ts'
import type { Brand, OrgId } from '../../../kernel/id.ts'
import type { PoolId } from '../booking.ts'

export type FeedId = Brand<string, 'FeedId'>

/** What a feed counts: the places of a clinic, or the beds of a ward. */
export const FED_KINDS = ['slot', 'bed'] as const
export type FedKind = (typeof FED_KINDS)[number]

/** One sending system of a hospital and how far it has been heard. Its messages are numbered from 1. */
export type Feed = {
  readonly org: OrgId
  readonly id: FeedId
  readonly source: string
  readonly highest: number
  readonly heardAt: Instant | null
}

/** Numbers of a feed that were never heard, both ends included. */
export type Gap = { readonly from: number; readonly to: number }

/** A gap as it is kept: since when it is known, and whether somebody has given it up. */
export type KeptGap = Gap & {
  readonly foundAt: Instant
  readonly givenUpAt: Instant | null
  readonly givenUpBecause: string | null
}

/** What a message says of one clinic or ward: whole places. */
export type FedEntry = {
  readonly kind: FedKind
  readonly ref: string
  readonly free: number
  readonly used: number
  readonly capacity: number
}

export type FedMessage = { readonly seq: number; readonly at: Instant; readonly entries: readonly FedEntry[] }

/** What became of a message: first heard; heard late into a gap; heard before; or its number was used for something else before. */
export const HEARD = ['new', 'filled', 'duplicate', 'number-reused'] as const
export type Heard = (typeof HEARD)[number]

/** How the hospital's numbers and ours cannot both be true. */
export const CONFLICTS = ['fewer-than-sold', 'free-where-full', 'full-where-free', 'number-reused'] as const
export type ConflictKind = (typeof CONFLICTS)[number]

/** What we know of the same places: sold is held, booked or lent. */
export type OwnPlaces = { readonly pool: PoolId; readonly sold: number; readonly free: number; readonly capacity: number }

/** The last word of a feed about a clinic or ward: that of the highest number. */
export type FedState = FedEntry & { readonly seq: number; readonly at: Instant }
