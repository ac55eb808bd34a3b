import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROGRAM = join(import.meta.dirname, 'server-process.ts')
// Below the range that outgoing connections draw from, which would take a port away while its server is down.
const PORTS_FROM = 25_200
const PORTS = 400

export type Supervised = {
  readonly port: number
  /** How many processes have come to serve here so far, one after another. */
  readonly generation: () => number
  /** Sends a signal to the process that serves now; a kill is expected, and answered by a new process at once. */
  readonly signal: (name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => void
  /** Ends it in order; answers its exit code. */
  readonly end: () => Promise<number | null>
}

export type Supervisor = {
  readonly servers: readonly Supervised[]
  /** Exits that nobody had asked for, with the last words. */
  readonly unplanned: readonly string[]
  /** Errors that the servers logged, by event and message. */
  readonly bugs: ReadonlyMap<string, number>
  readonly end: () => Promise<void>
}

/** Starts servers on one database, each with a port and a data folder of its own, and starts each again when it ends. */
export const startServers = async (count: number, appUrl: string, masterKey: string): Promise<Supervisor> => {
  const unplanned: string[] = []
  const bugs = new Map<string, number>()
  const servers: Supervised[] = []
  const taken = new Set<number>()
  for (let at = 0; at < count; at += 1) {
    const port = await freePort(taken)
    servers.push(await supervise(port, { appUrl, masterKey }, { unplanned, bugs }))
  }
  const end = async (): Promise<void> => {
    const codes = await Promise.all(servers.map((server) => server.end()))
    for (const code of codes) if (code !== 0) unplanned.push(`ended in order with code ${code}`)
  }
  return { servers, unplanned, bugs, end }
}

type Seen = { readonly unplanned: string[]; readonly bugs: Map<string, number> }

const supervise = async (
  port: number,
  { appUrl, masterKey }: { appUrl: string; masterKey: string },
  seen: Seen,
): Promise<Supervised> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'jieli-campaign-server-'))
  const { PORT: _port, NODE_TEST_CONTEXT: _test, ...rest } = process.env
  const own = { PORT: String(port), JIELI_DATA: dataFolder, DATABASE_URL: appUrl, JIELI_MASTER_KEY: masterKey }
  const env = { ...rest, ...own, JIELI_DEMO: 'off', JIELI_LIMITS: 'off', JIELI_LOG: 'error' }
  let child: ChildProcess
  let isKilled = false
  let isEnding = false
  let generation = 0
  const start = (): Promise<void> => {
    isKilled = false
    child = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    let words = ''
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (words = `${words}${part}`.slice(-600)))
    child.stdout?.setEncoding('utf8').on('data', (part: string) => noteBugs(part, seen.bugs))
    const ready = new Promise<void>((resolve) => child.once('message', () => ((generation += 1), resolve())))
    child.once('exit', (code, signal) => {
      if (isEnding) return
      if (!isKilled) seen.unplanned.push(`code ${code}, signal ${signal}: ${words}`)
      void start()
    })
    return ready
  }
  await start()
  return {
    port,
    generation: () => generation,
    signal: (name) => {
      if (name === 'SIGKILL') isKilled = true
      child.kill(name)
    },
    end: async () => {
      isEnding = true
      const code = await endOf(child)
      rmSync(dataFolder, { recursive: true, force: true })
      return code
    },
  }
}

const endOf = (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
}

const noteBugs = (part: string, bugs: Map<string, number>): void => {
  for (const line of part.split('\n').filter(Boolean)) {
    const found = /"error":"([^"]*)".*"msg":"([^"]*)"/.exec(line)
    const name = found ? `${found[2]}: ${found[1]}` : line.slice(0, 200)
    bugs.set(name, (bugs.get(name) ?? 0) + 1)
  }
}

const freePort = async (taken: Set<number>): Promise<number> => {
  const first = PORTS_FROM + (process.pid % PORTS)
  for (let at = 0; at < PORTS; at += 1) {
    const port = PORTS_FROM + ((first + at) % PORTS)
    if (taken.has(port) || !(await isFree(port))) continue
    taken.add(port)
    return port
  }
  throw new Error(`No port is free from ${PORTS_FROM} to ${PORTS_FROM + PORTS - 1}.`)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
