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
const RETRY_PAUSE_MS = 300
const LOG_BYTES_MAX = 20_000_000
const MAY_PASS = /pre-existing shared memory|still in use|Address already in use|could not create any TCP\/IP sockets|lock file/

/**
 * Starts the server and answers its port once it accepts connections.
 * @throws EmbeddedRefusal `server-did-not-start` with the server's last words.
 */
export const runServer = async (place: Place, fast: boolean): Promise<number> => {
  await stopPrevious(place)
  const log = join(place.folder, 'server.log')
  if (sizeOf(log) > LOG_BYTES_MAX) renameSync(log, `${log}.1`)
  const until = performance.now() + RETRY_MS
  for (;;) {
    const port = await freePort()
    writeSettings(place, settingsText({ port, fast }))
    const before = sizeOf(log)
    const words = ['start', '-D', clusterOf(place), '-l', log, '-w', '-t', '120', '-s']
    const ran = await runAs(place.user, place.binaries.pgCtl, words, 150_000)
    if (ran.ok) return port
    const said = `${existsSync(log) ? readFileSync(log).subarray(before).toString('utf8') : ''}${ran.output}`
    if (!MAY_PASS.test(said) || performance.now() > until)
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
