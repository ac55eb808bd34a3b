/** A part of a table: its heading again and some rows, and how many lines of the file lie between the heading and the first of them. */
export type TablePart = { readonly text: string; readonly offset: number }

/** As many rows as one request carries, and as many letters. */
const ROWS_MOST = 2_000
const LETTERS_MOST = 600_000

/** Cuts a CSV text into parts that fit a request, each with the heading before it, between rows only: a quoted cell may hold line ends. */
export const partsOfTable = (csv: string): TablePart[] => {
  const text = csv.startsWith('\uFEFF') ? csv.slice(1) : csv
  const parts: TablePart[] = []
  let heading: string | null = null
  let headingLines = 0
  let [from, line, isQuoted, rows, began] = [0, 0, false, 0, 0]
  const endPart = (until: number): void => {
    if (heading !== null && until > from) parts.push({ text: heading + text.slice(from, until), offset: began - headingLines })
    from = until
    began = line
    rows = 0
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') isQuoted = !isQuoted
    if (sign !== '\n' && !(sign === '\r' && text[at + 1] !== '\n')) continue
    line += 1
    if (isQuoted) continue
    if (heading === null) {
      heading = text.slice(0, at + 1)
      headingLines = line
      from = at + 1
      began = line
      continue
    }
    rows += 1
    if (rows >= ROWS_MOST || at - from > LETTERS_MOST) endPart(at + 1)
  }
  endPart(text.length)
  return parts.length > 0 ? parts : [{ text, offset: 0 }]
}
