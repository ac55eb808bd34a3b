import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { Client } from 'pg'
import { runChecks } from '../../src/apps/checks.ts'
import { BackupRefusal, readManifest, restore, RESTORING, writeBackup } from '../../src/platform/backup/index.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { randomCare } from '../invariants/random-care.ts'
import { makeRegion, seeded, seedOfRun } from '../invariants/small-region.ts'
import { emptyDatabase } from './empty-database.ts'
import { contentOf, type TableContent } from './table-content.ts'

const ACTS_BEFORE = 120

const folderOf = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'jieli-backup-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const busyHouse = async (t: TestContext) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  const random = seeded(seed)
  const house = await testHouse(t)
  const draw = randomCare(house, await makeRegion(house, 6), random)
  const act = async () => {
    const { name, actor, input } = await draw()
    await house.ask(name, actor, input)
  }
  for (let acts = 0; acts < ACTS_BEFORE; acts += 1) await act()
  return { house, act }
}

/** Backs up while acts go on; answers what every table held at the moment of the snapshot. */
const backUp = async (house: TestHouse, act: () => Promise<void>, folder: string, passphrase: string | null) => {
  let content: Record<string, TableContent> = {}
  let writing = true
  const writes = (async () => {
    while (writing) await act()
  })()
  await writeBackup({
    ownerUrl: house.ownerUrl,
    folder,
    product: 'jieli test',
    masterKeyMark: null,
    passphrase,
    onProgress: () => {},
    onSnapshot: async (snapshot) => {
      content = await withClient(house.ownerUrl, async (client) => {
        await client.query('begin isolation level repeatable read read only')
        await client.query(`set transaction snapshot '${snapshot}'`)
        return contentOf(client)
      })
    },
  })
  writing = false
  await writes
  return content
}

const holdsIn = async (url: string): Promise<void> => {
  const database = openDatabase(url, { size: 2 })
  const broken = (await runChecks(database)).filter(({ breaches }) => breaches > 0)
  await database.close()
  assert.deepEqual(broken, [])
}

test('what is restored is the region as of the snapshot, table for table, though writing went on', async (t) => {
  const { house, act } = await busyHouse(t)
  for (const passphrase of [null, 'an invented passphrase']) {
    const folder = join(await folderOf(t), 'night')
    const content = await backUp(house, act, folder, passphrase)
    assert.ok(Number(content['referral.referral']?.seen.split(' ')[0]) > 0)
    const target = await emptyDatabase(t)
    await restore({ ownerUrl: target, folder, passphrase, onProgress: () => {} })
    assert.deepEqual(await withClient(target, (client) => contentOf(client)), content)
    await holdsIn(target)
  }
})

test('one changed byte, one missing file, another passphrase: nothing is restored, and the file is named', async (t) => {
  const { house } = await busyHouse(t)
  const folder = join(await folderOf(t), 'night')
  const passphrase = 'an invented passphrase'
  const options = { ownerUrl: house.ownerUrl, folder, product: 'jieli test', masterKeyMark: null, onProgress: () => {} }
  await writeBackup({ ...options, passphrase })
  const target = await emptyDatabase(t)
  const refusedAs = async (code: string, what: RegExp, withPassphrase: string | null = passphrase) => {
    await assert.rejects(restore({ ownerUrl: target, folder, passphrase: withPassphrase, onProgress: () => {} }), (error) => {
      assert.ok(error instanceof BackupRefusal)
      assert.equal(error.code, code)
      assert.match(error.en, what)
      return true
    })
    assert.deepEqual(await withClient(target, (client) => contentOf(client)), {})
  }
  await refusedAs('passphrase-missing', /night/, null)
  await refusedAs('passphrase-or-manifest-wrong', /manifest\.json/, 'another passphrase')
  const { manifest } = await readManifest(folder, async () => null).catch(async () => ({ manifest: await manifestOf(folder) }))
  const table = join(folder, 'tables/referral.referral.copy.zst')
  const bytes = await readFile(table)
  const changed = Buffer.from(bytes)
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
  await writeFile(table, changed)
  await refusedAs('file-changed', /referral\.referral/)
  await rm(table)
  await refusedAs('file-changed', /referral\.referral/)
  await writeFile(table, bytes)
  const text = await readFile(join(folder, 'manifest.json'), 'utf8')
  await writeFile(join(folder, 'manifest.json'), text.replace(`"rows": ${manifest.tables[0]?.rows}`, '"rows": 7654321'))
  await refusedAs('passphrase-or-manifest-wrong', /manifest\.json/)
  await rm(join(folder, 'manifest.json'))
  await refusedAs('not-a-backup', /night/)
  await assert.rejects(writeBackup({ ...options, passphrase: null }), /not empty/)
})

const manifestOf = async (folder: string) => {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8')
  return JSON.parse(text.slice(0, text.trimEnd().lastIndexOf('\n'))) as { tables: { rows: number }[] }
}

test('a restore overwrites nothing; cut off, it says so, and may be begun again', async (t) => {
  const { house } = await busyHouse(t)
  const folder = join(await folderOf(t), 'night')
  await writeBackup({
    ownerUrl: house.ownerUrl,
    folder,
    product: 'jieli test',
    masterKeyMark: null,
    passphrase: null,
    onProgress: () => {},
  })
  const again = (ownerUrl: string) => restore({ ownerUrl, folder, passphrase: null, onProgress: () => {} })
  await assert.rejects(again(house.ownerUrl), /holds data already/)
  const target = await emptyDatabase(t)
  const cutOff = restore({
    ownerUrl: target,
    folder,
    passphrase: null,
    onProgress: (_done, what) => {
      if (what === 'referral.referral') throw new Error('cut off')
    },
  })
  await assert.rejects(cutOff, /cut off/)
  await withClient(target, async (client) => {
    const { rowCount } = await client.query(`select from platform.setting where name = '${RESTORING}'`)
    assert.equal(rowCount, 1)
    assert.equal((await client.query('select from referral.referral')).rowCount, 0)
  })
  await again(target)
  await holdsIn(target)
})
