import { plusHours } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import { summariseFree, type Channel } from '../booking/index.ts'
import {
  centreOf,
  clinicOfVillage,
  consortiumOf,
  consortiumOfVillage,
  findDivision,
  findInstitution,
  heightOf,
  memberIdsOf,
  nearestPrimary,
  placesWith,
  TIERS,
  type Consortium,
  type Institution,
  type Place,
  type Point,
  type Tier,
} from '../organisations/index.ts'
import { distanceKm } from './rules/distance.ts'
import type { Candidate } from './rules/rank-places.ts'

/** Where the person is: the point, the division, the consortium that cares for it, the institution that one goes to first. */
export type Start = {
  readonly point: Point
  readonly division: string
  readonly consortium: Consortium | null
  readonly first: Institution | null
}
export type StartAsked = {
  readonly village?: string | undefined
  readonly longitude?: number | undefined
  readonly latitude?: number | undefined
}

/** From where the search begins: the village of living, the point, or else the asker's own institution. */
export const startOf = async (tx: Tx, asked: StartAsked, act: Act): Promise<Start> => {
  const point =
    asked.longitude === undefined || asked.latitude === undefined
      ? null
      : { longitude: asked.longitude, latitude: asked.latitude }
  if (asked.village) return startInVillage(tx, asked.village, point, act)
  if (point) {
    const nearest = await nearestPrimary(tx, point, act.today)
    if (!nearest) throw new Refused('navigation.from-where')
    return { point, division: nearest.division, consortium: await consortiumOfVillage(tx, nearest.division), first: nearest }
  }
  const own = act.actor.org ? await findInstitution(tx, act.actor.org) : null
  if (!own) throw new Refused('navigation.from-where')
  return { point: own, division: own.division, consortium: await consortiumOf(tx, own.id, act.today), first: own }
}

const TOWNSHIP_DIGITS = 9
const COUNTY_DIGITS = 6
const PREFECTURE_DIGITS = 4
const PROVINCE_DIGITS = 2
const divisionOf = (code: string, digits: number): string => code.slice(0, digits).padEnd(12, '0')

const startInVillage = async (tx: Tx, village: string, point: Point | null, act: Act): Promise<Start> => {
  const found = await findDivision(tx, village)
  const clinic = await clinicOfVillage(tx, village, act.today)
  const centre =
    point ??
    clinic ??
    (await centreOf(tx, divisionOf(village, TOWNSHIP_DIGITS))) ??
    (await centreOf(tx, divisionOf(village, COUNTY_DIGITS)))
  if (found?.rank !== 'village' || !centre) throw new Refused('navigation.village-unknown', { village })
  return { point: centre, division: village, consortium: await consortiumOfVillage(tx, village), first: clinic }
}

/** How far the search had to go. */
export const RINGS = ['county', 'prefecture', 'province'] as const
export type Ring = (typeof RINGS)[number]
const DIGITS: Readonly<Record<Ring, number>> = { county: COUNTY_DIGITS, prefecture: PREFECTURE_DIGITS, province: PROVINCE_DIGITS }

/** Outside one's own county only hospitals are offered: nobody is sent to another county's village clinic. */
const tiersIn = (ring: Ring, lowest: Tier): Tier[] =>
  TIERS.filter((tier) => heightOf(tier) >= heightOf(ring === 'county' ? lowest : higherOf(lowest, 'county')))
const higherOf = (a: Tier, b: Tier): Tier => (heightOf(a) >= heightOf(b) ? a : b)

export type CandidatePlace = Candidate & { readonly institution: Place; readonly firstPool: string | null }
export type SearchAsked = {
  readonly specialty: string
  readonly lowestTier: Tier
  readonly start: Start
  readonly channel: Channel
  readonly horizonDays: number
  /** How many places with free units are enough; in an emergency no unit is asked for. */
  readonly enough: number
  readonly isEmergency: boolean
}

/** Candidates ring by ring, county, prefecture, province, until enough of them can take the person. */
export const findCandidates = async (
  tx: Tx,
  asked: SearchAsked,
  act: Act,
): Promise<{ ring: Ring; candidates: CandidatePlace[] }> => {
  const members: readonly OrgId[] = asked.start.consortium ? await memberIdsOf(tx, asked.start.consortium.id, act.today) : []
  const found = new Map<OrgId, CandidatePlace>()
  for (const ring of RINGS) {
    for (const place of await candidatesIn(tx, ring, asked, members, act)) found.set(place.id, place)
    const able = [...found.values()].filter((place) => asked.isEmergency || place.free !== null)
    if (able.length >= asked.enough || ring === 'province') return { ring, candidates: [...found.values()] }
  }
  throw new Error('the last ring always answers')
}

const candidatesIn = async (
  tx: Tx,
  ring: Ring,
  asked: SearchAsked,
  members: readonly OrgId[],
  act: Act,
): Promise<CandidatePlace[]> => {
  const { specialty, lowestTier, start, channel, horizonDays } = asked
  const places = await placesWith(tx, {
    specialty,
    divisions: [divisionOf(start.division, DIGITS[ring])],
    tiers: tiersIn(ring, lowestTier),
    also: members,
    day: act.today,
  })
  const orgs = places.map((place) => place.id)
  const until = plusHours(act.now, horizonDays * 24)
  const free = new Map(
    (await summariseFree(tx, { specialty, orgs, from: act.now, until, channel, now: act.now })).map((one) => [one.org, one]),
  )
  const own = new Set(members)
  return places.map((institution): CandidatePlace => {
    const units = free.get(institution.id)
    return {
      id: institution.id,
      tier: institution.tier,
      tag: institution.tag,
      isOwnConsortium: own.has(institution.id),
      isOwnLead: start.consortium?.lead === institution.id,
      distanceKm: distanceKm(start.point, institution),
      free: units ? { units: units.free, reserved: units.reservedFree, firstAt: units.firstAt } : null,
      institution,
      firstPool: units?.firstPool ?? null,
    }
  })
}
