import { deepStrictEqual } from 'node:assert/strict'
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ending } from '../src/apps/ending.ts'
import { SESSION_COOKIE } from '../src/platform/http/app.ts'
import type { Bench } from './bench.ts'
import { observation, openFhirStage, personAt, resourceAt, tokenAt, type FhirStage } from './fhir-stage.ts'
import { rateOfDone, startLoad, type Load } from './load.ts'
import { requestOf } from './load-wire.ts'
import type { Rate } from './rate.ts'
import { rounded, type Line, type Report } from './report.ts'
import { freePort, startHouse } from './running-house.ts'

const CONNECTIONS = 64
const RESOURCES = 200_000
const ROUNDS = 5
const ROUND_SECONDS = 2
const WARM_ROUNDS = 3
const FIRST_COUNT = 1_000
const IN_A_TRANSACTION = 50
const OK = 200
const CREATED = 201

type Side = { readonly name: 'one' | 'house'; readonly port: number; readonly pid: number; readonly base: string }
type Case = {
  readonly name: string
  readonly aim: number | null
  /** How many of what is counted one request carries. */
  readonly each: number
  readonly request: (side: Side, at: number) => string
}

const cookieAt = (at: number): string => `${SESSION_COOKIE}=${tokenAt(at)}`
/** What a client of the house sends; the smallest server asks for no cookie. */
const asked = (side: Side, path: string, at: number, body?: string): string =>
  requestOf(`${side.base}${path}`, {
    ...(side.name === 'house' ? { cookie: cookieAt(at) } : {}),
    ...(body === undefined ? {} : { body }),
  })

const DAYS = 28
const dayAt = (at: number): string => `2026-02-${String((at % DAYS) + 1).padStart(2, '0')}T08:00:00+08:00`
const bodyAt = (at: number, { patients }: FhirStage): object => observation(personAt(at, patients), dayAt(at))

const bundleAt = (at: number, stage: FhirStage): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: Array.from({ length: IN_A_TRANSACTION }, (_, nr) => ({
      resource: bodyAt(at * IN_A_TRANSACTION + nr, stage),
      request: { method: 'POST', url: 'Observation' },
    })),
  })

// A step that shares no factor with the number of resources visits them all in no order.
const STEP = 7_919
const casesOf = (stage: FhirStage): readonly Case[] => [
  {
    name: 'create',
    aim: 1.5,
    each: 1,
    request: (side, at) => asked(side, '/Observation', at, JSON.stringify(bodyAt(at, stage))),
  },
  {
    name: 'read',
    aim: 1.2,
    each: 1,
    request: (side, at) => asked(side, `/Observation/${resourceAt((at * STEP) % stage.resources)}`, at),
  },
  {
    name: 'search',
    aim: 1,
    each: 1,
    request: (side, at) => {
      const patient = `patient=Patient/${personAt(at * STEP, stage.patients)}`
      return asked(side, `/Observation?${patient}${side.name === 'house' ? '&_sort=-date&_count=20' : ''}`, at)
    },
  },
  {
    name: `transaction of ${IN_A_TRANSACTION}`,
    aim: null,
    each: IN_A_TRANSACTION,
    request: (side, at) => asked(side, '/', at, bundleAt(at, stage)),
  },
]

const TICKS_A_SECOND = 100
/** Processor time that a process has used, in seconds; NaN where the machine does not tell. */
const processorTime = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
  } catch {
    return Number.NaN
  }
}

type Round = { readonly rate: Rate; readonly processorMs: number }

const oneRound = async (load: Load, side: Side, { name, each, request }: Case, from: number, count: number): Promise<Round> => {
  const requests = Array.from({ length: count }, (_, at) => request(side, from + at))
  const before = processorTime(side.pid)
  const done = await load.carryOut({ port: side.port, connections: CONNECTIONS, requests })
  const processorMs = ((processorTime(side.pid) - before) * 1_000) / (count * each)
  const wrong = done.status.findIndex((status) => status !== OK && status !== CREATED)
  deepStrictEqual([wrong, done.text[wrong]], [-1, undefined], `${side.name}: every ${name} is answered`)
  const rate = rateOfDone({ ...done, status: done.status.map((status) => (status === CREATED ? OK : status)) })
  return { rate: { ...rate, perSecond: rate.perSecond * each }, processorMs }
}

