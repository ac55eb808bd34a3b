import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { isDay, type Day } from '../../../kernel/day.ts'
import { conditionRow, type ConditionRow } from './condition-row.ts'

const edition = z.strictObject({
  edition: z.string().refine(isDay, 'a day is YYYY-MM-DD'),
  says: z.string().min(1),
  /** Words that several specialties mean by right. */
  ambiguous: z.array(z.string().min(1)),
})

/** The shipped catalogue of conditions: its dated edition, its rows in the order of the files, and a hash of them all. */
export type Catalogue = {
  readonly edition: Day
  readonly hash: string
  readonly ambiguous: readonly string[]
  readonly rows: readonly ConditionRow[]
}

/** The knowledge that is shipped with the product. */
export const KNOWLEDGE = join(import.meta.dirname, '..', '..', '..', '..', 'knowledge')

/**
 * Reads `conditions/*.yaml` and `catalogue.yaml` of a folder of knowledge.
 * @throws Error naming the file and what cannot be used in it, or the key that stands there twice
 */
export const readCatalogue = (folder: string = KNOWLEDGE): Catalogue => {
  const hash = createHash('sha256')
  const take = <T>(name: string, schema: z.ZodType<T>): T => {
    const text = readFileSync(join(folder, name), 'utf8')
    hash.update(name).update('\0').update(text).update('\0')
    const parsed = schema.safeParse(parse(text))
    if (!parsed.success) throw new Error(`Knowledge file ${name}: ${z.prettifyError(parsed.error)}`)
    return parsed.data
  }
  const head = take('catalogue.yaml', edition)
  const names = readdirSync(join(folder, 'conditions'))
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
  const rows = names.flatMap((name) => take(`conditions/${name}`, z.array(conditionRow)))
  const seen = new Set<string>()
  for (const { key } of rows) {
    if (seen.has(key)) throw new Error(`The catalogue of conditions has ${key} twice.`)
    seen.add(key)
  }
  return { edition: head.edition as Day, hash: hash.digest('hex'), ambiguous: head.ambiguous, rows }
}
