import { randomFrom, type Random } from '../residents/random.ts'

// What a simulated run is made of: pools, then acts in an order. Everything is named by numbers, so that an act keeps its meaning when
// others are left out of the run. Time is in milliseconds after the beginning of the run.

export type ShareName = 'reserved' | 'emergency' | 'open'
export type ChannelName = 'referral' | 'direct' | 'emergency'

/** A pool as it is published. */
export type PoolPlan = {
  readonly org: 0 | 1
  readonly service: string
  readonly startsAt: number
  readonly releaseAt: number
  readonly capacity: number
  readonly reserved: number
  readonly emergency: number
}

/**
 * What goes wrong while an act is carried out: a lost race that is repeated, an answer of the database that is lost on its way, a process
 * that ends before its commit or after it.
 */
export const FAULTS = ['none', 'race', 'lost', 'kill-before', 'kill-after'] as const
export type Fault = (typeof FAULTS)[number]

/** One request of a rush; the key is the idempotency key, and the same one may come again with the same body or another. */
export type Wish = {
  readonly person: number
  readonly pool: number
  readonly channel: ChannelName
  readonly form: 'hold' | 'book'
  readonly key: number
}

/** To which moment the clock is moved: on by so much, or around the nth moment of its kind that is still to come. */
export const MOMENTS = ['hold', 'release', 'start', 'voucher', 'grace'] as const
export type Moment = (typeof MOMENTS)[number]

export const MOVES = ['confirm', 'cancel', 'attend', 'no-show'] as const
export type MoveName = (typeof MOVES)[number]

export type Act =
  /** Requests that the engine gets at one moment; `batch` says in which of its two batches the fault strikes. */
  | { readonly do: 'rush'; readonly wishes: readonly Wish[]; readonly fault: Fault; readonly batch: 1 | 2 }
  /** A unit drawn in a transaction of its own, as modules above do; with `voucher` the nth one. */
  | {
      readonly do: 'draw'
      readonly person: number
      readonly pool: number
      readonly channel: ChannelName
      readonly minutes: number | null
      readonly voucher: number | null
      readonly key: number
      readonly fault: Fault
    }
  /** Two persons who want a unit of one pool at one moment: the second begins when the first has looked and before it has written. */
  | { readonly do: 'duel'; readonly pool: number; readonly channel: ChannelName; readonly persons: readonly [number, number] }
  | { readonly do: MoveName; readonly booking: number; readonly key: number; readonly fault: Fault }
  /** The house's own work: deadlines fire, reserves open. */
  | { readonly do: 'tick' }
  | { readonly do: 'clock'; readonly by: number }
  | { readonly do: 'clock-to'; readonly moment: Moment; readonly nth: number; readonly delta: number }
  | { readonly do: 'allot'; readonly pool: number; readonly holder: 0 | 1; readonly units: number }
  | { readonly do: 'withdraw'; readonly allotment: number }
  | { readonly do: 'stop'; readonly pool: number }
  | { readonly do: 'suspend'; readonly person: number; readonly minutes: number }

export type Plan = { readonly pools: readonly PoolPlan[]; readonly acts: readonly Act[] }

export const PERSONS = 6
const SERVICES = ['0301', '0302', '0303', '0304', '0305'] as const
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Starts that fall together often, so that one person wants to be in two places: tomorrow and the day after. */
const STARTS = [26 * HOUR, 26 * HOUR, 27 * HOUR, 28 * HOUR, 50 * HOUR]
const ACTS = { least: 14, most: 34 }
const RUSH_MOST = 6
const CROWDED_EVERY = 5
const STEPS = [1, 1_000, MINUTE, 5 * MINUTE, 10 * MINUTE, HOUR, 12 * HOUR]

const poolOf = (random: Random, at: number, isCrowded: boolean): PoolPlan => {
  const startsAt = isCrowded ? (26 + at) * HOUR : random.pick(STARTS)
  const capacity = random.whole(1, 5)
  const reserved = random.whole(0, capacity)
  return {
    org: random.chance(0.7) ? 0 : 1,
    service: isCrowded ? (SERVICES[at % SERVICES.length] as string) : random.pick(SERVICES),
    startsAt,
    releaseAt: startsAt - random.pick([8, 24, 24, 25]) * HOUR,
    capacity,
    reserved,
    emergency: random.whole(0, Math.min(1, capacity - reserved)),
  }
}

const faultOf = (random: Random): Fault =>
  random.chance(0.86) ? 'none' : random.pick(['race', 'kill-before', 'kill-before', 'kill-after', 'kill-after', 'lost'] as const)
// A form that meets a passing failure waits before it asks again: it is let happen less often.
const faultOfForm = (random: Random): Fault =>
  random.chance(0.92)
    ? 'none'
    : random.pick(['kill-before', 'kill-before', 'kill-after', 'kill-after', 'kill-after', 'lost'] as const)

