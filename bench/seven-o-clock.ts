import { deepStrictEqual } from 'node:assert/strict'
import type pg from 'pg'
import { randomFrom } from '../sim/residents/random.ts'
import type { Ending } from '../src/apps/ending.ts'
import { SESSION_COOKIE } from '../src/platform/http/app.ts'
import type { Bench } from './bench.ts'
import { bookingRequest, plainRequest, startProduct, startSmallest, type Product } from './booking-http.ts'
import { accountAt, openStage, personAt, poolAt, tokenAt, type Stage } from './booking-stage.ts'
import { startLoad, type Done, type Load } from './load.ts'
import { requestOf } from './load-wire.ts'
import { rateFrom, type Rate } from './rate.ts'
import { rounded, type Report } from './report.ts'

const CLIENTS = 10_000
const PLACES = 100
const WITHIN_MS = 1_000
/** People who only look something up, before, during and after the rush. */
const LOOKERS = 300
const LOOKING_MS = 3_000
/** The rush begins after the lookers have begun. */
const RUSH_AFTER_MS = 500
const ROUNDS = 3
const SEED = 'seven o’clock'
const RUSH_POOL = 1

const OK = 200
const CONFLICT = 409
const NO_UNIT = 'booking.no-unit-left'

/** When each client presses the button, ms from the start: any moment of the one second. */
const arrivalsOf = (round: number): number[] => {
  const random = randomFrom(`${SEED} ${round}`)
  return Array.from({ length: CLIENTS }, () => RUSH_AFTER_MS + random.next() * WITHIN_MS).toSorted((one, other) => one - other)
}

const RUSH = { ...poolAt(RUSH_POOL), capacity: PLACES }
const PREPARE = [
  `update booking.pool set capacity = ${RUSH.capacity} where org_id = ${RUSH.org} and id = '${RUSH.pool}'`,
  // The page has been open for a while: each session is looked up anew, and its use is noted.
  `update security.session set used_at = now() - interval '5 minutes'`,
  'vacuum security.session',
]

const tookOf = ({ sent, answered }: Done): number[] => answered.map((at, which) => at - (sent[which] as number))
const codeOf = (text: string): string => /"code":"([^"]+)"/.exec(text)?.[1] ?? text

/** By how much somebody who was refused had come before somebody who was confirmed; 0 when the order was kept to the letter. */
export const overtakenMs = ({ sent, status }: Done): number => {
  const confirmed = sent.filter((_, at) => status[at] === OK)
  const refused = sent.filter((_, at) => status[at] === CONFLICT)
  return Math.max(
    0,
    confirmed.reduce((last, at) => Math.max(last, at), 0) - refused.reduce((first, at) => Math.min(first, at), Infinity),
  )
}

