/** A row of a CSV text with the line on which it begins, counted from 1. */
export type CsvLine = { readonly line: number; readonly cells: readonly string[] }

/**
 * The rows of a CSV text (RFC 4180), separated by commas, or by tabs where the first line has tabs and no commas. A cell in
 * quotes may hold separators, quotes and line ends; cells are trimmed; rows without anything are left out.
 * `open` is the line of a quote that never closes.
 */
export const csvLines = (csv: string): { rows: CsvLine[]; open: number | null } => {
  const text = csv.startsWith('\uFEFF') ? csv.slice(1) : csv
  const first = text.slice(0, text.search(/[\r\n]|$/))
  const separator = first.includes('\t') && !first.includes(',') ? '\t' : ','
  const rows: CsvLine[] = []
  let [cells, cell, line, began]: [string[], string, number, number] = [[], '', 1, 1]
  let quotedSince: number | null = null
  const endRow = (): void => {
    cells.push(cell.trim())
    if (cells.some((one) => one !== '')) rows.push({ line: began, cells })
    cells = []
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) line++
    if (quotedSince !== null) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') cell += text[++at]
      else quotedSince = null
    } else if (sign === '"' && cell.trim() === '') [cell, quotedSince] = ['', line]
    else if (sign === separator) {
      cells.push(cell.trim())
      cell = ''
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') continue
      endRow()
      began = line
    } else cell += sign
  }
  endRow()
  return { rows, open: quotedSince }
}
