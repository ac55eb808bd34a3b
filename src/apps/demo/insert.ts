import { raw, sql, type Queryable } from '../../platform/database/pool.ts'

const ROWS_A_BATCH = 4_000

/** Inserts many plain rows into one table; column names are those of the rows. Answers how many were written. */
export const insertRows = async (
  db: Queryable,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<number> => {
  const [first] = rows
  if (!first) return 0
  const columns = raw(Object.keys(first).join(', '))
  let written = 0
  for (let at = 0; at < rows.length; at += ROWS_A_BATCH)
    written += await db.run(sql`insert into ${raw(table)} (${columns}) select ${columns}
      from json_populate_recordset(null::${raw(table)}, ${JSON.stringify(rows.slice(at, at + ROWS_A_BATCH))})`)
  return written
}

/** Bytes as PostgreSQL reads them inside JSON. */
export const bytes = (value: Buffer): string => `\\x${value.toString('hex')}`
