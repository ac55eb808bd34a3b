import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

export const ROOT = join(import.meta.dirname, '..', '..')

export type Started = {
  readonly child: ChildProcess
  /** Everything written so far, to both streams. */
  readonly said: () => string
  /** Waits until the program has written this. */
  readonly says: (words: string) => Promise<void>
  /** How it ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts a program as a person would, with a clean environment of settings; it is killed at the end of the test. */
export const startProgram = (t: TestContext, words: readonly string[], env: Record<string, string> = {}, cwd = ROOT): Started => {
  const { PORT: _port, JIELI_DATA: _data, DATABASE_URL: _url, NODE_TEST_CONTEXT: _context, ...rest } = process.env
  const child = spawn(process.execPath, words, { cwd, env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
      for (const look of waiting) look()
    })
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  t.after(() => void child.kill('SIGKILL'))
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => text.includes(words) && resolve()
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`It ended without saying ${JSON.stringify(words)}:\n${text}`)))
    })
  return { child, said: () => text, says, ended }
}

const folders: string[] = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder, closed to others, removed when the file's tests are over: by then every server in it has stopped. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-launch-'))
  folders.push(folder)
  return folder
}
