import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { Client } from 'pg'
import { testDatabase } from '../harness/database.ts'

// The rules of growth and of least rights, read from PostgreSQL's own catalogue after migration, so that no migration can forget them.

type Breach = Record<string, unknown>
const OURS = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public') and n.nspname not like 'pg_%'`
/** The migrations' own list stands outside the growth map: it exists before the map does. */
const OUTSIDE_MAP = ['platform.migration']

const RULES: readonly { name: string; sql: string }[] = [
  {
    name: 'every table stands in the growth map',
    sql: `select n.nspname || '.' || c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and ${OURS} and not (n.nspname || '.' || c.relname = any ($1))
        and not exists (select from platform.shard_map m where m.table_name::regclass = c.oid)`,
  },
  {
    name: 'a sharded table has its key first in every primary key, unique and exclusion constraint and unique index',
    sql: `select m.table_name, i.indexrelid::regclass::text as index from platform.shard_map m
      join pg_index i on i.indrelid = m.table_name::regclass
      join pg_attribute a on a.attrelid = i.indrelid and a.attname = m.key_column
      where m.key_column is not null and (i.indisunique or i.indisexclusion) and i.indkey[0] <> a.attnum and $1::text[] is not null`,
  },
  {
    name: 'a sharded table has a primary key, and its key column is never null',
    sql: `select m.table_name from platform.shard_map m where m.key_column is not null and $1::text[] is not null and (
      not exists (select from pg_index i where i.indrelid = m.table_name::regclass and i.indisprimary)
      or not exists (select from pg_attribute a where a.attrelid = m.table_name::regclass and a.attname = m.key_column and a.attnotnull))`,
  },
  {
    name: 'a foreign key stays in its group and holds the key, or points to a reference table',
    sql: `select c.conname, c.conrelid::regclass::text as from_table, c.confrelid::regclass::text as to_table from pg_constraint c
      join platform.shard_map f on f.table_name::regclass = c.conrelid join platform.shard_map t on t.table_name::regclass = c.confrelid
      where c.contype = 'f' and t.table_group <> 'reference' and $1::text[] is not null and (f.table_group <> t.table_group
        or not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = f.key_column and a.attnum = any (c.conkey))
        or not exists (select from pg_attribute a where a.attrelid = c.confrelid and a.attname = t.key_column and a.attnum = any (c.confkey)))`,
  },
  {
    name: 'no triggers, no rules, no unlogged tables',
    sql: `select t.tgname as found from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal and ${OURS} and $1::text[] is not null
      union all select r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and ${OURS}
      union all select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relpersistence = 'u' and ${OURS}`,
  },
  {
    name: 'no function notifies or takes advisory locks',
    sql: `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS} and $1::text[] is not null
      and p.prosrc ~* '(pg_)?notify|advisory'`,
  },
  {
    name: 'a function that runs with its owner’s rights has a fixed search path without our schemas, and the public may not run it',
    sql: `select p.proname, p.proconfig from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS} and $1::text[] is not null and p.prosecdef
      and (not coalesce('search_path=pg_catalog, pg_temp' = any (p.proconfig), false)
        or exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'))`,
  },
  {
    name: 'a table of persons, accounts or institutions is protected by row, also from its owner, and has a policy for the app’s role',
    sql: `select n.nspname || '.' || c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join platform.shard_map m on m.table_name::regclass = c.oid
      where c.relkind in ('r', 'p') and ${OURS} and $1::text[] is not null
        and (m.table_group in ('org', 'person', 'pool') or exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
          and not a.attisdropped and a.attname in ('person_id', 'account_id', 'password_hash')))
        and (not c.relrowsecurity or not c.relforcerowsecurity
          or not c.relispartition and not exists (select from pg_policy p where p.polrelid = c.oid and 'jieli_app'::regrole = any (p.polroles)))`,
  },
  {
    name: 'a partition is reached through its table alone: it is protected by row and has no policy for the app’s role',
    sql: `select n.nspname || '.' || c.relname as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relispartition and ${OURS} and $1::text[] is not null and (not c.relrowsecurity or not c.relforcerowsecurity
        or exists (select from pg_policy p where p.polrelid = c.oid and 'jieli_app'::regrole = any (p.polroles)))`,
  },
  {
    name: 'no policy lets everybody see a protected table: each names the app’s role or the owner, and the app’s asks what the act knows',
    sql: `select p.polrelid::regclass::text as "table", p.polname from pg_policy p where $1::text[] is not null and (0 = any (p.polroles)
      or ('jieli_app'::regrole = any (p.polroles) and coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') !~ 'act_role'))`,
  },
  {
    name: 'a view sees what whoever asks it sees',
    sql: `select n.nspname || '.' || c.relname as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('v', 'm') and ${OURS} and $1::text[] is not null
        and (c.relkind = 'm' or not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false))`,
  },
  {
    name: 'the app’s role owns nothing and has no power of its own',
    sql: `select c.relname as found from pg_class c where pg_get_userbyid(c.relowner) = 'jieli_app' and $1::text[] is not null
      union all select p.proname from pg_proc p where pg_get_userbyid(p.proowner) = 'jieli_app'
      union all select n.nspname from pg_namespace n where pg_get_userbyid(n.nspowner) = 'jieli_app'
      union all select rolname from pg_roles where rolname = 'jieli_app' and (rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication)`,
  },
  {
    name: 'the app’s role can neither change nor remove what is append-only, nor empty any table',
    sql: `select m.table_name from platform.shard_map m where m.append_only and $1::text[] is not null
        and (has_table_privilege('jieli_app', m.table_name, 'update') or has_table_privilege('jieli_app', m.table_name, 'delete'))
      union all select m.table_name from platform.shard_map m where has_table_privilege('jieli_app', m.table_name, 'truncate')
      union all select m.table_name from platform.shard_map m join information_schema.column_privileges p
        on (p.table_schema || '.' || p.table_name)::regclass = m.table_name::regclass
        where m.append_only and p.grantee = 'jieli_app' and p.privilege_type = 'UPDATE'`,
  },
  {
    name: 'the app’s role can create nothing in our schemas',
    sql: `select n.nspname from pg_namespace n where ${OURS} and has_schema_privilege('jieli_app', n.oid, 'create') and $1::text[] is not null`,
  },
]

