import { sha256 } from '../../../kernel/sha256.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Words } from '../../../kernel/words.ts'
import { LAYER_NAMES, type AreaBook, type AreaRow } from './area-schema.ts'
import type { Plan } from './plan.ts'
import { LAYER_WORDS } from './trail.ts'
import { isInForce } from './row-in-force.ts'

export type RowKind = AreaRow['kind']
export type RowOf<K extends RowKind> = Extract<AreaRow, { kind: K }>

/** A book as it stands on one day: its rows by kind, and the hash of the whole book. */
export type BookOn = {
  readonly id: string
  readonly insured: AreaBook['insured']
  readonly day: Day
  readonly hash: string
  readonly rows: ReadonlyMap<RowKind, readonly AreaRow[]>
  /** The layers in the order in which they pay. */
  readonly layers: readonly LayerOf[]
  /** Plans that were made of it, and the one that was asked for last. */
  readonly plans: Map<string, Plan>
  last: Plan | null
  /** What its rows tell apart: identities, diseases, categories, priced services, and the ages and years insured at which a condition begins or ends. */
  readonly told: Told
}
export type LayerOf = Words & { readonly layer: string }
export type Told = {
  readonly identities: ReadonlySet<string>
  readonly diseases: ReadonlySet<string>
  readonly categories: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly ages: readonly number[]
  readonly years: readonly number[]
}

const layersOf = ({ layers }: AreaBook): LayerOf[] => {
  const words: Readonly<Record<string, Words>> = LAYER_WORDS
  return (layers ?? LAYER_NAMES.map((id) => ({ id, zh: undefined, en: undefined }))).map(({ id, zh, en }) => ({
    layer: id,
    zh: zh ?? words[id]?.zh ?? id,
    en: en ?? words[id]?.en ?? id,
  }))
}

const toldBy = (rows: readonly AreaRow[]): Told => ({
  identities: new Set(rows.flatMap(({ when }) => when.identity ?? [])),
  diseases: new Set(rows.flatMap(({ when }) => when.disease ?? [])),
  categories: new Set(rows.flatMap(({ when }) => when.category ?? [])),
  services: new Set(rows.flatMap((row) => (row.kind === 'price' ? row.service : []))),
  years: [...new Set(rows.flatMap(({ when }) => [when.yearsFrom ?? [], when.yearsUntil ?? []].flat()))].toSorted((a, b) => a - b),
  ages: [...new Set(rows.flatMap(({ when }) => [when.ageFrom ?? [], when.ageUntil ?? []].flat()))].toSorted((a, b) => a - b),
})

const compiled = new WeakMap<AreaBook, { readonly hash: string; readonly days: Map<Day, BookOn> }>()

/** The book of an area on a day; made once for each book and day. */
export const bookOn = (book: AreaBook, day: Day): BookOn => {
  let of = compiled.get(book)
  if (of === undefined) {
    of = { hash: sha256(JSON.stringify(book)), days: new Map() }
    compiled.set(book, of)
  }
  const known = of.days.get(day)
  if (known !== undefined) return known
  const inForce = book.rows.filter((row) => isInForce(row, day))
  const found: BookOn = {
    id: `${book.area}.${book.insured}`,
    insured: book.insured,
    day,
    hash: of.hash,
    rows: Map.groupBy(inForce, ({ kind }) => kind),
    layers: layersOf(book),
    plans: new Map(),
    last: null,
    told: toldBy(inForce),
  }
  of.days.set(day, found)
  return found
}
