import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { isDay, type Day } from '../kernel/day.ts'
import { GRADES, type DatedValue, type RuleEntry, type Rulebook } from '../shapes/rulebook.ts'

const day = z.string().refine(isDay, 'a day is YYYY-MM-DD')
const value = z.object({ from: day, until: day.optional(), basis: z.string().min(1), grade: z.enum(GRADES) }).catchall(z.number())
const file = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*(\.[a-z][a-z0-9-]*)+$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  unit: z.string().min(1),
  by: z.string().optional(),
  values: z.array(value).min(1),
  checkedOn: day,
})

/** The rulebook that is shipped with the product. */
export const SHIPPED_RULEBOOK = join(import.meta.dirname, '..', '..', 'rulebook')

const dated = ({ from, until, basis, grade, ...amounts }: z.infer<typeof value>): DatedValue => ({
  from: from as Day,
  until: (until as Day | undefined) ?? null,
  basis,
  grade,
  amounts: amounts as Record<string, number>,
})

const entryOf = (name: string, text: string): RuleEntry => {
  const parsed = file.safeParse(parse(text))
  if (!parsed.success) throw new Error(`Rulebook file ${name}: ${z.prettifyError(parsed.error)}`)
  const { id, zh, en, unit, by, values } = parsed.data
  return { id, zh, en, unit, by: by ?? null, values: values.map(dated) }
}

/** Pooling areas have a form of their own, read by what settles: docs/rulebook-areas.md. */
const OF_AREAS = /^areas[/\\]/

/**
 * Reads every YAML file of a rulebook folder but those of `areas/`, one concept a file, and pins it by a hash of the files.
 * @throws Error naming the file that cannot be used, or the concept that two files define.
 */
export const loadRulebook = async (folder: string = SHIPPED_RULEBOOK): Promise<Rulebook> => {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.yaml') && !OF_AREAS.test(name))
    .toSorted()
  const hash = createHash('sha256')
  const entries = new Map<string, RuleEntry>()
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8')
    hash.update(relative('.', name)).update('\0').update(text).update('\0')
    const entry = entryOf(name, text)
    if (entries.has(entry.id)) throw new Error(`Rulebook file ${name}: ${entry.id} stands in another file already`)
    entries.set(entry.id, entry)
  }
  return { hash: hash.digest('hex'), entries }
}
