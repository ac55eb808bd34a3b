import { appendFileSync, chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Place, clusterOf } from './place.ts'
import { EmbeddedRefusal } from './refusal.ts'
import { runAs } from './server-user.ts'

/**
 * Makes the cluster once; an interrupted making leaves none. Text sorts by code point (builtin C.UTF-8: the same on every
 * platform, no dependence on an ICU release); a list that wants pinyin order names the ICU collation itself.
 * @throws EmbeddedRefusal `server-did-not-start` with initdb's last words.
 */
export const ensureCluster = async (place: Place, superuserPassword: string, fast: boolean): Promise<void> => {
  const cluster = clusterOf(place)
  if (existsSync(join(cluster, 'PG_VERSION'))) return
  const making = `${cluster}.making`
  const passwordFile = join(place.folder, 'initdb-password')
  rmSync(making, { recursive: true, force: true })
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 })
  if (place.user.how !== 'self') chownSync(passwordFile, place.user.uid, place.user.gid)
  try {
    const words = ['-D', making, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums']
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const ran = await runAs(place.user, place.binaries.initdb, [...words, ...locale, ...(fast ? ['--no-sync'] : [])])
    if (!ran.ok) throw new EmbeddedRefusal('server-did-not-start', ran.output.trim().slice(-600))
  } finally {
    rmSync(passwordFile, { force: true })
  }
  appendFileSync(join(making, 'postgresql.conf'), `\ninclude = 'jieli.conf'\n`)
  renameSync(making, cluster)
}
