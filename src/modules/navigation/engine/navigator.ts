import { dayOf, type Day } from '../../../kernel/day.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { regionStamp } from '../../organisations/index.ts'
import { openEngine, type Engine } from './engine.ts'
import { loadWorld } from './load-world.ts'
import { startMirror, type Mirror } from './mirror.ts'

/** The engine of a house over its whole region, with live capacity. */
export type Navigator = {
  /** Fulfilled when it can be asked for the first time. */
  readonly ready: Promise<void>
  /** What can be asked now, or null: not yet built, or its capacity is older than a second. Ask the database then. */
  readonly current: () => CurrentEngine | null
  /** Age of the capacity, ms. */
  readonly ageMs: () => number
  /** Builds anew if the day or the register of institutions has changed. */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

export type CurrentEngine = {
  readonly engine: Engine
  readonly mirror: Pick<Mirror, 'firstPool' | 'ageMs'>
  /** The day for which institutions, services and consortia were read, and how far ahead units count. */
  readonly day: Day
  readonly horizonDays: number
}

/** Publication: what is offered must not have been gone for longer than a second. */
const OLDEST_MS = 1_000
const RENEW_EVERY_MS = 30_000

type Built = {
  readonly engine: Engine
  readonly mirror: Mirror
  readonly stamp: string
  readonly day: Day
  readonly horizonDays: number
}

const running = new Set<Navigator>()

/** The navigator of the server that runs in this process; null when there is none, or more than one house in it. */
export const runningNavigator = (): Navigator | null => {
  const [only, ...others] = running
  return only && others.length === 0 ? only : null
}

/** Starts a navigator: it reads the region, keeps the capacity live and builds anew when the register changes. */
export const startNavigator = (house: House): Navigator => {
  const { log, rulebook, zone } = house
  const database = house.database.beside(2)
  const db = asSystem(database)
  let built: Built | null = null
  let renewing: Promise<void> | null = null
  let isClosed = false

  const build = async (): Promise<void> => {
    const day = dayOf(await databaseNow(db), zone)
    const stamp = await regionStamp(db)
    if (isClosed || (built?.day === day && built.stamp === stamp)) return
    const horizonDays = valueOn(rulebook, 'navigation.horizon-days', day)
    const beganAt = performance.now()
    const engine = openEngine(await db.transaction((tx) => loadWorld(tx, day), 'read'))
    const before = built
    const kept = before?.horizonDays === horizonDays ? before.mirror : null
    const mirror = kept ?? startMirror({ database, capacity: engine.capacity, horizonDays, log })
    kept?.moveTo(engine.capacity)
    built = { engine, mirror, stamp, day, horizonDays }
    await Promise.all([mirror.ready, kept ? null : before?.mirror.close()])
    log('info', 'navigator.built', {
      sites: engine.sites.length,
      pairs: engine.pairs,
      bytes: engine.bytes(),
      ms: Math.round(performance.now() - beganAt),
    })
  }
  const renew = (): Promise<void> =>
    (renewing ??= build()
      .catch((error: Error) => isClosed || log('warn', 'navigator.not-built', { error: error.message }))
      .then(() => {})
      .finally(() => (renewing = null)))
  const timer = setInterval(() => void renew(), RENEW_EVERY_MS)
  const navigator: Navigator = {
    ready: renew(),
    ageMs: () => built?.mirror.ageMs() ?? Infinity,
    current: () => (built && built.mirror.ageMs() <= OLDEST_MS ? built : null),
    renew,
    close: async () => {
      running.delete(navigator)
      isClosed = true
      clearInterval(timer)
      await renewing
      await built?.mirror.close()
      await database.close()
    },
  }
  running.add(navigator)
  return navigator
}
