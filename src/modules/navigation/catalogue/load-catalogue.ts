import { isDeepStrictEqual } from 'node:util'
import type { Day } from '../../../kernel/day.ts'
import { newId } from '../../../kernel/id.ts'
import { databaseNow, type Tx } from '../../../platform/database/pool.ts'
import { pinyinOf } from '../../../platform/pinyin.ts'
import * as store from './catalogue-store.ts'
import { ageLimits, conditionRow, type ConditionRow } from './condition-row.ts'
import { readCatalogue, type Catalogue } from './read-catalogue.ts'

/** What a loading did: rows that are new, changed and retired, or nothing because the same stands already. */
export type Loaded = { readonly rows: number; readonly added: number; readonly changed: number; readonly retired: number }

const NOTHING: Loaded = { rows: 0, added: 0, changed: 0, retired: 0 }

/**
 * Loads the shipped catalogue where it is newer than what stands; the region's own changes stay on top of it. Doing it
 * again does nothing. An older program that starts beside a newer one leaves the newer edition alone.
 */
export const loadCatalogue = async (tx: Tx, catalogue: Catalogue = readCatalogue()): Promise<Loaded> => {
  const { edition, hash, rows } = catalogue
  const isNews = async (): Promise<boolean> => {
    const last = await store.lastEdition(tx, 'shipped')
    return !last || (last.hash !== hash && last.edition <= edition)
  }
  if (!(await isNews())) return NOTHING
  await store.lockCatalogue(tx)
  if (!(await isNews())) return NOTHING
  return putInForce(tx, { origin: 'shipped', edition, hash, by: 'jieli', texts: rows })
}

type Loading = {
  readonly origin: store.Origin
  readonly edition: Day
  readonly hash: string
  readonly by: string
  readonly texts: readonly store.ConditionPatch[]
}

/** Replaces the texts of one origin and brings what is in force into line. Expects the lock and texts that were checked. */
export const putInForce = async (tx: Tx, { origin, edition, hash, by, texts }: Loading): Promise<Loaded> => {
  const before = await store.allTexts(tx)
  const kept = before.filter((text) => text.origin !== origin)
  const wanted = effectiveRows([...kept, ...texts.map((body) => ({ origin, key: body.key, body }))])
  const inForce = new Map((await store.rowsInForce(tx)).map((row) => [row.key, row]))
  const changes: store.Change[] = [...wanted.values()]
    .filter((row) => !isDeepStrictEqual(inForce.get(row.key), comparable(row)))
    .map((row) => ({ key: row.key, before: inForce.get(row.key) ?? null, after: row, pinyin: typed(row) }))
  const left = [...new Set(before.map(({ key }) => key))].filter((key) => !wanted.has(key) && inForce.has(key))
  const all: store.Change[] = [...changes, ...left.map((key) => ({ key, before: inForce.get(key), after: null, pinyin: '' }))]
  const made = { id: newId(), origin, edition, hash, rows: texts.length, changed: all.length, by, at: await databaseNow(tx) }
  await store.saveEdition(tx, made)
  await store.saveTexts(tx, made, texts)
  await store.saveChanges(tx, made, all)
  const added = changes.filter((change) => change.before === null).length
  return { rows: texts.length, added, changed: changes.length - added, retired: left.length }
}

type Text = { readonly origin: store.Origin; readonly key: string; readonly body: store.ConditionPatch }

/** Each condition as it shall be in force: the shipped text with the region's fields over it. */
const effectiveRows = (texts: readonly Text[]): Map<string, ConditionRow> => {
  const byKey = Map.groupBy(texts, ({ key }) => key)
  const rows = new Map<string, ConditionRow>()
  for (const [key, of] of byKey) {
    const bodies = (['shipped', 'region'] as const).map((origin) => of.find((text) => text.origin === origin)?.body)
    const whole = effectiveRow(bodies)
    // A region's change of a condition that is no longer shipped, and that it does not describe whole, has nothing to stand on.
    if ('row' in whole) rows.set(key, whole.row)
  }
  return rows
}

/** Texts of one condition laid over each other, the later ones on top; `lacks` names the fields without which it is none. */
export const effectiveRow = (
  bodies: readonly (store.ConditionPatch | undefined)[],
): { readonly row: ConditionRow } | { readonly lacks: readonly string[] } => {
  const merged: Record<string, unknown> = Object.assign({}, ...bodies)
  const read = conditionRow.safeParse(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)))
  return read.success ? { row: read.data } : { lacks: read.error.issues.map(({ path }) => path.join('.')) }
}

/** A row in the dress of `rowsInForce`. */
const comparable = ({ age, sex, ...row }: ConditionRow) => {
  const limits = ageLimits(age)
  return { ...row, sex: sex ?? null, fromDays: limits?.fromDays ?? null, untilDays: limits?.untilDays ?? null }
}

/** Name and aliases as they are typed: pinyin and initials, parted by spaces. */
const typed = ({ zh, aliases }: ConditionRow): string =>
  [zh, ...aliases]
    .map((word) => pinyinOf(word))
    .flatMap(({ pinyin, initials }) => [pinyin, initials])
    .join(' ')
