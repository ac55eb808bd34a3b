import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { Tier } from '../../organisations/index.ts'
import type { Question, Singled } from '../engine/world.ts'
import { distanceKm } from '../rules/distance.ts'
import type { Weights } from '../rules/rank-places.ts'
import { kilometresFor, travelMinutes, type TravelPace } from '../rules/travel-minutes.ts'
import { notTreating } from '../matrix/capability-store.ts'
import { travelFrom, type TravelMeans } from '../travel/travel-store.ts'
import type { FindAsked, Setting } from './asked.ts'
import { higherOf, openFinder, type Finder, type Found } from './finder.ts'

/** What is asked for a price: the place, the specialty, and what is known of the person. */
export type PriceAsked = {
  readonly institution: OrgId
  readonly tier: Tier
  readonly specialty: string
  readonly insurance: 'resident' | 'employee' | 'none' | null
}
/** What the resident would pay there, in fen; null while it is not known. Settlement answers it once it is built. */
export type PriceOf = (asked: PriceAsked) => number | null

/** What the person needs to know of the way to a place. */
export type Way = { readonly km: number; readonly minutes: number; readonly by: 'table' | 'estimate' }

export type Searched = {
  readonly finder: Finder
  readonly found: readonly Found[]
  readonly weights: Weights
  readonly wayTo: (place: Found) => Way
  readonly diversion: Diversion | null
  /** Whether the person asked for the cheapest and no price is known. */
  readonly isPriceUnknown: boolean
}
/** 同城同层次同专科横向分流: the first choice is full, and who of its city, tier and specialty has a place. */
export type Diversion = { readonly full: Found; readonly places: readonly Found[] }

const MEANS: Readonly<Record<FindAsked['mobility'], readonly TravelMeans[]>> = { easy: ['car', 'bus'], limited: ['bus', 'car'] }
const FEN_PER_STEP = 1_000

const paceOf = (mobility: FindAsked['mobility'], act: Act): TravelPace => ({
  roadFactor: act.policy('navigation.road-factor'),
  kmPerHour: act.policy('navigation.speed', mobility),
})

/** What is known of single places for this person: the loaded way, the own doctor, earlier visits, and the price only if asked for. */
const singledOf = (
  setting: Setting,
  input: FindAsked,
  known: { table: ReadonlyMap<OrgId, number>; pace: TravelPace; prices: ReadonlyMap<OrgId, number> },
  act: Act,
): Map<OrgId, Singled> => {
  const own = act.policy('navigation.continuity', 'own-doctor')
  const times = input.prefer === 'own-doctor' ? act.policy('navigation.preference', 'own-doctor') : 1
  const earlier = act.policy('navigation.continuity', 'earlier-visit')
  const perStep = act.policy('navigation.price-points')
  const singled = new Map<OrgId, Singled>()
  const owned = [setting.whom?.person.careOrg, setting.whom?.person.clinicOrg].filter((id) => id != null)
  const ids = new Set([...known.table.keys(), ...known.prices.keys(), ...(setting.whom?.visited ?? []), ...owned])
  for (const id of ids) {
    const minutes = known.table.get(id)
    const isOwn = owned.includes(id)
    const points =
      (isOwn ? -own * times : 0) -
      (setting.whom?.visited.has(id) ? earlier : 0) +
      ((known.prices.get(id) ?? 0) / FEN_PER_STEP) * perStep
    if (minutes !== undefined || points !== 0)
      singled.set(id, { points, ...(minutes === undefined ? {} : { km: kilometresFor(minutes, known.pace) }) })
  }
  return singled
}

/** Prices of all that could be offered, only when the resident wants the cheapest. */
const pricesOf = (finder: Finder, setting: Setting, input: FindAsked, priceOf: PriceOf): ReadonlyMap<OrgId, number> => {
  if (input.prefer !== 'cheapest') return new Map()
  const insurance = setting.whom?.person.insurance ?? null
  return new Map(
    finder.sites.flatMap(({ id, tier }) => {
      const fen = priceOf({ institution: id, tier, specialty: setting.need.specialty, insurance })
      return fen === null ? [] : [[id, fen] as const]
    }),
  )
}

/** Places for a need that no clock runs for, or for which the region has no centre. */
export const searchPlaces = async (tx: Tx, setting: Setting, input: FindAsked, priceOf: PriceOf, act: Act): Promise<Searched> => {
  const { need, start, members } = setting
  const finder = await openFinder(tx, {
    specialties: need.specialties,
    lowestTier: need.lowestTier,
    division: start.division,
    consortium: start.consortium,
    members,
    day: act.today,
    from: setting.from,
    until: setting.until,
    now: act.now,
    horizonDays: setting.horizonDays,
  })
  const pace = paceOf(input.mobility, act)
  const table = await travelFrom(tx, [start.division], MEANS[input.mobility])
  const prices = pricesOf(finder, setting, input, priceOf)
  // What an institution says it does not treat is not asked of it.
  const except = need.condition ? await notTreating(tx, need.condition.key, act.today) : new Set<OrgId>()
  const question = {
    ...questionOf(setting),
    most: input.limit,
    except,
    singled: singledOf(setting, input, { table, pace, prices }, act),
  }
  return {
    finder,
    found: finder.rank(question),
    weights: setting.weights,
    wayTo: wayFrom(start.point, table, pace),
    diversion: need.urgency === 'emergency' ? null : diversionOf(finder, question, start.consortium?.lead ?? null),
    isPriceUnknown: input.prefer === 'cheapest' && prices.size === 0,
  }
}

type Asked = Omit<Question, 'need'>

const questionOf = ({ need, start, channel, from, weights }: Setting): Omit<Asked, 'most'> => ({
  point: start.point,
  division: start.division,
  consortium: start.consortium?.id ?? null,
  channel,
  now: from,
  lowestTier: need.lowestTier,
  lowestTierOutside: higherOf(need.lowestTier, 'county'),
  weights,
})

const wayFrom =
  (point: Setting['start']['point'], table: ReadonlyMap<OrgId, number>, pace: TravelPace) =>
  ({ site }: Found): Way => {
    const km = distanceKm(point, site)
    const minutes = table.get(site.id)
    return minutes === undefined ? { km, minutes: travelMinutes(km, pace), by: 'estimate' } : { km, minutes, by: 'table' }
  }

/** The first choice as if everybody had a place; when it is full, its peers of the same city, tier and specialty that are not. */
const diversionOf = (finder: Finder, question: Asked, lead: OrgId | null): Diversion | null => {
  const { weights, singled } = question
  // The lead of the own consortium gets its points off only where it has a place: here it has one.
  const known = lead === null ? {} : (singled?.get(lead) ?? {})
  const asLead: [OrgId, Singled][] =
    lead === null ? [] : [[lead, { ...known, points: (known.points ?? 0) - weights['own-lead'] }]]
  const [first] = finder.rank({
    ...question,
    weights: { ...weights, 'own-lead': 0, 'no-free-unit': 0, 'wait-day': 0 },
    singled: new Map([...(singled ?? []), ...asLead]),
    most: 1,
  })
  if (!first || first.free) return null
  const places = finder
    .rank({
      ...question,
      area: 'prefecture',
      tiers: [first.tier],
      onlyFree: true,
      except: new Set([...(question.except ?? []), first.id]),
    })
    .filter(({ specialty, site }) => specialty === first.specialty && isSamePrefecture(site.division, first.site.division))
  return { full: first, places }
}

const PREFECTURE_DIGITS = 4
const isSamePrefecture = (a: string, b: string): boolean => a.slice(0, PREFECTURE_DIGITS) === b.slice(0, PREFECTURE_DIGITS)
