import type { Client } from 'pg'

/** What a table held: which columns, how many rows, and a hash of them whatever their order. */
export type TableContent = { readonly columns: string; readonly seen: string }

/** Columns of every table of the house but the list of migrations; numbers of transactions belong to one server only. */
const columnsOf = async (client: Client): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ table: string; columns: string }>(`
    select format('%I.%I', table_schema, table_name) as table, string_agg(format('%I', column_name), ', ' order by ordinal_position) as columns
    from information_schema.columns join pg_tables on schemaname = table_schema and tablename = table_name
    where table_schema not in ('pg_catalog', 'information_schema') and udt_name <> 'xid8'
      and not (select relispartition from pg_class where oid = format('%I.%I', table_schema, table_name)::regclass) group by 1 order by 1`)
  return new Map(rows.filter(({ table }) => table !== 'platform.migration').map(({ table, columns }) => [table, columns]))
}

/** Every table as a connection sees it; with `as`, only the tables and columns that were there then. */
export const contentOf = async (
  client: Client,
  as?: Readonly<Record<string, TableContent>>,
): Promise<Record<string, TableContent>> => {
  const content: Record<string, TableContent> = {}
  for (const [table, now] of await columnsOf(client)) {
    const columns = as ? as[table]?.columns : now
    if (columns === undefined) continue
    const found = await client.query<{
      seen: string
    }>(`select count(*) || ' ' || coalesce(md5(string_agg(line, e'\\n' order by line)), '') as seen
      from (select (t.*)::text as line from (select ${columns} from ${table}) t) lines`)
    content[table] = { columns, seen: found.rows[0]?.seen ?? '' }
  }
  return content
}
