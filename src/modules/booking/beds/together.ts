import type { Instant } from '../../../kernel/clock.ts'
import { dayOf, instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Queryable, Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { Person } from '../../residents/index.ts'
import type { BookingId, Channel, Pool, PoolId } from '../booking.ts'
import { bookingRefusals } from '../contract.ts'
import { saveDrawn, type Drawn, type Limiting } from '../store.ts'
import { drawUnit } from '../rules/draw-unit.ts'
import { planUnit, serviceOf } from '../units.ts'
import type { GroupId, Stay, StaySex, Ward, WardId } from './beds.ts'
import { readClassDays, type KnownClass } from './class-days.ts'
import { classesFor } from './rules/classes-for.ts'
import { daysOfStay } from './rules/days-of-stay.ts'
import { nearestStay } from './rules/nearest-stay.ts'
import { planStay, type DrawnDay } from './rules/plan-stay.ts'
import { claimsOf, saveStay } from './stay-store.ts'
import * as store from './store.ts'

/** Several units at one place for one person, decided together. */
export type TogetherWish = {
  readonly org: OrgId
  readonly group: GroupId
  readonly person: Pick<Person, 'id' | 'sex'>
  readonly madeByOrg: OrgId | null
  readonly caseId: string | null
  readonly channel: Channel
  readonly holdUntil: Instant | null
  readonly units: readonly PoolId[]
  readonly stay: { readonly ward: WardId; readonly from: Day; readonly nights: number; readonly isolation: boolean } | null
}

export type TogetherFacts = {
  readonly pools: ReadonlyMap<string, Pool>
  readonly claims: ReadonlySet<Instant>
  readonly ward: Ward | null
  readonly classes: readonly KnownClass[]
  /** What could be had instead, read only when something fails. */
  readonly nearest: { readonly units: ReadonlyMap<string, readonly Pool[]>; readonly stayFrom: Day | null }
}
export type Together = { readonly draws: readonly Drawn[]; readonly stay: Stay | null }
type Around = Pick<Act, 'now' | 'zone' | 'today' | 'policy' | 'newId'>

const ALTERNATIVES = 3
const NOTHING = { units: new Map(), stayFrom: null }

/** Locks every pool that the wish asks for, in the order of their ids, and reads what decides; then what could be had instead. */
export const lockTogether = async (tx: Tx, wish: TogetherWish, act: Around): Promise<TogetherFacts> => {
  const { org, stay } = wish
  const ward = stay && (await store.findWard(tx, org, stay.ward))
  const classes = ward && isSexed(wish.person) ? await fittingClasses(tx, wish, ward) : []
  const from = stay?.from ?? act.today
  const until = stay ? plusDays(stay.from, stay.nights) : from
  const [start, end] = [instantAt(from, '00:00', act.zone), instantAt(until, '00:00', act.zone)]
  const locked = await store.lockPools(tx, {
    org,
    units: wish.units,
    classes: classes.map(({ id }) => id),
    from: start,
    until: end,
  })
  const ofStay = locked.filter((pool) => classes.some(({ id }) => pool.plan === id))
  const known = classes.length > 0 ? await readClassDays(tx, { org, classes, from, until, zone: act.zone }, ofStay) : []
  const moments = [
    ...locked.map(({ startsAt }) => startsAt),
    ...daysOfStay(from, until).map((day) => instantAt(day, '00:00', act.zone)),
  ]
  const claims = new Set(await claimsOf(tx, wish.person.id, moments))
  const facts = { pools: new Map(locked.map((pool) => [pool.id, pool])), claims, ward, classes: known, nearest: NOTHING }
  return planTogether(facts, wish, act).ok ? facts : { ...facts, nearest: await nearestOf(tx, facts, wish, act) }
}

const isSexed = (person: Pick<Person, 'sex'>): person is { sex: StaySex } => person.sex === 'male' || person.sex === 'female'

const fittingClasses = async (db: Queryable, { org, person, stay }: TogetherWish, ward: Ward) =>
  classesFor(await store.classesOf(db, org, [ward.id]), { sex: person.sex as StaySex, isolation: stay?.isolation ?? false })

const nearestOf = async (
  db: Queryable,
  facts: TogetherFacts,
  wish: TogetherWish,
  act: Around,
): Promise<TogetherFacts['nearest']> => {
  const units = new Map<string, readonly Pool[]>()
  for (const id of wish.units) {
    const pool = facts.pools.get(id)
    if (!pool || pool.unitKind === 'bed-day') continue
    const like = await store.poolsLike(db, pool, act.now, ALTERNATIVES * ALTERNATIVES)
    units.set(id, like.filter((one) => one.id !== id && drawUnit(one, wish.channel, act.now).ok).slice(0, ALTERNATIVES))
  }
  return { units, stayFrom: await nearestDay(db, facts, wish, act) }
}

const nearestDay = async (db: Queryable, { classes }: TogetherFacts, wish: TogetherWish, act: Around): Promise<Day | null> => {
  if (!wish.stay || classes.length === 0) return null
  const until = plusDays(act.today, act.policy('booking.bed-days-ahead'))
  const window = await readClassDays(db, { org: wish.org, classes, from: act.today, until, zone: act.zone })
  const days = daysOfStay(act.today, until)
  const claims = await claimsOf(
    db,
    wish.person.id,
    days.map((day) => instantAt(day, '00:00', act.zone)),
  )
  const taken = new Set(claims.map((at) => dayOf(at, act.zone)))
  return nearestStay(window, wish.stay, askedOf(wish, taken, act), act.now)
}

const askedOf = (wish: TogetherWish, taken: ReadonlySet<Day>, act: Around) => ({
  sex: wish.person.sex as StaySex,
  channel: wish.channel,
  taken,
  ahead: act.policy('booking.bed-days-ahead'),
})

/**
 * Decides several units at one place: all of them, or every reason why not, each with what is nearest to it.
 * Units in the order of the wish, then the stay.
 */
export const planTogether = (facts: TogetherFacts, wish: TogetherWish, act: Around): Result<Together> => {
  if (wish.units.length === 0 && !wish.stay) return refuse('booking.nothing-asked')
  const units = wish.units.map((id, at) => planOne(facts, wish, at, facts.pools.get(id) ?? null, act))
  const stay = wish.stay && planNights(facts, wish, wish.stay, act)
  const refusals = [...units, ...(stay ? [stay] : [])].flatMap((one) => (one.ok ? [] : one.refusals))
  if (refusals.length > 0) return refuseAll(refusals)
  const draws = units.flatMap((one) => (one.ok ? [one.value] : []))
  return ok(stay?.ok ? { draws: [...draws, ...stay.value.draws], stay: stay.value.stay } : { draws, stay: null })
}

const planOne = (facts: TogetherFacts, wish: TogetherWish, at: number, pool: Pool | null, act: Around): Result<Drawn> => {
  if (pool?.unitKind === 'bed-day') return refuseAll([{ code: 'booking.bed-needs-stay', field: `units.${at}` }])
  const earlier = wish.units.slice(0, at).some((id) => facts.pools.get(id)?.startsAt === pool?.startsAt)
  if (pool && (earlier || facts.claims.has(pool.startsAt))) return failed(facts, at, pool, 'booking.person-booked-then', act)
  const { group, person, madeByOrg, channel, holdUntil, caseId } = wish
  const asked = { id: act.newId<BookingId>(), person: person.id, caseId: group, madeByOrg, channel, holdUntil, group }
  const planned = planUnit(pool, asked, act.now)
  if (!planned.ok) return failed(facts, at, pool, planned.refusals[0]?.code ?? 'booking.no-unit-left', act)
  return ok({ ...planned.value, caseId })
}

const failed = (facts: TogetherFacts, at: number, pool: Pool | null, code: string, act: Around) => {
  const { zh, en } = bookingRefusals[code as keyof typeof bookingRefusals]
  const like = (pool && facts.nearest.units.get(pool.id)) ?? []
  const times = like.map(({ startsAt }) => wallTime(startsAt, act.zone))
  const next = times.length > 0 ? times.join('、') : '暂无'
  const nextEn = times.length > 0 ? times.join(', ') : 'none'
  const detail = { n: at + 1, when: pool ? wallTime(pool.startsAt, act.zone) : '–', why: zh, why_en: en, next, next_en: nextEn }
  return refuseAll([{ code: 'booking.together-unit', detail, field: `units.${at}` }])
}

const TO_THE_MINUTE = 'YYYY-MM-DD HH:MM'.length
const wallTime = (at: Instant, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString().replace('T', ' ').slice(0, TO_THE_MINUTE)

const planNights = (
  facts: TogetherFacts,
  wish: TogetherWish,
  nights: NonNullable<TogetherWish['stay']>,
  act: Around,
): Result<{ draws: Drawn[]; stay: Stay }> => {
  const no = (code: string): Result<never> => refuseAll([{ code, field: 'stay' }])
  if (!facts.ward) return no('platform.not-found')
  if (!isSexed(wish.person)) return no('booking.sex-unknown')
  if (facts.classes.length === 0) return no('booking.no-such-class')
  const taken = new Set(
    [...facts.claims].filter((at) => instantAt(dayOf(at, act.zone), '00:00', act.zone) === at).map((at) => dayOf(at, act.zone)),
  )
  const found = planStay(facts.classes, askedOf(wish, taken, act), act.now)
  if (!found.ok) return refuseAll([notThen(facts, nights), ...found.refusals.map((one) => ({ ...one, field: 'stay' }))])
  const { of, days } = found.value
  const stay: Stay = {
    org: wish.org,
    id: wish.group,
    ward: of.ward,
    classId: of.id,
    person: wish.person.id,
    sex: wish.person.sex,
    isolation: nights.isolation,
    channel: wish.channel,
    madeByOrg: wish.madeByOrg,
    caseId: wish.caseId,
    fromOn: nights.from,
    untilOn: plusDays(nights.from, nights.nights),
    overdueSince: null,
    uncovered: 0,
    state: 'planned',
    bed: null,
  }
  return ok({ stay, draws: days.map((day) => drawnDay(day, wish, act)) })
}

const notThen = ({ nearest }: TogetherFacts, { from, nights }: { from: Day; nights: number }): Refusal => ({
  code: 'booking.together-stay',
  detail: { from, nights, next: nearest.stayFrom ?? '暂无', next_en: nearest.stayFrom ?? 'none' },
  field: 'stay',
})

type ForWhom = Pick<TogetherWish, 'group' | 'person' | 'madeByOrg' | 'caseId' | 'channel' | 'holdUntil'>

/** A bed-day as it is drawn; `holdUntil` null: confirmed at once. */
export const drawnDay = ({ pool, share }: DrawnDay, wish: ForWhom, act: Pick<Act, 'now' | 'newId'>): Drawn => ({
  org: pool.org,
  id: act.newId<BookingId>(),
  pool: pool.id,
  person: wish.person.id,
  caseId: wish.caseId,
  madeByOrg: wish.madeByOrg,
  share,
  channel: wish.channel,
  group: wish.group,
  state: wish.holdUntil ? 'held' : 'confirmed',
  holdUntil: wish.holdUntil,
  startsAt: pool.startsAt,
  service: serviceOf(pool),
  at: act.now,
  isReleased: act.now >= pool.releaseAt,
})

/** Saves units in the order of their pools; a lost race refuses the whole act, and nothing remains. */
export const saveDraws = async (tx: Tx, draws: readonly Drawn[], act: Limiting): Promise<void> => {
  for (const drawn of draws.toSorted((one, other) => (one.pool < other.pool ? -1 : 1))) await saveDrawn(tx, drawn, act)
}

/** Saves what was decided together, inside the transaction that locked it. */
export const saveTogether = async (tx: Tx, { draws, stay }: Together, act: Limiting & Pick<Act, 'now'>): Promise<void> => {
  if (stay) await saveStay(tx, stay, act.now)
  await saveDraws(tx, draws, act)
}
