import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { RUNNING_FILE, runningServer, type RunningServer } from '../src/apps/cli/running-server.ts'
import type { Ending } from '../src/apps/ending.ts'

const ROOT = join(import.meta.dirname, '..')
// Below the range that outgoing connections draw from, which would take the port away now and then.
const PORTS_FROM = 24_900
const PORTS = 100
const LOOK_AGAIN_MS = 50
/** As bin/jieli.cjs starts it. */
const AS_STARTED = '--max-semi-space-size=64'

export type HouseOptions = {
  /** A database that stands already; without it the house has a PostgreSQL of its own. */
  readonly databaseUrl?: string
  /** Whether the house refuses too many requests of one account or address. */
  readonly limits?: 'on' | 'off'
}

/**
 * Starts the real server as a process of its own on an empty temporary folder, with its own durable PostgreSQL; the end
 * stops it and removes the folder. `flags` are given to its Node, to profile it for instance.
 */
export const startHouse = async (
  ending: Ending,
  flags: readonly string[] = [],
  { databaseUrl, limits = 'off' }: HouseOptions = {},
): Promise<RunningServer> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'jieli-bench-'))
  // Root's database runs in another account's name, which has to get through; what is secret in it is closed by itself.
  chmodSync(dataFolder, 0o755)
  ending.onEnd(() => rmSync(dataFolder, { recursive: true, force: true }))
  const port = await freePort()
  const { DATABASE_URL: _outside, ...rest } = process.env
  const env = {
    ...rest,
    PORT: String(port),
    JIELI_DATA: dataFolder,
    JIELI_DEMO: 'off',
    JIELI_LIMITS: limits,
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  }
  const program = [AS_STARTED, ...flags, join(ROOT, 'src', 'apps', 'start.ts')]
  // By the closed channel the server notices when this process was killed and could not stop it.
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (words += part))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  ending.onEnd(async () => {
    child.kill('SIGTERM')
    await ended
  })
  while (!existsSync(join(dataFolder, RUNNING_FILE))) {
    if (hasEnded(child)) throw new Error(`The server did not start:\n${words}`)
    await wait(LOOK_AGAIN_MS)
  }
  return runningServer(dataFolder)
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** A port of this machine that nobody listens on. */
export const freePort = async (): Promise<number> => {
  for (let port = PORTS_FROM; port < PORTS_FROM + PORTS; port += 1) if (await isFree(port)) return port
  throw new Error(`No port is free from ${PORTS_FROM} to ${PORTS_FROM + PORTS - 1}.`)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
