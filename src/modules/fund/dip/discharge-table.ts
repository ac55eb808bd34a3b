import type { z } from 'zod'
import { csvLines, type CsvLine } from '../../../platform/csv-lines.ts'
import { CELL_WORDS, DISCHARGE_COLUMNS, type CellKind, type DischargeColumn } from './discharge-columns.ts'
import { sendDischargesInput } from './inputs.ts'

export type GivenDischarge = z.output<typeof sendDischargesInput>['discharges'][number]

/** What is wrong in a row of a table: the line of the file, the column's heading, and why, with what to do. */
export type RowFault = { readonly line: number; readonly column: string; readonly zh: string; readonly en: string }
/** A row that can be taken, with the line of the file on which it begins. */
export type GivenRow = { readonly line: number; readonly given: GivenDischarge }
export type DischargeTable = { readonly rows: readonly GivenRow[]; readonly faults: readonly RowFault[] }

const schema = sendDischargesInput.shape.discharges.element
const HUNDREDTHS = 100
const YUAN = /^(\d{1,9})(?:\.(\d{1,2}))?$/
const DAY = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/
const COMPACT_DAY = /^\d{8}$/

const plain = (cell: string): string => cell.normalize('NFKC').trim()
const headingOf = (cell: string): string =>
  plain(cell)
    .toLowerCase()
    .replaceAll(/\(.*?\)|\s+/g, '')

const dayOf = (text: string): string => {
  if (COMPACT_DAY.test(text)) return `${text.slice(0, 'YYYY'.length)}-${text.slice('YYYY'.length, 'YYYYMM'.length)}-${text.slice('YYYYMM'.length)}`
  const [, year, month = '', day = ''] = DAY.exec(text) ?? []
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
} // prettier-ignore

const fenOf = (text: string): number | string => {
  const [, yuan, part = ''] = YUAN.exec(text.replaceAll(',', '')) ?? []
  return yuan === undefined ? text : Number(yuan) * HUNDREDTHS + Number(part.padEnd(2, '0'))
}

/** A cell as the form takes it; what cannot be read stays as it is written, and the form's own rule refuses it. */
const READ: Readonly<Record<CellKind, (text: string) => unknown>> = {
  text: (text) => text,
  day: dayOf,
  number: (text) => (/^\d{1,6}$/.test(text) ? Number(text) : text),
  yuan: fenOf,
  codes: (text) => text.split(/[;；|、\s]+/).filter((code) => code !== ''),
  treatment: (text) => CELL_WORDS['treatment']?.[text] ?? text,
  illness: (text) => CELL_WORDS['illness']?.[text] ?? text,
  tumour: (text) => CELL_WORDS['tumour']?.[text] ?? text,
  sex: (text) => CELL_WORDS['sex']?.[text] ?? text,
  'yes-no': (text) =>
    ({ 是: true, 有: true, yes: true, 1: true, 否: false, 无: false, no: false, 0: false })[text.toLowerCase()] ?? text,
}

const WANTED: Readonly<Record<CellKind, readonly [zh: string, en: string]>> = {
  text: ['应按规定的格式填写', 'has another form'],
  day: ['应为日期,例如 2025-03-01', 'must be a day, such as 2025-03-01'],
  number: ['应为不小于零的整数', 'must be a whole number from zero'],
  yuan: ['应为元,最多两位小数,不超过 21 474 836.47 元', 'must be an amount in yuan with two decimals at most, up to 21 474 836.47'],
  codes: ['应为手术操作编码,多个用分号隔开,例如 47.0100;54.2100', 'must be codes of ICD-9-CM-3 with semicolons between, such as 47.0100;54.2100'],
  treatment: ['应为 保守治疗、诊断性操作、治疗性操作、手术 之一', 'must be one of conservative, diagnostic, therapeutic, surgical'],
  illness: ['应为 轻、器官功能受损、衰竭、死亡 之一,或留空', 'must be one of light, organ, failure, death, or empty'],
  sex: ['应为 男、女 之一,或留空', 'must be one of male, female, or empty'],
  'yes-no': ['应为 是 或 否,或留空', 'must be yes or no, or empty'],
  tumour: ['应为 其他、器官、转移、衰竭、药物、治疗、死亡 之一,或留空', 'must be one of other, organ, metastasis, failure, drug, treatment, death, or empty'],
} // prettier-ignore

type Found = DischargeColumn | null

