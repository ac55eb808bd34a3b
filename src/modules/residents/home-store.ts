import type { PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** The county (six digits) that each of some persons lives in; whoever has no place of living is left out. */
export const homeCounties = async (db: Queryable, persons: readonly PersonId[]): Promise<Map<PersonId, string>> => {
  const rows = await db.rows<{ person: PersonId; county: string }>(sql`select person_id as person, left(village, 6) as county
    from residents.person where person_id = any(${persons}::bigint[]) and village is not null`)
  return new Map(rows.map(({ person, county }) => [person, county]))
}