const measure = async (load: Load, sides: readonly Side[], of: Case, report: Report): Promise<Map<string, Line>> => {
  const counts = new Map<Side, number>()
  let from = 0
  for (const side of sides) {
    let count = Math.ceil(FIRST_COUNT / of.each)
    for (let round = 0; round < WARM_ROUNDS; round += 1) {
      const { rate } = await oneRound(load, side, of, from, count)
      from += count
      count = Math.max(CONNECTIONS * 2, Math.round((rate.perSecond / of.each) * ROUND_SECONDS))
    }
    counts.set(side, count)
  }
  const rounds = new Map<Side, Round[]>(sides.map((side) => [side, []]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of sides) {
      const count = counts.get(side) as number
      rounds.get(side)?.push(await oneRound(load, side, of, from, count))
      from += count
    }
  const baselines = (rounds.get(sides[0] as Side) as Round[]).map(({ rate }) => rate)
  for (const side of sides) {
    const times = (rounds.get(side) as Round[]).map(({ processorMs }) => processorMs).toSorted((one, other) => one - other)
    const middle = rounded(times[Math.floor(times.length / 2)] as number)
    report.note({
      zh: `${of.name} ${side.name}:服务进程每次用处理器 ${middle} 毫秒`,
      en: `${of.name} ${side.name}: ${middle} ms of processor time of the server's process each`,
    })
  }
  return new Map(
    sides.map((side) => [
      side.name,
      report.rounds(
        `${of.name}, ${side.name}`,
        (rounds.get(side) as Round[]).map(({ rate }) => rate),
        baselines,
      ),
    ]),
  )
}

const startOne = async (stage: FhirStage, ending: Ending): Promise<Side> => {
  const port = await freePort()
  const child = fork(join(import.meta.dirname, 'fhir-server.ts'), {
    env: { ...process.env, DATABASE_URL: stage.ownerUrl, PORT: String(port) },
  })
  ending.onEnd(() => child.disconnect())
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error('the smallest server did not start')))
  })
  return { name: 'one', port, pid: child.pid as number, base: '' }
}

const run = async (report: Report, ending: Ending, options: ReadonlyMap<string, string>): Promise<void> => {
  const stage = await openFhirStage(ending, Number(options.get('--resources') ?? RESOURCES))
  const load = startLoad(ending)
  const one = await startOne(stage, ending)
  const flags = (process.env['BENCH_SERVER_FLAGS'] ?? '').split(' ').filter(Boolean)
  const { address, pid } = await startHouse(ending, flags, { databaseUrl: stage.ownerUrl })
  const house: Side = { name: 'house', port: Number(new URL(address).port), pid, base: '/fhir/R4' }
  const wanted = options.get('--case')
  for (const of of casesOf(stage)) {
    if (wanted && of.name !== wanted) continue
    const line = (await measure(load, [one, house], of, report)).get('house')
    if (line && of.aim !== null)
      report.aim({ aim: of.name, wanted: `≥ ${of.aim} × one`, reached: line.ratio, met: line.ratio >= of.aim })
  }
}

/** FHIR creates, reads, searches and transactions: the whole house beside one prepared statement with nothing around it. */
export const bench: Bench = {
  name: 'fhir',
  says: {
    zh: '每秒 FHIR 新建、读取、检索(某患者最近 20 条)、50 条事务;完整服务(登录、授权、校验、历史、审计均开启)。可加 --resources N、--case 名称。',
    en: 'FHIR creates, reads, searches (20 newest of a patient) and transactions of 50 per second, by the whole house with sign-in, rights, validation, history and audit on. Takes --resources N and --case name.',
  },
  baseline: {
    zh: '同一轮、同一台 PostgreSQL:每次请求一条预备语句(jsonb、原文经 Fastify 直传,8 连接),没有登录、授权、校验、历史和审计。',
    en: 'in the same round on the same PostgreSQL: one prepared statement a request (jsonb, text passed through Fastify, 8 connections) without sign-in, rights, validation, history or audit.',
  },
  run,
}
