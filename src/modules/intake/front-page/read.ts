import type { Instant } from '../../../kernel/clock.ts'
import { instantAt, isDay, type Day } from '../../../kernel/day.ts'
import { csvLines, type CsvLine } from '../../../platform/csv-lines.ts'
import { textOf } from '../../../platform/text-file.ts'
import { readIdNumber } from '../../residents/index.ts'
import { dayIn, fhirMoment, type ContentFault, type ReadPerson } from '../draft.ts'
import type { LineFault } from '../faults.ts'
import {
  COLUMNS,
  FEES,
  NEEDED,
  ON_ADMISSION,
  PAYMENTS,
  SERIES,
  WAYS_IN,
  WAYS_OUT,
  type Column,
  type SeriesColumn,
} from './columns.ts'

export type PageDiagnosis = { readonly code: string; readonly name: string | null; readonly onAdmission: string | null }
export type PageOperation = {
  readonly code: string
  readonly name: string | null
  readonly on: string | null
  readonly level: string | null
}

/** One stay, as its front page says it. Money is whole fen. */
export type FrontPage = {
  readonly line: number
  readonly recordNo: string
  readonly stayNo: number
  readonly person: ReadPerson
  readonly admittedAt: Instant
  readonly dischargedAt: Instant
  readonly departments: readonly [string | null, string | null]
  readonly division: string | null
  readonly postcode: string | null
  readonly payment: string | null
  readonly wayIn: string | null
  readonly wayOut: string | null
  readonly main: PageDiagnosis
  readonly others: readonly PageDiagnosis[]
  readonly operations: readonly PageOperation[]
  readonly totalFen: number | null
  readonly ownFen: number | null
  readonly fees: Readonly<Record<string, number>>
}

/** What is wrong with a line: the column by its heading, and why. */
export type PageFault = { readonly line: number; readonly column: string; readonly fault: LineFault }
export type ReadPages = { readonly pages: readonly FrontPage[]; readonly faults: readonly PageFault[]; readonly lines: number }

type Heading = {
  readonly columns: ReadonlyMap<Column, number>
  readonly series: ReadonlyMap<string, number>
  readonly fees: ReadonlyMap<string, number>
  readonly cells: readonly string[]
}

const headingOf = (cells: readonly string[]): Heading => {
  const names = cells.map((cell) => cell.trim().toUpperCase())
  const columns = new Map<Column, number>()
  for (const [column, aliases] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const at = aliases.map((alias) => names.indexOf(alias)).find((index) => index >= 0)
    if (at !== undefined) columns.set(column, at)
  }
  const series = new Map<string, number>()
  for (const [at, name] of names.entries())
    for (const [kind, pattern] of Object.entries(SERIES)) {
      const number = pattern.exec(name)?.[1]
      if (number !== undefined && !FEES[name]) series.set(`${kind} ${Number(number)}`, at)
    }
  const fees = new Map(
    Object.keys(FEES).flatMap((name): [string, number][] => (names.includes(name) ? [[name, names.indexOf(name)]] : [])),
  )
  return { columns, series, fees, cells }
}

/** Reads a table of front pages: UTF-8 or GB 18030, with a heading. A fault of the whole is answered alone; faults of lines stand beside the sound ones. */
export const readFrontPages = (bytes: Buffer, now: Instant, zone: string): ReadPages | ContentFault => {
  const decoded = textOf(bytes)
  if (!decoded) return { fault: 'no-text', place: '' }
  const { rows, open } = csvLines(decoded.text)
  if (open !== null) return { fault: 'quote-open', place: String(open) }
  const [first, ...lines] = rows
  if (!first) return { fault: 'empty', place: '' }
  const heading = headingOf(first.cells)
  const missing = NEEDED.filter((column) => !heading.columns.has(column))
  if (missing.length > 0) return { fault: 'columns-missing', place: missing.map((column) => COLUMNS[column][0]).join(' ') }
  const read = lines.map((line) => readLine(heading, line, now, zone))
  return { pages: read.flatMap(({ page }) => page ?? []), faults: read.flatMap(({ faults }) => faults), lines: lines.length }
}

