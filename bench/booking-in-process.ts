import { deepStrictEqual } from 'node:assert/strict'
import type pg from 'pg'
import type { Ending } from '../src/apps/ending.ts'
import { BOOKING_ENGINE, makeHouse } from '../src/apps/server.ts'
import { dayOf } from '../src/kernel/day.ts'
import { newId, type AccountId, type OrgId, type PersonId } from '../src/kernel/id.ts'
import { createEngine, type Engine, type Wish } from '../src/modules/booking/engine/engine.ts'
import { bookMany, type Asking } from '../src/modules/booking/engine/store.ts'
import type { PoolId } from '../src/modules/booking/booking.ts'
import type { Actor } from '../src/platform/access.ts'
import { readConfig } from '../src/platform/config.ts'
import { databaseNow, openDatabase } from '../src/platform/database/pool.ts'
import { bookInFour, CALL_ONE, CALL_ROWS } from './booking-rows.ts'
import { jobsOf, LOADS, PERSONS, valuesOf, type Job, type Load, type Stage } from './booking-stage.ts'
import { rateOf, type Rate } from './rate.ts'
import { median, rounded, type Line, type Report } from './report.ts'

export const ROUNDS = 5
const CALLERS = 64
const ZONE = 'Asia/Shanghai'
const CONNECTIONS = 8
/** A round lasts about so long: as many wishes are taken as the side did in its trial. */
const ROUND_SECONDS = 1.2
const TRIAL = 1_500
const ALONE = 800

/** A way to book: how many bookings it was asked for, and how it went. */
export type Side = { readonly name: string; readonly round: (jobs: readonly Job[], callers: number) => Promise<Rate> }

const perConnection = (clients: readonly pg.Client[], one: (client: pg.Client, job: Job) => Promise<unknown>): Side['round'] => {
  // Callers share the connections as they would share a pool: each waits for the next free one.
  const free = [...clients]
  const waiting: ((client: pg.Client) => void)[] = []
  const taken = (): Promise<pg.Client> | pg.Client => free.pop() ?? new Promise((resolve) => waiting.push(resolve))
  const give = (client: pg.Client): void => {
    const next = waiting.shift()
    if (next) next(client)
    else free.push(client)
  }
  return (jobs, callers) =>
    rateOf(jobs, callers, async (job) => {
      const client = await taken()
      try {
        return await one(client, job)
      } finally {
        give(client)
      }
    })
}

const actorOf = (job: Job): Actor =>
  ({
    account: job.account as AccountId,
    role: 'resident',
    org: null,
    person: job.person as PersonId,
    name: { zh: '演示居民' },
  }) as Actor

const wishOf = ({ org, pool, person }: Job): Wish => ({
  org: org as OrgId,
  pool: pool as PoolId,
  person: person as PersonId,
  form: 'booking.book',
  channel: 'direct',
  body: { org, pool },
})

export const askEngine = async (engine: Engine, job: Job): Promise<void> => {
  const outcome = await engine.book(wishOf(job), { actor: actorOf(job), request: newId(), key: newId() })
  if (!outcome.ok) throw new Error(outcome.refusals[0]?.code)
}

/** The function that the engine calls, called by hand for one wish: the same decision, without a queue before it. */
const openDecision = async (stage: Stage, ending: Ending): Promise<Side> => {
  const database = openDatabase(stage.appUrl, { size: 1 })
  ending.onEnd(database.close)
  const limits = {
    today: dayOf(await databaseNow(database), ZONE),
    zone: ZONE,
    holdMinutes: 15,
    dayMost: 9,
    isRealNameNeeded: true,
  }
  return {
    name: 'one decision',
    round: (jobs, callers) =>
      rateOf(jobs, callers, async (job) => {
        const key = newId()
        const asking: Asking = { wish: wishOf(job), actor: actorOf(job), request: key, key, hash: key }
        const [told] = await bookMany(database.alone, [asking], limits)
        if (told?.outcome !== 'done') throw new Error(told?.said)
      }),
  }
}

/** The house's own engine, in this process, on the stage's database as the app's role, as the server opens it. */
export const openEngine = async (stage: Stage, ending: Ending): Promise<Engine> => {
  const database = openDatabase(stage.appUrl, { size: 2 })
  ending.onEnd(database.close)
  const config = readConfig({ JIELI_DATA: stage.dataFolder, JIELI_DEMO: 'off' })
  const house = await makeHouse(
    config,
    database,
    () => {},
    () => {},
  )
  return createEngine(house, BOOKING_ENGINE)
}

/** Rows alone: so many bookings a statement as there are callers, on one connection, without any decision. */
const rowsAlone = (client: pg.Client): Side => ({
  name: 'bare floor',
  round: async (jobs, callers) => {
    const batches = Array.from({ length: Math.floor(jobs.length / callers) }, (_, at) =>
      jobs.slice(at * callers, (at + 1) * callers).map(valuesOf),
    )
    const rate = await rateOf(batches, 1, (batch) => {
      const columns = Array.from({ length: 7 }, (_, column) => batch.map((values) => values[column]))
      return client.query({ ...CALL_ROWS, values: columns })
    })
    return { ...rate, perSecond: rate.perSecond * callers }
  },
})

