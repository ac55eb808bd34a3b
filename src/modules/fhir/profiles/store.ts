import { sql, type Queryable } from '../../../platform/database/pool.ts'

/** A kept StructureDefinition: where it stands and which version of it. */
export type Head = { readonly id: string; readonly version: number }

/** More profiles than this are not held in memory. Source: design. */
const PROFILES_MOST = 1_000

/** The StructureDefinitions that are kept now, in the order in which they first came. */
export const profileHeads = (db: Queryable): Promise<Head[]> =>
  db.rows<Head>(sql`select r.id, r.version from health_record.resource r
    where r.person_id = 0 and r.type = 'StructureDefinition' order by r.id limit ${PROFILES_MOST}`)

/** Their texts. */
export const profileTexts = (db: Queryable, ids: readonly string[]): Promise<{ id: string; body: string }[]> =>
  db.rows(sql`select r.id, r.body from health_record.resource r
    where r.person_id = 0 and r.type = 'StructureDefinition' and r.id = any(${ids}::uuid[])`)
