import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { findInstitution, institutionsOf, servicesOf, type Institution } from '../organisations/index.ts'
import { CHANNEL_SHAPES } from './channels.ts'
import type { Capability, CentreChoice, Channel, Onset, Target } from './green-channel.ts'
import { centresAround } from './rules/centres-around.ts'
import { chooseCentre, type TimedTreatment } from './rules/choose-centre.ts'
import * as store from './store.ts'

/** Minutes of a channel's targets by the rulebook of today. */
export const minutesOfChannel =
  (channel: Channel, act: Act) =>
  ({ key }: Pick<Target, 'key'>): number =>
    act.policy(`green-channel.${channel}-minutes`, key)

/** The treatments of a channel with today's windows and times from the door. */
export const timedTreatments = (channel: Channel, act: Act): TimedTreatment[] => {
  const minutesOf = minutesOfChannel(channel, act)
  return CHANNEL_SHAPES[channel].treatments.map(({ capability, words, window, doorTarget, contactTarget }) => ({
    capability,
    words,
    windowMinutes: window === null ? null : act.policy('green-channel.windows', window),
    doorMinutes: minutesOf({ key: doorTarget }),
    contactMinutes: contactTarget === null ? null : minutesOf({ key: contactTarget }),
  }))
}

export type CentreAsked = {
  readonly channel: Channel
  readonly from: OrgId
  readonly onset: Onset
  readonly firstContact: Instant
  readonly departure: Instant
  readonly needs: Capability | null
  readonly wish: OrgId | null
}

export type FoundCentre = { readonly choice: CentreChoice; readonly receiver: OrgId; readonly specialty: string }

const isInForce = ({ from, until }: Institution, { today }: Act): boolean => from <= today && (until === null || today < until)

/** The centre that a patient is sent to, chosen among the certificates in force; null when none receives. */
export const findCentre = async (tx: Tx, asked: CentreAsked, act: Act): Promise<FoundCentre | null> => {
  const bodies = await store.centresOn(tx, asked.channel, act.today)
  const ids = bodies.map(({ institution }) => institution as OrgId)
  const [own, known, services] = await Promise.all([
    findInstitution(tx, asked.from),
    institutionsOf(tx, ids),
    servicesOf(tx, ids, act.today),
  ])
  if (!own) return null
  const offered = new Set(services.map(({ institution, specialty }) => `${institution} ${specialty}`))
  const candidates = centresAround({
    bodies,
    institutions: known.filter((one) => isInForce(one, act)),
    offers: (org, specialty) => offered.has(`${org} ${specialty}`),
    from: own,
    own: asked.from,
    departure: asked.departure,
    zone: act.zone,
    roadFactor: act.policy('green-channel.road-factor'),
    speedKmPerHour: act.policy('green-channel.speed'),
  })
  const { needs, wish, onset, firstContact, departure } = asked
  const listedMost = act.policy('green-channel.centres-considered')
  const chosen = chooseCentre({
    candidates,
    treatments: timedTreatments(asked.channel, act),
    needs,
    wish,
    onset,
    firstContact,
    departure,
    listedMost,
  })
  if (!chosen) return null
  const { institution, ...choice } = chosen
  const specialty = bodies.find((body) => body.institution === institution)?.specialty ?? ''
  return { choice, receiver: institution, specialty }
}
