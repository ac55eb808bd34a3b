import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import { ageLimits, type ConditionRow } from './condition-row.ts'

export type Origin = 'shipped' | 'region'
/** A region's row: the key, and whatever differs; null takes a limit away. */
export type ConditionPatch = { readonly key: string } & {
  readonly [Field in keyof Omit<ConditionRow, 'key'>]?: ConditionRow[Field] | null
}
type Written = { readonly origin: Origin; readonly key: string; readonly body: ConditionPatch }
type Edition = { readonly id: string; readonly edition: Day; readonly hash: string }

/** Two servers that start at once load one after the other. */
export const lockCatalogue = (tx: Tx): Promise<number> =>
  tx.run(sql`lock table navigation.catalogue_edition in share row exclusive mode`)

/** The last loading of an origin, or null. */
export const lastEdition = (db: Queryable, origin: Origin): Promise<Edition | null> =>
  db.row(
    sql`select id, edition, hash from navigation.catalogue_edition where origin = ${origin} order by loaded_at desc, id desc limit 1`,
  )

export const allTexts = (db: Queryable): Promise<Written[]> =>
  db.rows(sql`select origin, key, body from navigation.condition_text order by key, origin desc`)

/** The rows in force as they would be written; retired ones are not among them. */
export const rowsInForce = (
  db: Queryable,
): Promise<(Omit<ConditionRow, 'age' | 'sex'> & { sex: string | null; fromDays: number | null; untilDays: number | null })[]> =>
  db.rows(sql`select key, zh, en, aliases, icd10, specialty, also, lowest_tier as "lowestTier", urgency, source, sex,
    age_from_days as "fromDays", age_until_days as "untilDays" from navigation.condition where retired_on is null`)

/** Codes of 诊疗科目 that rows name and the table does not know. */
export const unknownSpecialties = (db: Queryable, codes: readonly string[]): Promise<{ code: string }[]> =>
  db.rows(
    sql`select distinct asked.code from unnest(${codes}::text[]) as asked(code)
    where not exists (select from organisations.specialty known where known.code = asked.code) order by asked.code`,
  )

export type NewEdition = {
  readonly id: string
  readonly origin: Origin
  readonly edition: Day
  readonly hash: string
  readonly rows: number
  readonly changed: number
  readonly by: string
  readonly at: Instant
}

export const saveEdition = (tx: Tx, one: NewEdition): Promise<number> =>
  tx.run(sql`insert into navigation.catalogue_edition (id, origin, edition, hash, row_count, changed_count, loaded_by, loaded_at)
    values (${one.id}, ${one.origin}, ${one.edition}, ${one.hash}, ${one.rows}, ${one.changed}, ${one.by}, ${one.at})`)

/** Replaces every text of an origin. */
export const saveTexts = async (tx: Tx, { id, origin }: NewEdition, texts: readonly ConditionPatch[]): Promise<void> => {
  await tx.run(sql`delete from navigation.condition_text where origin = ${origin}`)
  await tx.run(sql`insert into navigation.condition_text (origin, key, body, edition_id)
    select ${origin}, body->>'key', body, ${id} from jsonb_array_elements(${JSON.stringify(texts)}::jsonb) body`)
}

export type Change = {
  readonly key: string
  readonly before: unknown
  readonly after: ConditionRow | null
  readonly pinyin: string
}

/** Puts changed rows in force, retires those left out, and keeps what each was before. */
export const saveChanges = async (tx: Tx, { id, edition, at }: NewEdition, changes: readonly Change[]): Promise<void> => {
  const fresh = changes.flatMap(({ after, pinyin }) => {
    if (!after) return []
    const { lowestTier, age, sex, ...rest } = after
    const limits = ageLimits(age)
    return [
      {
        ...rest,
        pinyin,
        lowest_tier: lowestTier,
        sex: sex ?? null,
        age_from_days: limits?.fromDays ?? null,
        age_until_days: limits?.untilDays ?? null,
      },
    ]
  })
  await tx.run(sql`insert into navigation.condition (key, zh, en, aliases, pinyin, icd10, specialty, also, lowest_tier, urgency, sex, age_from_days, age_until_days, source)
    select key, zh, en, aliases, pinyin, icd10, specialty, also, lowest_tier, urgency, sex, age_from_days, age_until_days, source
    from jsonb_populate_recordset(null::navigation.condition, ${JSON.stringify(fresh)}::jsonb)
    on conflict (key) do update set zh = excluded.zh, en = excluded.en, aliases = excluded.aliases, pinyin = excluded.pinyin, icd10 = excluded.icd10,
      specialty = excluded.specialty, also = excluded.also, lowest_tier = excluded.lowest_tier, urgency = excluded.urgency, sex = excluded.sex,
      age_from_days = excluded.age_from_days, age_until_days = excluded.age_until_days, source = excluded.source, retired_on = null`)
  const left = changes.filter(({ after }) => after === null).map(({ key }) => key)
  await tx.run(sql`update navigation.condition set retired_on = ${edition} where key = any(${left}::text[])`)
  const kept = changes.map(({ key, before, after }) => ({ key, before, after }))
  await tx.run(sql`insert into navigation.condition_change (key, edition_id, before, after, changed_at)
    select one->>'key', ${id}, nullif(one->'before', 'null'), nullif(one->'after', 'null'), ${at} from jsonb_array_elements(${JSON.stringify(kept)}::jsonb) one`)
}

/** What loadings changed about a condition, newest first. */
export const changesOf = (
  db: Queryable,
  key: string,
): Promise<{ changedAt: Instant; origin: Origin; edition: Day; before: unknown; after: unknown }[]> =>
  db.rows(sql`select c.changed_at as "changedAt", e.origin, e.edition, c.before, c.after from navigation.condition_change c
    join navigation.catalogue_edition e on e.id = c.edition_id where c.key = ${key} order by c.changed_at desc, e.loaded_at desc`)
