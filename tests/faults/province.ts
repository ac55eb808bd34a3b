import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import type { Platform } from '../../src/modules/docking/index.ts'
import { readJournal, type JournalLine } from '../../sim/province/journal.ts'

const ROOT = join(import.meta.dirname, '..', '..')
export const TOKEN = 'demo'
export const TIMEOUT_MS = 800

/** A child process of this test that has said its first line; killed at the end. */
export const startChild = async (
  t: TestContext,
  script: string,
  words: readonly string[],
): Promise<{ child: ChildProcess; line: string }> => {
  const child = spawn(process.execPath, [join(ROOT, script), ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const [line] = (await once(lines, 'line')) as [string]
  return { child, line }
}

/** Kills a child at once, as a power cut would, and waits until it is gone. */
export const killAtOnce = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

export type Province = {
  readonly platform: Platform
  readonly journalFile: string
  readonly journal: () => JournalLine[]
  readonly silence: (silent: boolean) => Promise<void>
  /** Kills the simulator and starts it again on the same port and journal; `between` may change the journal. */
  readonly powerCut: (between?: () => void) => Promise<void>
}

/** The simulated provincial platform as a process of its own. */
export const startProvince = async (
  t: TestContext,
  options: { seed: number; faults?: 'bad' | 'none'; refuse?: number },
): Promise<Province> => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-province-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const journalFile = join(folder, 'journal.jsonl')
  const start = (port: string) =>
    startChild(t, 'sim/province/platform.ts', [
      '--port',
      port,
      '--seed',
      String(options.seed),
      '--journal',
      journalFile,
      '--faults',
      options.faults ?? 'none',
      '--refuse',
      String(options.refuse ?? 0),
      '--token',
      TOKEN,
      '--late-ms',
      String(TIMEOUT_MS),
    ])
  let running = await start('0')
  const port = String((JSON.parse(running.line) as { listening: number }).listening)
  const url = `http://127.0.0.1:${port}`
  return {
    platform: { url, token: TOKEN, timeoutMs: TIMEOUT_MS },
    journalFile,
    journal: () => readJournal(journalFile),
    silence: async (silent) => void (await fetch(`${url}/control`, { method: 'POST', body: JSON.stringify({ silent }) })),
    powerCut: async (between) => {
      await killAtOnce(running.child)
      between?.()
      running = await start(port)
    },
  }
}
