import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId, type AccountId, type PersonId } from '../../../src/kernel/id.ts'
import { migrate } from '../../../src/platform/database/migrate.ts'
import { openDatabase, sql, type Database } from '../../../src/platform/database/pool.ts'
import { startEmbedded } from '../../../src/platform/embedded-postgres/index.ts'
import type { Actor } from '../../../src/platform/access.ts'
import type { Ending } from '../../../src/apps/ending.ts'
import { makeRegion, STAFF } from '../../invariants/small-region.ts'
import { openSmallDisk, type SmallDisk } from './small-disk.ts'

/** The database of a campaign: the embedded server as `npm start` runs it, everything flushed, kept running by its own watch. */
export type Ground = {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Persons who book for themselves. */
  readonly residents: readonly Actor[]
  /** A session of each member of staff, and of each of these residents. */
  readonly tokens: ReadonlyMap<Actor, string>
  readonly postmaster: () => Promise<number>
  readonly disk: SmallDisk | null
  /** What the watch said to the operator. */
  readonly notes: readonly string[]
}

export const openGround = async (ending: Ending, options: { disk: 'folder' | 'small'; weakness: string }): Promise<Ground> => {
  const disk = options.disk === 'small' ? openSmallDisk(ending) : null
  const dataFolder = disk?.folder ?? mkdtempSync(join(tmpdir(), 'jieli-campaign-'))
  // Root's database runs in another account's name, which has to get through.
  chmodSync(dataFolder, 0o755)
  if (!disk) ending.onEnd(() => rmSync(dataFolder, { recursive: true, force: true }))
  const notes: string[] = []
  const embedded = await startEmbedded({ dataFolder, onNote: ({ en }) => notes.push(en) })
  ending.onEnd(embedded.stop)
  const { ownerUrl, appUrl, folder } = embedded
  await migrate(ownerUrl)
  const owner = openDatabase(ownerUrl, { size: 1 })
  await makeRegion({ database: owner, done: async () => null }, 0)
  const tokens = new Map<Actor, string>()
  const residents = await putResidents(owner)
  for (const actor of [...Object.values(STAFF), ...residents]) tokens.set(actor, await openSession(owner, actor))
  if (options.weakness === 'async-commit') await owner.run(sql`alter database jieli set synchronous_commit = off`)
  await owner.close()
  const postmaster = async () => Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
  return { ownerUrl, appUrl, residents, tokens, postmaster, disk, notes }
}

const RESIDENTS = 12

const putResidents = async (owner: Database): Promise<Actor[]> => {
  const rows = await owner.rows<{
    id: PersonId
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, synthetic, created_at)
    select '直约居民' || n, 'jumin', 'jm', 'female', true, now() from generate_series(1, ${RESIDENTS}::int) as n returning person_id as id`)
  return rows.map(({ id }, at) => ({
    account: newId<AccountId>(),
    role: 'resident',
    org: null,
    person: id,
    name: { zh: `直约居民${at}`, en: null },
  }))
}

/** An account with a session that lasts longer than any campaign; nobody signs in, so no password is needed. */
const openSession = async (owner: Database, actor: Actor): Promise<string> => {
  const token = randomBytes(24).toString('base64url')
  await owner.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, created_at)
    values (${actor.account}, ${`login-${String(actor.account).slice(-6)}`}, 'nobody signs in', ${actor.role}, ${actor.org}, ${actor.person}, ${actor.name.zh}, now())`)
  await owner.run(sql`insert into security.session (token_hash, account_id, created_at, expires_at)
    values (${createHash('sha256').update(token).digest()}, ${actor.account}, now(), now() + interval '12 hours')`)
  return token
}