export const openSides = async (stage: Stage, ending: Ending): Promise<readonly [Side, Side, Side, Side]> => {
  const clients: pg.Client[] = []
  for (let at = 0; at < CONNECTIONS; at += 1) clients.push(await stage.connect())
  const engine = await openEngine(stage, ending)
  return [
    {
      name: 'one function',
      round: perConnection(clients, (client, job) => client.query({ ...CALL_ONE, values: valuesOf(job) })),
    },
    { name: 'four round trips', round: perConnection(clients, (client, job) => bookInFour(client, valuesOf(job))) },
    rowsAlone(clients[0] as pg.Client),
    { name: 'engine', round: (jobs, callers) => rateOf(jobs, callers, (job) => askEngine(engine, job)) },
  ]
}

/** One round of one side: booked, proved, and taken away again. */
export const oneRound = async (stage: Stage, side: Side, jobs: readonly Job[], callers: number): Promise<Rate> => {
  const whole = jobs.slice(0, jobs.length - (jobs.length % callers))
  const rate = await side.round(whole, callers)
  deepStrictEqual(rate.failed, 0, `${side.name}: every wish finds a place`)
  await stage.proveBooked(whole.length, side.name)
  await stage.reset()
  return rate
}

const trialOf = async (stage: Stage, side: Side, load: Load): Promise<number> => {
  await oneRound(stage, side, jobsOf(load, TRIAL, 'warm'), CALLERS)
  const { perSecond } = await oneRound(stage, side, jobsOf(load, TRIAL * 2, 'trial'), CALLERS)
  return Math.min(PERSONS, Math.max(CALLERS * 4, Math.round(perSecond * ROUND_SECONDS)))
}

const measureLoad = async (stage: Stage, sides: readonly Side[], load: Load, report: Report): Promise<Map<string, Line>> => {
  const counts = new Map<Side, number>()
  for (const side of sides) counts.set(side, await trialOf(stage, side, load))
  const rates = new Map<Side, Rate[]>(sides.map((side) => [side, []]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of sides)
      rates.get(side)?.push(await oneRound(stage, side, jobsOf(load, counts.get(side) as number, `${load} ${round}`), CALLERS))
  const baselines = rates.get(sides[0] as Side) as Rate[]
  return new Map(sides.map((side) => [side.name, report.rounds(`${side.name}, ${load}`, rates.get(side) as Rate[], baselines)]))
}

const RATIO: Record<Load, { ratio: number; p99: number } | null> = {
  uniform: { ratio: 5, p99: 0.25 },
  skewed: null,
  'one pool': { ratio: 20, p99: 0.1 },
}
const OF_FLOOR = 0.8
const ALONE_MOST = 1.3

const tellAims = (load: Load, lines: Map<string, Line>, report: Report): void => {
  const wanted = RATIO[load]
  const engine = lines.get('engine')
  const floor = lines.get('bare floor')
  if (!wanted || !engine || !floor) return
  report.aim({
    aim: `engine, ${load}`,
    wanted: `≥ ${wanted.ratio} × one function`,
    reached: engine.ratio,
    met: engine.ratio >= wanted.ratio,
  })
  report.aim({
    aim: `engine, ${load}, p99`,
    wanted: `≤ ${wanted.p99} × one function`,
    reached: engine.p99Ratio,
    met: engine.p99Ratio <= wanted.p99,
  })
  const ofFloor = rounded(engine.ratio / floor.ratio)
  report.aim({ aim: `engine, ${load}, of the bare floor`, wanted: `≥ ${OF_FLOOR}`, reached: ofFloor, met: ofFloor >= OF_FLOOR })
}

const tellAlone = (report: Report, than: string, rates: readonly Rate[], baselines: readonly Rate[]): void => {
  const reached = rounded(median(rates.map(({ p50ms }, at) => p50ms / (baselines[at] as Rate).p50ms)))
  report.aim({ aim: 'engine, a single request, p50', wanted: `≤ ${ALONE_MOST} × ${than}`, reached, met: reached <= ALONE_MOST })
}

/** One caller at a time: batching must not make anybody wait. */
const measureAlone = async (stage: Stage, sides: readonly [Side, Side, Side], report: Report): Promise<void> => {
  const rates: [Rate[], Rate[], Rate[]] = [[], [], []]
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [at, side] of sides.entries()) {
      const rate = await oneRound(stage, side, jobsOf('uniform', ALONE, `alone ${round}`), 1)
      if (round >= 0) (rates[at] as Rate[]).push(rate)
    }
  for (const [at, { name }] of sides.entries()) report.rounds(`${name}, single`, rates[at] as Rate[], rates[0])
  tellAlone(report, 'one function', rates[2], rates[0])
  tellAlone(report, 'one decision', rates[2], rates[1])
}

/** Bookings a second in this process: one function, four round trips, the rows alone, the engine. */
export const measureInProcess = async (stage: Stage, report: Report, ending: Ending): Promise<void> => {
  const sides = await openSides(stage, ending)
  for (const load of LOADS) tellAims(load, await measureLoad(stage, sides, load, report), report)
  const [one, , , engine] = sides
  await measureAlone(stage, [one, await openDecision(stage, ending), engine], report)
}
