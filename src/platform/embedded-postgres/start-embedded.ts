import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { holdFolder } from './folder-hold.ts'
import { keepRunning } from './keep-running.ts'
import { keepPasswords } from './passwords.ts'
import { type Note, type Place, choosePlace } from './place.ts'
import { stopServer } from './previous-server.ts'
import { EmbeddedRefusal } from './refusal.ts'
import { ensureRoles, urlOf } from './roles.ts'
import { runServer } from './server-run.ts'

export type EmbeddedOptions = {
  /** The folder of this installation's data; the database takes the subfolder `postgres`. */
  readonly dataFolder: string
  /** For tests only: nothing is flushed to the disk. */
  readonly fast?: boolean
  /** What the operator should know, for instance that the database had to be kept elsewhere. */
  readonly onNote: (note: Note) => void
}

export type Embedded = {
  /** `jieli_owner` on the database `jieli`. */
  readonly ownerUrl: string
  /** `jieli_app` on the database `jieli`. */
  readonly appUrl: string
  readonly port: number
  /** Where the cluster really lies. */
  readonly folder: string
  /** Shuts the server down and gives the folder free; repeating it waits for the same end. */
  readonly stop: () => Promise<void>
}

/**
 * Starts the PostgreSQL that is installed with Jieli on the loopback and answers when it accepts connections; makes the
 * cluster, its roles and the database at the first start, and takes over from a server whose starter was killed. A server
 * that ends by itself, or is killed, is started again on the same port until `stop`.
 * @throws EmbeddedRefusal when it cannot; nothing is left running then.
 */
export const startEmbedded = async ({ dataFolder, fast = false, onNote }: EmbeddedOptions): Promise<Embedded> => {
  const binaries = findBinaries()
  const folder = makeFolder(join(resolve(dataFolder), 'postgres'))
  const hold = holdFolder(folder)
  let place: Place | undefined
  try {
    const passwords = keepPasswords(folder)
    place = await choosePlace(folder, binaries, onNote)
    await ensureCluster(place, passwords.superuser, fast)
    const port = await runServer(place, { fast })
    await ensureRoles(port, passwords)
    const ownerUrl = urlOf('jieli_owner', passwords.owner, port, 'jieli')
    const appUrl = urlOf('jieli_app', passwords.app, port, 'jieli')
    const kept = keepRunning(place, { fast, port }, onNote)
    let stopping: Promise<void> | undefined
    const { folder: served } = place
    const stop = () =>
      (stopping ??= kept
        .end()
        .then(() => stopServer(place as Place))
        .finally(hold.release))
    return { ownerUrl, appUrl, port, folder: served, stop }
  } catch (error) {
    if (place) await stopServer(place)
    hold.release()
    throw error
  }
}

const makeFolder = (folder: string): string => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (error) {
    throw new EmbeddedRefusal('folder-unusable', `${folder} (${(error as NodeJS.ErrnoException).code})`)
  }
}
