import { millisecondsBetween, type Instant } from '../../../kernel/clock.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { Institution } from '../../organisations/index.ts'
import type { Reason } from '../contract.ts'
import { distanceKm } from '../rules/distance.ts'
import {
  changeReason, clockWords, costWords, diversionReason, DOUBTFUL_POINT, EARLIER_VISIT, mayTreatReason, OWN_DOCTOR, PRICE_UNKNOWN, SEVERAL_CHANGES, wayReason,
} from '../rules/place-words.ts' // prettier-ignore
import { reasonsOf } from '../rules/reasons.ts'
import type { Clock, TimedTreatment } from '../rules/time-critical.ts'
import { whatWouldChange } from '../rules/what-would-change.ts'
import type { FindFacts } from './find.ts'
import type { Found } from './finder.ts'
import type { PriceOf, Searched, Way } from './search-places.ts'

export const shownInstitution = (institution: Institution, hasDoubtfulPoint: boolean) => {
  const { id, name, tier, level, rank, division, longitude, latitude, phone } = institution
  return { id, name, tier, level, rank, division, longitude, latitude, phone, hasDoubtfulPoint }
}

const DAY_MS = 24 * 60 * 60 * 1000
const daysUntil = (now: Instant, at: Instant | null): number | null =>
  at === null ? null : Math.max(0, millisecondsBetween(now, at)) / DAY_MS
const oneDigit = (value: number): number => Number(value.toFixed(1))

/** One place of the answer. */
export type ShownFound = ReturnType<typeof shownFound>

type Lines = {
  readonly way: Way
  readonly clock: Clock | null
  readonly treatments: readonly TimedTreatment[]
  readonly earliest: { readonly direct: Instant | null; readonly referral: Instant | null }
  readonly firstPool: string | null
  readonly isDiversion: boolean
  readonly wouldChange: readonly Reason[]
  readonly first: { readonly minutes: number; readonly waitDays: number | null } | null
  readonly fen: number | null
}

/** The places of a finding, the best first, each with everything that a person needs to choose. */
export const shownPlaces = (facts: FindFacts, priceOf: PriceOf, act: Act): ShownFound[] => {
  const insurance = facts.setting.whom?.person.insurance ?? null
  const fenOf = ({ id, tier, specialty }: Found): number | null => priceOf({ institution: id, tier, specialty, insurance })
  const { searched } = facts
  if (searched)
    return searched.found.map((place) => shownFound(facts, place, linesOf(facts, searched, place, fenOf(place), act), act))
  const [first] = facts.centres
  return facts.centres.map(({ place, clock, isByTable, treatments }) => {
    const way: Way = {
      km: distanceKm(facts.setting.start.point, place.site),
      minutes: clock.travelMinutes,
      by: isByTable ? 'table' : 'estimate',
    }
    const against = first && first.place.id !== place.id ? { minutes: first.clock.travelMinutes, waitDays: null } : null
    const lines: Lines = {
      way, clock, treatments, first: against, fen: fenOf(place), firstPool: null, isDiversion: false, wouldChange: [], earliest: { direct: null, referral: null },
    } // prettier-ignore
    return shownFound(facts, place, lines, act)
  })
}

const linesOf = ({ setting, told }: FindFacts, searched: Searched, place: Found, fen: number | null, act: Act): Lines => {
  const { finder, wayTo, diversion, weights } = searched
  const first = searched.found[0] as Found
  const isFirst = first.id === place.id
  const changes = isFirst ? [] : whatWouldChange(place, first, { weights, now: setting.from, until: setting.until })
  return {
    way: wayTo(place),
    clock: null,
    treatments: [],
    earliest: {
      direct: finder.firstAt('direct', place.id, place.specialty),
      referral: finder.firstAt('referral', place.id, place.specialty),
    },
    firstPool: finder.firstPool(setting.channel, place.id, place.specialty),
    isDiversion: diversion?.places.some(({ id }) => id === place.id) ?? false,
    wouldChange: isFirst ? [] : changes.length > 0 ? changes.map((change) => changeReason(change, told.zone)) : [SEVERAL_CHANGES],
    first: isFirst ? null : { minutes: wayTo(first).minutes, waitDays: daysUntil(act.now, first.free?.firstAt ?? null) },
    fen,
  }
}

