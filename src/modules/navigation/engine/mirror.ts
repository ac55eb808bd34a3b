import { msOf, plusHours, type Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import type { Database, Tx } from '../../../platform/database/pool.ts'
import type { Log } from '../../../platform/house.ts'
import {
  CAPACITY_CHANNEL,
  momentOf,
  poolsBetween,
  poolsNamed,
  poolsOfOrgs,
  readNotice,
  touchedSince,
  writtenSince,
  type LeftOver,
  type PoolId,
  type Seen,
} from '../../booking/index.ts'
import type { Capacity } from './capacity.ts'
import { openNoticeBook } from './notice-book.ts'
import { openStockBook, type StockBook } from './stock-book.ts'
import type { EngineChannel } from './world.ts'

/** What the mirror counts about itself. */
export type MirrorCounts = {
  /** Times that everything was read anew, the first included. */
  readonly reloads: number
  /** Messages of other processes that were missed. */
  readonly gaps: number
  /** Pools that were found written without anything having been told; 0 while every change is told. */
  readonly untold: number
  readonly pools: number
}

/** Remaining capacity of the database in the memory of this process. */
export type Mirror = {
  /** Fulfilled when everything has been read once. */
  readonly ready: Promise<void>
  /** How old the memory may be: ms since the beginning of the last look at the database that succeeded; Infinity before the first. */
  readonly ageMs: () => number
  /** Looks at the database now; what was committed before the call is in memory after it. */
  readonly refresh: () => Promise<void>
  /** The first pool that a channel could draw from, or null. */
  readonly firstPool: (channel: EngineChannel, org: OrgId, specialty: string) => PoolId | null
  readonly counts: () => MirrorCounts
  /** Goes on writing into the capacity of an engine that was built anew. */
  readonly moveTo: (capacity: Capacity) => void
  readonly close: () => Promise<void>
}

export type MirrorOptions = {
  readonly database: Database
  readonly capacity: Capacity
  /** How many days ahead units count: `navigation.horizon-days`. */
  readonly horizonDays: number
  readonly log?: Log
}

const LOOK_EVERY_MS = 250
/** In a rush, when every moment brings a message, looking takes a tenth of the time and what changed meanwhile is read together. */
const REST_PER_LOOK = 9
const REST_MOST_MS = 400
/** All pools are looked through for what nobody told once a second, or seldomer where that would cost more than 2 % of a core. */
const SWEEP_EVERY_MS = 1_000
const SWEEP_SHARE = 50
const HOUR_MS = 60 * 60 * 1000
const DAY_HOURS = 24
/** So much is read beyond the horizon, so that a day comes in without reading everything anew. */
const BEYOND_HOURS = 48
const ROLL_BEFORE_HOURS = 24

type Known = { readonly book: StockBook; seen: Seen; now: Instant; readonly until: Instant; sweptAt: number; sweptSeen: Seen }

/** Reads the database into a capacity: everything at first, then what has changed. */
type Follower = {
  /** Reads everything anew. */
  readonly reload: () => Promise<void>
  /** Reads what has changed since the last time; everything if nothing was read before. */
  readonly follow: () => Promise<void>
  readonly firstPool: Mirror['firstPool']
  readonly moveTo: Mirror['moveTo']
  readonly counts: () => Omit<MirrorCounts, 'gaps'>
}

const openFollower = ({ database, capacity: first, horizonDays, log = () => {} }: MirrorOptions): Follower => {
  const db = asSystem(database)
  const horizonMs = horizonDays * DAY_HOURS * HOUR_MS
  let capacity = first
  let known: Known | null = null
  let [reloads, untold] = [0, 0]

  const reload = async (): Promise<void> => {
    const { pools, ...moment } = await db.transaction(async (tx) => {
      const at = await momentOf(tx)
      const until = plusHours(at.now, horizonDays * DAY_HOURS + BEYOND_HOURS)
      return { ...at, until, pools: await poolsBetween(tx, at.now, until) }
    }, 'read')
    const nowMs = msOf(moment.now)
    const book = openStockBook(capacity, horizonMs, nowMs)
    for (const pool of pools) book.put(pool)
    capacity.clear()
    book.settle(nowMs)
    known = { ...moment, book, sweptAt: performance.now(), sweptSeen: moment.seen }
    reloads += 1
  }
  const follow = async (): Promise<void> => {
    const from = known
    if (!from) return reload()
    const isSweep = performance.now() >= from.sweptAt
    const { moment, told, written } = await db.transaction((tx) => readSince(tx, from, isSweep), 'read')
    const nowMs = msOf(moment.now)
    // A clock that was set back, or so far on that the end of what was read comes near, asks for everything anew.
    if (nowMs < msOf(from.now) || msOf(from.until) - nowMs < horizonMs + ROLL_BEFORE_HOURS * HOUR_MS) return reload()
    for (const pools of told) apply(from.book, pools)
    if (written) {
      const found = untoldOf(written.pools, from, told)
      if (found > 0) log('info', 'mirror.untold', { pools: found })
      untold += found
      for (const pool of written.pools) from.book.put(pool)
      from.sweptSeen = moment.seen
      from.sweptAt = performance.now() + Math.max(SWEEP_EVERY_MS, written.tookMs * SWEEP_SHARE)
    }
    from.book.settle(nowMs)
    Object.assign(from, moment)
  }
  return {
    reload,
    follow,
    firstPool: (channel, org, specialty) => known?.book.firstPool(channel, org, specialty) ?? null,
    moveTo: (other) => {
      capacity = other
      if (known) known.book.moveTo(other, msOf(known.now))
    },
    counts: () => ({ reloads, untold, pools: known?.book.size() ?? 0 }),
  }
}

/**
 * Keeps a capacity like the database: messages of the processes say when to look, the outbox what was touched since the last look, by
 * snapshot, so that nothing that commits late is missed; a look through the pools themselves finds what nobody told. A missed
 * message, a lost connection or a clock set back reads everything anew. @source performance.md sections 3f and 12
 */
export const startMirror = (options: MirrorOptions): Mirror => {
  const { database, log = () => {} } = options
  const follower = openFollower(options)
  const notices = openNoticeBook()
  let lookedAt = -Infinity
  let mustReload = true
  let isClosed = false
  let restUntil = 0
  let waiting: NodeJS.Timeout | null = null

  const look = async (): Promise<void> => {
    const beganAt = performance.now()
    const isReload = mustReload
    mustReload = false
    try {
      await (isReload ? follower.reload() : follower.follow())
      lookedAt = beganAt
    } catch (error) {
      mustReload ||= isReload
      if (!isClosed) log('warn', 'mirror.look-failed', { error: (error as Error).message })
    }
    const endedAt = performance.now()
    restUntil = endedAt + Math.min((endedAt - beganAt) * REST_PER_LOOK, REST_MOST_MS)
  }
  const looks = oneAtATime(look, () => isClosed)
  const lookRested = (): void => {
    waiting = null
    if (!isClosed) void looks.again()
  }
  const lookSoon = (): void => void (waiting ??= setTimeout(lookRested, Math.max(0, restUntil - performance.now())))
  const listener = database.listen(CAPACITY_CHANNEL, {
    hear: (payload) => {
      const notice = readNotice(payload)
      if (!notice) return
      mustReload = notices.hear(notice) || mustReload
      lookSoon()
    },
    begun: () => {
      // What was said while nobody listened was not heard.
      mustReload = true
      notices.forget()
      void looks.again()
    },
    onError: (error) => isClosed || log('warn', 'mirror.listening-lost', { error: error.message }),
  })
  const timer = setInterval(lookSoon, LOOK_EVERY_MS)
  return {
    ready: looks.again(),
    ageMs: () => performance.now() - lookedAt,
    refresh: looks.again,
    firstPool: follower.firstPool,
    counts: () => ({ ...follower.counts(), gaps: notices.gaps() }),
    moveTo: follower.moveTo,
    close: async () => {
      isClosed = true
      clearInterval(timer)
      if (waiting) clearTimeout(waiting)
      await Promise.all([listener.close(), looks.idle()])
    },
  }
}

/** What is read together: pools named one by one, or all of one institution. */
type Read = { readonly pools: readonly LeftOver[]; readonly wholeOrgs: readonly OrgId[] }

const readSince = async (tx: Tx, { seen, sweptSeen, until }: Known, isSweep: boolean) => {
  const [moment, touched] = await Promise.all([momentOf(tx), touchedSince(tx, seen)])
  const told: Read[] = []
  const named = touched.filter((one): one is { org: OrgId; pool: PoolId } => one.pool !== null)
  const wholeOrgs = [...new Set(touched.filter(({ pool }) => pool === null).map(({ org }) => org))]
  if (named.length > 0) {
    const [orgs, ids] = [named.map(({ org }) => org), named.map(({ pool }) => pool)]
    told.push({ pools: await poolsNamed(tx, orgs, ids, until), wholeOrgs: [] })
  }
  if (wholeOrgs.length > 0) told.push({ pools: await poolsOfOrgs(tx, wholeOrgs, moment.now, until), wholeOrgs })
  const beganAt = performance.now()
  const pools = isSweep ? await writtenSince(tx, sweptSeen, moment.now, until) : null
  return { moment, told, written: pools && { pools, tookMs: performance.now() - beganAt } }
}

const apply = (book: StockBook, { pools, wholeOrgs }: Read): void => {
  for (const pool of pools) book.put(pool)
  for (const org of wholeOrgs) book.keepOnly(org, new Set(pools.filter((pool) => pool.org === org).map(({ id }) => id)))
}

/** How many of the written pools say something that no event had brought before. */
const untoldOf = (written: readonly LeftOver[], { book }: Known, told: readonly Read[]): number => {
  const brought = new Set(told.flatMap(({ pools }) => pools.map(({ id }) => id)))
  return written.filter((pool) => !brought.has(pool.id) && book.differs(pool)).length
}

/** Runs a piece of work again and again, never twice at once; whoever asks while it runs gets a run that began after the asking. */
const oneAtATime = (work: () => Promise<void>, isOver: () => boolean) => {
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null
  const run = (): Promise<void> => {
    running = (isOver() ? Promise.resolve() : work()).finally(() => (running = null))
    return running
  }
  const again = (): Promise<void> => {
    if (!running) return run()
    next ??= running.then(() => {
      next = null
      return run()
    })
    return next
  }
  return { again, idle: async () => void (await (next ?? running)) }
}
