import type { Day } from '../../kernel/day.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import { pinyinOf } from '../../platform/pinyin.ts'
import type { Condition } from './navigation.ts'

const columns = sql`key, jsonb_build_object('zh', zh, 'en', en) as name, aliases, pinyin, icd10, specialty, also, lowest_tier as "lowestTier", urgency, sex,
  case when age_from_days is not null then jsonb_build_object('fromDays', age_from_days, 'untilDays', age_until_days) end as age, source`

export const findCondition = (db: Queryable, key: string): Promise<Condition | null> =>
  db.row<Condition>(sql`select ${columns} from navigation.condition where key = ${key}`)

/** The whole catalogue by key, without what was retired. */
export const allConditions = (db: Queryable): Promise<Condition[]> =>
  db.rows<Condition>(sql`select ${columns} from navigation.condition where retired_on is null order by key`)

/** Cases of each condition that the whole region treated since a day; those without any are left out. */
export const treatedCounts = async (db: Queryable, since: Day): Promise<Map<string, number>> => {
  const rows = await db.rows<{ key: string; cases: number }>(
    sql`select condition_key as key, cases from navigation.treated_counts(${since})`,
  )
  return new Map(rows.map(({ key, cases }) => [key, cases]))
}

/** Makes conditions that were loaded in bulk findable by pinyin and initials; answers how many were without. */
export const indexConditions = async (db: Queryable): Promise<number> => {
  const rows = await db.rows<{ key: string; zh: string; aliases: string[] }>(
    sql`select key, zh, aliases from navigation.condition where pinyin = ''`,
  )
  for (const { key, zh, aliases } of rows) {
    const words = [zh, ...aliases].map((word) => pinyinOf(word)).flatMap(({ pinyin, initials }) => [pinyin, initials])
    await db.run(sql`update navigation.condition set pinyin = ${words.join(' ')} where key = ${key}`)
  }
  return rows.length
}
