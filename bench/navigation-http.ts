import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Ending } from '../src/apps/ending.ts'
import { rateOfDone, startLoad } from './load.ts'
import type { Rate } from './rate.ts'
import { median, rounded, type Report } from './report.ts'
import { freePort } from './running-house.ts'

const CONNECTIONS = 64
const ROUNDS = 5
const REQUESTS = 12_000
const WARM = 8_000
const OF_EMPTY = 0.4

const startServer = async (seed: string, ending: Ending): Promise<number> => {
  const port = await freePort()
  const child = fork(join(import.meta.dirname, 'navigation-server.ts'), {
    env: { ...process.env, SEED: seed, PORT: String(port) },
    // As bin/jieli.cjs starts the server.
    execArgv: ['--max-semi-space-size=64'],
  })
  ending.onEnd(() => child.disconnect())
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error('the server with the engine did not start')))
  })
  return port
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const requestsOf = (path: string, count: number): string[] => Array.from({ length: count }, (_, nr) => get(`${path}?nr=${nr}`))

/** The engine behind Fastify, with live capacity and every reason in both languages, beside a GET that answers nothing. */
export const measureHttp = async (report: Report, ending: Ending, seed: string): Promise<void> => {
  const port = await startServer(seed, ending)
  const load = startLoad(ending)
  const ask = async (path: string, count: number): Promise<Rate> =>
    rateOfDone(await load.carryOut({ port, requests: requestsOf(path, count), connections: CONNECTIONS }))
  const rates: { empty: Rate[]; find: Rate[] } = { empty: [], find: [] }
  for (const path of ['/empty', '/find']) await ask(path, WARM)
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.empty.push(await ask('/empty', REQUESTS))
    rates.find.push(await ask('/find', REQUESTS))
  }
  report.rounds('HTTP, empty GET', rates.empty, rates.empty)
  report.rounds('HTTP, find with reasons', rates.find, rates.empty)
  const reached = rounded(median(rates.find.map(({ perSecond }, at) => perSecond / (rates.empty[at] as Rate).perSecond)))
  report.aim({ aim: 'find over HTTP', wanted: `≥ ${OF_EMPTY} × empty GET`, reached, met: reached >= OF_EMPTY })
}
