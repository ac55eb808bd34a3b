import { dayOf } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Queryable, Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { WardId } from '../beds/beds.ts'
import { wardsOf } from '../beds/store.ts'
import type { Pool } from '../booking.ts'
import { BED_LINE_MOST } from './offer-stay.ts'
import { endOfStay, staysOpenTo, staysPassedOver, stayThere, type StayWish } from './rules/stays-in-order.ts'
import { bedLineOf, type BedRow } from './stay-line-store.ts'
import { makeStay, readStayPlace, stayTimesOf, tellingOfStays, wishesOf, type StayPlace } from './stay-offers.ts'
import type { Waiting } from './waiting.ts'

/** What decides on a bed that is offered by hand: the place, everybody who waits there, the ward that was chosen. */
export type BedByHand = { readonly place: StayPlace; readonly line: readonly (BedRow & StayWish)[]; readonly ward: WardId | null }

/** A bed is chosen by the first of its bed-days: its class names the ward. All pools of the place are locked. */
export const readBedByHand = async (tx: Tx, { org, specialty, plan }: Pool, act: Act): Promise<BedByHand> => {
  const place = await readStayPlace(tx, { org, specialty }, act, true)
  const line = await wishesOf(tx, org, await bedLineOf(tx, place, BED_LINE_MOST), act)
  const ward = place.classes.find(({ id }) => (id as string) === (plan as string | null))?.ward ?? null
  return { place, line, ward }
}

/** A stay from a day in a ward for somebody on the list; where others stand before who need these beds, a reason is asked. */
export const offerBed = ({ place, line, ward }: BedByHand, pool: Pool, entry: Waiting, reason: string | null, act: Act) => {
  const mine = line.find(({ id }) => id === entry.id)
  if (!mine || !ward) return refuse('booking.unit-not-accepted')
  const times = stayTimesOf(place.org, act)
  const stay = stayThere(place.classes, mine, { ward, from: dayOf(pool.startsAt, act.zone) }, times)
  if (!stay) return refuse('booking.stay-not-offered')
  const before = staysPassedOver(line, mine, stay, times)
  if (before > 0 && !reason) return refuse('booking.order-needs-reason', { before })
  const override = { passedOver: before, overrideBy: act.actor.account, overrideReason: before > 0 ? reason : null }
  const made = makeStay(place, entry, stay, act, override)
  if (!made) return refuse('booking.offer-too-late')
  const { org, id, until } = made.offer
  return ok({
    change: { stays: [made], units: [] },
    answer: { org, booking: id, until, passedOver: before },
    ...tellingOfStays([made]),
  })
}

const PLACES_MOST = 12
const STAYS_EACH = 6

/** Stays that an entry could have now, at accepted places and elsewhere: each by the pool of its first day. */
export const staysFor = async (tx: Queryable, entry: Waiting, act: Act) => {
  const elsewhere = (await wardsOf(tx, null, entry.specialty)).map(({ org }) => org)
  const orgs: OrgId[] = [...new Set([...entry.orgs, ...elsewhere])].slice(0, PLACES_MOST)
  const found = []
  for (const org of orgs) {
    const place = await readStayPlace(tx as Tx, { org, specialty: entry.specialty }, act, false)
    const [wish] = await wishesOf(tx, org, [rowOf(entry)], act)
    const stays = wish ? staysOpenTo(place.classes, wish, stayTimesOf(org, act)) : []
    const isAccepted = entry.orgs.includes(org)
    for (const stay of stays.slice(0, STAYS_EACH)) {
      const pool = stay.days[0]?.pool as Pool
      const ward = { zh: pool.serviceZh ?? '', en: pool.serviceEn }
      found.push({ pool, isAccepted, stay: { ward, from: stay.from, until: endOfStay(stay) } })
    }
  }
  return found
}

const rowOf = (entry: Waiting): BedRow => {
  if (!entry.sex || entry.nights === null) throw new Error('an entry for a bed says for whom and for how long')
  return { ...entry, sex: entry.sex, nights: entry.nights }
}
