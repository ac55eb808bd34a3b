import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { raw, sql, type Database } from '../../src/platform/database/pool.ts'
import type { Ground } from './ground.ts'
import type { Edit, Mutant } from './mutants.ts'
import { emptyTables } from './state.ts'
import type { openWorld as OpenWorld } from './world.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const MARK = /\?mutant=\d+$/

/** Texts of files under their marked names; whatever a marked file imports of this repository is loaded anew under the same mark. */
const texts = new Map<string, string>()
let isHooked = false
let loaded = 0

const hook = (): void => {
  if (isHooked) return
  isHooked = true
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context)
      const mark = MARK.exec(context.parentURL ?? '')?.[0]
      const isOurs = found.url.startsWith('file:') && !found.url.includes('/node_modules/')
      return mark && isOurs && !MARK.test(found.url) ? { ...found, url: `${found.url}${mark}` } : found
    },
    load: (url, context, next) => {
      const text = texts.get(url)
      return text === undefined ? next(url, context) : { format: 'module-typescript', source: text, shortCircuit: true }
    },
  })
}

const edited = (text: string, { in: where, from, to }: Edit): string => {
  if (text.split(from).length !== 2) throw new Error(`${where} does not hold this text once: ${from}`)
  return text.replace(from, () => to)
}

/** The world with the mutant's files edited: a graph of modules of its own, loaded anew. */
const worldWith = async (edits: readonly Edit[]): Promise<typeof OpenWorld> => {
  hook()
  const mark = `?mutant=${(loaded += 1)}`
  for (const edit of edits) {
    const url = `${pathToFileURL(join(ROOT, edit.in)).href}${mark}`
    texts.set(url, edited(texts.get(url) ?? readFileSync(fileURLToPath(url.replace(MARK, '')), 'utf8'), edit))
  }
  const world = (await import(`${pathToFileURL(join(import.meta.dirname, 'world.ts')).href}${mark}`)) as {
    openWorld: typeof OpenWorld
  }
  return world.openWorld
}

const isOfDatabase = ({ in: where }: Edit): boolean => where.startsWith('sql:')

const editFunction = async (owner: Database, edit: Edit): Promise<string> => {
  const name = edit.in.slice('sql:'.length)
  const found = await owner.row<{ text: string }>(sql`select pg_get_functiondef(${name}::regproc) as text`)
  const { text } = found as { text: string }
  await owner.run(sql`${raw(edited(text, edit))}`)
  return text
}

/** Takes a constraint of the pools away; answers what puts it back. */
const dropConstraint = async (owner: Database, { from: name }: Edit): Promise<string> => {
  const found = await owner.row<{ text: string }>(sql`select pg_get_constraintdef(oid) as text from pg_constraint
    where conrelid = 'booking.pool'::regclass and conname = ${name}`)
  await owner.run(sql`${raw(`alter table booking.pool drop constraint ${name}`)}`)
  return `alter table booking.pool add constraint ${name} ${(found as { text: string }).text}`
}

/** Lends the world with a mutant in it, and puts the database back as it was. */
export const withMutant = async <T>(
  ground: Ground,
  mutant: Mutant,
  work: (openWorld: typeof OpenWorld) => Promise<T>,
): Promise<T> => {
  const { owner } = ground
  const restore: string[] = []
  try {
    for (const edit of mutant.edits.filter(isOfDatabase))
      restore.push(await (edit.in === 'sql:constraint' ? dropConstraint : editFunction)(owner, edit))
    return await work(await worldWith(mutant.edits.filter((edit) => !isOfDatabase(edit))))
  } finally {
    if (restore.length > 0) await emptyTables(ground)
    for (const text of restore) await owner.run(sql`${raw(text)}`)
  }
}