/** What came out: how many were confirmed, and how many were told that nothing is left; anything else is named. */
export const outcomesOf = ({ status, text }: Done): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const [at, code] of status.entries()) {
    const name = code === OK ? 'confirmed' : `${code} ${codeOf(text[at] as string)}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const proved = async (owner: pg.Client, done: Done, side: string): Promise<void> => {
  deepStrictEqual(
    outcomesOf(done),
    { confirmed: PLACES, [`${CONFLICT} ${NO_UNIT}`]: CLIENTS - PLACES },
    `${side}: a hundred places, ten thousand clear answers`,
  )
  const { rows } = await owner.query(
    `select used_open as used, (select count(*) from booking.booking where state = 'confirmed')::int as bookings from booking.pool where org_id = $1 and id = $2`,
    [RUSH.org, RUSH.pool],
  )
  deepStrictEqual(rows[0], { used: PLACES, bookings: PLACES }, `${side}: the pool and its bookings say the same`)
}

type Rush = { readonly rush: Rate; readonly lookers: Rate | null; readonly overtaken: number }

const prepare = async (stage: Stage, owner: pg.Client): Promise<void> => {
  await stage.reset()
  for (const text of PREPARE) await owner.query(text)
}

const rushOn = async (load: Load, port: number, requests: readonly string[], round: number): Promise<Done> =>
  load.carryOut({ port, requests, connections: CLIENTS, arrivals: arrivalsOf(round) })

const allOf = (done: Done, from: number): Rate =>
  rateFrom(tookOf(done), 0, (done.answered.reduce((last, at) => Math.max(last, at), 0) - from) / 1_000)

const lookersTask = (port: number) => ({
  port,
  connections: LOOKERS,
  requests: Array.from({ length: LOOKERS }, (_, at) =>
    requestOf('/api/booking.mine', { cookie: `${SESSION_COOKIE}=${tokenAt(CLIENTS + at)}` }),
  ),
  arrivals: Array.from({ length: LOOKERS }, (_, at) => (at * LOOKING_MS) / LOOKERS),
})

const onProduct = async (
  stage: Stage,
  owner: pg.Client,
  loads: readonly [Load, Load],
  product: Product,
  round: number,
): Promise<Rush> => {
  await prepare(stage, owner)
  product.goOn()
  const requests = Array.from({ length: CLIENTS }, (_, at) => bookingRequest({ ...RUSH, at }))
  const [done, looked] = await Promise.all([
    rushOn(loads[0], product.port, requests, round),
    loads[1].carryOut(lookersTask(product.port)),
  ])
  await stage.settled()
  await product.pause()
  await proved(owner, done, 'http engine')
  deepStrictEqual(outcomesOf(looked), { confirmed: LOOKERS }, 'everybody who looked something up was answered')
  return {
    rush: allOf(done, RUSH_AFTER_MS),
    lookers: rateFrom(tookOf(looked), 0, LOOKING_MS / 1_000),
    overtaken: overtakenMs(done),
  }
}

const onSmallest = async (stage: Stage, owner: pg.Client, load: Load, port: number, round: number): Promise<Rush> => {
  await prepare(stage, owner)
  const requests = Array.from({ length: CLIENTS }, (_, at) =>
    plainRequest('/one-function')({ ...RUSH, person: personAt(at), account: accountAt(at), at }),
  )
  const done = await rushOn(load, port, requests, round)
  await proved(owner, done, 'http one function')
  return { rush: allOf(done, RUSH_AFTER_MS), lookers: null, overtaken: overtakenMs(done) }
}

const P99_MS = 1_000
const LOOKERS_P99_MS = 200
const WINDOW_MS = 100

const tell = (report: Report, ones: readonly Rush[], engines: readonly Rush[]): void => {
  const baselines = ones.map(({ rush }) => rush)
  report.rounds('http one function, answers', baselines, baselines)
  const rush = report.rounds(
    'http engine, answers',
    engines.map((one) => one.rush),
    baselines,
  )
  const lookers = report.rounds(
    'others meanwhile',
    engines.map((one) => one.lookers as Rate),
    engines.map((one) => one.lookers as Rate),
  )
  const overtaken = rounded(Math.max(...engines.map((one) => one.overtaken)))
  report.aim({ aim: 'p99 of all answers', wanted: `≤ ${P99_MS} ms`, reached: rush.p99ms, met: rush.p99ms <= P99_MS })
  report.aim({
    aim: 'p99 of others meanwhile',
    wanted: `≤ ${LOOKERS_P99_MS} ms`,
    reached: lookers.p99ms,
    met: lookers.p99ms <= LOOKERS_P99_MS,
  })
  report.aim({
    aim: 'a refused client had come before a confirmed one by at most',
    wanted: `≤ ${WINDOW_MS} ms`,
    reached: overtaken,
    met: overtaken <= WINDOW_MS,
  })
  report.note({
    zh: `${CLIENTS} 人、${PLACES} 个号、1 秒内到达(种子“${SEED}”):每轮恰好 ${PLACES} 人约到,${CLIENTS - PLACES} 人得到明确答复。`,
    en: `${CLIENTS} clients, ${PLACES} places, all within one second (seed “${SEED}”): in every round exactly ${PLACES} were confirmed and ${CLIENTS - PLACES} told that nothing is left.`,
  })
}

const run = async (report: Report, ending: Ending): Promise<void> => {
  const stage = await openStage(ending)
  const owner = await stage.connect()
  const loads = [startLoad(ending), startLoad(ending)] as const
  const smallest = await startSmallest(stage, ending)
  const product = await startProduct(stage, ending)
  await product.pause()
  const ones: Rush[] = []
  const engines: Rush[] = []
  // The first of each warms up.
  for (let round = -1; round < ROUNDS; round += 1) {
    const one = await onSmallest(stage, owner, loads[0], smallest, round)
    const engine = await onProduct(stage, owner, loads, product, round)
    if (round >= 0) ones.push(one)
    if (round >= 0) engines.push(engine)
  }
  tell(report, ones, engines)
}

/** Seven in the morning: ten thousand people, a hundred places, one second. */
export const bench: Bench = {
  name: 'seven-o-clock',
  says: {
    zh: '早上七点:一万人在一秒内抢一百个号,其他人照常查询。',
    en: 'Seven in the morning: ten thousand people want a hundred places within one second, while others look things up.',
  },
  baseline: {
    zh: '同一轮、同样的到达时刻:最小的服务,每次预约一个 SQL 函数,没有登录、限流与留痕。',
    en: 'in the same round with the same arrivals: the smallest server with one SQL function a booking, without sign-in, limits or a record of refusals.',
  },
  run,
}