/** The columns of a heading, in their order; faults name what is unknown, doubled or missing. */
const columnsOf = ({ line, cells }: CsvLine): { columns: Found[]; faults: RowFault[] } => {
  const byHeading = new Map(DISCHARGE_COLUMNS.flatMap((one) => [one.zh, one.en, one.field].map((name) => [headingOf(name), one] as const))) // prettier-ignore
  const columns = cells.map((cell): Found => byHeading.get(headingOf(cell)) ?? null)
  const faults = cells.flatMap((cell, at): RowFault[] => {
    if (plain(cell) === '') return []
    const known = columns[at]
    if (!known) return [{ line, column: cell, zh: `不认识的列“${cell}”。请用模板里的列名,或去掉这一列。`, en: `The column “${cell}” is not known. Use the headings of the template, or leave it out.` }]
    return columns.indexOf(known) < at ? [{ line, column: cell, zh: `列“${known.zh}”出现了两次。请只留一列。`, en: `The column “${known.en}” stands twice. Keep one.` }] : []
  }) // prettier-ignore
  const lacking = DISCHARGE_COLUMNS.filter((one) => one.isRequired && !columns.includes(one))
  return {
    columns,
    faults: [...faults, ...lacking.map(({ zh, en }) => ({ line, column: zh, zh: `缺少列“${zh}”。请按模板补上。`, en: `The column “${en}” is missing. Add it as the template has it.` }))],
  } // prettier-ignore
}

const bilingual = (message: string): readonly [zh: string, en: string] | null => {
  const [zh, en] = message.split('|')
  return zh !== undefined && en !== undefined && /\p{Script=Han}/u.test(zh) ? [zh, en] : null
}

const faultOf = (line: number, cells: ReadonlyMap<string, string>, issue: z.core.$ZodIssue): RowFault => {
  const column = DISCHARGE_COLUMNS.find(({ field }) => field === issue.path[0])
  if (!column) return { line, column: '', zh: '这一行不能用。', en: 'The row cannot be used.' }
  const written = cells.get(column.field) ?? ''
  if (written === '') return { line, column: column.zh, zh: `“${column.zh}”没有填。请补上。`, en: `“${column.en}” is empty. Fill it in.` }
  const [zh, en] = bilingual(issue.message) ?? WANTED[column.kind]
  // What stands there may be an identity number: it is not said again.
  if (column.field === 'personCode') return { line, column: column.zh, zh: `“${column.zh}”:${zh}。`, en: `“${column.en}”: ${en}.` }
  return { line, column: column.zh, zh: `“${column.zh}”写的是“${written}”:${zh}。`, en: `“${column.en}” says “${written}”: ${en}.` }
} // prettier-ignore

const rowOf = ({ line, cells }: CsvLine, columns: readonly Found[]): GivenRow | readonly RowFault[] => {
  const written = new Map(columns.flatMap((column, at) => (column ? [[column.field, plain(cells[at] ?? '')] as const] : [])))
  const read = Object.fromEntries(
    columns.flatMap((column) => {
      const text = column ? (written.get(column.field) ?? '') : ''
      return column && text !== '' ? [[column.field, READ[column.kind](text)]] : []
    }),
  )
  const parsed = schema.safeParse(read)
  return parsed.success ? { line, given: parsed.data } : parsed.error.issues.map((issue) => faultOf(line, written, issue))
}

/**
 * Reads a table of discharges, the heading first, as CSV (RFC 4180, commas or tabs). Money is in yuan, days as 2025-03-01,
 * 2025/3/1 or 20250301; several procedures have semicolons between. `offset`: how many lines of the file come before the first row here.
 */
export const readDischarges = (text: string, offset = 0): DischargeTable => {
  const { rows, open } = csvLines(text)
  const [heading, ...lines] = rows
  if (heading === undefined)
    return { rows: [], faults: [{ line: 1, column: '', zh: '文件是空的。第一行应为列名。', en: 'The file is empty. Its first line names the columns.' }] }
  if (open !== null)
    return { rows: [], faults: [{ line: open + offset, column: '', zh: '引号没有闭合,其后的内容无法分列。请补上引号。', en: 'A quote never closes, so the rest cannot be told apart. Close it.' }] }
  const { columns, faults } = columnsOf(heading)
  if (faults.length > 0) return { rows: [], faults }
  const read = lines.map((one) => rowOf({ ...one, line: one.line + offset }, columns))
  return {
    rows: read.filter((one): one is GivenRow => 'given' in one),
    faults: read.flatMap((one) => ('given' in one ? [] : one)),
  }
} // prettier-ignore
