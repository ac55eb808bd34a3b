import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { isDay, type Day } from '../../kernel/day.ts'
import { GRADES } from '../../shapes/rulebook.ts'
import type { CheckedLine, Finding } from '../../shapes/rulebook-check.ts'

/** What was read: lines to be checked, and what could not be read. */
export type ReadLines = { readonly lines: readonly CheckedLine[]; readonly findings: readonly Finding[]; readonly files: number }

const day = z.string().refine(isDay, 'a day is YYYY-MM-DD').transform((text) => text as Day) // prettier-ignore
const value = z
  .object({ from: day, until: day.optional(), basis: z.string().default(''), grade: z.enum(GRADES) })
  .catchall(z.number())
const file = z.object({ id: z.string().min(1), values: z.array(value).min(1), checkedOn: day })

/** A file that cannot be used. */
export const unreadable = (name: string, why: string): Finding => ({
  kind: 'unreadable',
  weight: 'fault',
  file: name,
  key: name,
  zh: `读不懂这个文件:${why}。请按 docs/rulebook-areas.md 的格式改正。`,
  en: `This file cannot be used: ${why}. Correct it; docs/rulebook-areas.md has the format.`,
})

/** YAML files below a folder, by path from it, in order; none where there is no such folder. */
export const yamlBelow = async (folder: string): Promise<{ name: string; text: string }[]> => {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const yaml = names.filter((name) => name.endsWith('.yaml')).toSorted()
  return Promise.all(
    yaml.map(async (name) => ({ name: name.split(sep).join('/'), text: await readFile(join(folder, name), 'utf8') })),
  )
}

/** Why a text is no YAML or does not fit, in one line. */
export const parsed = <T>(schema: z.ZodType<T>, text: string): { value: T } | { why: string } => {
  try {
    const read = schema.safeParse(parse(text))
    return read.success
      ? { value: read.data }
      : { why: z.prettifyError(read.error).replaceAll(/\s+/g, ' ').replaceAll('✖', '').trim() }
  } catch (error) {
    return { why: (error as Error).message.split('\n')[0] ?? 'no YAML' }
  }
}

/** The values of the rulebook outside `areas/` and `care-lists/`, one line for each amount of each dated value. */
export const nationalLines = async (folder: string): Promise<ReadLines> => {
  const findings: Finding[] = []
  const lines: CheckedLine[] = []
  const files = (await yamlBelow(folder)).filter(({ name }) => !/^(areas|care-lists)\//.test(name))
  const owner = new Map<string, string>()
  for (const { name, text } of files) {
    const read = parsed(file, text)
    if ('why' in read) {
      findings.push(unreadable(name, read.why))
      continue
    }
    const { id, values, checkedOn } = read.value
    const other = owner.get(id)
    if (other !== undefined) findings.push(unreadable(name, `${id} stands in ${other} already`))
    owner.set(id, name)
    for (const { from, until, basis, grade, ...amounts } of values)
      for (const [by, amount] of Object.entries(amounts))
        lines.push({
          file: name,
          key: by === 'value' ? id : `${id} · ${by}`,
          from,
          until: until ?? null,
          grade,
          basis,
          said: { zh: `${amount}`, en: `${amount}` },
          checkedOn,
        })
  }
  return { lines, findings, files: files.length }
}
