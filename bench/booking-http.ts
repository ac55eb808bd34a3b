import { deepStrictEqual } from 'node:assert/strict'
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Ending } from '../src/apps/ending.ts'
import { newId } from '../src/kernel/id.ts'
import { SESSION_COOKIE } from '../src/platform/http/app.ts'
import { jobsOf, LOADS, PERSONS, tokenAt, valuesOf, type Job, type Load as Spread, type Stage } from './booking-stage.ts'
import { rateOfDone, startLoad, type Load } from './load.ts'
import { requestOf } from './load-wire.ts'
import type { Rate } from './rate.ts'
import { rounded, type Line, type Report } from './report.ts'
import { freePort, startHouse } from './running-house.ts'

const CONNECTIONS = 128
const ROUNDS = 3
const ROUND_SECONDS = 2
/** Every side works so long before it is measured: a server compiles what it does often while it does it. */
const WARM_MS = 8_000
const TRIAL = 1_500
const LOOK_AGAIN_MS = 10
const MS = 1_000

type Side = {
  readonly name: string
  readonly port: number
  readonly books: boolean
  readonly product?: Product
  readonly request: (job: Job) => string
}

const FIELDS = ['org', 'pool', 'person', 'account', 'key', 'hash', 'request'] as const
/** What the smallest server is asked: everything that the function takes. */
export const plainRequest = (path: string) => (job: Job) => {
  const values = valuesOf(job)
  return requestOf(path, { body: JSON.stringify(Object.fromEntries(FIELDS.map((field, at) => [field, values[at]]))) })
}

/** What a resident's browser sends: the session's cookie, a key of its own, and the slot. */
export const bookingRequest = ({ org, pool, at }: Pick<Job, 'org' | 'pool' | 'at'>): string =>
  requestOf('/api/booking.book', {
    cookie: `${SESSION_COOKIE}=${tokenAt(at)}`,
    key: newId(),
    body: JSON.stringify({ org, pool }),
  })

/** The smallest server, as a process of its own on the stage's database. */
export const startSmallest = async (stage: Stage, ending: Ending): Promise<number> => {
  const port = await freePort()
  const child = fork(join(import.meta.dirname, 'booking-server.ts'), {
    env: { ...process.env, DATABASE_URL: stage.ownerUrl, PORT: String(port) },
  })
  ending.onEnd(() => child.disconnect())
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error('the smallest server did not start')))
  })
  return port
}

/** The product whole, as a process of its own on the stage's database, with every limit that it comes with. */
export type Product = {
  readonly port: number
  /** Stops the clock of the process, between two of its transactions, while another side is measured on the same database. */
  readonly pause: () => Promise<void>
  readonly goOn: () => void
}

const IS_BUSY = `select exists (select from pg_stat_activity where application_name = 'jieli' and state <> 'idle') as is_busy`

export const startProduct = async (stage: Stage, ending: Ending): Promise<Product> => {
  const flags = (process.env['BENCH_SERVER_FLAGS'] ?? '').split(' ').filter(Boolean)
  const { address, pid } = await startHouse(ending, flags, { databaseUrl: stage.ownerUrl, limits: 'on' })
  const watch = await stage.connect()
  const goOn = (): void => void process.kill(pid, 'SIGCONT')
  ending.onEnd(goOn)
  const pause = async (): Promise<void> => {
    for (;;) {
      process.kill(pid, 'SIGSTOP')
      if (!(await watch.query(IS_BUSY)).rows[0].is_busy) return
      goOn()
      await wait(LOOK_AGAIN_MS)
    }
  }
  return { port: Number(new URL(address).port), pause, goOn }
}

const oneRound = async (stage: Stage, load: Load, side: Side, jobs: readonly Job[]): Promise<Rate> => {
  side.product?.goOn()
  const done = await load.carryOut({ port: side.port, connections: CONNECTIONS, requests: jobs.map(side.request) })
  const rate = rateOfDone(done)
  deepStrictEqual(
    [rate.failed, done.text[done.status.findIndex((status) => status !== 200)]],
    [0, undefined],
    `${side.name}: every wish finds a place`,
  )
  if (side.product) {
    await stage.settled()
    await side.product.pause()
  }
  if (side.books) await stage.proveBooked(jobs.length, side.name)
  await stage.reset()
  return rate
}

const measureLoad = async (
  stage: Stage,
  load: Load,
  sides: readonly Side[],
  spread: Spread,
  report: Report,
): Promise<Map<string, Line>> => {
  const counts = new Map<Side, number>()
  for (const side of sides) {
    let worked = 0
    for (let trial = 0; worked < WARM_MS; trial += 1) {
      const jobs = jobsOf(spread, trial === 0 ? TRIAL : (counts.get(side) as number), `trial ${trial}`)
      const { perSecond } = await oneRound(stage, load, side, jobs)
      worked += (jobs.length / perSecond) * MS
      counts.set(side, Math.min(PERSONS, Math.max(CONNECTIONS * 4, Math.round(perSecond * ROUND_SECONDS))))
    }
  }
  const rates = new Map<Side, Rate[]>(sides.map((side) => [side, []]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of sides)
      rates.get(side)?.push(await oneRound(stage, load, side, jobsOf(spread, counts.get(side) as number, `${spread} ${round}`)))
  const baselines = rates.get(sides[0] as Side) as Rate[]
  return new Map(sides.map((side) => [side.name, report.rounds(`${side.name}, ${spread}`, rates.get(side) as Rate[], baselines)]))
}

const RATIO: Record<Spread, number | null> = { uniform: 7, skewed: null, 'one pool': 12 }
const OF_P99 = 0.25

const tellAims = (spread: Spread, lines: Map<string, Line>, report: Report): void => {
  const wanted = RATIO[spread]
  const engine = lines.get('http engine')
  const one = lines.get('http one function')
  if (wanted === null || !engine || !one) return
  report.aim({ aim: `http engine, ${spread}`, wanted: `≥ ${wanted} × naive`, reached: engine.ratio, met: engine.ratio >= wanted })
  const p99 = rounded(engine.p99ms / one.p99ms)
  report.aim({ aim: `http engine, ${spread}, p99`, wanted: `≤ ${OF_P99} × http one function`, reached: p99, met: p99 <= OF_P99 })
}

/** Bookings a second over HTTP: naive, one function, the product whole, and a request that asks nothing of the database. */
export const measureHttp = async (stage: Stage, report: Report, ending: Ending): Promise<void> => {
  const load = startLoad(ending)
  const smallest = await startSmallest(stage, ending)
  const product = await startProduct(stage, ending)
  await product.pause()
  const sides: readonly Side[] = [
    { name: 'http naive', port: smallest, books: true, request: plainRequest('/naive') },
    { name: 'http one function', port: smallest, books: true, request: plainRequest('/one-function') },
    { name: 'http engine', port: product.port, product, books: true, request: bookingRequest },
    { name: 'http empty', port: smallest, books: false, request: plainRequest('/empty') },
  ]
  for (const spread of LOADS) tellAims(spread, await measureLoad(stage, load, sides, spread, report), report)
}