/** Reads cells of one line and gathers everything that is wrong with it. */
class Line {
  readonly faults: PageFault[] = []
  readonly heading: Heading
  readonly cells: readonly string[]
  readonly number: number
  constructor(heading: Heading, { line, cells }: CsvLine) {
    this.heading = heading
    this.cells = cells
    this.number = line
  }
  fault(column: string, fault: LineFault): null {
    this.faults.push({ line: this.number, column, fault })
    return null
  }
  headingOf(column: Column): string {
    return this.heading.cells[this.heading.columns.get(column) ?? -1] ?? COLUMNS[column][0]
  }
  text(column: Column): string | null {
    const text = this.cells[this.heading.columns.get(column) ?? -1]?.trim() ?? ''
    if (text !== '' && text !== '-' && text !== '—') return text
    return NEEDED.includes(column) ? this.fault(this.headingOf(column), 'missing') : null
  }
  inSeries(kind: SeriesColumn, number: number): string | null {
    const text = this.cells[this.heading.series.get(`${kind} ${number}`) ?? -1]?.trim() ?? ''
    return text === '' || text === '-' || text === '—' ? null : text
  }
  coded(column: Column, codes: Readonly<Record<string, string>>): string | null {
    const text = this.text(column)
    return text === null || codes[text] !== undefined ? text : this.fault(this.headingOf(column), 'not-a-code')
  }
  moment(column: Column, zone: string): Instant | null {
    const text = this.text(column)
    if (text === null) return null
    const moment = fhirMoment(
      text.replace(
        /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?/,
        (_all, year: string, month: string, day: string) => `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`,
      ),
      zone,
    )
    if (moment === null || moment.length < 10) return this.fault(this.headingOf(column), 'not-a-day')
    return moment.includes('T') ? (moment as Instant) : isDay(moment) ? instantAt(moment as Day, '00:00', zone) : null
  }
  fen(text: string, column: string): number | null {
    const [, yuan, part = ''] = /^(\d{1,10})(?:\.(\d{1,2})0*)?$/.exec(text.replaceAll(',', '')) ?? []
    return yuan === undefined ? this.fault(column, 'not-money') : Number(yuan) * 100 + Number(part.padEnd(2, '0'))
  }
}

const MOST_OTHERS = 40
const numbers = Array.from({ length: MOST_OTHERS }, (_one, at) => at + 1)

const personIn = (line: Line, zone: string): ReadPerson | null => {
  const [recordNo, name, sex] = [line.text('recordNo'), line.text('name'), line.text('sex')]
  const born = line.moment('bornOn', zone)
  const idNumber = line.text('idNumber')
  const card = line.text('healthCard')
  const phone = line.text('phone')
  if (idNumber !== null && /^\d{17}[\dXx]$/.test(idNumber) && !readIdNumber(idNumber).ok)
    line.fault(line.headingOf('idNumber'), 'id-number')
  if (recordNo === null || name === null || born === null) return null
  const bornText = line.text('bornOn') as string
  const codes: Readonly<Record<string, ReadPerson['sex']>> = {
    '1': 'male',
    男: 'male',
    '2': 'female',
    女: 'female',
    '0': 'unknown',
    '9': 'unknown',
  }
  const known = sex === null ? undefined : codes[sex]
  if (sex !== null && known === undefined) line.fault(line.headingOf('sex'), 'not-a-code')
  return {
    ids: [`BAH|${recordNo}`, ...(card ? [`JKKH|${card}`] : [])],
    idNumber,
    zh: name,
    en: null,
    sex: known ?? 'unknown',
    bornOn: dayIn(bornText) ?? dayOfLoose(bornText),
    diedOn: null,
    phone: phone !== null && /^1\d{10}$/.test(phone) ? phone : null,
    address: line.text('address')?.slice(0, 200) ?? null,
  }
}

