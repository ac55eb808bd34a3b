import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Name } from '../../../kernel/words.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import {
  countiesOfConsortium,
  countiesOfDivision,
  findConsortium,
  findDivision,
  heightOf,
  institutionsOf,
  institutionsWithin,
  memberIdsOf,
  type Institution,
  type Tier,
} from '../../organisations/index.ts'

/** An area of a matrix: its institutions in force, and the counties (six digits) that its people live in. */
export type Area = {
  readonly name: Name
  readonly kind: 'division' | 'consortium'
  readonly institutions: readonly Institution[]
  readonly homes: readonly string[]
}

/** A matrix above this is no picture any more: the largest prefecture of the demo region has about 6 000 with its clinics. */
const PLACES_MOST = 12_000

const DIVISION_DIGITS = 12

/** @throws Refused when there is no such area, nothing in it, or too much. */
export const areaOf = async (
  tx: Tx,
  input: { readonly division?: string | undefined; readonly consortium?: string | undefined },
  on: Day,
): Promise<Area> => {
  const area =
    input.consortium === undefined ? await ofDivision(tx, input.division ?? '', on) : await ofConsortium(tx, input.consortium, on)
  if (!area || area.institutions.length === 0) throw new Refused('navigation.area-unknown')
  if (area.institutions.length > PLACES_MOST)
    throw new Refused('navigation.area-too-large', { most: PLACES_MOST, places: area.institutions.length })
  return area
}

const ofDivision = async (tx: Tx, digits: string, on: Day): Promise<Area | null> => {
  const code = digits.padEnd(DIVISION_DIGITS, '0')
  const division = await findDivision(tx, code)
  if (!division) return null
  const institutions = await institutionsWithin(tx, code, on)
  return { name: { zh: division.zh, en: null }, kind: 'division', institutions, homes: await countiesOfDivision(tx, code) }
}

const byTier = (a: Institution, b: Institution): number =>
  heightOf(b.tier) - heightOf(a.tier) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1)

const ofConsortium = async (tx: Tx, id: string, on: Day): Promise<Area | null> => {
  const consortium = await findConsortium(tx, id)
  if (!consortium) return null
  const ids = new Set<OrgId>([consortium.lead, ...(await memberIdsOf(tx, id, on))])
  const institutions = (await institutionsOf(tx, [...ids])).filter(
    ({ from, until }) => from <= on && (until === null || until > on),
  )
  return {
    name: consortium.name,
    kind: 'consortium',
    institutions: institutions.toSorted(byTier),
    homes: await countiesOfConsortium(tx, id),
  }
}

/** The five levels of the matrix; a regional centre counts with the townships. */
export const LEVELS = ['village', 'township', 'county', 'city', 'province'] as const
export type Level = (typeof LEVELS)[number]

export const levelOf = (tier: Tier): Level => (tier === 'regional-centre' ? 'township' : tier)
