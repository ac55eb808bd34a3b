import type { Words } from '../../../kernel/words.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { doubtfulPoints, institutionsOf, specialtyName, type Institution } from '../../organisations/index.ts'
import type { Reason, ShownCondition } from '../contract.ts'
import type { Condition } from '../navigation.ts'
import { EMERGENCY_NOTE, everyone } from '../navigation-words.ts'
import { findNearMisses, type Miss } from '../near-misses.ts'
import { diversionReason, PRICE_NOT_RANKED, TIE_RULE } from '../rules/place-words.ts'
import type { Told } from '../rules/reasons.ts'
import { settingOf, type FindAsked, type Setting } from './asked.ts'
import { findInput } from './contract.ts'
import { findCentres, type TimedPlace } from './emergency.ts'
import { sealedList } from './list-token.ts'
import { searchPlaces, type PriceOf, type Searched } from './search-places.ts'
import { shownInstitution, shownPlaces, type ShownFound } from './shown-place.ts'

/** What a finding came to, before it is put in words. */
export type FindFacts = {
  readonly setting: Setting
  readonly searched: Searched | null
  readonly centres: readonly TimedPlace[]
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
  const centres = need.emergency ? await findCentres(tx, need.emergency, setting, input.limit, act) : []
  const searched = centres.length > 0 ? null : await searchPlaces(tx, setting, input, priceOf, act)
  const found = searched?.found ?? centres.map(({ place }) => place)
  const shown = [...new Set([...found.map(({ id }) => id), ...(searched?.diversion ? [searched.diversion.full.id] : [])])]
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
    institutions: new Map((await institutionsOf(tx, shown)).map((one) => [one.id, one])),
    doubtful: new Set((await doubtfulPoints(tx, shown, act.policy('navigation.doubtful-km'))).keys()),
    specialties: names,
    told,
    misses: centres.length > 0 ? [] : await findNearMisses(tx, { start, told, specialties: need.specialties, found }, act),
  }
}

const shownCondition = ({ pinyin: _pinyin, ...shown }: Condition): ShownCondition => shown

const shownDiversion = ({ searched, institutions, told }: FindFacts) => {
  const diversion = searched?.diversion
  const full = diversion && institutions.get(diversion.full.id)
  if (!diversion || !full) return null
  return {
    institution: shownInstitution(full, false),
    reason: diversionReason(full.name, full.tier, told.horizonDays),
    places: diversion.places.map(({ id }) => id),
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

/** What the resident pays is settlement's to say: it is not built yet, so nothing is known. */
const priceNotKnown: PriceOf = () => null

export const find = findWith(priceNotKnown)
