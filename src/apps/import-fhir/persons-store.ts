import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import type { ImportedPerson } from './person-of-patient.ts'

/** Where imported people are cared for: the village clinic, and the township unit above it. */
export type CarePlace = { readonly clinic: OrgId; readonly care: OrgId | null }

type Row = { readonly id: PersonId; readonly person: ImportedPerson }

export const nextPersonIds = async (tx: Tx, count: number): Promise<PersonId[]> =>
  (
    await tx.rows<{ id: PersonId }>(
      sql`select nextval(pg_get_serial_sequence('residents.person', 'person_id'))::text as id from generate_series(1, ${count}::int)`,
    )
  ).map(({ id }) => id)

export const bornOnOf = async (tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, Day | null>> => {
  const rows = await tx.rows<{ id: PersonId; bornOn: Day | null }>(
    sql`select person_id as id, born_on as "bornOn" from residents.person where person_id = any(${ids})`,
  )
  return new Map(rows.map(({ id, bornOn }) => [id, bornOn]))
}

const columns = (
  rows: readonly Row[],
) => sql`unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ person }) => person.zh)}::text[],
  ${rows.map(({ person }) => person.en)}::text[], ${rows.map(({ person }) => person.pinyin)}::text[], ${rows.map(({ person }) => person.initials)}::text[],
  ${rows.map(({ person }) => person.sex)}::text[], ${rows.map(({ person }) => person.bornOn)}::date[], ${rows.map(({ person }) => person.diedOn)}::date[],
  ${rows.map(({ person }) => person.address)}::text[], ${rows.map(({ person }) => person.synthetic)}::boolean[])
  as g(person_id, zh, en, pinyin, initials, sex, born_on, died_on, address, synthetic)`

export const addPersons = (tx: Tx, source: string, rows: readonly Row[], at: Instant): Promise<number> =>
  tx.run(sql`insert into residents.person (person_id, zh, en, pinyin, initials, sex, born_on, died_on, address, synthetic, source, created_at)
    select g.*, ${source}::text, ${at}::timestamptz from ${columns(rows)}`)

/** What the source has corrected; the birthday stays, because another birthday is another person. */
export const correctPersons = (tx: Tx, rows: readonly Row[]): Promise<number> =>
  tx.run(sql`update residents.person p set zh = g.zh, en = g.en, pinyin = g.pinyin, initials = g.initials, sex = g.sex,
      died_on = coalesce(g.died_on, p.died_on), address = g.address
    from ${columns(rows)} where p.person_id = g.person_id and p.erased_at is null`)

export const placePersons = (tx: Tx, ids: readonly PersonId[], place: CarePlace): Promise<number> =>
  tx.run(sql`update residents.person set clinic_org_id = ${place.clinic}, care_org_id = ${place.care}
    where person_id = any(${ids}) and (clinic_org_id, care_org_id) is distinct from (${place.clinic}::bigint, ${place.care}::bigint)`)
