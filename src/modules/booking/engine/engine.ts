import { createHash } from 'node:crypto'
import { dayOf } from '../../../kernel/day.ts'
import { newId } from '../../../kernel/id.ts'
import { refuse, type Result } from '../../../kernel/result.ts'
import {
  constraintOf,
  databaseNow,
  isOverloaded,
  isPassing,
  isRepeatable,
  OutcomeUnknown,
  sqlState,
  type Database,
} from '../../../platform/database/pool.ts'
import type { Asked, Outcome } from '../../../platform/forms/form.ts'
import type { House } from '../../../platform/house.ts'
import { RuleConflict, RuleGap, valueOn } from '../../../shapes/rulebook.ts'
import { collector, type Crowd } from '../../../platform/collector.ts'
import { NO_MEMORY, openMemory } from './memory.ts'
import { bookMany, keyOf, refuseMany, type Asking, type Limits, type Told, type Wish } from './store.ts'

export type { Wish } from './store.ts'

/** Books units for many askers at once, each as surely as if it had come alone. */
export type Engine = {
  /** What a wish comes to: the JSON text of the answer, or every reason why not. The same key answers the same. */
  readonly book: (wish: Wish, asked: Asked) => Promise<Result<Outcome>>
  /** Waits for what is under way, and gives the connections back. */
  readonly close: () => Promise<void>
}

export type EngineOptions = {
  /** How many batches may be under way at once; a pool always belongs to the same one. */
  readonly shards?: number
  /** How many wishes one batch takes at most. */
  readonly most?: number
  /** Whether a pool that is known to be full refuses from memory, for a second at most. */
  readonly remembers?: boolean
}

type Waiting = Asking & {
  readonly code?: string
  readonly settle: (outcome: Result<Outcome>) => void
  readonly fail: (error: unknown) => void
}

const MOST = 256
const TRIES = 4
const REPEATS = 2
/** The SQLSTATE by which the batch says that its policy values are of another day. */
const DAY_TURNED = 'JL001'

/** @source reliability.md section 3, B1–B12; docs/decisions/0010 */
export const createEngine = (house: House, options: EngineOptions = {}): Engine => {
  const { shards = 1, most = MOST, remembers = false } = options
  const database = house.database.beside(shards + 1)
  const memory = remembers ? openMemory() : NO_MEMORY
  const limits = limitsOf(house)
  const underWay = new Map<string, number>()

  const tell = (batch: readonly Waiting[], told: readonly Pick<Told, 'outcome' | 'said' | 'detail'>[]): void => {
    batch.forEach((one, at) => one.settle(outcomeOf(told[at] as Told)))
    if (told.some(({ outcome }) => outcome === 'done')) house.told()
  }
  const bookBatch =
    (ask: Database['alone']) =>
    async (batch: readonly Waiting[]): Promise<void> => {
      const askedAt = performance.now()
      const told = await bookMany(ask, batch, await limits.now())
      batch.forEach(({ wish }, at) => {
        const { said, fullMs } = told[at] as Told
        if (fullMs !== null) memory.learn(wish.pool, wish.channel, said, askedAt, fullMs)
      })
      tell(batch, told)
    }
  const refuseBatch = async (batch: readonly Waiting[]): Promise<void> => {
    const told = await refuseMany(
      database.alone,
      batch,
      batch.map(({ code }) => code as string),
    )
    tell(
      batch,
      told.map((one) => ({ ...one, detail: null })),
    )
  }
  const surely = (carry: (batch: readonly Waiting[]) => Promise<void>) => (batch: readonly Waiting[]) =>
    carrySurely(carry, batch, limits.forget)
  const crowd: Crowd = { underWay: 0 }
  const lanes = Array.from({ length: shards }, () => collector<Waiting>(most, surely(bookBatch(database.inLine())), crowd))
  const refusals = collector<Waiting>(most, surely(refuseBatch))

  const book = (wish: Wish, { actor, request, key = newId() }: Asked): Promise<Result<Outcome>> =>
    new Promise<Result<Outcome>>((resolve, reject) => {
      const asking: Asking = { wish, actor, request, key, hash: hashOf(wish) }
      const id = keyOf(asking)
      const over = (): void =>
        void ((underWay.get(id) ?? 1) > 1 ? underWay.set(id, (underWay.get(id) as number) - 1) : underWay.delete(id))
      const settle = (outcome: Result<Outcome>): void => (over(), resolve(outcome))
      const fail = (error: unknown): void => (over(), reject(error))
      // A second request with a key that is under way must wait for the first one's answer.
      const code = underWay.has(id) ? null : memory.recall(wish.pool, wish.channel)
      underWay.set(id, (underWay.get(id) ?? 0) + 1)
      if (code) refusals.add({ ...asking, code, settle, fail })
      else lanes[shardOf(wish.pool, shards)]?.add({ ...asking, settle, fail })
    })
  return {
    book,
    close: async () => {
      await Promise.all([...lanes, refusals].map((lane) => lane.idle()))
      await database.close()
    },
  }
}

