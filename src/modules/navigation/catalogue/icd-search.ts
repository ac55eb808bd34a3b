import type { Words } from '../../../kernel/words.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { coversIcd } from '../rules/conditions-like.ts'
import { indexIcd, type IcdHit, type IcdIndex } from './icd-index.ts'
import * as store from './icd-store.ts'

// One table a process; it is read anew as soon as another edition stands in the database.
let kept: { readonly edition: string; readonly index: Promise<IcdIndex> } | null = null

const indexOf = (db: Queryable, edition: string): Promise<IcdIndex> => {
  if (kept?.edition === edition) return kept.index
  const index = store.allIcd(db).then(indexIcd)
  const mine = { edition, index }
  kept = mine
  index.catch(() => {
    if (kept === mine) kept = null
  })
  return index
}

/** Codes that fit a text, best first; none before a table was imported. */
export const findIcd = async (
  db: Queryable,
  text: string,
  limit: number,
): Promise<{ edition: store.IcdEdition | null; hits: IcdHit[] }> => {
  const edition = await store.icdEdition(db)
  if (!edition) return { edition: null, hits: [] }
  return { edition, hits: (await indexOf(db, edition.id)).search(text, limit) }
}

/** A condition of the catalogue, in short. */
export type NamedCondition = { readonly key: string; readonly name: Words }
type Ranged = Awaited<ReturnType<typeof store.conditionRanges>>[number]
type Covering = NamedCondition & { readonly range: string; readonly width: number }

/** The condition that covers a code most narrowly; null when the catalogue has none. */
export type ConditionOfCode = (code: string) => NamedCondition | null

const CATEGORY = 3
/** The number of a category, so that neighbours lie side by side: A00 is 0, B01 is 101. */
const placeOf = (code: string): number => ((code.codePointAt(0) ?? 0) - 65) * 100 + Number(code.slice(1, CATEGORY))
const endsOf = (range: string): readonly [string, string] => {
  const [first = '', last = first] = range.split('-')
  return [first, last]
}
/** How narrow a range is: `E11.3` before `E11`, `E11` before `E10-E14`. Whole categories count ten, the parts of one count one each. */
const widthOf = (range: string): number => {
  const [first, last] = endsOf(range)
  const partOf = (code: string): number => Number(code.slice(CATEGORY + 1) || 0)
  const categories = (placeOf(last) - placeOf(first)) * 10
  return first.includes('.') ? categories + partOf(last) - partOf(first) + 1 : categories + 10 + 1
}

/** Builds the way from codes to conditions. */
export const conditionsByCode = (conditions: readonly Ranged[]): ConditionOfCode => {
  const byCategory = new Map<number, Covering[]>()
  for (const { key, zh, en, icd10 } of conditions)
    for (const range of icd10) {
      const [first, last] = endsOf(range)
      const covering = { key, name: { zh, en }, range, width: widthOf(range) }
      for (let place = placeOf(first); place <= placeOf(last); place++)
        byCategory.set(place, [...(byCategory.get(place) ?? []), covering])
    }
  return (code) => {
    const best = (byCategory.get(placeOf(code)) ?? [])
      .filter(({ range }) => coversIcd(range, code))
      .toSorted((one, other) => one.width - other.width || (one.key < other.key ? -1 : 1))[0]
    return best ? { key: best.key, name: best.name } : null
  }
}

let keptConditions: { readonly edition: string; readonly ofCode: ConditionOfCode } | null = null

/** The way from codes to the conditions in force, kept until another edition of the catalogue stands. */
export const conditionOfCode = async (db: Queryable): Promise<ConditionOfCode> => {
  const edition = await store.catalogueEditionInForce(db)
  if (edition && keptConditions?.edition === edition.id) return keptConditions.ofCode
  const ofCode = conditionsByCode(await store.conditionRanges(db))
  // Conditions that were put in by hand, without an edition, are read anew each time.
  if (edition) keptConditions = { edition: edition.id, ofCode }
  return ofCode
}