type Maker = {
  readonly random: Random
  readonly pools: number
  readonly wishes: Wish[]
  readonly moves: Act[]
  keys: number
  readonly persons: number
}

const wishOf = (maker: Maker): Wish => {
  const { random, wishes } = maker
  if (wishes.length > 0 && random.chance(0.12)) return random.pick(wishes)
  const wish: Wish = {
    person: random.whole(0, maker.persons - 1),
    pool: random.whole(0, maker.pools - 1),
    channel: random.pick(['direct', 'direct', 'direct', 'direct', 'referral', 'referral', 'emergency'] as const),
    form: random.pick(['hold', 'hold', 'book'] as const),
    key: ++maker.keys,
  }
  wishes.push(wish)
  // The same key with another body.
  return random.chance(0.03) ? { ...random.pick(wishes), form: 'book', pool: wish.pool } : wish
}

const moveOf = (maker: Maker): Act => {
  const { random, moves } = maker
  if (moves.length > 0 && random.chance(maker.persons < PERSONS ? 0.3 : 0.1)) return random.pick(moves)
  const move: Act = {
    do: random.pick(['confirm', 'confirm', 'confirm', 'cancel', 'cancel', 'attend', 'no-show'] as const),
    booking: random.whole(0, 11),
    key: ++maker.keys,
    fault: faultOfForm(random),
  }
  moves.push(move)
  return move
}

const drawOf = (maker: Maker): Act => {
  const { random } = maker
  return {
    do: 'draw',
    person: random.whole(0, maker.persons - 1),
    pool: random.whole(0, maker.pools - 1),
    channel: random.pick(['direct', 'referral', 'referral', 'emergency'] as const),
    minutes: random.chance(0.6) ? random.pick([10, 30, 24 * 60]) : null,
    voucher: random.chance(0.4) ? random.whole(0, 4) : null,
    key: ++maker.keys,
    fault: faultOfForm(random),
  }
}

const clockOf = ({ random }: Maker): Act =>
  random.chance(0.45)
    ? { do: 'clock', by: random.pick(STEPS) }
    : { do: 'clock-to', moment: random.pick(MOMENTS), nth: random.whole(0, 2), delta: random.whole(-1, 1) }

const duelOf = (random: Random, pool: number): Act => {
  const first = random.whole(0, PERSONS - 1)
  const channel = random.pick(['direct', 'referral', 'emergency'] as const)
  return { do: 'duel', pool, channel, persons: [first, (first + random.whole(1, PERSONS - 1)) % PERSONS] }
}

const rareOf = ({ random, pools }: Maker): Act => {
  const pool = random.whole(0, pools - 1)
  const roll = random.whole(1, 14)
  if (roll > 10) return duelOf(random, pool)
  if (roll <= 5) return { do: 'allot', pool, holder: random.chance(0.7) ? 0 : 1, units: random.whole(1, 2) }
  if (roll <= 7) return { do: 'withdraw', allotment: random.whole(0, 2) }
  if (roll <= 8) return { do: 'stop', pool }
  return { do: 'suspend', person: random.whole(0, PERSONS - 1), minutes: random.pick([1, 60, 3_000]) }
}

const actOf = (maker: Maker): Act => {
  const { random } = maker
  const roll = random.whole(1, 100)
  if (roll <= 28) {
    const wishes = Array.from({ length: random.whole(1, RUSH_MOST) }, () => wishOf(maker))
    return { do: 'rush', wishes, fault: faultOf(random), batch: random.chance(0.5) ? 1 : 2 }
  }
  if (roll <= 37) return drawOf(maker)
  if (roll <= 60) return moveOf(maker)
  if (roll <= 70) return { do: 'tick' }
  return roll <= 86 ? clockOf(maker) : rareOf(maker)
}

/** The run of a seed: the same seed gives the same run on every machine. */
export const planOf = (seed: number): Plan => {
  const random = randomFrom(`booking ${seed}`)
  // Every fifth run is crowded: two residents and a day with a slot every hour, so that they reach their limits and ask twice.
  const isCrowded = seed % CROWDED_EVERY === 0
  const pools = Array.from({ length: isCrowded ? 4 : random.whole(1, 4) }, (_, at) => poolOf(random, at, isCrowded))
  const maker: Maker = { random, pools: pools.length, wishes: [], moves: [], keys: 0, persons: isCrowded ? 2 : PERSONS }
  // A loan early on: vouchers can only be used where some were lent.
  const first: Act[] = random.chance(0.5) ? [{ do: 'allot', pool: 0, holder: 0, units: random.whole(1, 2) }] : []
  return { pools, acts: [...first, ...Array.from({ length: random.whole(ACTS.least, ACTS.most) }, () => actOf(maker))] }
}
