import { createHash } from 'node:crypto'
import type { Cipher } from '../../../platform/cipher.ts'
import { isPassing, type Database, type Tx } from '../../../platform/database/pool.ts'
import {
  beginReindex,
  INDEX_FORM,
  indexOfResource,
  indexValuesOf,
  isSealedBody,
  lockReindex,
  openedBody,
  RESOURCE_TYPES,
  resourcesAfter,
  saveDrawn,
  saveReindex,
  SEALED_TYPES,
  searchParametersOf,
  shownText,
  type Drawn,
  type Reindexing,
  type Resource,
  type StoredVersion,
} from '../../health-record/index.ts'

const ROWS_AT_ONCE = 200
const TRIES = 8
const FIRST_WAIT_MS = 50

/** What the values are drawn with: by whose keys numbers are found, and where a day without a zone begins. */
export type Drawing = { readonly cipher: Cipher; readonly zone: string }

/** What drawing anew came to, since it began. */
export type Reindexed = { readonly seen: number; readonly changed: number; readonly wentOn: boolean }

/** The search parameters of all types and the way in which values are drawn from them, as a hash. */
export const searchDefinition = (): string => {
  const hash = createHash('sha256').update(String(INDEX_FORM))
  for (const type of [...RESOURCE_TYPES].toSorted()) hash.update(type).update(JSON.stringify([...searchParametersOf(type)]))
  return hash.digest('hex')
}

/** What stands beside a resource now; null for one that nobody can read any more, because its person's key was destroyed. */
const drawn = (row: StoredVersion, { cipher, zone }: Drawing): Drawn | null => {
  const body = openedBody(row.body, row.wrappedKey, cipher)
  if (body === null) return null
  const resource = JSON.parse(shownText({ ...row, body })) as Resource
  const index = indexOfResource(resource, zone)
  return {
    person: row.person,
    id: row.id,
    version: row.version,
    index: isSealedBody(row.body) ? { ...index, display: null } : index,
    // Searches look for numbers of these types by their blind keys, however the body is kept.
    values: indexValuesOf(resource, row.person !== '0', SEALED_TYPES.has(row.type) ? cipher : null),
  }
}

const step = async (tx: Tx, definition: string, drawing: Drawing): Promise<Reindexing> => {
  const now = await lockReindex(tx, definition)
  if (now.isEnded) return now
  const rows = await resourcesAfter(tx, now, ROWS_AT_ONCE)
  const last = rows.at(-1)
  const next: Reindexing = {
    afterPerson: last?.person ?? now.afterPerson,
    afterId: last?.id ?? now.afterId,
    seen: now.seen + rows.length,
    changed:
      now.changed +
      (last
        ? await saveDrawn(
            tx,
            rows.flatMap((row) => drawn(row, drawing) ?? []),
          )
        : 0),
    isEnded: rows.length < ROWS_AT_ONCE,
  }
  await saveReindex(tx, definition, next)
  return next
}

/** A batch in a transaction of its own, tried again where a writer stood in the way: what it has done commits with how far it is. */
const surely = async (database: Database, definition: string, drawing: Drawing): Promise<Reindexing> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction((tx) => step(tx, definition, drawing))
    } catch (error) {
      if (!isPassing(error) || tries >= TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (tries - 1)))
    }
  }
}

/**
 * Draws what stored resources are searched by anew, batch by batch, from where an earlier run broke off. A server may work beside it: values are
 * written only beside the version that they were drawn from, and whoever writes a newer one draws its values himself.
 * @param database the house's own, as the system
 */
export const reindex = async (
  database: Database,
  drawing: Drawing,
  told: (now: Reindexed) => void = () => {},
): Promise<Reindexed> => {
  const definition = searchDefinition()
  const begun = await database.transaction((tx) => beginReindex(tx, definition))
  const wentOn = begun.seen > 0
  let now = begun
  while (!now.isEnded) {
    now = await surely(database, definition, drawing)
    told({ seen: now.seen, changed: now.changed, wentOn })
  }
  return { seen: now.seen, changed: now.changed, wentOn }
}
