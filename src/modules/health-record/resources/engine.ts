import type { Instant } from '../../../kernel/clock.ts'
import { collector } from '../../../platform/collector.ts'
import { isOverloaded, isPassing, OutcomeUnknown } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { newestMany, readMany, type FoundVersion, type NewestAsked, type NewestRow, type Reading } from './read-store.ts'
import { createMany, type Creation } from './write-store.ts'

/** Reads and creates for many askers at once, each as surely as if it had come alone. */
export type ResourceEngine = {
  /** The newest version as the asker may see it, or null; with its audit row. */
  readonly read: (reading: Reading) => Promise<FoundVersion | null>
  /** The newest of a type in a person's record, and one more if there are more; with its audit row. */
  readonly newest: (asked: NewestAsked) => Promise<readonly NewestRow[]>
  /** Writes the first version of a resource; answers when that was. */
  readonly create: (creation: Creation) => Promise<Instant>
}

type Waiting<Item, Value> = {
  readonly item: Item
  readonly resolve: (value: Value) => void
  readonly reject: (error: unknown) => void
}

const READS_MOST = 64
const NEWEST_MOST = 32
const CREATES_MOST = 128
const TRIES = 4
const FIRST_WAIT_MS = 40

/**
 * Carries a batch through what passes, a lost race or a broken connection; what fails for another reason is halved, so that
 * one bad row fails alone. A write whose outcome nobody knows is not repeated: its asker hears that.
 */
const carrySurely = async <Item, Value>(
  batch: readonly Waiting<Item, Value>[],
  carry: (items: readonly Item[]) => Promise<readonly Value[]>,
  isRead: boolean,
): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const values = await carry(batch.map(({ item }) => item))
      return batch.forEach(({ resolve }, at) => resolve(values[at] as Value))
    } catch (error) {
      const isOver = tries >= TRIES || isOverloaded(error) || (!isRead && error instanceof OutcomeUnknown)
      if (isPassing(error) && !isOver) await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** tries))
      else if (batch.length === 1 || isPassing(error)) return batch.forEach(({ reject }) => reject(error))
      else {
        const half = Math.ceil(batch.length / 2)
        await carrySurely(batch.slice(0, half), carry, isRead)
        return carrySurely(batch.slice(half), carry, isRead)
      }
    }
  }
}

/**
 * One batch of a lane is with the database at a time; what comes meanwhile is its next. Large batches cost less for each than two lanes' smaller
 * ones; a second lane is worth it where the database has more to do than this process.
 */
const lanesOf = <Item, Value>(
  { lanes: count, most, isRead }: { readonly lanes: 1 | 2; readonly most: number; readonly isRead: boolean },
  carry: (items: readonly Item[]) => Promise<readonly Value[]>,
) => {
  const lanes = Array.from({ length: count }, () =>
    collector<Waiting<Item, Value>>(most, (batch) => carrySurely(batch, carry, isRead)),
  )
  let next = 0
  return (item: Item): Promise<Value> =>
    new Promise((resolve, reject) => {
      next = (next + 1) % lanes.length
      lanes[next]?.add({ item, resolve, reject })
    })
}

const createEngine = (house: House): ResourceEngine => {
  const database = house.database.beside(4)
  return {
    read: lanesOf<Reading, FoundVersion | null>({ lanes: 1, most: READS_MOST, isRead: true }, (batch) =>
      readMany(database, batch),
    ),
    newest: lanesOf<NewestAsked, readonly NewestRow[]>({ lanes: 2, most: NEWEST_MOST, isRead: true }, (batch) =>
      newestMany(database, batch),
    ),
    create: lanesOf<Creation, Instant>({ lanes: 1, most: CREATES_MOST, isRead: false }, async (batch) => {
      const at = await createMany(database, batch)
      house.told()
      return batch.map(() => at)
    }),
  }
}

const engines = new WeakMap<House, ResourceEngine>()

/** The one engine of a house, made when it is first asked for. */
export const resourceEngineOf = (house: House): ResourceEngine => {
  const known = engines.get(house) ?? createEngine(house)
  engines.set(house, known)
  return known
}
