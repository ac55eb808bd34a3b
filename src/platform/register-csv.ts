import { z } from 'zod'

/** Spreadsheets read a text as UTF-8 only when it begins with this mark. */
const BYTE_ORDER_MARK = '\uFEFF'

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A table as CSV text (RFC 4180) with the mark that spreadsheets need. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')

/** The cells of a CSV text; a cell in quotes may hold commas, quotes and line ends. Empty lines are left out. */
export const cellsOf = (csv: string): string[][] => {
  const rows: string[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)/y
  const text = csv.startsWith(BYTE_ORDER_MARK) ? csv.slice(1) : csv
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const [, written = '', end] = found
    rows.at(-1)?.push(/^"(?:[^"]|"")*"$/.test(written) ? written.slice(1, -1).replaceAll('""', '"') : written)
    if (end !== ',' && cell.lastIndex >= text.length) break
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.some((one) => one !== ''))
}

type Leaf = { readonly path: readonly string[]; readonly schema: z.ZodType }

const unwrapped = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema

/** The columns of a schema: one for every field that is no object of its own. */
export const leavesOf = (schema: z.ZodType, path: readonly string[] = []): Leaf[] => {
  const inner = unwrapped(schema)
  if (!(inner instanceof z.ZodObject)) return [{ path, schema }]
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([field, of]) => leavesOf(of, [...path, field]))
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((within, field) => (within as Record<string, unknown> | null | undefined)?.[field], value)

/** A value as a cell: texts as they are, nothing as empty, everything else as JSON. */
export const cellOf = (body: unknown, { path }: Leaf): string => {
  const value = at(body, path)
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The value that a cell stands for by its column's schema; what does not fit stays a text, and the schema refuses it. */
const valueOf = (cell: string, schema: z.ZodType): unknown => {
  if (cell === '') return schema.safeParse(undefined).success ? undefined : null
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum) return cell
  try {
    return JSON.parse(cell)
  } catch {
    return cell
  }
}

/** The body that a row of cells stands for; `column` answers the cell of a dotted column name. */
export const bodyOf = (leaves: readonly Leaf[], column: (name: string) => string): Record<string, unknown> => {
  const body: Record<string, unknown> = {}
  for (const { path, schema } of leaves) {
    const value = valueOf(column(path.join('.')), schema)
    if (value === undefined) continue
    let within = body
    for (const field of path.slice(0, -1)) within = (within[field] ??= {}) as Record<string, unknown>
    within[path.at(-1) as string] = value
  }
  return body
}
