import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Config } from '../../platform/config.ts'

/** Its own book and port, so that `npx jieli platform-sandbox` may run as well. */
const FILE = 'platform-beside.sqlite'
const PORT = 21_091
/** How long one answer may take, as JIELI_INSURER_TIMEOUT has it unless it is set. */
const ANSWER_MS = 8_000
const TOKEN_BYTES = 24
/** The pooling area of the demo's stage. */
const AREA = '430300'
/** With it the demo's resident has residents' insurance, so that a bill has a cash part to pay. */
const SEED = '2'
const PROGRAM = join(import.meta.dirname, 'main.ts')
/** A sandbox that has not said its port by then will not; the demo starts without it. */
const START_MS = 30_000
const STOP_MS = 3_000

export type SandboxBeside = { readonly insurer: NonNullable<Config['insurer']>; readonly close: () => Promise<void> }

/**
 * Starts the simulated insurer's platform and wallet beside a demo region, as a process of its own that ends with this one. Its token is
 * made anew at each start and handed over by its environment. Null when it does not start: the demo goes on without payment.
 */
export const startSandboxBeside = async (config: Config): Promise<SandboxBeside | null> => {
  const token = randomBytes(TOKEN_BYTES).toString('hex')
  const words = [
    '--port',
    String(PORT),
    '--or-any-port',
    '--seed',
    SEED,
    '--file',
    join(config.dataFolder, FILE),
    '--with-parent',
  ]
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    // Nothing of the house's own secrets.
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], JIELI_SANDBOX_TOKEN: token },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const close = (): Promise<void> => stop(child)
  const port = await portOf(child)
  if (port === null) {
    await close()
    return null
  }
  return { insurer: { url: `http://127.0.0.1:${port}`, token, area: AREA, timeoutMs: ANSWER_MS }, close }
}

const portOf = async (child: ChildProcess): Promise<number | null> => {
  if (!child.stdout) return null
  const lines = createInterface({ input: child.stdout })
  const late = AbortSignal.timeout(START_MS)
  try {
    const [line] = (await Promise.race([
      once(lines, 'line', { signal: late }),
      once(child, 'error'),
      once(child, 'exit'),
    ])) as unknown[]
    const said: unknown = typeof line === 'string' ? JSON.parse(line) : null
    return said !== null && typeof said === 'object' && 'listening' in said ? Number(said.listening) : null
  } catch {
    return null
  }
}

/** Asks the process to end and waits for it; one that does not end in time is killed. */
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(kill)
}
