import type { Words } from '../../../kernel/words.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { doubtfulPoints, institutionsOf, specialtyName, type Institution } from '../../organisations/index.ts'
import type { Reason, ShownCondition } from '../contract.ts'
import type { Condition } from '../navigation.ts'
import { EMERGENCY_NOTE, everyone } from '../navigation-words.ts'
import { findNearMisses, type Miss } from '../near-misses.ts'
import { diversionReason, noPeerReason, PRICE_NOT_RANKED, TIE_RULE } from '../rules/place-words.ts'
import { stepWords } from '../rules/emergency-chain.ts'
import type { Told } from '../rules/reasons.ts'
import { settingOf, type FindAsked, type Setting } from './asked.ts'
import { findInput } from './contract.ts'
import { findCentres, type EmergencyFound } from './emergency.ts'
import { sealedList } from './list-token.ts'
import { searchPlaces, type PriceOf, type Searched } from './search-places.ts'
import { shownInstitution, shownPlaces, type ShownFound } from './shown-place.ts'

/** What a finding came to, before it is put in words. */
export type FindFacts = {
  readonly setting: Setting
  readonly searched: Searched | null
  readonly centres: EmergencyFound['places']
  readonly chain: EmergencyFound['chain']
  readonly institutions: ReadonlyMap<OrgId, Institution>
  readonly doubtful: ReadonlySet<OrgId>
  readonly specialties: ReadonlyMap<string, Words>
  readonly told: Told
  readonly misses: readonly Miss[]
}

/** Centres against the clock where the need is one of a green channel and the region has any; otherwise places by their points. */
const readFacts = async (tx: Tx, input: FindAsked, priceOf: PriceOf, act: Act): Promise<FindFacts | null> => {
  const setting = await settingOf(tx, input, act)
  if (!setting) return null
  const { need, start, horizonDays, channel } = setting
  const { places: centres, chain } = need.emergency
    ? await findCentres(tx, need.emergency, setting, input.limit, act)
    : { places: [], chain: null }
  const searched = centres.length > 0 ? null : await searchPlaces(tx, setting, input, priceOf, act)
  const found = searched?.found ?? centres.map(({ place }) => place)
  const diverted = searched?.diversion ? [searched.diversion.full, ...searched.diversion.places.slice(0, PEERS_MOST)] : []
  const shown = [...new Set([...found, ...diverted].map(({ id }) => id))]
  const names = new Map<string, Words>()
  for (const code of new Set(found.map(({ specialty }) => specialty)))
    names.set(code, (await specialtyName(tx, code)) ?? need.name)
  const told: Told = {
    lowestTier: need.condition?.lowestTier ?? null,
    specialty: need.name,
    consortium: start.consortium?.name ?? null,
    horizonDays,
    zone: act.zone,
    channel,
  }
  return {
    setting,
    searched,
    centres,
    chain,
    institutions: new Map((await institutionsOf(tx, shown)).map((one) => [one.id, one])),
    doubtful: new Set((await doubtfulPoints(tx, shown, act.policy('navigation.doubtful-km'))).keys()),
    specialties: names,
    told,
    misses: centres.length > 0 ? [] : await findNearMisses(tx, { start, told, specialties: need.specialties, found }, act),
  }
}

const shownCondition = ({ pinyin: _pinyin, ...shown }: Condition): ShownCondition => shown

/** So many peers of a full place are told by name. */
const PEERS_MOST = 3

const shownDiversion = ({ searched, institutions, doubtful, told }: FindFacts) => {
  const diversion = searched?.diversion
  const full = diversion && institutions.get(diversion.full.id)
  if (!searched || !diversion || !full) return null
  const { minutes } = searched.wayTo(diversion.full)
  const peers = diversion.places.slice(0, PEERS_MOST).map((place) => {
    const way = searched.wayTo(place)
    return {
      institution: shownInstitution(institutions.get(place.id) as Institution, doubtful.has(place.id)),
      specialty: place.specialty,
      free: place.free?.units ?? 0,
      firstFreeAt: place.free?.firstAt ?? null,
      minutes: way.minutes,
      /** Against the way to the full one; less than none when the peer is nearer. */
      minutesMore: way.minutes - minutes,
    }
  })
  return {
    institution: shownInstitution(full, doubtful.has(full.id)),
    reason:
      peers.length > 0 ? diversionReason(full.name, full.tier, told.horizonDays) : noPeerReason(full.name, told.horizonDays),
    minutes,
    places: diversion.places.map(({ id }) => id),
    /** The best of these, the best first. */
    peers,
  }
}

