import type { Instant } from '../../src/kernel/clock.ts'
import type { OrgId } from '../../src/kernel/id.ts'
import { heightOf, TIERS, type Tier } from '../../src/modules/organisations/index.ts'
import {
  ENGINE_CHANNELS,
  type Able,
  type Alliance,
  type Capacity,
  type Need,
  type Site,
  type World,
} from '../../src/modules/navigation/engine/index.ts'
import { randomFrom, type Random } from '../residents/random.ts'

// A province of any size, out of a seed alone: where its institutions stand, what each can treat, and what is free there. Only as true to
// life as a search can feel: towns are dense, most institutions are village clinics without slots, few conditions are common.

/** How large a world is. */
export type Size = { readonly counties: number; readonly sites: number; readonly needs: number; readonly specialties: number }
/** What the province of the bench has: 60 000 institutions, 3 000 conditions. */
export const PROVINCE_SIZE: Size = { counties: 122, sites: 60_000, needs: 3_000, specialties: 60 }

const BOX = { west: 108.8, east: 114.2, south: 24.7, north: 30.1 } as const
const SPREAD_DEGREES = 0.14
/** How many of a hundred thousand institutions stand on each tier. */
const SHARES: Readonly<Record<Tier, number>> = {
  village: 60_000,
  township: 36_400,
  'regional-centre': 500,
  county: 2_600,
  city: 400,
  province: 100,
}
const OF = 100_000
const PREFECTURE_COUNTIES = 9
const FIRST_ID = 4_300_000_000_001n

type County = { readonly code: string; readonly longitude: number; readonly latitude: number }
const two = (count: number): string => String(count).padStart(2, '0')
const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

const countiesOf = (size: Size, random: Random): County[] =>
  Array.from({ length: size.counties }, (_, at) => ({
    code: `43${two(Math.floor(at / PREFECTURE_COUNTIES) + 1)}${two((at % PREFECTURE_COUNTIES) + 1)}`,
    longitude: BOX.west + random.next() * (BOX.east - BOX.west),
    latitude: BOX.south + random.next() * (BOX.north - BOX.south),
  }))

const tierAt = (share: number): Tier => {
  let left = share * OF
  for (const tier of TIERS) if ((left -= SHARES[tier]) < 0) return tier
  return 'village'
}

const DEGREE_DIGITS = 5
const coordinate = (value: number): number => Number(value.toFixed(DEGREE_DIGITS))

const siteOf = (at: number, county: County, random: Random): Site => ({
  id: String(FIRST_ID + BigInt(at)) as OrgId,
  tier: tierAt(random.next()),
  longitude: coordinate(clamp(random.normal(county.longitude, SPREAD_DEGREES), BOX.west, BOX.east)),
  latitude: coordinate(clamp(random.normal(county.latitude, SPREAD_DEGREES), BOX.south, BOX.north)),
  division: `${county.code}000000`,
  hasDoubtfulPoint: random.chance(0.01),
})

/** Every county is a consortium of all that stands in it up to the county hospitals, one of which leads. */
const alliancesOf = (counties: readonly County[], sites: readonly Site[]): Alliance[] => {
  const byCounty = Map.groupBy(sites, ({ division }) => division)
  return counties.map(({ code }) => {
    const members = (byCounty.get(`${code}000000`) ?? []).filter(({ tier }) => heightOf(tier) <= heightOf('county'))
    return { id: code, lead: members.find(({ tier }) => tier === 'county')?.id ?? null, members: members.map(({ id }) => id) }
  })
}

/** Which share of the conditions begins on which tier, and which share of the institutions of that tier and above can treat one. */
const KINDS: readonly { readonly lowest: Tier; readonly share: number; readonly able: readonly [number, number] }[] = [
  { lowest: 'village', share: 0.056, able: [0.5, 0.8] },
  { lowest: 'township', share: 0.14, able: [0.1, 0.6] },
  { lowest: 'county', share: 0.5, able: [0.2, 0.9] },
  { lowest: 'city', share: 0.2, able: [0.3, 0.9] },
  { lowest: 'province', share: 0.104, able: [0.4, 1] },
]

