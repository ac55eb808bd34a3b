import { createHash } from 'node:crypto'
import type { Words } from '../../../kernel/words.ts'
import { csvLines } from '../../../platform/csv-lines.ts'

/** A row of the ICD-10 table as the deployer gives it. */
export type IcdEntry = {
  readonly code: string
  readonly zh: string
  readonly en: string | null
  readonly aliases: readonly string[]
}

/** Why a line of a file was not taken. */
export type BadLine = { readonly line: number } & Words

/** Headings that are understood, in small letters without spaces. */
const HEADINGS = {
  code: [
    'code',
    'icd',
    'icd10',
    'icd-10',
    '编码',
    '代码',
    '疾病编码',
    '疾病代码',
    '诊断编码',
    '诊断代码',
    '主要编码',
    'icd编码',
    'icd10编码',
    'icd-10编码',
  ],
  zh: ['name', 'zh', '名称', '疾病名称', '诊断名称', '中文名称', '病名'],
  en: ['en', 'name_en', 'english', '英文名', '英文名称'],
  aliases: ['alias', 'aliases', '别名', '同义词', '俗名'],
} as const
type Column = keyof typeof HEADINGS

/** `A00`, `I10.x00x002`, `E11.900`; the marks of dagger and asterisk may follow. */
const CODE = /^([A-Z]\d\d)(\.[0-9X]{1,8})?[+*†]?$/
const NAME_LENGTH_MOST = 200
const ALIAS_LENGTH_MOST = 100

const plain = (text: string): string => text.normalize('NFKC').trim()

/** A code as it is kept: `I10.x00x002`, whatever way it was typed; null when it is none. */
export const icdCode = (text: string): string | null => {
  const [, category, rest = ''] = CODE.exec(plain(text).toUpperCase().replaceAll(' ', '')) ?? []
  return category === undefined ? null : category + rest.replaceAll('X', 'x')
}

const columnsOf = (heading: readonly string[]): Record<Column, number> => {
  const cells = heading.map((cell) => plain(cell).toLowerCase().replaceAll(/\s/g, ''))
  const placeOf = (names: readonly string[]): number => cells.findIndex((cell) => names.includes(cell))
  return { code: placeOf(HEADINGS.code), zh: placeOf(HEADINGS.zh), en: placeOf(HEADINGS.en), aliases: placeOf(HEADINGS.aliases) }
}

/** Every entry of a CSV text, and every line that cannot be taken with its reason. An entry that stands there twice counts once. */
export const readIcd = (csv: string): { entries: IcdEntry[]; bad: BadLine[] } => {
  const { rows, open } = csvLines(csv)
  if (open !== null) return { entries: [], bad: [{ line: open, zh: '引号没有闭合', en: 'a quote is not closed' }] }
  const [heading, ...rest] = rows
  const columns = columnsOf(heading?.cells ?? [])
  if (columns.code < 0 || columns.zh < 0)
    return {
      entries: [],
      bad: [{ line: 1, zh: '第一行应有“编码”和“名称”两列', en: 'the first line must name the columns “code” and “name”' }],
    }
  const found = new Map<string, IcdEntry & { line: number }>()
  const bad: BadLine[] = []
  for (const { line, cells } of rest) {
    const read = entryOf(cells, columns)
    const known = 'code' in read ? found.get(read.code) : undefined
    if (!('code' in read)) bad.push({ line, ...read })
    else if (!known) found.set(read.code, { ...read, line })
    else if (known.zh !== read.zh)
      bad.push({
        line,
        zh: `编码 ${read.code} 在第 ${known.line} 行已有另一名称`,
        en: `line ${known.line} gives ${read.code} another name`,
      })
  }
  if (rest.length === 0) bad.push({ line: 1, zh: '没有任何数据行', en: 'there is no row of data' })
  return { entries: [...found.values()].map(({ line: _line, ...entry }) => entry), bad }
}

const entryOf = (cells: readonly string[], columns: Record<Column, number>): IcdEntry | Words => {
  const cell = (column: Column): string => plain(cells[columns[column]] ?? '')
  const [code, zh] = [icdCode(cell('code')), cell('zh')]
  if (cell('code') === '') return { zh: '缺少编码', en: 'the code is missing' }
  if (code === null) return { zh: `“${cell('code')}”不是 ICD-10 编码`, en: `“${cell('code')}” is no ICD-10 code` }
  if (zh === '') return { zh: '缺少名称', en: 'the name is missing' }
  if (zh.length > NAME_LENGTH_MOST)
    return { zh: `名称超过 ${NAME_LENGTH_MOST} 个字`, en: `the name is longer than ${NAME_LENGTH_MOST}` }
  const aliases = [
    ...new Set(
      cell('aliases')
        .split(/[|;、]/)
        .map((alias) => alias.trim()),
    ),
  ].filter((alias) => alias !== '' && alias !== zh)
  if (aliases.some((alias) => alias.length > ALIAS_LENGTH_MOST))
    return { zh: `别名超过 ${ALIAS_LENGTH_MOST} 个字`, en: `an alias is longer than ${ALIAS_LENGTH_MOST}` }
  return { code, zh, en: cell('en') || null, aliases }
}

/** A hash of the entries alone: the same table in another encoding or order is the same edition. */
export const hashOfIcd = (entries: readonly IcdEntry[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        entries
          .toSorted((one, other) => (one.code < other.code ? -1 : 1))
          .map(({ code, zh, en, aliases }) => [code, zh, en, aliases]),
      ),
    )
    .digest('hex')
