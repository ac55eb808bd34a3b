import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { dayOf, plusDays } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, Refused, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumOf, memberIdsOf } from '../../organisations/index.ts'
import type { Channel, Pool, PoolId } from '../booking.ts'
import { findPool } from '../store.ts'
import { serviceOf } from '../units.ts'
import { rehomeInput } from './contract.ts'
import { leadsOf, rankOf } from './join.ts'
import { limitsOf, makeOffer, offerTimeOf, saveMade, tellingOf, type Made } from './make-offers.ts'
import { endOffer, tell } from './offer-store.ts'
import * as rehoming from './rehome-store.ts'
import { offerUntil } from './rules/offer-until.ts'
import { compareInOrder } from './rules/order.ts'
import { rehome as findHomes } from './rules/rehome.ts'
import * as store from './store.ts'
import { WAITED_KINDS, type Notice, type Waiting, type WaitedKind, type WaitingId } from './waiting.ts'

/** How many persons of one pool are seen to in one act; the rest by the next. */
const BATCH = 60
/** Pools looked at for each person, so that those who are elsewhere at one time still find another. */
const POOLS_EACH = 3
const POOLS_LEAST = 10

type Facts = {
  readonly lost: Pool
  readonly kind: WaitedKind
  readonly bookings: readonly rehoming.Stopped[]
  readonly entries: ReadonlyMap<PersonId, Waiting>
  readonly pools: readonly Pool[]
  readonly elsewhere: ReadonlySet<string>
  /** Days on which somebody may not book this service directly, and `person *` who may on none. */
  readonly closed: ReadonlySet<string>
  /** Who waits for the pools already because of an earlier stop. */
  readonly front: readonly rehoming.FirstInLine[]
  readonly leads: store.Leads
}

// A stay is not stopped as a clinic is: a ward moves or cancels it.
const isWaitedKind = (kind: string): kind is WaitedKind =>
  kind !== 'bed-day' && (WAITED_KINDS as readonly string[]).includes(kind)
const DAY_HOURS = 24

// The stopped pool and those that may make up for it are locked together: a second act finds everybody told.
const readStopped = async (tx: Tx, org: OrgId, id: PoolId, act: Act): Promise<Facts | null> => {
  const lost = await findPool(tx, org, id)
  if (!lost?.stoppedAt || !isWaitedKind(lost.unitKind)) return null
  const consortium = await consortiumOf(tx, org, act.today)
  const orgs = [...new Set([org, ...(consortium ? await memberIdsOf(tx, consortium.id, act.today) : [])])]
  const waiting = await rehoming.stoppedBookings(tx, org, id, BATCH)
  const until = plusHours(lost.startsAt, act.policy('booking.rehome-days') * DAY_HOURS)
  const limit = waiting.length * POOLS_EACH + POOLS_LEAST
  const asked = { lost, unitKind: lost.unitKind, orgs, now: act.now, until, limit }
  const locked = await rehoming.lockPools(tx, [{ org, id }, ...(await rehoming.remedies(tx, asked))])
  const bookings = await rehoming.stoppedBookings(tx, org, id, BATCH)
  const persons = bookings.map(({ person }) => person)
  const live = await store.lockLiveOf(tx, persons, lost.specialty, lost.unitKind)
  const claims = await rehoming.claimsOf(tx, persons, act.now)
  const closed = await rehoming.closedDays(tx, persons, serviceOf(lost), limitsOf(act).dayMost, act.now)
  const pools = locked.filter((pool) => pool.id !== id && offerUntil(act.now, pool.startsAt, offerTimeOf(act)) !== null)
  return {
    lost,
    kind: lost.unitKind,
    bookings,
    entries: new Map(live.map((one) => [one.person, one])),
    pools,
    elsewhere: new Set(claims.map(({ person, startsAt }) => `${person} ${startsAt}`)),
    front: await rehoming.frontOfLines(
      tx,
      pools.map((pool) => pool.id),
      limitsOf(act),
    ),
    closed: new Set(closed.map(({ person, day }) => `${person} ${day ?? '*'}`)),
    leads: await leadsOf(
      tx,
      [...new Set([...pools.map((pool) => pool.org), ...live.flatMap((one) => one.orgs), org])],
      act.today,
    ),
  }
}

const channelOf = ({ channel, share }: rehoming.Stopped): Channel =>
  channel ?? (share === 'open' ? 'direct' : share === 'reserved' ? 'referral' : 'emergency')

const isElsewhere =
  ({ elsewhere, closed }: Facts, booking: rehoming.Stopped, act: Act) =>
  (at: Instant): boolean => {
    if (elsewhere.has(`${booking.person} ${at}`)) return true
    return channelOf(booking) === 'direct' && [dayOf(at, act.zone), '*'].some((day) => closed.has(`${booking.person} ${day}`))
  }

// An entry that the person has already keeps its id; whoever asked at the same moment stands by that.
const isBehind =
  ({ front, entries }: Facts, booking: rehoming.Stopped) =>
  (pool: Pool): boolean => {
    const { person } = booking
    const existing = entries.get(person)
    const mine = { id: existing?.id ?? ('' as WaitingId), rank: rankOf('stopped'), askedAt: askedFrom(existing, booking) }
    return front.some((one) => one.pool === pool.id && one.person !== person && compareInOrder(one, mine) < 0)
  }

/** What is done for one person: the entry at the front of the list, and the unit offered, if there is one. */
type Remedy = {
  readonly booking: rehoming.Stopped
  readonly was: Waiting | null
  readonly entry: Waiting
  readonly made: Made | null
  readonly notice: Notice
}