const engines = new WeakMap<House, Engine>()

/** The one engine of a house; made when it is first asked for, with the options of that first time. */
export const engineOf = (house: House, options?: EngineOptions): Engine => {
  const known = engines.get(house) ?? createEngine(house, options)
  engines.set(house, known)
  return known
}

const hashOf = ({ form, body }: Wish): string =>
  createHash('sha256').update(form).update('\0').update(JSON.stringify(body)).digest('hex')

// The end of a pool's id is random, whoever made it and when.
const HEX = 16
const RANDOM_DIGITS = 4
const shardOf = (pool: string, shards: number): number =>
  shards === 1 ? 0 : Number.parseInt(pool.slice(-RANDOM_DIGITS), HEX) % shards

const outcomeOf = ({ outcome, said, detail }: Pick<Told, 'outcome' | 'said' | 'detail'>): Result<Outcome> =>
  outcome === 'refused'
    ? refuse(said, detail ?? undefined)
    : { ok: true, value: { text: said, replayed: outcome === 'replayed' } }

/** Policy values of today by the one clock, read once a day. */
const limitsOf = (house: House): { now: () => Promise<Limits>; forget: () => void } => {
  let known: Limits | null = null
  const read = async (): Promise<Limits> => {
    const today = dayOf(await databaseNow(house.database), house.zone)
    const value = (id: string): number => valueOn(house.rulebook, id, today)
    return {
      today,
      zone: house.zone,
      holdMinutes: value('booking.hold-minutes'),
      dayMost: value('booking.day-bookings-most'),
      isRealNameNeeded: value('booking.real-name') > 0,
    }
  }
  return { now: async () => (known ??= await read()), forget: () => void (known = null) }
}

/**
 * Carries a batch through what passes: a lost race is repeated, a broken connection asked again with the same keys, a full
 * database answered as busy. What fails for another reason is halved, so that one bad row does not take its neighbours along.
 */
const carrySurely = async (
  carry: (batch: readonly Waiting[]) => Promise<void>,
  batch: readonly Waiting[],
  newDay: () => void,
  wasUnknown = false,
): Promise<void> => {
  let isUnknown = wasUnknown
  const giveUp = (): void => settleAll(batch, refuse(isUnknown ? 'platform.outcome-unknown' : 'platform.busy'))
  for (let tries = 1; ; tries += 1) {
    try {
      return await carry(batch)
    } catch (error) {
      isUnknown ||= error instanceof OutcomeUnknown
      const isRace = isLostRace(error)
      if (error instanceof RuleGap || error instanceof RuleConflict)
        return settleAll(batch, refuse('platform.rule-missing', { rule: error.id }))
      if (isOverloaded(error)) return giveUp()
      if (sqlState(error) === DAY_TURNED && tries < TRIES) newDay()
      else if (isRace ? tries > REPEATS && batch.length > 1 : !isPassing(error)) {
        if (batch.length === 1) return batch[0]?.fail(error)
        const half = Math.ceil(batch.length / 2)
        await carrySurely(carry, batch.slice(0, half), newDay, isUnknown)
        return carrySurely(carry, batch.slice(half), newDay, isUnknown)
      } else if (tries >= TRIES) return giveUp()
      else if (!isRace) await new Promise((resolve) => setTimeout(resolve, 40 * 4 ** tries))
    }
  }
}

const GUARDS = ['person_claim_pkey', 'service_claim_pkey', 'person_day_pkey', 'idempotency_pkey']
const UNIQUE_VIOLATION = '23505'

/** Another transaction has won a row that this batch wanted: asked again, the batch sees it. */
const isLostRace = (error: unknown): boolean =>
  isRepeatable(error) || (sqlState(error) === UNIQUE_VIOLATION && GUARDS.includes(constraintOf(error) ?? ''))

const settleAll = (batch: readonly Waiting[], outcome: Result<Outcome>): void => batch.forEach(({ settle }) => settle(outcome))
