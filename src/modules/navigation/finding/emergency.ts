import { plusMinutes } from '../../../kernel/clock.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { institutionsOf, servicesOf, type Institution } from '../../organisations/index.ts'
import { openEngine, type Engine } from '../engine/index.ts'
import type { FoundPlace, Question } from '../engine/world.ts'
import { distanceKm } from '../rules/distance.ts'
import { FACTORS, type Weights } from '../rules/rank-places.ts'
import { clockFor, inOrderOfTime, TIMED_TREATMENTS, type Clock, type EmergencyChannel } from '../rules/time-critical.ts'
import { kilometresFor, travelMinutes, type TravelPace } from '../rules/travel-minutes.ts'
import { travelFrom } from '../travel/travel-store.ts'
import type { Setting } from './asked.ts'
import { centresOf, type Centre } from './finding-store.ts'

/** A centre with the clock that runs towards its treatment. */
export type TimedPlace = {
  readonly place: FoundPlace & { readonly specialty: string }
  readonly clock: Clock
  readonly isByTable: boolean
}

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

/** The certified centres in force that offer what they receive under. */
const openCentres = async (tx: Tx, channel: EmergencyChannel, act: Act) => {
  const certified = await centresOf(tx, channel, act.today)
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
 * Centres that can treat against the clock, in the order in which to drive there; empty when the region has none for the channel.
 * The way is that of an ambulance: the loaded table, else straight line × `green-channel.road-factor` at `green-channel.speed`.
 */
export const findCentres = async (
  tx: Tx,
  channel: EmergencyChannel,
  setting: Setting,
  most: number,
  act: Act,
): Promise<TimedPlace[]> => {
  const { centres, institutions } = await openCentres(tx, channel, act)
  if (centres.length === 0) return []
  const pace: TravelPace = { roadFactor: act.policy('green-channel.road-factor'), kmPerHour: act.policy('green-channel.speed') }
  const { point, division } = setting.start
  const table = await travelFrom(tx, [division], ['ambulance', 'car'])
  const minutesTo = ({ site }: FoundPlace): number => table.get(site.id) ?? travelMinutes(distanceKm(point, site), pace)
  const engine = engineOver(centres, institutions, setting)
  const specialties = new Map(centres.map((centre) => [centre.institution, centre]))
  const question: Omit<Question, 'need'> = {
    point,
    division,
    consortium: setting.start.consortium?.id ?? null,
    channel: setting.channel,
    now: act.now,
    lowestTier: 'village',
    weights: ONLY_THE_WAY,
    most: Math.min(200, centres.length),
    singled: new Map([...table].map(([org, minutes]) => [org, { km: kilometresFor(minutes, pace) }])),
  }
  const minutesOf = (target: string): number => act.policy(`green-channel.${channel}-minutes`, target)
  const byTreatment = TIMED_TREATMENTS[channel].map((treatment) =>
    engine
      .rank({ ...question, need: `capability:${treatment.capability}` })
      .map((place) => ({ centre: place, clock: clockFor(treatment, minutesTo(place), minutesOf) }))
      .filter(({ centre, clock }) => isOpenOnArrival(specialties.get(centre.id), clock, act)),
  )
  return inOrderOfTime(byTreatment)
    .slice(0, most)
    .map(({ centre, clock }, at) => ({
      place: { ...centre, position: at + 1, specialty: specialties.get(centre.id)?.specialty ?? setting.need.specialty },
      clock,
      isByTable: table.has(centre.id),
    }))
}

const isOpenOnArrival = (centre: Centre | undefined, clock: Clock, act: Act): boolean => {
  const arrival = Temporal.Instant.from(plusMinutes(act.now, clock.travelMinutes)).toZonedDateTimeISO(act.zone)
  return centre !== undefined && receives(centre, arrival.toPlainTime().toString({ smallestUnit: 'minute' }))
}
