import { sql, type Queryable } from '../../platform/database/pool.ts'
import { readSpecialties, type Specialty } from './specialties.ts'

/** Puts the shipped 诊疗科目名录 in; names of codes that stand already follow it. Answers how many rows changed. */
export const loadSpecialties = (db: Queryable, rows: readonly Specialty[] = readSpecialties()): Promise<number> =>
  db.run(sql`insert into organisations.specialty as known (code, zh, en, grade)
    select code, zh, en, grade from jsonb_populate_recordset(null::organisations.specialty, ${JSON.stringify(rows)}::jsonb)
    on conflict (code) do update set zh = excluded.zh, en = excluded.en, grade = excluded.grade
    where (known.zh, known.en, known.grade) is distinct from (excluded.zh, excluded.en, excluded.grade)`)
