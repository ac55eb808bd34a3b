import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CliRefusal } from './cli-refusal.ts'

const running = z.object({ address: z.string(), appUrl: z.string(), token: z.string(), pid: z.number().int().positive() })

/** How to reach the server that runs on this data folder: its address, the database as the app's role, and a token for this machine. */
export type RunningServer = z.output<typeof running>

/** The file in the data folder by which a running server may be found, readable by its owner only. */
export const RUNNING_FILE = 'running.json'

/**
 * The server that runs on this data folder.
 * @throws CliRefusal when none does; a file left by a killed server counts as none.
 */
export const runningServer = (dataFolder: string): RunningServer => {
  const found = readRunning(join(dataFolder, RUNNING_FILE))
  if (found && isAlive(found.pid)) return found
  throw new CliRefusal({
    zh: `没有正在运行的接力服务(数据目录 ${dataFolder})。请先在另一窗口运行 npm start,再重试;如数据在别处,请设置 JIELI_DATA 或 DATABASE_URL。`,
    en: `No Jieli server runs on the data folder ${dataFolder}. Run npm start in another window first and try again; if the data is elsewhere, set JIELI_DATA or DATABASE_URL.`,
  })
}

const readRunning = (file: string): RunningServer | null => {
  try {
    return running.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process is there but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
