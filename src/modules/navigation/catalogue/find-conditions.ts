import { plusDays, type Day } from '../../../kernel/day.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { conditionsLike, type Condition } from '../navigation.ts'
import { mostUsedFirst } from '../rules/most-used.ts'
import { allConditions, treatedCounts } from '../store.ts'
import { commonConditions } from './common-conditions.ts'
import { conditionOfCode, findIcd } from './icd-search.ts'
import { catalogueState } from './icd-store.ts'

/** A condition, and by which diagnosis of the region's ICD-10 table it was found where its own names do not say it. */
export type FoundCondition = Condition & { readonly via?: { readonly code: string; readonly zh: string } }

/** So many diagnoses are looked at for the conditions that they belong to. */
const DIAGNOSES_MOST = 30

/** Cases of so many days say what a region treats most. */
const COUNTED_DAYS = 365

let kept: { readonly state: string; readonly all: readonly Condition[] } | null = null

/** The catalogue in force, most used first, kept in memory for the day or until another stands: it is looked through at every key that a doctor presses. */
const catalogueOf = async (db: Queryable, today: Day): Promise<readonly Condition[]> => {
  const edition = await catalogueState(db)
  const state = `${edition}/${today}`
  if (edition !== null && kept?.state === state) return kept.all
  const cases = await treatedCounts(db, plusDays(today, -COUNTED_DAYS))
  const all = mostUsedFirst(await allConditions(db), cases, commonConditions())
  if (edition !== null) kept = { state, all }
  return all
}

/**
 * Conditions by their own names and codes, best first, equal ones by what the region treats most; then, while there is room, those to which
 * diagnoses of the whole ICD-10 table belong that fit the text: a doctor's exact diagnosis leads to its condition.
 */
export const findConditions = async (db: Queryable, text: string, limit: number, today: Day): Promise<FoundCondition[]> => {
  const all = await catalogueOf(db, today)
  const own = conditionsLike(all, text, limit)
  if (text === '' || own.length >= limit) return own
  const { hits } = await findIcd(db, text, DIAGNOSES_MOST)
  if (hits.length === 0) return own
  const ofCode = await conditionOfCode(db)
  const byKey = new Map(all.map((condition) => [condition.key, condition]))
  const found = new Map<string, FoundCondition>(own.map((condition) => [condition.key, condition]))
  for (const { code, zh } of hits) {
    const key = ofCode(code)?.key
    const condition = key === undefined ? undefined : byKey.get(key)
    if (condition && !found.has(condition.key) && found.size < limit)
      found.set(condition.key, { ...condition, via: { code, zh } })
  }
  return [...found.values()]
}
