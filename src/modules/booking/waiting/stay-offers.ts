import { dayOf, instantAt, type Day } from '../../../kernel/day.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Queryable, Tx } from '../../../platform/database/pool.ts'
import type { Act, TraceEvent } from '../../../platform/forms/form.ts'
import type { GroupId, Ward } from '../beds/beds.ts'
import { readClassDays } from '../beds/class-days.ts'
import { groupCase, groupEvent, missedWait } from '../beds/group-forms.ts'
import { publishUntil } from '../beds/publish.ts'
import { daysOfStay } from '../beds/rules/days-of-stay.ts'
import * as beds from '../beds/store.ts'
import { planTogether, saveTogether, type Together, type TogetherWish } from '../beds/together.ts'
import type { Override } from './make-offers.ts'
import { saveOffer, tell } from './offer-store.ts'
import { closedDays } from './rehome-store.ts'
import { offerUntil, type OfferTime } from './rules/offer-until.ts'
import { endOfStay, type FoundStay, type StayTimes, type StayWish, type WardClass } from './rules/stays-in-order.ts'
import { claimsBetween, staysOfferedTo, type BedRow, type StayPlaceKey } from './stay-line-store.ts'
import { saveWaiting } from './store.ts'
import type { Notice, Offer, Waiting } from './waiting.ts'

/** The beds of a specialty at an institution, on all days that are open for booking. */
export type StayPlace = StayPlaceKey & { readonly wards: readonly Ward[]; readonly classes: readonly WardClass[] }

const daysAhead = (act: Act) => ({ from: act.today, until: publishUntil(act) })
const midnight = (day: Day, act: Act): Instant => instantAt(day, '00:00', act.zone)

/** Reads a place; `locked` with every pool locked, in the order of their ids as everywhere. */
export const readStayPlace = async (tx: Tx, key: StayPlaceKey, act: Act, locked: boolean): Promise<StayPlace> => {
  const { from, until } = daysAhead(act)
  const wards = await beds.wardsOf(tx, key.org, key.specialty)
  const ids = wards.map(({ id }) => id)
  const classes = await beds.classesOf(tx, key.org, ids)
  const period = { org: key.org, classes, from, until, zone: act.zone }
  const asked = {
    org: key.org,
    units: [],
    classes: classes.map(({ id }) => id),
    from: midnight(from, act),
    until: midnight(until, act),
  }
  const pools = locked ? await beds.lockPools(tx, asked) : undefined
  return { ...key, wards, classes: await readClassDays(tx, period, pools) }
}

/** What each of a line wishes for, with the days that stand in the way. */
export const wishesOf = async <Row extends BedRow>(
  db: Queryable,
  org: OrgId,
  rows: readonly Row[],
  act: Act,
): Promise<(Row & StayWish)[]> => {
  const { from, until } = daysAhead(act)
  const persons = rows.map(({ person }) => person)
  const direct = rows.filter(({ channel }) => channel === 'direct').map(({ person }) => person)
  const offered = await staysOfferedTo(
    db,
    org,
    rows.map(({ id }) => id),
  )
  const claims = await claimsBetween(db, persons, midnight(from, act), midnight(until, act))
  const closed = await closedDays(db, direct, '', act.policy('booking.day-bookings-most'), act.now)
  const takenBy = (row: Row): Day[] => [
    ...claims.flatMap(({ person, at }) => (person === row.person ? nightOf(at, act) : [])),
    ...closed.flatMap(({ person, day }) =>
      person === row.person && row.channel === 'direct' ? (day ?? daysOfStay(from, until)) : [],
    ),
  ]
  return rows.map((row) => ({
    ...row,
    taken: new Set(takenBy(row)),
    offered: offered.filter(({ waiting }) => waiting === row.id),
  }))
}

// Only another bed stands in the way of a bed: whoever has a visit by day still sleeps somewhere.
const nightOf = (at: Instant, act: Act): Day[] => {
  const day = dayOf(at, act.zone)
  return midnight(day, act) === at ? [day] : []
}

const offerTimeOf = (act: Act): OfferTime => ({
  mostMinutes: act.policy('booking.stay-offer-minutes', 'most'),
  leastMinutes: act.policy('booking.stay-offer-minutes', 'least'),
  beforeVisitMinutes: act.policy('booking.stay-offer-minutes', 'before-arrival'),
  share: act.policy('booking.stay-offer-share'),
})

