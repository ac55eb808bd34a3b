import type { Client } from 'pg'
import { ROOMS, schemaOf } from '../database/migrate.ts'
import { BackupRefusal } from './refusal.ts'

export type TableInCatalogue = {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
  readonly isForced: boolean
}

const SCHEMAS = ROOMS.map(schemaOf)
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** `schema.table`, quoted. */
export const fullName = ({ schema, name }: { schema: string; name: string }): string => `${quoted(schema)}.${quoted(name)}`
export const columnList = (columns: readonly string[]): string => columns.map(quoted).join(', ')

/**
 * The tables of the house, each after those that its foreign keys point at; one that lies in partitions is one table. What migrations were applied stands in the
 * manifest. Numbers of transactions are left out: on another server they mean nothing, and its own take their place.
 */
export const tablesOf = async (client: Client): Promise<TableInCatalogue[]> => {
  const { rows: tables } = await client.query<TableInCatalogue & { oid: string }>(
    `select c.oid::text, n.nspname as schema, c.relname as name, c.relforcerowsecurity as "isForced",
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition and (n.nspname, c.relname) <> ('platform', 'migration')
     order by array_position($1, n.nspname::text), c.relname`,
    [SCHEMAS],
  )
  const { rows: keys } = await client.query<{ from: string; to: string }>(
    `select conrelid::text as from, confrelid::text as to from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  return inOrder(tables, keys).map(({ schema, name, columns, isForced }) => ({ schema, name, columns, isForced }))
}

const inOrder = <T extends { oid: string }>(tables: readonly T[], keys: readonly { from: string; to: string }[]): T[] => {
  const byOid = new Map(tables.map((table) => [table.oid, table]))
  const done = new Set<string>()
  const ordered: T[] = []
  const visit = (table: T): void => {
    if (done.has(table.oid)) return
    done.add(table.oid)
    for (const { from, to } of keys) {
      const other = from === table.oid ? byOid.get(to) : undefined
      if (other) visit(other)
    }
    ordered.push(table)
  }
  for (const table of tables) visit(table)
  return ordered
}

/**
 * Row-level security hides rows in silence, so a backup must know that nothing is hidden from it.
 * @throws BackupRefusal naming the first table of which this account may not see all.
 */
export const mustSeeEverything = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind in ('r', 'p') and row_security_active(c.oid)
       and (not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', 'r')
              and pg_get_expr(p.polqual, p.polrelid) = 'true' and exists (select from unnest(p.polroles) r where r = 0 or pg_has_role(r, 'USAGE')))
            or exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive))
     limit 1`,
    [SCHEMAS],
  )
  if (rows[0]) throw new BackupRefusal('hidden-rows', rows[0].name)
}

export type SequenceInCatalogue = { schema: string; name: string; last: string; isCalled: boolean }

/** Where the sequences stand. */
export const sequencesOf = async (client: Client): Promise<SequenceInCatalogue[]> => {
  const { rows: names } = await client.query<{ schema: string; name: string }>(
    `select schemaname::text as schema, sequencename::text as name from pg_sequences where schemaname = any($1) order by 1, 2`,
    [SCHEMAS],
  )
  const sequences: SequenceInCatalogue[] = []
  for (const sequence of names) {
    const { rows } = await client.query<{ last: string; isCalled: boolean }>(
      `select last_value::text as last, is_called as "isCalled" from ${fullName(sequence)}`,
    )
    sequences.push({ ...sequence, ...(rows[0] as { last: string; isCalled: boolean }) })
  }
  return sequences
}
