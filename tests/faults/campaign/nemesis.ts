import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { seeded } from '../../invariants/small-region.ts'
import type { Ground } from './ground.ts'
import type { CampaignOptions, FaultKind } from './options.ts'
import type { Blow } from './recovery.ts'
import type { Supervisor } from './supervisor.ts'

type Random = ReturnType<typeof seeded>
/** From when on, and where, the service may be expected back; and whether what replaces the struck part is there already. */
type Struck = { readonly from: number; readonly line: number | null; readonly isReplaced: () => Promise<boolean> | boolean }

const PAUSE_MS = { least: 400, most: 2_500 }
/** A full disk stays full until it was felt, and at most so long: what is allotted already may last a while. */
const FULL_MS = { least: 800, most: 12_000 }
/** How long PostgreSQL may take to notice that a backend was killed, and to end all others. */
const NOTICED_MS = 400
/** Forwards as an operator of a demo moves it, backwards as a correction of the host's time does. */
const JUMP_MS = { least: -50_000, most: 20 * 60_000 }
/** The service must go on for a while before it counts as back. */
const QUIET_MS = 300
/** After this the service counts as gone for good. */
const BACK_MS_MOST = 60_000

export type Arena = {
  readonly ground: Ground
  readonly supervisor: Supervisor
  readonly random: Random
  /** Whether a line, or any for null, has acknowledged something that was asked after a moment. */
  readonly hasAnswered: (line: number | null, since: number) => boolean
  readonly isOver: () => boolean
  /** How many answers so far asked to come again in a moment. */
  readonly busy: () => number
  /** Told when every kind of fault has struck once. */
  readonly onDeckPlayed: () => void
}

/** Strikes one fault after another, each when the service is back from the one before, until the walks are over. */
export const strike = async (arena: Arena, { faults, restMs }: CampaignOptions): Promise<Blow[]> => {
  const blows: Blow[] = []
  let deck: FaultKind[] = []
  while (!arena.isOver() && faults.length > 0) {
    await wait(between(arena.random, restMs))
    if (arena.isOver()) break
    if (deck.length === 0 && blows.length > 0) arena.onDeckPlayed()
    if (deck.length === 0) deck = shuffled(faults, arena.random)
    const kind = deck.pop() as FaultKind
    const struck = await FAULTS[kind](arena)
    if (struck === null) {
      deck.unshift(kind)
      continue
    }
    await untilBack(arena, kind, struck)
    const { from, line } = struck
    await wait(QUIET_MS)
    // What comes after the next blow says nothing about this one.
    blows.push({ kind, from, line, until: performance.now() })
  }
  return blows
}

// A fault is not over while nobody can say so; a following one would hide how long it took.
const untilBack = async (arena: Arena, kind: FaultKind, { from, line }: Struck): Promise<void> => {
  while (!arena.isOver() && !arena.hasAnswered(line, from)) {
    if (performance.now() - from > BACK_MS_MOST)
      throw new Error(`${kind}: the service did not come back within ${BACK_MS_MOST} ms`)
    await wait(20)
  }
}

const between = (random: Random, { least, most }: { least: number; most: number }): number => least + random.below(most - least)
const shuffled = (faults: readonly FaultKind[], random: Random): FaultKind[] =>
  faults
    .map((kind) => ({ kind, place: random.next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ kind }) => kind)

const serverOf = ({ supervisor, random }: Arena) => {
  const line = random.below(supervisor.servers.length)
  return { line, server: supervisor.servers[line] as (typeof supervisor.servers)[number] }
}

const everywhere = (isReplaced: Struck['isReplaced'] = () => true): Struck => ({
  from: performance.now(),
  line: null,
  isReplaced,
})

const inMs = (ms: number): (() => boolean) => {
  const at = performance.now() + ms
  return () => performance.now() > at
}

/** Each fault answers what it struck; null when there was nothing to strike. */
const FAULTS: Readonly<Record<FaultKind, (arena: Arena) => Promise<Struck | null>>> = {
  'server-killed': async (arena) => {
    const { line, server } = serverOf(arena)
    const before = server.generation()
    server.signal('SIGKILL')
    return { from: performance.now(), line, isReplaced: () => server.generation() > before }
  },
  'server-paused': async (arena) => {
    const { line, server } = serverOf(arena)
    server.signal('SIGSTOP')
    await wait(between(arena.random, PAUSE_MS))
    server.signal('SIGCONT')
    return { from: performance.now(), line, isReplaced: () => true }
  },
  'backend-killed': async (arena) => ((await signalBackend(arena, 'SIGKILL')) ? everywhere(inMs(NOTICED_MS)) : null),
  'backend-ended': async (arena) => ((await signalBackend(arena, 'SIGTERM')) ? everywhere() : null),
  'backend-paused': async (arena) => {
    const pid = await signalBackend(arena, 'SIGSTOP')
    if (!pid) return null
    await wait(between(arena.random, PAUSE_MS))
    signal(pid, 'SIGCONT')
    return everywhere()
  },
  'postmaster-killed': async ({ ground }) => {
    const before = await ground.postmaster()
    if (!signal(before, 'SIGKILL')) return null
    return everywhere(async () => (await ground.postmaster().catch(() => before)) !== before)
  },
  'clock-jumped': async ({ ground, random }) => {
    const ms = random.chance(0.5) ? between(random, { ...JUMP_MS, most: 0 }) : between(random, { ...JUMP_MS, least: 0 })
    await asOwner(ground, (owner) => owner.query('update platform.clock set offset_ms = offset_ms + $1', [ms]))
    return everywhere()
  },
  'disk-full': async ({ ground, busy, isOver }) => {
    const [before, since] = [busy(), performance.now()]
    ground.disk?.fill()
    await wait(FULL_MS.least)
    while (busy() === before && performance.now() - since < FULL_MS.most && !isOver()) await wait(50)
    ground.disk?.free()
    return busy() > before ? everywhere() : null
  },
}

const signalBackend = async ({ ground, random }: Arena, name: NodeJS.Signals): Promise<number | null> => {
  const rows = await asOwner(ground, async (owner) => {
    const found = await owner.query<{ pid: number }>(`select pid from pg_stat_activity where usename = 'jieli_app' order by pid`)
    return found.rows
  })
  if (!rows || rows.length === 0) return null
  const { pid } = random.one(rows)
  return signal(pid, name) ? pid : null
}

const signal = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

/** One statement in the owner's name over a connection of its own; null when the database is away at this moment. */
const asOwner = async <T>({ ownerUrl }: Ground, work: (owner: Client) => Promise<T>): Promise<T | null> => {
  const owner = new Client({
    connectionString: ownerUrl,
    application_name: 'nemesis',
    query_timeout: 5_000,
    connectionTimeoutMillis: 5_000,
  })
  owner.on('error', () => {})
  try {
    await owner.connect()
    return await work(owner)
  } catch {
    return null
  } finally {
    await owner.end().catch(() => {})
  }
}
