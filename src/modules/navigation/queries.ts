import type { OrgId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { findConditions, type FoundCondition } from './catalogue/find-conditions.ts'
import { conditionsInput, rankInput, type ShownCondition } from './contract.ts'
import { settingOf, type FindAsked, type Setting } from './finding/asked.ts'
import type { Found } from './finding/finder.ts'
import { searchPlaces, type Searched } from './finding/search-places.ts'
import { EMERGENCY_NOTE, everyone } from './navigation-words.ts'
import { findNearMisses } from './near-misses.ts'
import { distanceKm } from './rules/distance.ts'
import { reasonsOf, type Told } from './rules/reasons.ts'

const shownCondition = ({ pinyin: _pinyin, ...shown }: FoundCondition): ShownCondition => shown

export const conditions = query({
  name: 'navigation.conditions',
  by: everyone,
  basis: '疾病分级诊疗目录',
  does: {
    zh: '按名称、别名、拼音首字母、ICD-10 编码或 ICD-10 全表中的诊断查找病种。',
    en: 'Finds conditions by name, alias, pinyin initials, ICD-10 code, or a diagnosis of the whole ICD-10 table.',
  },
  input: conditionsInput,
  read: (tx, input, act) => findConditions(tx, input.text, input.limit, act.today),
  /** With their pinyin, so that a device finds them without a network. The most used stand first where all fit alike. */
  answer: (found) => ({ conditions: found }),
})

/** How far the places of an answer lie. */
export const RINGS = ['county', 'prefecture', 'province'] as const
export type Ring = (typeof RINGS)[number]
const COUNTY_DIGITS = 6
const PREFECTURE_DIGITS = 4

const ringOf = (from: string, { site }: Found): Ring => {
  if (site.division.slice(0, COUNTY_DIGITS) === from.slice(0, COUNTY_DIGITS)) return 'county'
  return site.division.slice(0, PREFECTURE_DIGITS) === from.slice(0, PREFECTURE_DIGITS) ? 'prefecture' : 'province'
}
const farthest = (from: string, found: readonly Found[]): Ring =>
  RINGS[Math.max(0, ...found.map((place) => RINGS.indexOf(ringOf(from, place))))] as Ring

const noPrice = (): null => null

export const rank = query({
  name: 'navigation.rank',
  by: everyone,
  basis: '智慧转诊和优诊导航;实时号源',
  does: {
    zh: '按最低可诊治层级、专科能力、真实空闲号源和距离推荐就诊机构,并说明理由。',
    en: 'Ranks places by the lowest tier that may treat, capability, units really free and distance, each with its reasons.',
  },
  input: rankInput,
  read: async (tx, input, act) => {
    const asked: FindAsked = { ...input, prefer: 'fit', mobility: 'easy' }
    const setting = await settingOf(tx, asked, act)
    if (!setting) return null
    const { need, start, horizonDays, channel } = setting
    const searched = await searchPlaces(tx, setting, asked, noPrice, act)
    const told: Told = {
      lowestTier: need.condition?.lowestTier ?? null,
      specialty: need.name,
      consortium: start.consortium?.name ?? null,
      horizonDays,
      zone: act.zone,
      channel,
    }
    const institutions = await institutionsOf(
      tx,
      searched.found.map(({ id }) => id),
    )
    return {
      setting,
      searched,
      told,
      institutions: new Map(institutions.map((one) => [one.id, one])),
      misses: await findNearMisses(tx, { start, told, specialties: need.specialties, found: searched.found }, act),
    }
  },
  answer: ({ setting, searched, told, institutions, misses }) => {
    const { need, start, channel } = setting
    return {
      condition: need.condition && shownCondition(need.condition),
      specialty: { code: need.specialty, ...need.name },
      urgency: need.urgency,
      channel,
      /** How far the places lie. */
      ring: farthest(start.division, searched.found),
      from: {
        division: start.division,
        longitude: start.point.longitude,
        latitude: start.point.latitude,
        consortium: start.consortium && { id: start.consortium.id, ...start.consortium.name },
      },
      notes: need.urgency === 'emergency' ? [EMERGENCY_NOTE] : [],
      places: searched.found.map((place) => shownPlace(place, { setting, searched, told, institutions })),
      nearMisses: misses.map(({ institution, reason }) => ({ institution: shownInstitution(institution), reason })),
    }
  },
})

const shownInstitution = ({ id, name, tier, level, rank: grade, division, longitude, latitude, phone }: Institution) => ({
  id,
  name,
  tier,
  level,
  rank: grade,
  division,
  longitude,
  latitude,
  phone,
})

type Answered = {
  readonly setting: Setting
  readonly searched: Searched
  readonly told: Told
  readonly institutions: ReadonlyMap<OrgId, Institution>
}

const shownPlace = (place: Found, { setting, searched, told, institutions }: Answered) => {
  const km = distanceKm(setting.start.point, place.site)
  return {
    position: place.position,
    institution: shownInstitution(institutions.get(place.id) as Institution),
    tag: place.tag,
    isOwnConsortium: place.isOwnConsortium,
    distanceKm: Number(km.toFixed(1)),
    free: place.free?.units ?? 0,
    reservedFree: place.free?.reserved ?? 0,
    firstFreeAt: place.free?.firstAt ?? null,
    firstPool: searched.finder.firstPool(setting.channel, place.id, place.specialty),
    points: Math.round(place.points),
    reasons: reasonsOf({ ...place, distanceKm: km }, told),
  }
}
