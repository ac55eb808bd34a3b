import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { ServiceTag, Tier } from '../../organisations/index.ts'
import type { Candidate, Weights } from '../rules/rank-places.ts'

/** An institution as the engine knows it. Nothing of what a place pays or earns stands here, so nothing of it can move a rank. */
export type Site = {
  readonly id: OrgId
  readonly tier: Tier
  readonly longitude: number
  readonly latitude: number
  /** Division code; its first six digits are the county, its first four the prefecture. */
  readonly division: string
  /** The coordinates are doubted: shown with the place, never a reason to rank it elsewhere. */
  readonly hasDoubtfulPoint: boolean
}

/** A consortium with its lead and every member, the lead among them. */
export type Alliance = { readonly id: string; readonly lead: OrgId | null; readonly members: readonly OrgId[] }

/** What a person may need: a condition, a specialty, or a capability such as PCI. `key` is any text that is asked for later. */
export type Need = {
  readonly key: string
  /** Four digits: whose free units count. */
  readonly specialty: string
}

/** Who can meet a need: positions in the list of sites, and the strength of each (place of its tag in `STRENGTHS`). */
export type Able = { readonly sites: Uint32Array; readonly strengths: Uint8Array }

/** Strengths as the engine stores them, by position. */
export const STRENGTHS = [null, 'feature', 'advantage', 'key'] as const satisfies readonly (ServiceTag | null)[]

export type World = {
  readonly sites: readonly Site[]
  readonly alliances: readonly Alliance[]
  readonly needs: readonly Need[]
  /** Who can meet the need at this position of `needs`; asked once for each while the engine is built. */
  readonly able: (need: number) => Able
}

/** Whose units a person may draw; in an emergency no unit is asked for. */
export const ENGINE_CHANNELS = ['direct', 'referral'] as const
export type EngineChannel = (typeof ENGINE_CHANNELS)[number]

/** How far from one's own county a place may be; members of one's own consortium may be anywhere. */
export const AREAS = ['county', 'prefecture', 'province'] as const
export type Area = (typeof AREAS)[number]

/** What the engine is asked. All weights are at least 0 where they make a far or a late place worse. */
export type Question = {
  readonly point: { readonly longitude: number; readonly latitude: number }
  /** Division code of the person, six digits or more. */
  readonly division: string
  /** Id of the consortium that the person lives in. */
  readonly consortium: string | null
  readonly need: string
  readonly channel: EngineChannel
  readonly now: Instant
  readonly lowestTier: Tier
  readonly weights: Weights
  /** How many places are wanted. */
  readonly most: number
  /** Outside one's own county only places of this tier or above; members of one's own consortium are free of it. */
  readonly lowestTierOutside?: Tier
  readonly area?: Area
  /** Only these tiers, also among members: 同层次 for a lateral diversion. */
  readonly tiers?: readonly Tier[]
  /** Only places that have a unit free for the channel. */
  readonly onlyFree?: boolean
  /** Places not to be offered: the first choice that is full, or what the person has declined. */
  readonly except?: ReadonlySet<OrgId>
  /** What is known of single places for this person: a travel distance other than the straight line (km), or points to add. */
  readonly singled?: ReadonlyMap<OrgId, Singled>
  /** Points to add to every place of a tier, such as what a resident pays there, only if the resident asked for it. */
  readonly tierPoints?: Partial<Record<Tier, number>>
}
export type Singled = { readonly km?: number; readonly points?: number }

/** What the points of one place are made of; their sum is `points`. */
export type Parts = {
  readonly tier: number
  readonly consortium: number
  readonly lead: number
  /** The wait for the first free unit, or that nothing is free. */
  readonly capacity: number
  readonly distance: number
  readonly strength: number
  /** Of `tierPoints` and `singled`. */
  readonly added: number
}

/** A place that the engine answers: what the rules rank by, where it stands in the world, and what its points are made of. */
export type FoundPlace = Candidate & {
  readonly site: Site
  readonly position: number
  /** Fewer is better; not rounded. */
  readonly points: number
  readonly parts: Parts
}
