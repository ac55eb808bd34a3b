import { plusMinutes } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { institutionsOf, servicesOf, type Institution } from '../../organisations/index.ts'
import { openEngine, type Engine } from '../engine/index.ts'
import type { FoundPlace, Question } from '../engine/world.ts'
import { distanceKm } from '../rules/distance.ts'
import { FACTORS, type Weights } from '../rules/rank-places.ts'
import { chainOf, type Chain, type ChainAsked } from '../rules/emergency-chain.ts'
import {
  clockFor,
  inOrderOfTime,
  TIMED_TREATMENTS,
  type Clock,
  type EmergencyChannel,
  type TimedTreatment,
} from '../rules/time-critical.ts'
import { kilometresFor, travelMinutes, type TravelPace } from '../rules/travel-minutes.ts'
import { capabilitiesOn } from '../matrix/capability-store.ts'
import { travelFrom } from '../travel/travel-store.ts'
import type { Setting } from './asked.ts'
import { centresOf, type Centre } from './finding-store.ts'

/** A centre with the clock that runs towards its treatment. */
export type TimedPlace = {
  readonly place: FoundPlace & { readonly specialty: string }
  readonly clock: Clock
  readonly isByTable: boolean
  /** All that the centre can do of the channel. */
  readonly treatments: readonly TimedTreatment[]
}

/** The centres in the order in which to drive there, and the way from station to station. */
export type EmergencyFound = { readonly places: readonly TimedPlace[]; readonly chain: Chain<Institution> | null }
const NOBODY: EmergencyFound = { places: [], chain: null }

/** In an emergency nothing but the way counts. */
const ONLY_THE_WAY: Weights = { ...(Object.fromEntries(FACTORS.map((factor) => [factor, 0])) as Weights), kilometre: 1 }

const receives = ({ opensAt, closesAt }: Centre, time: string): boolean => {
  if (!opensAt || !closesAt) return true
  return opensAt <= closesAt ? opensAt <= time && time < closesAt : opensAt <= time || time < closesAt
}

const engineOver = (centres: readonly Centre[], institutions: readonly Institution[], setting: Setting): Engine => {
  const at = new Map(institutions.map(({ id }, number) => [id, number]))
  const capabilities = [...new Set(centres.flatMap((centre) => centre.capabilities))]
  const { consortium } = setting.start
  const able = (capability: string | undefined): number[] =>
    centres
      .filter((centre) => capability !== undefined && centre.capabilities.includes(capability) && at.has(centre.institution))
      .map((centre) => at.get(centre.institution) as number)
  return openEngine({
    sites: institutions.map(({ id, tier, longitude, latitude, division }) => {
      return { id, tier, longitude, latitude, division, hasDoubtfulPoint: false }
    }),
    alliances: consortium ? [{ id: consortium.id, lead: consortium.lead, members: setting.members }] : [],
    needs: capabilities.map((capability) => ({ key: `capability:${capability}`, specialty: setting.need.specialty })),
    able: (need) => {
      const sites = able(capabilities[need])
      return { sites: Uint32Array.from(sites), strengths: new Uint8Array(sites.length) }
    },
  })
}

/** What a centre is certified for, but for what the institution itself says today that it cannot do. */
const withoutDenied = async (tx: Tx, centres: readonly Centre[], channel: EmergencyChannel, act: Act): Promise<Centre[]> => {
  const said = await capabilitiesOn(tx, centres.map(({ institution }) => institution), act.today) // prettier-ignore
  const denied = new Set(
    said.filter(({ about, grade }) => about === 'procedure' && grade === 'none').map(({ org, key }) => `${org} ${key}`),
  )
  const procedureOf = new Map(TIMED_TREATMENTS[channel].map(({ capability, procedure }) => [capability, procedure]))
  return centres.map((centre) => ({
    ...centre,
    capabilities: centre.capabilities.filter((capability) => !denied.has(`${centre.institution} ${procedureOf.get(capability)}`)),
  }))
}

/** The certified centres in force that offer what they receive under. */
const openCentres = async (tx: Tx, channel: EmergencyChannel, act: Act) => {
  const certified = await withoutDenied(tx, await centresOf(tx, channel, act.today), channel, act)
  const ids = certified.map(({ institution }) => institution)
  const institutions = (await institutionsOf(tx, ids)).filter(
    ({ from, until }) => from <= act.today && (until === null || act.today < until),
  )
  const services = await servicesOf(tx, ids, act.today)
  const centres = certified.filter((centre) =>
    services.some((one) => one.institution === centre.institution && one.specialty === centre.specialty),
  )
  return { centres, institutions }
}