const dayOfLoose = (text: string): Day | null => {
  const [, year, month = '', day = ''] = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})/.exec(text) ?? []
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(found) ? (found as Day) : null
}

const readLine = (
  heading: Heading,
  csv: CsvLine,
  now: Instant,
  zone: string,
): { page: FrontPage | null; faults: readonly PageFault[] } => {
  const line = new Line(heading, csv)
  const person = personIn(line, zone)
  const stayText = line.text('stayNo')
  const stayNo =
    stayText === null
      ? null
      : /^[1-9]\d{0,4}$/.test(stayText)
        ? Number(stayText)
        : line.fault(line.headingOf('stayNo'), 'not-a-number')
  const [admittedAt, dischargedAt] = [line.moment('admittedAt', zone), line.moment('dischargedAt', zone)]
  if (admittedAt && dischargedAt && dischargedAt < admittedAt) line.fault(line.headingOf('dischargedAt'), 'before-admission')
  if (dischargedAt && dischargedAt > now) line.fault(line.headingOf('dischargedAt'), 'in-future')
  const mainCode = line.text('mainCode')
  const money = moneyIn(line)
  const coded = {
    payment: line.coded('payment', PAYMENTS),
    wayIn: line.coded('wayIn', WAYS_IN),
    wayOut: line.coded('wayOut', WAYS_OUT),
  }
  const main = { code: mainCode ?? '', name: line.text('mainName'), onAdmission: line.coded('mainOnAdmission', ON_ADMISSION) }
  if (line.faults.length > 0 || !person || stayNo === null || !admittedAt || !dischargedAt || !mainCode)
    return { page: null, faults: line.faults }
  const page: FrontPage = {
    line: csv.line,
    recordNo: line.text('recordNo') as string,
    stayNo,
    person,
    admittedAt,
    dischargedAt,
    departments: [line.text('departmentIn'), line.text('departmentOut')],
    division: divisionIn(line),
    postcode: line.text('postcode'),
    ...coded,
    main,
    others: numbers.flatMap((number) => otherIn(line, number) ?? []),
    operations: numbers.flatMap((number) => operationIn(line, number) ?? []),
    ...money,
  }
  return { page, faults: [] }
}

const divisionIn = (line: Line): string | null => /^\d{6}(\d{6})?$/.exec(line.text('division') ?? '')?.[0]?.slice(0, 6) ?? null

const otherIn = (line: Line, number: number): PageDiagnosis | null => {
  const code = line.inSeries('otherCode', number)
  return code === null
    ? null
    : { code, name: line.inSeries('otherName', number), onAdmission: line.inSeries('otherOnAdmission', number) }
}

const operationIn = (line: Line, number: number): PageOperation | null => {
  const code = line.inSeries('operationCode', number)
  if (code === null) return null
  return {
    code,
    name: line.inSeries('operationName', number),
    on: dayIn(line.inSeries('operationOn', number)),
    level: line.inSeries('operationLevel', number),
  }
}

const moneyIn = (line: Line): Pick<FrontPage, 'totalFen' | 'ownFen' | 'fees'> => {
  const amount = (column: Column): number | null => {
    const text = line.text(column)
    return text === null ? null : line.fen(text, line.headingOf(column))
  }
  const [totalFen, ownFen] = [amount('total'), amount('own')]
  if (totalFen !== null && ownFen !== null && ownFen > totalFen) line.fault(line.headingOf('own'), 'total-too-small')
  const fees: Record<string, number> = {}
  for (const [name, at] of line.heading.fees) {
    const text = line.cells[at]?.trim() ?? ''
    const fen = text === '' || text === '-' ? null : line.fen(text, name)
    if (fen !== null) fees[name] = fen
  }
  return { totalFen, ownFen, fees }
}