/** Where to go now in an emergency and where from there, by which rule, and how sure the minutes of that rule are. */
const shownChain = ({ chain, setting: { need } }: FindFacts, { clause }: Act) => {
  if (!chain) return null
  const { strategy, rule, steps } = chain
  const targets = steps.flatMap(({ treatment }) => [treatment.door, ...(treatment.whole === null ? [] : [treatment.whole])])
  const grades = targets.map((target) => clause(`green-channel.${need.emergency}-minutes`, target).grade)
  return {
    strategy,
    rule,
    grade: grades.find((grade) => grade !== 'sourced') ?? 'sourced',
    steps: steps.map((step, at) => ({
      institution: shownInstitution(step.centre, false),
      capability: { key: step.treatment.capability, ...step.treatment.words },
      arriveMinutes: step.arriveMinutes,
      treatMinutes: step.treatMinutes,
      ...stepWords(step, at === 0),
    })),
  }
}

const notesOf = ({ setting, searched }: FindFacts): Reason[] => [
  ...(setting.need.urgency === 'emergency' ? [EMERGENCY_NOTE] : []),
  ...(searched?.isPriceUnknown ? [PRICE_NOT_RANKED] : []),
]

const answerOf = (facts: FindFacts, input: FindAsked, priceOf: PriceOf, act: Act) => {
  const { need, start, channel, day } = facts.setting
  const places: ShownFound[] = shownPlaces(facts, priceOf, act)
  return {
    /** Given back to `navigation.choose` when one of the places is booked. */
    list: sealedList(
      {
        county: start.division.slice(0, 6),
        specialty: need.specialty,
        condition: need.condition?.key ?? null,
        urgency: need.urgency,
        offered: places.map(({ institution }) => institution.id),
      },
      act.cipher,
    ),
    condition: need.condition && shownCondition(need.condition),
    specialty: { code: need.specialty, ...need.name },
    emergency: need.emergency,
    urgency: need.urgency,
    channel,
    day,
    prefer: input.prefer,
    from: {
      division: start.division,
      longitude: start.point.longitude,
      latitude: start.point.latitude,
      consortium: start.consortium && { id: start.consortium.id, ...start.consortium.name },
    },
    tieRule: TIE_RULE,
    notes: notesOf(facts),
    chain: shownChain(facts, act),
    diversion: shownDiversion(facts),
    places,
    nearMisses: facts.misses.map(({ institution, reason }) => ({ institution: shownInstitution(institution, false), reason })),
  }
}

/** `navigation.find` with a port that knows prices; what the house has today knows none. */
export const findWith = (priceOf: PriceOf) =>
  query({
    name: 'navigation.find',
    by: everyone,
    basis: '智慧转诊和优诊导航;实时号源;同城同层次同专科横向分流',
    does: {
      zh: '为一个人的病种、科目或急症找到应去的机构:为何能治、何时有号、路程多久、与首选差在哪里;首选已满则横向分流。',
      en: 'Finds where a person should go: why it may treat, when it has a unit, how far it is, what would change the order; diverts laterally when the first choice is full.',
    },
    input: findInput,
    read: (tx, input, act) => readFacts(tx, input, priceOf, act),
    audits: ({ setting }, input) => (input.person && setting.whom ? [{ person: setting.whom.person.id }] : []),
    answer: (facts, input, act) => answerOf(facts, input, priceOf, act),
  })

/** No price ranks: what the resident would pay is an estimate, asked for beside the places (`settlement.expected`). */
const priceNotKnown: PriceOf = () => null

export const find = findWith(priceNotKnown)