/** Since when somebody asks: since the booking was made that is lost now, or since one that was lost before. */
const askedFrom = (existing: Waiting | undefined, { madeAt }: rehoming.Stopped): Instant =>
  existing?.class === 'stopped' && existing.askedAt < madeAt ? existing.askedAt : madeAt

const entryFor = ({ lost, kind, entries, pools }: Facts, booking: rehoming.Stopped, act: Act): Waiting => {
  const existing = entries.get(booking.person)
  const lostOn = dayOf(lost.startsAt, act.zone)
  const latestOn = plusDays(lostOn, act.policy('booking.rehome-days'))
  const orgs = [...new Set([lost.org, ...(existing?.orgs ?? []), ...pools.map(({ org }) => org)])]
  const front = {
    class: 'stopped',
    rank: rankOf('stopped'),
    askedAt: askedFrom(existing, booking),
    stoppedOrg: booking.org,
    stoppedBooking: booking.id,
  } as const
  const period = {
    orgs: orgs.slice(0, act.policy('booking.waiting-places-most')),
    earliestOn: existing && existing.earliestOn < act.today ? existing.earliestOn : act.today,
    latestOn: existing && existing.latestOn > latestOn ? existing.latestOn : latestOn,
  }
  // An offer that was itself of the stopped clinic is no offer any more.
  const isOffered = existing?.state === 'offered' && existing.unitBooking !== booking.id
  if (existing) {
    const stands = isOffered ? {} : ({ state: 'waiting', unitOrg: null, unitBooking: null } as const)
    return { ...existing, ...front, ...period, ...stands }
  }
  return {
    person: booking.person,
    id: act.newId<WaitingId>(),
    specialty: lost.specialty,
    unitKind: kind,
    nights: null,
    sex: null,
    isolation: false,
    home: lost.org,
    channel: channelOf(booking),
    askedByOrg: booking.madeByOrg,
    caseId: booking.caseId === booking.id ? null : booking.caseId,
    state: 'waiting',
    unitOrg: null,
    unitBooking: null,
    missed: 0,
    ...front,
    ...period,
  }
}

const remedyFor = (facts: Facts, booking: rehoming.Stopped, pool: Pool | null, act: Act): Remedy => {
  const entry = entryFor(facts, booking, act)
  const made = pool && entry.state === 'waiting' ? makeOffer(pool, entry, act) : null
  const { lost } = facts
  const data = {
    specialty: lost.specialty,
    startsAt: lost.startsAt,
    waiting: entry.id,
    offer: made?.offer.id ?? null,
    offerOrg: made?.offer.org ?? null,
    offerStartsAt: made?.drawn.startsAt ?? null,
    until: made?.offer.until ?? null,
  }
  const notice: Notice = {
    person: booking.person,
    id: act.newId(),
    kind: 'clinic-stopped',
    subject: booking.id,
    org: lost.org,
    data,
  }
  return { booking, was: facts.entries.get(booking.person) ?? null, entry, made, notice }
}

const toldEvent = ({ booking, entry, made, notice }: Remedy): TraceEvent => ({
  type: 'booking.rehomed',
  case: { kind: 'booking', org: booking.org, id: booking.id },
  person: booking.person,
  seenBy: [booking.org, ...(made ? [made.offer.org] : []), ...(booking.madeByOrg ? [booking.madeByOrg] : [])],
  data: { waiting: entry.id, offer: made?.offer.id ?? null, specialty: notice.data['specialty'] ?? null },
})

export const rehome = command({
  name: 'booking.rehome',
  by: ['system@anyone'],
  basis: '停诊告知与改约:逐人告知一次并另行安排',
  does: {
    zh: '停诊后为每位受影响者另留号源限时确认;没有号的排到候补最前;每人告知一次。',
    en: 'After a clinic was stopped, offers each person another unit, or puts them in front of the waiting list; each is told once.',
  },
  input: rehomeInput,
  read: (tx, input, act) => readStopped(tx, input.org as OrgId, input.pool as PoolId, act),
  decide: (facts, _input, act) => {
    if (facts.bookings.length === 0) return refuse('booking.rehomed-already')
    const line = facts.bookings.map((booking) => ({
      booking,
      channel: channelOf(booking),
      isElsewhere: isElsewhere(facts, booking, act),
      isBehind: isBehind(facts, booking),
    }))
    const remedies = findHomes(facts.lost, line, facts.pools, act.now).map(({ one, pool }) =>
      remedyFor(facts, one.booking, pool, act),
    )
    const made = remedies.flatMap((one) => (one.made ? [one.made] : []))
    const { events, waits } = tellingOf(made)
    const answer = { offered: made.length, listed: remedies.length - made.length }
    return ok({ change: { remedies, leads: facts.leads }, answer, events: [...remedies.map(toldEvent), ...events], waits })
  },
  write: async (tx, { remedies, leads }, act) => {
    for (const one of remedies) await saveRemedy(tx, one, leads, act)
  },
})

const saveRemedy = async (tx: Tx, { booking, was, entry, made, notice }: Remedy, leads: store.Leads, act: Act): Promise<void> => {
  // Where the lost unit was itself only offered, the offer ends here: nobody has two that are open.
  if (was?.unitBooking === booking.id) await endOffer(tx, booking, 'withdrawn', act.now)
  const saved = { at: act.now, reason: 'clinic stopped', until: null, leads }
  if (!was) await store.saveJoined(tx, entry, { leads, at: act.now })
  else if (entry.state === 'waiting') await store.saveWaiting(tx, was, entry, saved)
  else await store.saveFront(tx, entry)
  if (made) await saveMade(tx, made, act)
  if (!(await tell(tx, notice, act.now))) throw new Refused('booking.rehomed-already')
}
