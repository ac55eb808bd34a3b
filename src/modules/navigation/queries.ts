import type { Words } from '../../kernel/words.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, Refused, type Act } from '../../platform/forms/form.ts'
import type { Channel } from '../booking/index.ts'
import { heightOf, parentChain, servicesOf, specialtyName, type Institution } from '../organisations/index.ts'
import { everyone } from './asked-by.ts'
import { findConditions, type FoundCondition } from './catalogue/find-conditions.ts'
import { conditionsInput, rankInput, type Reason, type ShownCondition } from './contract.ts'
import { findCandidates, startOf, type CandidatePlace, type Start } from './places.ts'
import { FACTORS, rankPlaces, type Factor, type Ranked, type Weights } from './rules/rank-places.ts'
import { nearMissOf, reasonsOf, type Told } from './rules/reasons.ts'
import * as store from './store.ts'

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
  read: (tx, input) => findConditions(tx, input.text, input.limit),
  answer: (found) => ({ conditions: found.map(shownCondition) }),
})

const weightsFor = (isUrgent: boolean, act: Act): Weights => {
  const id = isUrgent ? 'navigation.weights-urgent' : 'navigation.weights'
  return Object.fromEntries(FACTORS.map((factor) => [factor, act.policy(id, factor)])) as Record<Factor, number>
}

const needOf = async (tx: Tx, input: { condition?: string | undefined; specialty?: string | undefined }) => {
  const condition = input.condition ? await store.findCondition(tx, input.condition) : null
  if (input.condition && !condition) throw new Refused('navigation.condition-unknown', { condition: input.condition })
  const specialty = condition?.specialty ?? input.specialty ?? ''
  const name = await specialtyName(tx, specialty)
  if (!name) throw new Refused('navigation.specialty-unknown', { specialty })
  return { condition, specialty, name }
}

type Miss = { readonly institution: Institution; readonly reason: Reason }

/** The places where the person would usually go and that are not offered, from the village up to the first that is. */
const findNearMisses = async (
  tx: Tx,
  start: Start,
  told: Told,
  specialty: string,
  ranked: readonly Ranked<CandidatePlace>[],
  act: Act,
): Promise<Miss[]> => {
  if (!start.first) return []
  const usual = [start.first, ...(await parentChain(tx, start.first.id))]
  const offered = new Set(ranked.map(({ place }) => place.id))
  const height = Math.max(
    ...ranked.slice(0, 1).map(({ place }) => heightOf(place.tier)),
    heightOf(told.lowestTier ?? start.first.tier),
  )
  const services = await servicesOf(
    tx,
    usual.map((one) => one.id),
    act.today,
  )
  return usual
    .filter((one) => !offered.has(one.id) && heightOf(one.tier) <= height)
    .flatMap((institution) => {
      const offers = services.some((service) => service.institution === institution.id && service.specialty === specialty)
      const reason = nearMissOf(institution, told, offers)
      return reason ? [{ institution, reason }] : []
    })
}

const EMERGENCY: Words & { code: string } = {
  code: 'emergency',
  zh: '情况紧急:请立即拨打 120 或前往最近的急诊,不必等待预约。',
  en: 'This is an emergency: call 120 or go to the nearest emergency department now; do not wait for an appointment.',
}

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
    const { condition, specialty, name } = await needOf(tx, input)
    const start = await startOf(tx, input, act)
    const urgency = input.urgency ?? condition?.urgency ?? 'routine'
    const isEmergency = urgency === 'emergency'
    const channel: Channel = act.actor.role === 'resident' ? 'direct' : 'referral'
    const horizonDays = act.policy('navigation.horizon-days')
    const lowestTier = condition?.lowestTier ?? 'village'
    const { ring, candidates } = await findCandidates(
      tx,
      { specialty, lowestTier, start, channel, horizonDays, enough: input.limit, isEmergency },
      act,
    )
    const ranked = rankPlaces(candidates, {
      lowestTier,
      now: act.now,
      weights: weightsFor(isEmergency || urgency === 'urgent', act),
    }).slice(0, input.limit)
    const told: Told = {
      lowestTier: condition?.lowestTier ?? null,
      specialty: name,
      consortium: start.consortium?.name ?? null,
      horizonDays,
      zone: act.zone,
      channel,
    }
    return {
      condition,
      specialty,
      name,
      start,
      urgency,
      isEmergency,
      channel,
      ring,
      ranked,
      told,
      misses: await findNearMisses(tx, start, told, specialty, ranked, act),
    }
  },
  answer: ({ condition, specialty, name, start, urgency, isEmergency, channel, ring, ranked, told, misses }) => ({
    condition: condition && shownCondition(condition),
    specialty: { code: specialty, ...name },
    urgency,
    channel,
    /** How far the search went. */
    ring,
    from: {
      division: start.division,
      longitude: start.point.longitude,
      latitude: start.point.latitude,
      consortium: start.consortium && { id: start.consortium.id, ...start.consortium.name },
    },
    notes: isEmergency ? [EMERGENCY] : [],
    places: ranked.map(({ place, position, points }) => shownPlace(place, position, points, told)),
    nearMisses: misses.map(({ institution, reason }) => ({ institution: shownInstitution(institution), reason })),
  }),
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

const shownPlace = (place: CandidatePlace, position: number, points: number, told: Told) => ({
  position,
  institution: shownInstitution(place.institution),
  tag: place.tag,
  isOwnConsortium: place.isOwnConsortium,
  distanceKm: Number(place.distanceKm.toFixed(1)),
  free: place.free?.units ?? 0,
  reservedFree: place.free?.reserved ?? 0,
  firstFreeAt: place.free?.firstAt ?? null,
  firstPool: place.firstPool,
  points,
  reasons: reasonsOf(place, told),
})
