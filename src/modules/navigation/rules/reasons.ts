import type { Instant } from '../../../kernel/clock.ts'
import type { Words } from '../../../kernel/words.ts'
import { heightOf, type Institution, type ServiceTag, type Tier } from '../../organisations/index.ts'
import type { Reason } from '../contract.ts'
import { TIER_WORDS } from '../navigation.ts'
import type { Candidate } from './rank-places.ts'

const TAG_WORDS: Readonly<Record<ServiceTag, Words>> = {
  key: { zh: '重点专科', en: 'a key specialty' },
  advantage: { zh: '优势专科', en: 'an advantage specialty' },
  feature: { zh: '特色专科', en: 'a feature specialty' },
}

export type Told = {
  /** Null when a specialty was asked for and no condition. */
  readonly lowestTier: Tier | null
  readonly specialty: Words
  /** The consortium that the person lives in. */
  readonly consortium: { readonly zh: string; readonly en?: string | null } | null
  readonly horizonDays: number
  readonly zone: string
  readonly channel: 'referral' | 'direct'
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const two = (count: number): string => `${count}`.padStart(2, '0')

// What is said of places is said again and again: each sentence is made once.
const REMEMBERED_MOST = 10_000
const remembering = <Key, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const remembered = new Map<Key, Value>()
  return (key) => {
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (remembered.size >= REMEMBERED_MOST) remembered.clear()
    const made = make(key)
    remembered.set(key, made)
    return made
  }
}

const writtenIn = remembering((zone: string) => remembering((moment: Instant) => wordsOf(moment, zone)))

/** A moment as people of the zone write it. */
export const writtenTime = (moment: Instant, zone: string): Words => writtenIn(zone)(moment)

const wordsOf = (moment: Instant, zone: string): Words => {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
  const time = `${two(local.hour)}:${two(local.minute)}`
  return { zh: `${local.month}月${local.day}日 ${time}`, en: `${local.day} ${MONTHS[local.month - 1]} ${time}` }
}

/** Why a place stands where it stands: level, strength, consortium, distance, first free unit, places kept for primary care. */
export const reasonsOf = (place: Candidate, told: Told): Reason[] => [
  levelReason(place, told),
  ...tagReason(place, told),
  ...consortiumReason(place, told),
  distanceReason(Math.round(place.distanceKm * TENTHS)),
  ...freeReasons(place, told),
]

// Kilometres are said with one digit after the point.
const TENTHS = 10

const distanceReason = remembering((tenths: number): Reason => {
  const km = (tenths / TENTHS).toFixed(1)
  return { code: 'distance', zh: `直线距离 ${km} 公里`, en: `${km} km in a straight line` }
})

const levelReason = ({ tier }: Candidate, { lowestTier }: Told): Reason => levelOf(lowestTier)(tier)

const levelOf = remembering((lowestTier: Tier | null) => remembering((tier: Tier) => levelSentence(tier, lowestTier)))

const levelSentence = (tier: Tier, lowestTier: Tier | null): Reason => {
  const own = TIER_WORDS[tier]
  if (lowestTier === null) return { code: 'level', ...own }
  const lowest = TIER_WORDS[lowestTier]
  if (tier === lowestTier)
    return { code: 'level', zh: `${own.zh}:可诊治本病种的最低层级`, en: `${own.en}: the lowest that may treat this condition` }
  return {
    code: 'level',
    zh: `${own.zh}:本病种自${lowest.zh}起可诊治`,
    en: `${own.en}: this condition may be treated from ${lowest.en.toLowerCase()} up`,
  }
}

const tagReason = ({ tag }: Candidate, { specialty }: Told): Reason[] =>
  tag
    ? [{ code: 'tag', zh: `${specialty.zh}是该机构的${TAG_WORDS[tag].zh}`, en: `${specialty.en} is ${TAG_WORDS[tag].en} here` }]
    : []

const consortiumReason = ({ isOwnConsortium, isOwnLead }: Candidate, { consortium }: Told): Reason[] => {
  if (!consortium) return []
  const { lead, member, other } = consortiumReasons(consortium.zh)(consortium.en ?? consortium.zh)
  return [isOwnLead ? lead : isOwnConsortium ? member : other]
}

type ConsortiumReasons = { readonly lead: Reason; readonly member: Reason; readonly other: Reason }

const consortiumReasons = remembering((zh: string) =>
  remembering((en: string): ConsortiumReasons => ({
    lead: {
      code: 'own-lead',
      zh: `居住地医联体“${zh}”的牵头医院,负责接收上转患者`,
      en: `Leads the consortium of the place of living, “${en}”, and receives those referred up`,
    },
    member: {
      code: 'own-consortium',
      zh: `与居住地同属“${zh}”`,
      en: `In the consortium of the place of living, “${en}”`,
    },
    other: {
      code: 'other-consortium',
      zh: `不在居住地的医联体“${zh}”内`,
      en: `Outside the consortium of the place of living, “${en}”`,
    },
  })),
)

const freeReasons = ({ free }: Candidate, { horizonDays, zone, channel }: Told): Reason[] => {
  if (!free)
    return [{ code: 'no-free-unit', zh: `${horizonDays} 天内没有可约号源`, en: `Nothing is free within ${horizonDays} days` }]
  const first = writtenTime(free.firstAt, zone)
  const reasons = [
    {
      code: 'first-free',
      zh: `最早 ${first.zh},${horizonDays} 天内可约 ${free.units} 个`,
      en: `First on ${first.en}; ${free.units} free within ${horizonDays} days`,
    },
  ]
  if (channel === 'referral') reasons.push(reservedReason(free.reserved))
  return reasons
}

const reservedReason = remembering((reserved: number): Reason => ({
  code: 'reserved-left',
  zh: `其中基层转诊预留 ${reserved} 个`,
  en: `${reserved} of them kept for referrals from primary care`,
}))

/** Why a usual place of the person was not offered; null when it lacks nothing. */
export const nearMissOf = (
  usual: Pick<Institution, 'tier'>,
  { lowestTier, specialty }: Pick<Told, 'lowestTier' | 'specialty'>,
  offersSpecialty: boolean,
): Reason | null => {
  const tier = TIER_WORDS[usual.tier]
  if (lowestTier !== null && heightOf(usual.tier) < heightOf(lowestTier)) {
    const lowest = TIER_WORDS[lowestTier]
    return {
      code: 'below-lowest-tier',
      zh: `${tier.zh}不在本病种诊治范围(最低${lowest.zh})`,
      en: `${tier.en} is below the range for this condition (from ${lowest.en.toLowerCase()} up)`,
    }
  }
  if (!offersSpecialty)
    return { code: 'lacks-specialty', zh: `未开设${specialty.zh}`, en: `Does not offer ${specialty.en.toLowerCase()}` }
  return null
}
