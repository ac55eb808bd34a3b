import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Binaries, binariesIn } from './binaries.ts'
import { EmbeddedRefusal } from './refusal.ts'
import { type ServerUser, isRoot, runAs, selfUser, unprivilegedUser } from './server-user.ts'

/** A sentence for the operator in both languages. */
export type Note = { readonly zh: string; readonly en: string }

/** Where the cluster lies, which programs serve it, and in whose name. */
export type Place = { readonly folder: string; readonly binaries: Binaries; readonly user: ServerUser }

/** The cluster's own folder, which PostgreSQL calls the data directory. */
export const clusterOf = (place: Place): string => join(place.folder, 'cluster')

/**
 * The place of the cluster of this folder. An ordinary user gets the folder itself. Root gets it in the name of another
 * account, if need be with the right to enter closed folders; where that cannot be given, the cluster and a copy of the
 * programs lie below /var/lib, which `moved-to.txt` in the folder remembers and one note says.
 * @throws EmbeddedRefusal `user-missing`, or `folder-unusable` when a cluster made here can no longer be entered.
 */
export const choosePlace = async (folder: string, binaries: Binaries, onNote: (note: Note) => void): Promise<Place> => {
  if (!isRoot()) return { folder, binaries, user: selfUser() }
  const memo = join(folder, 'moved-to.txt')
  const user = userFor(folder)
  if (existsSync(memo)) return moved(readFileSync(memo, 'utf8').trim(), binaries, user)
  chownSync(folder, user.uid, user.gid)
  for (const how of ['switch', 'keep-search'] as const) {
    const place: Place = { folder, binaries, user: { ...user, how } }
    if (await isReachable(place)) return place
  }
  if (existsSync(join(folder, 'cluster'))) throw new EmbeddedRefusal('folder-unusable', folder)
  const base = ['/var/lib', '/var/tmp'].find((name) => existsSync(name)) ?? tmpdir()
  const target = join(base, `jieli-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  const place = moved(target, binaries, user)
  writeFileSync(memo, target)
  onNote({
    zh: `以 root 运行:数据库账户无法进入 ${folder},因此数据库存放在 ${target}。`,
    en: `Running as root: the database account cannot enter ${folder}, so the database is kept in ${target}.`,
  })
  return place
}

// A cluster made by an ordinary user stays that user's when root starts it once.
const userFor = (folder: string): ServerUser => {
  const cluster = join(folder, 'cluster')
  const owner = statSync(existsSync(cluster) ? cluster : folder)
  return owner.uid === 0 ? unprivilegedUser() : { how: 'switch', uid: owner.uid, gid: owner.gid }
}

// Tried, not computed: modes, access lists, mount options and security modules all have a say.
const isReachable = async (place: Place): Promise<boolean> => {
  const probe = join(place.folder, '.probe')
  const folder = await runAs(place.user, '/bin/sh', ['-c', ': > "$1" && rm "$1"', 'sh', probe])
  if (!folder.ok) return false
  return (await runAs(place.user, place.binaries.initdb, ['--show', '-D', clusterOf(place)])).ok
}

const moved = (target: string, binaries: Binaries, user: ServerUser): Place => {
  mkdirSync(target, { recursive: true, mode: 0o711 })
  // The base may be open to all: a folder that somebody else laid there under our name is not ours.
  const found = lstatSync(target)
  if (!found.isDirectory() || found.uid !== 0) throw new EmbeddedRefusal('folder-unusable', target)
  const copy = join(target, 'native')
  if (!existsSync(copy)) {
    const making = `${copy}.making`
    rmSync(making, { recursive: true, force: true })
    cpSync(binaries.root, making, { recursive: true, verbatimSymlinks: true })
    renameSync(making, copy)
  }
  const folder = join(target, 'postgres')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const owner = existsSync(join(folder, 'cluster')) ? statSync(folder) : user
  chownSync(folder, owner.uid, owner.gid)
  return { folder, binaries: binariesIn(copy), user: { how: 'switch', uid: owner.uid, gid: owner.gid } }
}
