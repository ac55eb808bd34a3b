import { isDeepStrictEqual } from 'node:util'
import { newId } from '../../../kernel/id.ts'
import { databaseNow, type Tx } from '../../../platform/database/pool.ts'
import { pinyinOf } from '../../../platform/pinyin.ts'
import { hashOfIcd, type IcdEntry } from './icd-file.ts'
import type { IcdRow } from './icd-index.ts'
import * as store from './icd-store.ts'

/** What an import of the ICD-10 table did. `isSame`: the very table stands already, nothing was written. */
export type IcdImported = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly isSame: boolean
}

/** Puts a whole ICD-10 table in the place of the one before, as a new edition; the same table again changes nothing. */
export const importIcd = async (tx: Tx, entries: readonly IcdEntry[], of: { name: string; by: string }): Promise<IcdImported> => {
  await store.lockIcd(tx)
  const hash = hashOfIcd(entries)
  if ((await store.icdEdition(tx))?.hash === hash) return { rows: entries.length, added: 0, changed: 0, removed: 0, isSame: true }
  const known = new Map((await store.allIcd(tx)).map((row) => [row.code, row]))
  const isKnown = ({ code, zh, en, aliases }: IcdEntry): boolean => {
    const row = known.get(code)
    return row !== undefined && isDeepStrictEqual([row.zh, row.en, row.aliases], [zh, en, aliases])
  }
  const fresh = entries.filter((entry) => !isKnown(entry))
  const codes = new Set(entries.map(({ code }) => code))
  const removed = [...known.keys()].filter((code) => !codes.has(code))
  await store.saveIcd(tx, fresh.map(withPinyin), removed)
  const added = fresh.filter(({ code }) => !known.has(code)).length
  const counts = { rows: entries.length, added, changed: fresh.length - added, removed: removed.length }
  await store.saveIcdEdition(tx, { id: newId(), ...of, hash, ...counts, importedAt: await databaseNow(tx) })
  return { ...counts, isSame: false }
}

/** A row with the pinyin and initials of its name and aliases. */
export const withPinyin = (entry: IcdEntry): IcdRow => {
  const typed = [entry.zh, ...entry.aliases].map((word) => pinyinOf(word))
  return { ...entry, pinyin: typed.map(({ pinyin }) => pinyin), initials: typed.map(({ initials }) => initials) }
}
