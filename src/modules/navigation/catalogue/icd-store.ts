import type { Instant } from '../../../kernel/clock.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { IcdRow } from './icd-index.ts'

/** One import of the ICD-10 table. */
export type IcdEdition = {
  readonly id: string
  readonly name: string
  readonly hash: string
  readonly rows: number
  readonly importedAt: Instant
}

/** The edition in force: the last that was imported, or null before the first. */
export const icdEdition = (db: Queryable): Promise<IcdEdition | null> =>
  db.row(
    sql`select id, name, hash, row_count as rows, imported_at as "importedAt" from navigation.icd_edition order by imported_at desc, id desc limit 1`,
  )

export const lockIcd = (tx: Tx): Promise<number> => tx.run(sql`lock table navigation.icd_edition in share row exclusive mode`)

export const allIcd = (db: Queryable): Promise<IcdRow[]> =>
  db.rows(sql`select code, zh, en, aliases, pinyin, initials from navigation.icd`)

const ROWS_A_BATCH = 4_000

/** Writes new and changed rows and removes those that the new table has no more. */
export const saveIcd = async (tx: Tx, rows: readonly IcdRow[], removed: readonly string[]): Promise<void> => {
  await tx.run(sql`delete from navigation.icd where code = any(${removed}::text[])`)
  for (let at = 0; at < rows.length; at += ROWS_A_BATCH)
    await tx.run(sql`insert into navigation.icd (code, zh, en, aliases, pinyin, initials)
      select code, zh, en, aliases, pinyin, initials from jsonb_populate_recordset(null::navigation.icd, ${JSON.stringify(rows.slice(at, at + ROWS_A_BATCH))}::jsonb)
      on conflict (code) do update set zh = excluded.zh, en = excluded.en, aliases = excluded.aliases, pinyin = excluded.pinyin, initials = excluded.initials`)
}

export type NewIcdEdition = IcdEdition & {
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly by: string
}

export const saveIcdEdition = (tx: Tx, one: NewIcdEdition): Promise<number> =>
  tx.run(sql`insert into navigation.icd_edition (id, name, hash, row_count, added_count, changed_count, removed_count, imported_by, imported_at)
    values (${one.id}, ${one.name}, ${one.hash}, ${one.rows}, ${one.added}, ${one.changed}, ${one.removed}, ${one.by}, ${one.importedAt})`)

/** Keys, names and ranges of every condition in force. */
export const conditionRanges = (db: Queryable): Promise<{ key: string; zh: string; en: string; icd10: string[] }[]> =>
  db.rows(sql`select key, zh, en, icd10 from navigation.condition where retired_on is null`)

/** The last loading of the catalogue, by whom ever. */
export const catalogueEditionInForce = (db: Queryable): Promise<{ id: string } | null> =>
  db.row(sql`select id from navigation.catalogue_edition order by loaded_at desc, id desc limit 1`)

/** The last loading of the catalogue together with how many conditions stand, so that one put in by hand is noticed; null before any loading. */
export const catalogueState = async (db: Queryable): Promise<string | null> => {
  const found = await db.row<{ state: string }>(sql`select e.id || '/' || (select count(*) from navigation.condition) as state
    from navigation.catalogue_edition e order by e.loaded_at desc, e.id desc limit 1`)
  return found?.state ?? null
}