const continuityOf = ({ setting: { whom } }: FindFacts, place: Found): Reason[] => [
  ...(whom && [whom.person.careOrg, whom.person.clinicOrg].includes(place.id) ? [OWN_DOCTOR] : []),
  ...(whom?.visited.has(place.id) ? [EARLIER_VISIT] : []),
]

const shownFound = (facts: FindFacts, place: Found, lines: Lines, act: Act) => {
  const { setting, institutions, doubtful, specialties, told, searched } = facts
  const institution = institutions.get(place.id) as Institution
  const specialty = specialties.get(place.specialty) ?? setting.need.name
  const { way, clock, first } = lines
  const waitDays = daysUntil(act.now, place.free?.firstAt ?? null)
  const continuity = continuityOf(facts, place)
  const full = lines.isDiversion && searched?.diversion ? institutions.get(searched.diversion.full.id) : undefined
  const ranked = reasonsOf({ ...place, distanceKm: way.km }, { ...told, specialty })
  const treats = mayTreatReason(specialty, place.specialty === setting.need.specialty, setting.need.condition?.name ?? null)
  return {
    position: place.position,
    institution: shownInstitution(institution, doubtful.has(place.id)),
    specialty: { code: place.specialty, ...specialty },
    tag: place.tag,
    isOwnConsortium: place.isOwnConsortium,
    mayTreat: treats,
    level: ranked[0] as Reason,
    earliest: lines.earliest,
    free: place.free?.units ?? 0,
    reservedFree: place.free?.reserved ?? 0,
    firstFreeAt: place.free?.firstAt ?? null,
    firstPool: lines.firstPool,
    travel: { km: oneDigit(way.km), minutes: way.minutes, by: way.by },
    waitDays: waitDays === null ? null : oneDigit(waitDays),
    price: priceShown(lines.fen),
    continuity,
    points: Math.round(place.points),
    isDiversion: lines.isDiversion,
    clock: clock && shownClock(clock),
    capabilities: lines.treatments.map(({ capability, words }) => ({ key: capability, ...words })),
    reasons: [
      ...(full ? [diversionReason(full.name, full.tier, told.horizonDays)] : []),
      treats,
      ...ranked.filter(({ code }) => clock === null || !UNITS.includes(code)),
      wayReason(way.minutes, way.by === 'table'),
      ...continuity,
      ...(doubtful.has(place.id) ? [DOUBTFUL_POINT] : []),
    ],
    wouldChange: lines.wouldChange,
    comparedToFirst: first && comparedTo(first, way.minutes, waitDays),
  }
}

// Against the clock nobody asks for a free unit.
const UNITS: readonly string[] = ['no-free-unit', 'first-free', 'reserved-left']
const FEN_PER_YUAN = 100

const priceShown = (fen: number | null) => {
  if (fen === null) return { fen, ...PRICE_UNKNOWN }
  const yuan = (fen / FEN_PER_YUAN).toFixed(2)
  return { fen, zh: `个人自付约 ${yuan} 元`, en: `The resident pays about ${yuan} yuan` }
}

const shownClock = (clock: Clock) => {
  const { travelMinutes, doorMinutes, totalMinutes, targetMinutes, isWithin, treatment } = clock
  return {
    ...clockWords(clock),
    capability: treatment.capability,
    travelMinutes,
    doorMinutes,
    totalMinutes,
    targetMinutes,
    isWithin,
  }
}

const comparedTo = (
  first: { readonly minutes: number; readonly waitDays: number | null },
  minutes: number,
  waitDays: number | null,
) => {
  const later = waitDays === null || first.waitDays === null ? null : oneDigit(waitDays - first.waitDays)
  return { minutes: minutes - first.minutes, waitDays: later, ...costWords(minutes - first.minutes, later) }
}