/** Until when an offer of a stay from a day stands: it is measured by when the bed would go back if nobody came. */
const stayOfferUntil = (org: OrgId, fromOn: Day, act: Act): Instant | null =>
  offerUntil(act.now, missedWait({ org, id: '' as GroupId, fromOn }, act).dueAt, offerTimeOf(act))

export const stayTimesOf = (org: OrgId, act: Act): StayTimes => ({
  now: act.now,
  mayBegin: (day) => stayOfferUntil(org, day, act) !== null,
})

/** An offer of a stay to be made: its bed-days drawn and held, the entry before and after. */
export type MadeStay = { readonly together: Together; readonly offer: Offer; readonly was: Waiting; readonly entry: Waiting }

const IN_ORDER: Override = { passedOver: 0, overrideBy: null, overrideReason: null }

/** A stay held as an offer for an entry; null when the day is too near to ask anybody. */
export const makeStay = (
  { org, wards }: StayPlace,
  was: Waiting,
  stay: FoundStay,
  act: Act,
  override: Override = IN_ORDER,
): MadeStay | null => {
  const holdUntil = stayOfferUntil(org, stay.from, act)
  const ward = wards.find(({ id }) => id === stay.of.ward)
  if (!holdUntil || !ward || !was.sex || was.nights === null) return null
  const group = act.newId<GroupId>()
  const until = endOfStay(stay)
  const wish: TogetherWish = {
    org,
    group,
    person: { id: was.person, sex: was.sex },
    madeByOrg: was.askedByOrg,
    caseId: null,
    channel: was.channel,
    holdUntil,
    units: [],
    stay: { ward: ward.id, from: stay.from, nights: was.nights, isolation: was.isolation },
  }
  const of = { ...stay.of, days: stay.of.days.filter(({ day }) => day >= stay.from && day < until) }
  const nothingElse = { units: new Map(), stayFrom: null }
  const planned = planTogether({ pools: new Map(), claims: new Set(), ward, classes: [of], nearest: nothingElse }, wish, act)
  const first = planned.ok ? planned.value.draws[0] : undefined
  if (!planned.ok || !first) return null
  const { id: waiting, rank, askedAt, person } = was
  const offered = { group, ward: ward.id, from: stay.from, until }
  const offer: Offer = {
    ...override,
    org,
    id: first.id,
    pool: first.pool,
    waiting,
    person,
    until: holdUntil,
    rank,
    askedAt,
    outcome: null,
    stay: offered,
  }
  return { together: planned.value, offer, was, entry: { ...was, state: 'offered', unitOrg: org, unitBooking: first.id } }
}

const ofGroup = ({ offer, entry }: MadeStay) => ({
  org: offer.org,
  id: offer.stay?.group as GroupId,
  person: offer.person,
  madeByOrg: entry.askedByOrg,
})

const offeredEvent = (made: MadeStay): TraceEvent => {
  const { offer, entry } = made
  const { ward, from, until: leaves } = offer.stay ?? {}
  const data = {
    specialty: entry.specialty,
    waiting: entry.id,
    until: offer.until,
    ward: ward ?? null,
    from: from ?? null,
    leaves: leaves ?? null,
  }
  return groupEvent('booking.offered', ofGroup(made), data, offer.overrideReason ?? undefined)
}

/** What is told of stays that are offered, and the deadline at which each runs out. */
export const tellingOfStays = (made: readonly MadeStay[]) => ({
  events: made.map(offeredEvent),
  waits: made.map((one) => {
    const of = ofGroup(one)
    const input = { org: of.org, group: of.id }
    return { case: groupCase(of), open: [{ name: 'hold', command: 'booking.expire-group', input, dueAt: one.offer.until }] }
  }),
})

const noticeOf = ({ together, offer, entry }: MadeStay, act: Act): Notice => ({
  person: offer.person,
  id: act.newId(),
  kind: 'offer',
  subject: offer.id,
  org: offer.org,
  data: {
    specialty: entry.specialty,
    startsAt: together.draws[0]?.startsAt ?? null,
    until: offer.until,
    waiting: entry.id,
    stayFrom: offer.stay?.from ?? null,
    stayUntil: offer.stay?.until ?? null,
  },
})

/** Holds the bed-days, keeps the stay and its offer, moves the entry on and tells the person. */
export const saveStays = async (tx: Tx, all: readonly MadeStay[], act: Act): Promise<void> => {
  for (const made of all) {
    await saveTogether(tx, made.together, act)
    await saveOffer(tx, made.offer, act.now)
    await saveWaiting(tx, made.was, made.entry, { at: act.now, reason: null, until: made.offer.until })
    await tell(tx, noticeOf(made, act), act.now)
  }
}
