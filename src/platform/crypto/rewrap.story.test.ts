import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { testHouse } from '../../../tests/harness/house.ts'
import { WRAPPED } from '../../apps/cli/keys-command.ts'
import { cipherOf } from '../cipher.ts'
import { asSystem } from '../database/as-system.ts'
import { sql } from '../database/pool.ts'
import { openKeyRoom, rewrapKeys, rotateKeys } from './index.ts'

const PERSONS = 1_300
test('every column of wrapped keys is wrapped anew', async (t) => {
  const { database } = await testHouse(t)
  const columns = await database.rows<{ name: string }>(sql`select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and a.atttypid = 'bytea'::regtype and (a.attname like '%wrap%' or a.attname like '%\\_key') order by 1`)
  const listed = WRAPPED.map(({ table, column }) => `${table}.${column}`)
  assert.deepEqual(
    columns.map(({ name }) => name),
    listed.toSorted(),
  )
})

const KEYS = { table: 'residents.person_key', key: ['person_id'], column: 'wrapped' } as const

test('keys are wrapped anew while the region works, cut off and begun again, and nothing is lost', async (t) => {
  const { house, database } = await testHouse(t)
  const dataFolder = await mkdtemp(join(tmpdir(), 'jieli-rewrap-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  const settings = { dataFolder, cryptoSuite: 'guomi', masterKey: null } as const
  const before = cipherOf(await openKeyRoom({ ...settings, cryptoSuite: 'international' }))
  const sealed = new Map<string, Buffer>()
  const add = async (from: number, until: number, cipher: typeof before): Promise<void> => {
    for (let at = from; at < until; at += 1) {
      const wrapped = cipher.newPersonKey()
      sealed.set(String(at), cipher.encrypt(wrapped, `number ${at}`))
      await database.run(sql`insert into residents.person_key values (${at}, ${wrapped})`)
    }
  }
  await add(1, PERSONS + 1, before)
  await rotateKeys(settings)
  const room = await openKeyRoom(settings)
  const after = cipherOf(room)
  const works = asSystem(house.database)
  // Cut off: the connection is gone after the second batch.
  let batches = 0
  const breaking = {
    ...works,
    transaction: (async (work, mode) => {
      batches += 1
      if (batches > 2) throw new Error('cut off')
      return works.transaction(work, mode)
    }) as typeof works.transaction,
  }
  await assert.rejects(rewrapKeys(breaking, room, [KEYS]), /cut off/)
  const half = await database.rows<{ wrapped: Buffer }>(sql`select wrapped from residents.person_key`)
  assert.equal(half.filter(({ wrapped }) => room.rewrap(wrapped) === null).length, 1_000)
  // Begun again by two at once, while persons are read and others are added, some by a process that does not know the new keys yet.
  const readAll = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1)
      for (const { id, wrapped } of await database.rows<{ id: string; wrapped: Buffer }>(
        sql`select person_id::text as id, wrapped from residents.person_key where person_id <= ${PERSONS}`,
      ))
        assert.equal(before.decrypt(wrapped, sealed.get(id) as Buffer), `number ${id}`)
  }
  const counts = await Promise.all([
    rewrapKeys(works, room, [KEYS]), rewrapKeys(works, room, [KEYS]), readAll(), add(PERSONS + 1, PERSONS + 41, before), add(PERSONS + 41, PERSONS + 81, after),
  ]) // prettier-ignore
  assert.ok(counts[0] + counts[1] >= PERSONS - 1_000)
  await rewrapKeys(works, room, [KEYS])
  const all = await database.rows<{ id: string; wrapped: Buffer }>(
    sql`select person_id::text as id, wrapped from residents.person_key`,
  )
  assert.equal(all.length, PERSONS + 80)
  for (const { id, wrapped } of all) {
    assert.equal(room.rewrap(wrapped), null, `person ${id} is under the newest keys`)
    assert.equal(after.decrypt(wrapped, sealed.get(id) as Buffer), `number ${id}`)
  }
  assert.equal(await rewrapKeys(works, room, [KEYS]), 0)
})
