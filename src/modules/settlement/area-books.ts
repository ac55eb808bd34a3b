import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Words } from '../../kernel/words.ts'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import { areaFile, type AreaBook } from './rules/area-schema.ts'
import { careListFile, type CareList } from './rules/care-list.ts'

/** How an area is named in a rulebook. */
export const AREA_NAME = /^[a-z][a-z-]{0,40}$/

const read = new Map<string, Promise<AreaBook | null>>()
let rulebookFolder = SHIPPED_RULEBOOK

/** Lets the house settle by the areas of a rulebook of its own; called once at start, before anything is settled. */
export const settleByRulebook = (folder: string): void => {
  rulebookFolder = folder
}

const readBook = async (path: string): Promise<AreaBook | null> => {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = areaFile.safeParse(parse(text))
  if (!parsed.success) throw new Error(`Area file ${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/**
 * The book of a pooling area for an insured type, read once in the life of the process as the rulebook is; null when there is none.
 * @throws Error when the file is not in the form of docs/rulebook-areas.md.
 */
export const bookOfArea = (area: string, insured: AreaBook['insured']): Promise<AreaBook | null> => {
  if (!AREA_NAME.test(area)) return Promise.resolve(null)
  const path = join(rulebookFolder, 'areas', area, `${insured}.yaml`)
  const known = read.get(path) ?? readBook(path)
  read.set(path, known)
  return known
}

/** An area in words: as its book of the insured type says; its bare name where the rulebook has no such book any more. */
export const wordsOfArea = async (area: string, insured: AreaBook['insured']): Promise<Words> => {
  const book = await bookOfArea(area, insured)
  return book === null ? { zh: area, en: area } : { zh: book.zh, en: book.en }
}

/** The areas that the rulebook has a folder of, in the order of their names. */
export const areaNames = async (): Promise<string[]> => {
  const entries = await readdir(join(rulebookFolder, 'areas'), { withFileTypes: true }).catch(() => [])
  return entries.flatMap((one) => (one.isDirectory() && AREA_NAME.test(one.name) ? [one.name] : [])).toSorted()
}

const readList = async (path: string): Promise<CareList | null> => {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = careListFile.safeParse(parse(text))
  if (!parsed.success) throw new Error(`Care list ${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
const careLists = new Map<string, Promise<CareList | null>>()

/** The lists of a place of care, read once as books are; null where none is named or none is entered. @throws Error when its form is wrong. */
export const careListOf = (careArea: string | undefined): Promise<CareList | null> => {
  if (careArea === undefined || !AREA_NAME.test(careArea)) return Promise.resolve(null)
  const path = join(rulebookFolder, 'care-lists', `${careArea}.yaml`)
  const known = careLists.get(path) ?? readList(path)
  careLists.set(path, known)
  return known
}

/** The places of care that have lists, by name. */
export const careAreasWithLists = async (): Promise<
  readonly { readonly careArea: string; readonly zh: string; readonly en: string }[]
> => {
  const files = await readdir(join(rulebookFolder, 'care-lists')).catch(() => [])
  const lists = await Promise.all(
    files.filter((name) => name.endsWith('.yaml')).map((name) => careListOf(name.slice(0, -'.yaml'.length))),
  )
  return lists.flatMap((list) => (list === null ? [] : [{ careArea: list.careArea, zh: list.zh, en: list.en }]))
}

const divisionsFile = z.record(z.string().regex(/^\d{2,6}$/), z.string().regex(AREA_NAME))
const divisions = new Map<string, Promise<z.output<typeof divisionsFile>>>()

const readDivisions = async (path: string): Promise<z.output<typeof divisionsFile>> => {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  const parsed = divisionsFile.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`Area file ${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** The pooling area that a division belongs to, with the digits that its divisions begin with; null when none is entered. */
export const areaOfDivision = async (division: string): Promise<{ readonly area: string; readonly stem: string } | null> => {
  const path = join(rulebookFolder, 'areas', 'divisions.json')
  const known = divisions.get(path) ?? readDivisions(path)
  divisions.set(path, known)
  const [found] = Object.entries(await known)
    .filter(([stem]) => division.startsWith(stem))
    .toSorted(([one], [other]) => other.length - one.length)
  return found ? { area: found[1], stem: found[0] } : null
}