const database = await testDatabase()

const connected = async (t: TestContext, url: string): Promise<Client> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  t.after(() => client.end())
  return client
}

const breachesOf = async (client: Client, query: string): Promise<Breach[]> =>
  (await client.query<Breach>(query, [OUTSIDE_MAP])).rows

for (const rule of RULES)
  test(rule.name, async (t) => {
    const owner = await connected(t, database.ownerUrl)
    assert.deepEqual(await breachesOf(owner, rule.sql), [])
  })

test('the map is not empty, and holds every group that is used', async (t) => {
  const owner = await connected(t, database.ownerUrl)
  const { rows } = await owner.query('select table_group, count(*)::int as tables from platform.shard_map group by 1 order by 1')
  assert.deepEqual(
    rows.map((row) => row.table_group),
    ['local', 'org', 'person', 'reference'],
  )
  assert.ok(rows.reduce((sum, row) => sum + row.tables, 0) >= 30, 'fewer tables than the house has')
})

test('jieli_app is refused by PostgreSQL itself when it tries', async (t) => {
  const app = await connected(t, database.appUrl)
  const attempts = [
    'update platform.trace_event set type = type',
    'delete from platform.trace_event',
    'delete from platform.audit',
    'update platform.audit set role = role',
    'update health_record.resource_history set body = body',
    'truncate platform.outbox',
    'create table platform.mine (id int)',
    'alter table booking.pool drop constraint pool_open_not_oversold',
    'drop table booking.booking',
    `insert into platform.shard_map values ('x', 'local', null, false)`,
    'update platform.migration set hash = hash',
    'set role jieli_owner',
  ]
  for (const attempt of attempts)
    await assert.rejects(app.query(attempt), (error: { code?: string }) => error.code === '42501', `${attempt} was let through`)
})

test('each rule finds a planted breach', async (t) => {
  const owner = await connected(t, database.ownerUrl)
  const plants: readonly [rule: string, plant: string][] = [
    ['every table stands in the growth map', 'create table booking.stray (id int primary key)'],
    [
      'a sharded table has its key first in every primary key, unique and exclusion constraint and unique index',
      'create unique index on booking.booking (id)',
    ],
    [
      'a sharded table has a primary key, and its key column is never null',
      'alter table referral.party drop constraint party_pkey',
    ],
    [
      'a foreign key stays in its group and holds the key, or points to a reference table',
      'alter table referral.open_guard add foreign key (case_org, referral_id) references referral.referral',
    ],
    ['no triggers, no rules, no unlogged tables', 'create unlogged table booking.fast (id int)'],
    [
      'no function notifies or takes advisory locks',
      `create function booking.shout() returns void language sql as $$ select pg_notify('a', 'b') $$`,
    ],
    [
      'a function that runs with its owner’s rights has a fixed search path without our schemas, and the public may not run it',
      `create function booking.all_bookings() returns bigint language sql security definer as 'select count(*) from booking.booking'`,
    ],
    [
      'a table of persons, accounts or institutions is protected by row, also from its owner, and has a policy for the app’s role',
      'alter table booking.booking no force row level security',
    ],
    [
      'a partition is reached through its table alone: it is protected by row and has no policy for the app’s role',
      `select booking.open_past_day('2020-01-01'); alter table booking.past_20200101 no force row level security`,
    ],
    [
      'no policy lets everybody see a protected table: each names the app’s role or the owner, and the app’s asks what the act knows',
      'create policy careless on booking.booking for select to jieli_app using (true)',
    ],
    ['a view sees what whoever asks it sees', 'create view booking.everything as select * from booking.booking'],
    ['the app’s role owns nothing and has no power of its own', 'alter role jieli_app createdb'],
    [
      'the app’s role can neither change nor remove what is append-only, nor empty any table',
      'grant update (type) on platform.trace_event to jieli_app',
    ],
    ['the app’s role can create nothing in our schemas', 'grant create on schema booking to jieli_app'],
  ]
  assert.deepEqual(plants.map(([rule]) => rule).toSorted(), RULES.map((rule) => rule.name).toSorted())
  for (const [rule, plant] of plants)
    await t.test(rule, async () => {
      await owner.query('begin')
      try {
        await owner.query(plant)
        const { sql } = RULES.find(({ name }) => name === rule) as (typeof RULES)[number]
        assert.notDeepEqual(await breachesOf(owner, sql), [], 'the planted breach was not seen')
      } finally {
        await owner.query('rollback')
      }
    })
})
