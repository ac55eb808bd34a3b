import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { summariseFree } from '../../booking/index.ts'
import { heightOf, placesWith, TIERS, type Consortium, type Place, type Tier } from '../../organisations/index.ts'
import { openEngine, type Engine } from '../engine/index.ts'
import { runningNavigator } from '../engine/navigator.ts'
import { specialtyNeed } from '../engine/load-world.ts'
import { ENGINE_CHANNELS, STRENGTHS, type EngineChannel, type FoundPlace, type Question, type Site } from '../engine/world.ts'

/** A place with the specialty in which it would receive the person. */
export type Found = FoundPlace & { readonly specialty: string }

/** What a finding is carried out by: the engine over the places in question, and which pool is the first of each. */
export type Finder = {
  /** The best places over all specialties that treat the need, each place once, in the one order. */
  readonly rank: (question: Omit<Question, 'need'>) => Found[]
  readonly firstAt: (channel: EngineChannel, org: OrgId, specialty: string) => Instant | null
  readonly firstPool: (channel: EngineChannel, org: OrgId, specialty: string) => string | null
  readonly sites: readonly Site[]
}

export type FinderAsked = {
  readonly specialties: readonly string[]
  readonly lowestTier: Tier
  readonly division: string
  readonly consortium: Consortium | null
  readonly members: readonly OrgId[]
  readonly day: Day
  readonly from: Instant
  readonly until: Instant
  readonly now: Instant
  readonly horizonDays: number
}

export const higherOf = (a: Tier, b: Tier): Tier => (heightOf(a) >= heightOf(b) ? a : b)
const tiersFrom = (lowest: Tier): Tier[] => TIERS.filter((tier) => heightOf(tier) >= heightOf(lowest))
const COUNTY_DIGITS = 6
const PROVINCE_DIGITS = 2
const area = (division: string, digits: number): string => division.slice(0, digits).padEnd(12, '0')

/** All that may be offered: in the county and the own consortium every tier that may treat, beyond it hospitals only. */
const findPlaces = async (tx: Tx, specialty: string, asked: FinderAsked): Promise<Place[]> => {
  const { division, lowestTier, members, day } = asked
  const near = await placesWith(tx, {
    specialty,
    divisions: [area(division, COUNTY_DIGITS)],
    tiers: tiersFrom(lowestTier),
    also: members,
    day,
  })
  const far = await placesWith(tx, {
    specialty,
    divisions: [area(division, PROVINCE_DIGITS)],
    tiers: tiersFrom(higherOf(lowestTier, 'county')),
    day,
  })
  return [...new Map([...near, ...far].map((place) => [place.id, place])).values()]
}

/** What a finding is carried out by: the live engine of this server where it serves the day, otherwise one built for this need alone. */
export const openFinder = (tx: Tx, asked: FinderAsked): Promise<Finder> => {
  const live = runningNavigator()?.current()
  const serves = live && live.day === asked.day && asked.from === asked.now && asked.horizonDays === live.horizonDays
  if (!serves || !asked.specialties.every((specialty) => live.engine.hasNeed(specialtyNeed(specialty))))
    return builtFinder(tx, asked)
  return Promise.resolve(finderOf(live.engine, asked.specialties, live.mirror.firstPool))
}

/** Reads what can be offered for a need and what is free there, and builds the engine over it. */
export const builtFinder = async (tx: Tx, asked: FinderAsked): Promise<Finder> => {
  const sites = new Map<OrgId, Site>()
  const lists: Place[][] = []
  for (const specialty of asked.specialties) {
    const places = await findPlaces(tx, specialty, asked)
    lists.push(places)
    for (const place of places) sites.set(place.id, siteOf(place))
  }
  const all = [...sites.values()]
  const numbers = new Map(all.map(({ id }, at) => [id, at]))
  const { consortium, members } = asked
  const engine = openEngine({
    sites: all,
    alliances: consortium ? [{ id: consortium.id, lead: consortium.lead, members }] : [],
    needs: asked.specialties.map((specialty) => ({ key: specialtyNeed(specialty), specialty })),
    able: (need) => ({
      sites: Uint32Array.from(lists[need] as Place[], ({ id }) => numbers.get(id) as number),
      strengths: Uint8Array.from(lists[need] as Place[], ({ tag }) => STRENGTHS.indexOf(tag)),
    }),
  })
  const pools = await fillCapacity(tx, engine, asked, lists)
  return finderOf(engine, asked.specialties, (channel, org, specialty) => pools.get(poolKey(channel, org, specialty)) ?? null)
}

const siteOf = ({ id, tier, longitude, latitude, division }: Place): Site => ({
  id,
  tier,
  longitude,
  latitude,
  division,
  hasDoubtfulPoint: false,
})

type Pools = ReadonlyMap<string, string>
const poolKey = (channel: EngineChannel, org: OrgId, specialty: string): string => `${channel} ${org} ${specialty}`

const fillCapacity = async (tx: Tx, engine: Engine, asked: FinderAsked, lists: readonly Place[][]): Promise<Pools> => {
  const pools = new Map<string, string>()
  for (const [at, specialty] of asked.specialties.entries())
    for (const channel of ENGINE_CHANNELS) {
      const orgs = (lists[at] as Place[]).map(({ id }) => id)
      const found = await summariseFree(tx, { specialty, orgs, from: asked.from, until: asked.until, channel, now: asked.now })
      for (const { org, free, reservedFree, firstAt, firstPool } of found) {
        engine.capacity.set(channel, org, specialty, { units: free, reserved: reservedFree, firstAt })
        pools.set(poolKey(channel, org, specialty), firstPool)
      }
    }
  return pools
}

const before = (a: Found, b: Found): number =>
  a.points - b.points || a.distanceKm - b.distanceKm || (BigInt(a.id) < BigInt(b.id) ? -1 : 1)

const finderOf = (engine: Engine, specialties: readonly string[], firstPool: Finder['firstPool']): Finder => ({
  sites: engine.sites,
  rank: (question) => {
    const found = specialties.flatMap((specialty) =>
      engine.rank({ ...question, need: specialtyNeed(specialty) }).map((place): Found => ({ ...place, specialty })),
    )
    const best = new Map<OrgId, Found>()
    for (const place of found.toSorted(before)) if (!best.has(place.id)) best.set(place.id, place)
    return [...best.values()].slice(0, question.most).map((place, at) => ({ ...place, position: at + 1 }))
  },
  firstAt: (channel, org, specialty) => engine.capacity.get(channel, org, specialty)?.firstAt ?? null,
  firstPool,
})
