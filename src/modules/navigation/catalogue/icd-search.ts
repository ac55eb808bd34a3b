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

/** How narrow a range is: `E11.3` before `E11`, `E11` before `E10-E14`. */
const widthOf = (range: string): number => {
  const [first = '', last = first] = range.split('-')
  const numberOf = (code: string): number =>
    (code.codePointAt(0) ?? 0) * 1_000 + Number(code.slice(1).padEnd(3, '0').replace('.', '').padEnd(3, '0'))
  return first.includes('.') ? numberOf(last) - numberOf(first) : numberOf(last) - numberOf(first) + 10
}

/** The condition that covers a code most narrowly; null when the catalogue has none. */
export const conditionOfCode = (conditions: readonly Ranged[], code: string): NamedCondition | null => {
  let best: { readonly one: Ranged; readonly width: number } | null = null
  for (const one of conditions)
    for (const range of one.icd10) {
      // The letter alone rules nearly all of them out.
      if (range.codePointAt(0) !== code.codePointAt(0) && !range.includes('-')) continue
      if (!coversIcd(range, code)) continue
      const width = widthOf(range)
      if (!best || width < best.width || (width === best.width && one.key < best.one.key)) best = { one, width }
    }
  return best && { key: best.one.key, name: { zh: best.one.zh, en: best.one.en } }
}
