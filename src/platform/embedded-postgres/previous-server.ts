import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Place, clusterOf } from './place.ts'
import { runAs } from './server-user.ts'

// Larger than any process id that a system gives out.
const DEAD_PROCESS_ID = 2_147_483_646

/**
 * Stops a server of this cluster that outlived the process which had started it. Only for the holder of the folder:
 * then the server found in the pid file has no other master.
 */
export const stopPrevious = async (place: Place): Promise<void> => {
  const pidFile = join(clusterOf(place), 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const lines = readFileSync(pidFile, 'utf8').split('\n')
  const pid = Number(lines[0])
  // A file that is only being written belongs to a server that is only coming up.
  if (!Number.isSafeInteger(pid)) return
  const command = commandOf(pid)
  if (command?.includes('postgres')) return stopServer(place)
  // After a restart of the machine or container the id may belong to somebody else, and PostgreSQL would wait for it; likewise
  // for a server that has ended and that the container's first process never fetches.
  // The rest of the file stays: by it PostgreSQL sees whether old backends still hold the shared memory.
  writeFileSync(pidFile, [String(DEAD_PROCESS_ID), ...lines.slice(1)].join('\n'))
}

/** Shuts the server down: open transactions are rolled back, everything is flushed. Immediate when that takes over a minute. */
export const stopServer = async (place: Place): Promise<void> => {
  const stop = (mode: string) =>
    runAs(place.user, place.binaries.pgCtl, ['stop', '-D', clusterOf(place), '-m', mode, '-w', '-t', '60', '-s'])
  const pid = serverPid(place)
  if (pid === null || !isRunning(pid)) return
  if (!(await stop('fast')).ok && existsSync(join(clusterOf(place), 'postmaster.pid'))) await stop('immediate')
}

/** The process id of the server that runs on this cluster, or null when its pid file is gone. */
export const serverPid = (place: Place): number | null => {
  try {
    return Number(readFileSync(join(clusterOf(place), 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return null
  }
}

/** Whether a process still runs; one that has ended and that nobody has fetched yet does not. Cheap: asked several times a second. */
export const isRunning = (pid: number): boolean => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`).length > 0
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a running process, or null when there is none. */
const commandOf = (pid: number): string | null => {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  // pg_ctl on Windows speaks to the server through a pipe of its own, so a stranger cannot be hit.
  if (process.platform === 'win32') return 'postgres'
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8') || null
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return null
  }
}
