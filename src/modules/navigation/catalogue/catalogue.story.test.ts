import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { loadSpecialties, readSpecialties } from '../../organisations/index.ts'
import { findCondition, loadCatalogue } from '../index.ts'
import { changesOf } from './catalogue-store.ts'
import { readCatalogue } from './read-catalogue.ts'

test('the shipped catalogue is loaded once; a newer edition changes, adds and retires, and every change is kept', async (t) => {
  const { database } = await testHouse(t)
  const shipped = readCatalogue()
  assert.equal(await loadSpecialties(database), readSpecialties().length, 'every row of the shipped list is new')
  assert.equal(await loadSpecialties(database), 0, 'the second time nothing changes')
  const load = (catalogue = shipped) => database.transaction((tx) => loadCatalogue(tx, catalogue))
  assert.deepEqual(await load(), { rows: shipped.rows.length, added: shipped.rows.length, changed: 0, retired: 0 })
  assert.deepEqual(await load(), { rows: 0, added: 0, changed: 0, retired: 0 })

  const [first, second, ...rest] = shipped.rows
  assert.ok(first && second)
  const next = {
    ...shipped,
    edition: '2099-01-01' as Day,
    hash: 'another',
    rows: [{ ...first, lowestTier: 'province' as const }, { ...second, key: 'quite-new' }, ...rest],
  }
  assert.deepEqual(await load(next), { rows: next.rows.length, added: 1, changed: 1, retired: 1 })
  assert.deepEqual(
    await load(shipped),
    { rows: 0, added: 0, changed: 0, retired: 0 },
    'an older program leaves the newer edition',
  )
  assert.equal((await findCondition(database, first.key))?.lowestTier, 'province')
  assert.equal((await findCondition(database, second.key))?.key, second.key, 'a referral may still point at a retired condition')
  const [newest, oldest] = await changesOf(database, first.key)
  assert.ok(newest && oldest)
  const tierIn = (row: unknown): string => (row as { lowestTier: string }).lowestTier
  assert.deepEqual(
    [newest.edition, tierIn(newest.before), tierIn(newest.after), oldest.before],
    ['2099-01-01', first.lowestTier, 'province', null],
  )
  const { zh } = second
  const found = await database.rows<{ key: string }>(
    sql`select key from navigation.condition where zh = ${zh} and retired_on is null`,
  )
  assert.deepEqual(found, [{ key: 'quite-new' }])
})
