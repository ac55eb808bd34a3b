import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { setStage } from '../../../tests/harness/stage.ts'
import { raw, sql } from '../database/pool.ts'
import {
  growAuditTree,
  handOutHead,
  HEAD_PURPOSE,
  headsFile,
  headsFrom,
  headText,
  inclusionProof,
  consistencyProof,
  isConsistent,
  isIncluded,
  leafHash,
  leafOf,
  readHashes,
  readHeads,
  verifyAudit,
} from './index.ts'

const ROUNDS = 4
const EACH = 120

type Ground = { readonly house: TestHouse; readonly folder: string; readonly rows: number }

/** A region whose audit grew in rounds: real looks and, to have enough of them, rows as an act writes them. */
const ground = async (t: TestContext): Promise<Ground> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const folder = mkdtempSync(join(tmpdir(), 'jieli-heads-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const person = await stage.person('演示病人', '1961-05-04')
  for (let round = 0; round < ROUNDS; round += 1) {
    await house.done('health-record.summary', stage.villageDoctor, { person })
    await house.database.run(sql`select platform.record_act(0, platform.jieli_now(), '{"role": "system"}', '[]', '[]',
      (select jsonb_agg(jsonb_build_object('id', uuidv7(), 'form', 'test.read', 'kind', 'query', 'outcome', 'done', 'basis', 'test', 'person', ${person}::text, 'request', 'r' || i))
        from generate_series(1, ${EACH}) i), null)`)
    await grown(house)
    await handOutHead(house.house.database, folder)
  }
  const counted = await house.database.row<{ rows: number }>(sql`select count(*)::int as rows from platform.audit`)
  return { house, folder, rows: counted?.rows ?? 0 }
}

/** Rows wait for every transaction that began before them, other tests' too. */
const grown = async ({ house, database }: TestHouse): Promise<void> => {
  // All of a round stand under one head, whatever else the server is doing.
  for (;;) {
    const held = await database.row<{ held: number }>(
      sql`select count(*)::int as held from platform.audit where xid >= pg_snapshot_xmin(pg_current_snapshot())`,
    )
    if (held?.held === 0) break
    await turn()
  }
  for (;;) {
    await growAuditTree(house.database, house.cipher.room)
    const left = await database.row<{ left: number }>(
      sql`select ((select count(*) from platform.audit) - (select count(*) from platform.audit_leaf))::int as left`,
    )
    if (left?.left === 0) return
    await turn()
  }
}

test('the audit proves itself', async (t) => {
  const { house, folder, rows } = await ground(t)
  const { database, cipher } = house.house
  const outside = await readHeads(headsFile(folder))
  const verify = () => verifyAudit(database, cipher.room, outside)
  const idAt = async (n: number): Promise<string> =>
    (await house.database.row<{ id: string }>(sql`select audit_id as id from platform.audit_leaf where n = ${n}`))?.id ?? ''

  await t.test('numbers run 1..n without a gap, and nothing is found', async () => {
    const counted = await house.database.row(
      sql`select min(n)::int as first, max(n)::int as last, count(*)::int as rows from platform.audit_leaf`,
    )
    assert.deepEqual(counted, { first: 1, last: rows, rows })
    assert.equal(outside.length, ROUNDS)
    const found = await verify()
    assert.deepEqual(found.faults, [])
    assert.equal(found.rows, rows)
  })

  await t.test('a row is shown to stand in the tree by a few hashes, and a head to begin with every earlier one', async () => {
    const heads = await headsFrom(house.database, 0)
    const newest = heads.at(-1)
    assert.ok(newest && heads.length >= ROUNDS)
    assert.ok(cipher.room.verify(HEAD_PURPOSE, headText(newest), { key: newest.signedBy, signature: newest.signature }))
    const leaf = await leafOf(house.database, await idAt(300))
    assert.ok(leaf?.text)
    const proof = await inclusionProof(readHashes(house.database), leaf.n - 1, newest.size)
    assert.ok(proof.length <= Math.ceil(Math.log2(newest.size)))
    assert.ok(isIncluded({ leaf: leaf.n - 1, size: newest.size, hash: leafHash(leaf.text), proof, root: newest.root }))
    for (const earlier of heads) {
      const consistency = await consistencyProof(readHashes(house.database), earlier.size, newest.size)
      assert.ok(
        isConsistent({
          earlier: earlier.size,
          size: newest.size,
          earlierRoot: earlier.root,
          root: newest.root,
          proof: consistency,
        }),
      )
    }
  })

  // What follows is done as the owner of the tables, behind the house's back. Each is undone before the next.
  const run = async (...texts: readonly string[]): Promise<void> => {
    for (const text of texts) await house.database.run(sql`${raw(text)}`)
  }
  const mutation = (says: string, change: readonly string[], undo: readonly string[], where: readonly object[]): Promise<void> =>
    t.test(says, async () => {
      await run(...change)
      const { faults } = await verify()
      assert.deepEqual(
        faults.map(({ kind, n, until }) => ({ kind, n, ...(until ? { until } : {}) })),
        where,
      )
      await run(...undo)
      assert.deepEqual((await verify()).faults, [], 'undone')
    })

  const row = async (n: number): Promise<string> => `(select org_id, audit_id from platform.audit_leaf where n = ${n})`
  const keep = 'create table platform.kept as select * from'
  const back = ['insert into platform.audit overriding system value select * from platform.kept', 'drop table platform.kept']

  await mutation(
    'an edited row is found at its number',
    [`update platform.audit set basis = 'changed' where (org_id, id) in ${await row(77)}`],
    [`update platform.audit set basis = 'test' where (org_id, id) in ${await row(77)}`],
    [{ kind: 'edited', n: 77 }],
  )
  await mutation(
    'a removed row is found at its number',
    [
      `${keep} platform.audit where (org_id, id) in ${await row(200)}`,
      `delete from platform.audit where (org_id, id) in ${await row(200)}`,
    ],
    back,
    [{ kind: 'removed', n: 200 }],
  )
  await mutation(
    'a row put in among the old ones is found',
    [
      `insert into platform.audit overriding system value select (jsonb_populate_record(a, jsonb_build_object('id', '00000000-0000-7000-8000-000000000001'))).*
        from platform.audit a where (org_id, id) in ${await row(90)}`,
    ],
    [`delete from platform.audit where id = '00000000-0000-7000-8000-000000000001'`],
    [{ kind: 'inserted', n: 89 }],
  )
  await mutation(
    'two rows that changed places are found where they stand',
    [
      `update platform.audit_leaf set n = -1 + 1000000 where n = 50`,
      `update platform.audit_leaf set n = 50 where n = 60`,
      `update platform.audit_leaf set n = 60 where n = 999999`,
    ],
    [
      `update platform.audit_leaf set n = -1 + 1000000 where n = 50`,
      `update platform.audit_leaf set n = 50 where n = 60`,
      `update platform.audit_leaf set n = 60 where n = 999999`,
    ],
    [
      { kind: 'rewritten', n: 1, until: outside[0]?.size },
      { kind: 'moved', n: 51 },
      { kind: 'moved', n: 60 },
    ],
  )
  const second = outside[1]?.size ?? 0
  await mutation(
    'a tail that was cut, with its leaves and its heads, is found against the heads outside',
    [
      `${keep} platform.audit where (org_id, id) in (select org_id, audit_id from platform.audit_leaf where n > ${second})`,
      `create table platform.kept_leaf as select * from platform.audit_leaf where n > ${second}`,
      `create table platform.kept_head as select * from platform.audit_head where size > ${second}`,
      `delete from platform.audit where (org_id, id) in (select org_id, audit_id from platform.audit_leaf where n > ${second})`,
      `delete from platform.audit_leaf where n > ${second}`,
      `delete from platform.audit_head where size > ${second}`,
    ],
    [
      ...back,
      'insert into platform.audit_leaf select * from platform.kept_leaf',
      'insert into platform.audit_head select * from platform.kept_head',
      'drop table platform.kept_leaf',
      'drop table platform.kept_head',
    ],
    [{ kind: 'cut', n: second + 1, until: outside[2]?.size }],
  )
  await mutation(
    'a row that was edited together with its leaf is found between two heads',
    [
      `create table platform.kept_leaf as select * from platform.audit_leaf where n = 333`,
      `update platform.audit set request = 'r' || request where (org_id, id) in ${await row(333)}`,
      // What who changes both would compute; the test asks the database's own text of the row.
      `update platform.audit_leaf set hash = decode('${leafHash('forged').toString('hex')}', 'hex') where n = 333`,
    ],
    [
      `update platform.audit set request = substr(request, 2) where (org_id, id) in ${await row(333)}`,
      `update platform.audit_leaf l set hash = k.hash from platform.kept_leaf k where k.n = l.n`,
      'drop table platform.kept_leaf',
    ],
    [
      { kind: 'rewritten', n: (outside[1]?.size ?? 0) + 1, until: outside[2]?.size },
      { kind: 'edited', n: 333 },
    ],
  )
})

test('no answer without its audit row: a table that is locked or refuses rows gives none', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('演示病人', '1961-05-04')
  await house.done('health-record.summary', stage.villageDoctor, { person })
  await house.database.run(
    sql`alter table platform.audit add constraint full_disk check (form <> 'health-record.summary') not valid`,
  )
  await assert.rejects(house.ask('health-record.summary', stage.villageDoctor, { person }))
  await house.database.run(sql`alter table platform.audit drop constraint full_disk`)
  const before = await house.database.row(
    sql`select count(*)::int as rows from platform.audit where form = 'health-record.summary'`,
  )
  let answered = false
  const asked = await house.database.transaction(async (tx) => {
    await tx.run(sql`lock table platform.audit in exclusive mode`)
    const asking = house.ask('health-record.summary', stage.villageDoctor, { person }).then((outcome) => {
      answered = true
      return outcome
    })
    for (;;) {
      const waits = await tx.row<{ waits: boolean }>(
        sql`select exists (select from pg_locks l where not l.granted and l.relation = 'platform.audit'::regclass) as waits`,
      )
      if (waits?.waits) break
      await turn()
    }
    assert.equal(answered, false, 'while the audit is locked there is no answer')
    return { asking }
  })
  assert.ok((await asked.asking).ok, 'once it is free the answer comes, with its row')
  const after = await house.database.row(
    sql`select count(*)::int as rows from platform.audit where form = 'health-record.summary'`,
  )
  assert.deepEqual(after, { rows: (before as { rows: number }).rows + 1 })
})
