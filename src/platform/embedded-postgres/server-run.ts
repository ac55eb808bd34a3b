import { chownSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Place, clusterOf } from './place.ts'
import { stopPrevious } from './previous-server.ts'
import { EmbeddedRefusal } from './refusal.ts'
import { runAs } from './server-user.ts'
import { settingsText } from './settings.ts'

// Backends of a killed server hold its shared memory until they notice, which takes some seconds.
const RETRY_MS = 15_000
const RETRY_PAUSE_MS = 150
// After a kill the log since the last checkpoint is replayed first: up to max_wal_size, on a slow disk for minutes.
const RECOVERY_SECONDS_MOST = 600
const LOG_BYTES_MAX = 20_000_000
const MAY_PASS = /pre-existing shared memory|still in use|Address already in use|could not create any TCP\/IP sockets|lock file/

export type ServerRun = {
  /** For tests only: nothing is flushed to the disk. */
  readonly fast: boolean
  /** The port of the run before, for a server whose clients know it already; a free one when it is left out. */
  readonly port?: number
  /** Whether nobody wants the server any more: then trying ends. */
  readonly isOver?: () => boolean
}

/**
 * Starts the server and answers its port once it accepts connections.
 * @throws EmbeddedRefusal `server-did-not-start` with the server's last words.
 */
export const runServer = async (place: Place, { fast, port: kept, isOver = () => false }: ServerRun): Promise<number> => {
  const log = join(place.folder, 'server.log')
  if (sizeOf(log) > LOG_BYTES_MAX) renameSync(log, `${log}.1`)
  const until = performance.now() + RETRY_MS
  for (;;) {
    // Each time anew: a start that a killed process had begun may come up while this one is being tried.
    await stopPrevious(place)
    const port = kept ?? (await freePort())
    writeSettings(place, settingsText({ port, fast }))
    const before = sizeOf(log)
    const words = ['start', '-D', clusterOf(place), '-l', log, '-w', '-t', String(RECOVERY_SECONDS_MOST), '-s']
    const ran = await runAs(place.user, place.binaries.pgCtl, words, (RECOVERY_SECONDS_MOST + 30) * 1_000)
    if (ran.ok) return port
    const said = `${existsSync(log) ? readFileSync(log).subarray(before).toString('utf8') : ''}${ran.output}`
    if (!MAY_PASS.test(said) || performance.now() > until || isOver())
      throw new EmbeddedRefusal('server-did-not-start', said.trim().slice(-600))
    await wait(RETRY_PAUSE_MS)
  }
}

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0)

const writeSettings = (place: Place, text: string): void => {
  const file = join(clusterOf(place), 'jieli.conf')
  writeFileSync(file, text, { mode: 0o600 })
  if (place.user.how !== 'self') chownSync(file, place.user.uid, place.user.gid)
}

// Another process may take the port before the server does; then the start is repeated with a new one.
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