/**
 * Centres that can treat against the clock, in the order in which to drive there; none when the region has none for the channel.
 * The way is that of an ambulance: the loaded table, else straight line × `green-channel.road-factor` at `green-channel.speed`.
 */
export const findCentres = async (
  tx: Tx,
  channel: EmergencyChannel,
  setting: Setting,
  most: number,
  act: Act,
): Promise<EmergencyFound> => {
  const { centres, institutions } = await openCentres(tx, channel, act)
  if (centres.length === 0) return NOBODY
  const pace: TravelPace = { roadFactor: act.policy('green-channel.road-factor'), kmPerHour: act.policy('green-channel.speed') }
  const table = await travelFrom(tx, [setting.start.division], ['ambulance', 'car'])
  const centreOf = new Map(centres.map((centre) => [centre.institution, centre]))
  const minutesOf = (target: string): number => act.policy(`green-channel.${channel}-minutes`, target)
  const engine = engineOver(centres, institutions, setting)
  const question = questionOf(setting, { table, pace, most: Math.min(200, centres.length) }, act)
  const minutesTo = ({ site }: FoundPlace): number =>
    table.get(site.id) ?? travelMinutes(distanceKm(setting.start.point, site), pace)
  const byTreatment = TIMED_TREATMENTS[channel].map((treatment) =>
    engine
      .rank({ ...question, need: `capability:${treatment.capability}` })
      .map((place) => ({ centre: place, clock: clockFor(treatment, minutesTo(place), minutesOf) }))
      .filter(({ centre, clock }) => isOpenAfter(centreOf.get(centre.id), clock.travelMinutes, act)),
  )
  const ordered = inOrderOfTime(byTreatment)
  const best = byTreatment[0]?.map(({ clock }) => clock.totalMinutes) ?? []
  const asked = { channel, centres, institutions, pace, minutesOf, bestMinutes: best.length > 0 ? Math.min(...best) : null }
  return {
    places: ordered.slice(0, most).map(({ centre, clock }, at) => ({
      place: { ...centre, position: at + 1, specialty: centreOf.get(centre.id)?.specialty ?? setting.need.specialty },
      clock,
      isByTable: table.has(centre.id),
      treatments: TIMED_TREATMENTS[channel].filter((one) => centreOf.get(centre.id)?.capabilities.includes(one.capability)),
    })),
    chain: chainFrom(ordered[0], asked, act),
  }
}

type WayAsked = { readonly table: ReadonlyMap<OrgId, number>; readonly pace: TravelPace; readonly most: number }

const questionOf = ({ start, channel }: Setting, { table, pace, most }: WayAsked, { now }: Act): Omit<Question, 'need'> => ({
  point: start.point,
  division: start.division,
  consortium: start.consortium?.id ?? null,
  channel,
  now,
  lowestTier: 'village',
  weights: ONLY_THE_WAY,
  most,
  singled: new Map([...table].map(([org, minutes]) => [org, { km: kilometresFor(minutes, pace) }])),
})

type ChainFacts = Pick<ChainAsked<Institution>, 'channel' | 'minutesOf' | 'bestMinutes'> & {
  readonly centres: readonly Centre[]
  readonly institutions: readonly Institution[]
  readonly pace: TravelPace
}

/** The way on from the first centre to whoever receives at the moment of arrival. */
const chainFrom = (
  first: { readonly centre: FoundPlace; readonly clock: Clock } | undefined,
  { centres, institutions, pace, ...asked }: ChainFacts,
  act: Act,
): Chain<Institution> | null => {
  const byId = new Map(institutions.map((one) => [one.id, one]))
  const start = first && byId.get(first.centre.id)
  if (!first || !start) return null
  const outMinutes = (): number => first.clock.travelMinutes + asked.minutesOf('door-in-door-out')
  const onward = centres.flatMap((centre) => {
    const institution = byId.get(centre.institution)
    if (!institution) return []
    const isHere = institution.id === start.id
    const minutesFromFirst = isHere ? 0 : Math.max(1, travelMinutes(distanceKm(start, institution), pace))
    const isOpen = isHere || first.clock.treatment.onward === null || isOpenAfter(centre, outMinutes() + minutesFromFirst, act)
    return isOpen ? [{ centre: institution, capabilities: centre.capabilities, minutesFromFirst }] : []
  })
  return chainOf({ ...asked, first: { centre: start, clock: first.clock }, onward })
}

/** Whether a centre receives so many minutes from now. */
const isOpenAfter = (centre: Centre | undefined, minutes: number, act: Act): boolean => {
  const arrival = Temporal.Instant.from(plusMinutes(act.now, minutes)).toZonedDateTimeISO(act.zone)
  return centre !== undefined && receives(centre, arrival.toPlainTime().toString({ smallestUnit: 'minute' }))
}