export type SimNeed = Need & { readonly lowestTier: Tier; readonly ableShare: number }

const needsOf = (size: Size, random: Random): SimNeed[] =>
  KINDS.flatMap(({ lowest, share, able: [low, high] }) =>
    Array.from({ length: Math.max(1, Math.round(size.needs * share)) }, () => ({
      key: '',
      specialty: String(random.whole(0, size.specialties - 1)).padStart(4, '0'),
      lowestTier: lowest,
      ableShare: low + random.next() * (high - low),
    })),
  ).map((need, at) => ({ ...need, key: `condition-${at + 1}` }))

/** Who can meet one need: its own stream, so that it can be asked again and in any order. `from` are the sites of its tier and above. */
const ableOf = (seed: string, need: SimNeed, from: Uint32Array, sites: readonly Site[]): Able => {
  const random = randomFrom(`${seed}/able/${need.key}`)
  const chosen = new Uint32Array(from.length)
  const strengths = new Uint8Array(from.length)
  let count = 0
  for (const site of from) {
    const draw = random.next()
    if (draw >= need.ableShare) continue
    chosen[count] = site
    strengths[count] = strengthOf((sites[site] as Site).tier, draw / need.ableShare)
    count += 1
  }
  return { sites: chosen.slice(0, count), strengths: strengths.slice(0, count) }
}

const STRONG_SHARE = 0.12
const strengthOf = (tier: Tier, draw: number): number => {
  if (heightOf(tier) < heightOf('county') || draw > STRONG_SHARE) return 0
  return draw < STRONG_SHARE / 6 ? 3 : draw < STRONG_SHARE / 2 ? 2 : 1
}

export type SimWorld = Omit<World, 'needs'> & { readonly needs: readonly SimNeed[]; readonly seed: string; readonly size: Size }

export const makeWorld = (seed: string, size: Size): SimWorld => {
  const random = randomFrom(`${seed}/world`)
  const counties = countiesOf(size, random)
  const sites = Array.from({ length: size.sites }, (_, at) => siteOf(at, random.pick(counties), random))
  const numbers = [...sites.keys()]
  const above = TIERS.map((tier) =>
    Uint32Array.from(numbers.filter((at) => heightOf((sites[at] as Site).tier) >= heightOf(tier))),
  )
  const needs = needsOf(size, random)
  return {
    seed,
    size,
    sites,
    alliances: alliancesOf(counties, sites),
    needs,
    able: (at) => {
      const need = needs[at] as SimNeed
      return ableOf(seed, need, above[heightOf(need.lowestTier)] as Uint32Array, sites)
    },
  }
}

/** Which share of the institutions of a tier has a unit free in a specialty within the horizon. */
const FREE_SHARE: Readonly<Record<Tier, number>> = {
  village: 0.002,
  township: 0.05,
  'regional-centre': 0.4,
  county: 0.6,
  city: 0.8,
  province: 0.8,
}
const HORIZON_MINUTES = 7 * 24 * 60
export const SIM_NOW = '2026-11-23T00:30:00.000Z' as Instant
const MINUTE_MS = 60_000
const HALF_HOUR = 30

/** Fills the capacity of an engine: slots begin on the half hour, some of them are kept for referrals. */
export const fillCapacity = (world: SimWorld, capacity: Capacity): void => {
  const random = randomFrom(`${world.seed}/capacity`)
  const from = Date.parse(SIM_NOW)
  for (let code = 0; code < world.size.specialties; code += 1)
    for (const { id, tier } of world.sites) {
      if (!random.chance(FREE_SHARE[tier])) continue
      const minutes = random.whole(1, HORIZON_MINUTES / HALF_HOUR) * HALF_HOUR
      const firstAt = new Date(from + minutes * MINUTE_MS).toISOString() as Instant
      const reserved = random.whole(0, 4)
      const open = random.whole(0, 9)
      for (const channel of ENGINE_CHANNELS) {
        const units = channel === 'referral' ? open + reserved : open
        if (units > 0) capacity.set(channel, id, String(code).padStart(4, '0'), { units, reserved, firstAt })
      }
    }
}
