import { parse } from 'yaml'
import { z } from 'zod'
import type { Words } from '../../../kernel/words.ts'
import { csvLines } from '../../../platform/csv-lines.ts'
import type { ConditionPatch } from './catalogue-store.ts'
import { conditionRow } from './condition-row.ts'
import type { BadLine } from './icd-file.ts'

/** A region's row: the key and the fields that differ from what is shipped; null takes a limit away. */
const patch = conditionRow
  .extend({
    aliases: conditionRow.shape.aliases.unwrap(),
    also: conditionRow.shape.also.unwrap(),
    sex: conditionRow.shape.sex.nullable(),
    age: conditionRow.shape.age.nullable(),
  })
  .partial()
  .required({ key: true })
  .refine(({ lowestTier, source }) => lowestTier === undefined || source !== undefined, {
    message: '改变最低层级时应写明依据|A row that changes the lowest tier says its source',
    path: ['source'],
  })

type Field = keyof typeof conditionRow.shape
const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  key: ['key', '键', '病种键'],
  zh: ['zh', '名称', '病种', '病种名称'],
  en: ['en', '英文名', '英文名称'],
  aliases: ['aliases', '别名'],
  icd10: ['icd10', 'icd-10', 'icd'],
  specialty: ['specialty', '诊疗科目', '科目'],
  also: ['also', '其他科目'],
  lowestTier: ['lowesttier', '最低层级', '最低诊治层级'],
  urgency: ['urgency', '紧急程度'],
  sex: ['sex', '性别'],
  age: ['age', '年龄'],
  source: ['source', '依据', '来源'],
}
const LISTS: readonly string[] = ['aliases', 'icd10', 'also']
const LIMITS: readonly string[] = ['sex', 'age']
/** How the values are said in Chinese. */
const SAID: Readonly<Record<string, string>> = {
  村级: 'village',
  乡镇级: 'township',
  县级: 'county',
  市级: 'city',
  省级: 'province',
  常规: 'routine',
  尽快: 'soon',
  紧急: 'urgent',
  急诊: 'emergency',
  男: 'male',
  女: 'female',
}
/** In a CSV cell: nothing of it, where an empty cell leaves the field as it is shipped. */
const NONE = '-'

/** Every row of a region's file, and every line or row that cannot be taken with its reason. */
export const readRegionFile = (
  text: string,
  kind: 'csv' | 'yaml',
): { patches: (ConditionPatch & { line: number })[]; bad: BadLine[] } => {
  const { rows, bad } = kind === 'csv' ? fromCsv(text) : fromYaml(text)
  const lines = new Map<string, number>()
  const patches: (ConditionPatch & { line: number })[] = []
  for (const { line, value } of rows) {
    const read = patch.safeParse(value)
    if (!read.success) bad.push(...read.error.issues.map((issue) => ({ line, ...wordsOf(issue) })))
    else if (lines.has(read.data.key))
      bad.push({
        line,
        zh: `“${read.data.key}”已在第 ${lines.get(read.data.key)} 行`,
        en: `“${read.data.key}” stands in line ${lines.get(read.data.key)} already`,
      })
    else {
      lines.set(read.data.key, line)
      patches.push({ ...(read.data as ConditionPatch), line })
    }
  }
  return { patches, bad }
}

type Rows = { rows: { line: number; value: unknown }[]; bad: BadLine[] }

const wordsOf = ({ path, message }: z.core.$ZodIssue): Words => {
  const [zh = message, en = message] = message.split('|')
  return { zh: `${path.join('.')}: ${zh}`, en: `${path.join('.')}: ${en}` }
}

const fromYaml = (text: string): Rows => {
  try {
    const list: unknown = parse(text)
    if (Array.isArray(list)) return { rows: list.map((value: unknown, at) => ({ line: at + 1, value })), bad: [] }
    return { rows: [], bad: [{ line: 1, zh: '应为列表', en: 'a list is expected' }] }
  } catch (error) {
    return {
      rows: [],
      bad: [{ line: 1, zh: `不是有效的 YAML:${(error as Error).message}`, en: `no valid YAML: ${(error as Error).message}` }],
    }
  }
}

const fromCsv = (text: string): Rows => {
  const { rows, open } = csvLines(text)
  if (open !== null) return { rows: [], bad: [{ line: open, zh: '引号没有闭合', en: 'a quote is not closed' }] }
  const [heading, ...rest] = rows
  const fields = (heading?.cells ?? []).map((cell) => {
    const name = cell.toLowerCase().replaceAll(/\s/g, '')
    return (Object.keys(HEADINGS) as Field[]).find((field) => HEADINGS[field].includes(name)) ?? null
  })
  if (!fields.includes('key'))
    return { rows: [], bad: [{ line: 1, zh: '第一行应有“key”一列', en: 'the first line must name the column “key”' }] }
  const unknown = fields.indexOf(null)
  if (unknown >= 0) {
    const name = heading?.cells[unknown] ?? ''
    return { rows: [], bad: [{ line: 1, zh: `不认识的列“${name}”`, en: `the column “${name}” is not known` }] }
  }
  const valueOf = (cells: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(fields.flatMap((field, at) => (field && cells[at] ? [[field, cellValue(field, cells[at])]] : [])))
  return { rows: rest.map(({ line, cells }) => ({ line, value: valueOf(cells) })), bad: [] }
}

const cellValue = (field: Field, cell: string): unknown => {
  if (LISTS.includes(field))
    return cell === NONE
      ? []
      : cell
          .split(/[|;、]/)
          .map((one) => one.trim())
          .filter((one) => one !== '')
  if (cell === NONE && LIMITS.includes(field)) return null
  return SAID[cell] ?? cell
}
