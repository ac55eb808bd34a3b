import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { Client } from 'pg'
import { PLACES } from '../harness/stage.ts'
import { newId } from '../../src/kernel/id.ts'
import { ROLES } from '../../src/platform/access.ts'
import { fillEveryTable } from './every-table.ts'
import { makeWorld, type World } from './world.ts'

// What stands under the forms: whoever reaches the tables as the app's role, whatever its SQL forgets to ask.

/** Tables whose rows every act may read: they hold no person's data. */
const READ_BY_EVERY_ACT = [
  'booking.calendar',
  'booking.calendar_span',
  'booking.pool',
  'booking.queue',
  'booking.ward',
  'booking.bed_class',
  'navigation.capability',
  'platform.register_entry',
  'security.factor_institution',
  'smart.adviser',
  'smart.client',
  'health_card.app',
  'audit_rules.item',
]
/** What the bureau and managers count without being party: no person stands in it, or quality of rescues is their task. */
const WATCHED = [
  'referral.return_reason',
  'green_channel.green_case',
  'green_channel.party',
  'green_channel.stamp',
  'docking.line',
  'docking.message',
  'docking.difference',
  'booking.shortage',
  'navigation.choice',
  'residents.pair',
  'recognition.decision',
  'record_access.emergency',
  'record_access.question',
  'record_access.export_wish',
]
const WATCHERS = ['consortium-manager', 'health-bureau', 'administrator']
/** The budgets of the fund hold no person: who pays and who oversees compares them all. */
const OF_THE_FUND = /^fund\./
/** What a disease is worth and what a year's points came to is told to everybody who manages a hospital. */
const PRICES_OF_THE_FUND = /^fund\.dip_(catalogue|group|clearing)$/
const PAYERS = ['insurer', 'health-bureau']
/** Whether an institution's books agree, and what is open of it, holds no person: who pays and who oversees follows it. */
const OF_COMPARISONS = /^payment\.(comparison|ticket)$/
/** Whose duty it is to audit the bills that the fund pays. */
const OF_AUDITS = /^audit_rules\./
/** Settled bills and what is filed of care away are the insurer's own business: it pays them, and every look is in the audit. */
const OF_SETTLEMENT = /^settlement\.|^payment\.filing_notice$/
const OF_ACCOUNTS = /^security\./

test('rows beneath the forms', async (t) => {
  let app = null as Client | null
  // Ends before the database is dropped: what is registered first ends first.
  t.after(() => app?.end())
  const world = await makeWorld(t)
  await fillEveryTable(world)
  app = new Client({ connectionString: world.appUrl })
  await app.connect()
  const { rows: names } = await app.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where c.relforcerowsecurity and not c.relispartition order by 1`,
  )
  const tables = names.map(({ name }) => name)
  await probe(t, app, world, tables)
})

const probe = async (t: TestContext, app: Client, world: World, tables: readonly string[]): Promise<void> => {
  const seen = async (begin: string | null, table: string): Promise<number> => {
    await app.query('begin')
    try {
      if (begin) await app.query(begin)
      const { rows } = await app.query<{ count: number }>(`select count(*)::int as count from ${table}`)
      return rows[0]?.count ?? -1
    } finally {
      await app.query('rollback')
    }
  }

  const ofPerson = async (begin: string, table: string): Promise<number> => {
    const { rows } = await app.query<{ has: boolean }>(
      `select exists (select from pg_attribute where attrelid = $1::regclass and attname = 'person_id') as has`,
      [table],
    )
    return rows[0]?.has ? seen(begin, `${table} where person_id = ${world.otherPerson}`) : 0
  }

  await t.test('there is something to see: every protected table holds a row', async () => {
    const empty = []
    for (const table of tables)
      if ((await seen(`select platform.begin_act(null, null, 'system', null)`, table)) === 0) empty.push(table)
    assert.ok(tables.length >= 54, `${tables.length} protected tables`)
    assert.deepEqual(empty, [], 'a new table: give it a row in every-table.ts, or nothing is tried of it')
  })

  await t.test('without an act no table shows a row, and none can be written', async () => {
    for (const table of tables) assert.equal(await seen(null, table), 0, table)
    await assert.rejects(app.query(`insert into referral.open_guard values (1, 'x', 1, gen_random_uuid())`), { code: '42501' })
  })

  await t.test('a stranger of any role sees no row of any person or institution, whatever the SQL asks', async () => {
    const leaks: string[] = []
    for (const role of ROLES.filter((one) => one !== 'system')) {
      const org = role === 'resident' ? 'null' : PLACES.city
      const person = role === 'resident' ? world.otherPerson : 'null'
      const begin = `select platform.begin_act(${org}, '${newId()}', '${role}', ${person})`
      for (const table of tables) {
        if (READ_BY_EVERY_ACT.includes(table) || (WATCHERS.includes(role) && WATCHED.includes(table))) continue
        if (PAYERS.includes(role) && (OF_THE_FUND.test(table) || OF_COMPARISONS.test(table))) continue
        if (role === 'consortium-manager' && PRICES_OF_THE_FUND.test(table)) continue
        if (role === 'insurer' && OF_AUDITS.test(table)) continue
        if (role === 'insurer' && OF_SETTLEMENT.test(table)) continue
        if (role === 'administrator' && OF_ACCOUNTS.test(table)) continue
        const count = await seen(begin, table)
        // A resident has one row of the index: the own one.
        const own =
          role === 'resident' &&
          /^(residents\.|platform\.person_event|platform\.trace_event|platform\.audit|health_record\.)/.test(table)
            ? await ofPerson(begin, table)
            : 0
        if (count !== own) leaks.push(`${role} sees ${count} of ${table}`)
      }
    }
    assert.deepEqual(leaks, [])
  })

  await t.test(
    'naming a person shows that person and no other; a resident cannot name anybody else, an insurer nobody',
    async () => {
      const count = async (role: string, name: string): Promise<number> =>
        seen(
          `select platform.begin_act(${role === 'resident' ? 'null' : PLACES.city}, null, '${role}', ${role === 'resident' ? world.otherPerson : 'null'});
        select residents.name_persons(array[${name}]::bigint[], true)`,
          `residents.person where person_id = ${world.person}`,
        )
      assert.equal(await count('ward', world.person), 1)
      assert.equal(await count('ward', world.otherPerson), 0)
      assert.equal(await count('resident', world.person), 0)
      assert.equal(await count('insurer', world.person), 0)
      const records = await seen(
        `select platform.begin_act(${PLACES.city}, null, 'administrator', null);
      select residents.name_persons(array[${world.person}]::bigint[], true)`,
        'health_record.resource',
      )
      assert.equal(records, 0, 'who runs accounts opens no record')
    },
  )

  await t.test('what an act knew is forgotten with its transaction', async () => {
    await app.query(`begin; select platform.begin_act(null, null, 'system', null); commit`)
    const { rows } = await app.query<{ count: number }>('select count(*)::int as count from residents.person')
    assert.equal(rows[0]?.count, 0)
  })
}
