/** The five signs that a message says by itself, in its first segment. */
export type Delimiters = {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
}

/** One line of a message: its name, and its fields as they are written. Field 1 of MSH is the separator itself. */
export type Segment = { readonly name: string; readonly fields: readonly string[] }

/** A message taken apart; what is in a field is read by `valueAt` and its like. */
export type Hl7Message = { readonly delimiters: Delimiters; readonly segments: readonly Segment[]; readonly text: string }

/** Why a text is no message: where it breaks. */
export type Hl7Fault = 'empty' | 'no-header' | 'delimiters-unusable' | 'no-type'

/** What is in a frame: single messages, and whether they came as a batch with how many its trailer counts. */
export type Hl7Batch = {
  readonly messages: readonly string[]
  /** The header segment of the batch as it was written; null for single messages. */
  readonly header: string | null
  /** What BTS-1 counts; null when it says nothing. */
  readonly counted: number | null
}

const MARK = '\uFEFF'
const SEGMENT = /^[A-Z][A-Z0-9]{2}$/
const LINE_ENDS = /\r\n|\r|\n/
// BHS, FHS and MSH say their own signs in the same place.
const HEADERS = ['MSH', 'BHS', 'FHS']
const USUAL = { component: '^', repetition: '~', escape: '\\', subcomponent: '&' } as const

/** The lines of a text without marks, blank lines and what transport left around it. */
const linesOf = (text: string): string[] =>
  text
    .replaceAll(MARK, '')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000\u000b\u001c]/g, '')
    .split(LINE_ENDS)
    .filter((line) => line.trim() !== '')

/** The text from its first header on: some senders write a blank or a length before it. */
const fromHeader = (line: string): string => {
  const starts = HEADERS.map((name) => line.indexOf(name)).filter((at) => at >= 0)
  return starts.length === 0 ? line : line.slice(Math.min(...starts))
}

/** Takes a text apart into its messages: one alone, several one after the other, or a batch between BHS and BTS. */
export const splitBatch = (text: string): Hl7Batch => {
  const messages: string[][] = []
  let header: string | null = null
  let counted: number | null = null
  for (const [at, whole] of linesOf(text).entries()) {
    const line = at === 0 ? fromHeader(whole.trimStart()) : whole
    const name = line.slice(0, 3)
    const separator = line[3] ?? '|'
    if (name === 'MSH') messages.push([line])
    else if (name === 'BHS' || name === 'FHS') header = name === 'BHS' || header === null ? line : header
    else if (name === 'BTS') counted = countOf(line.split(separator)[1]) ?? counted
    else if (name !== 'FTS') (messages.at(-1) ?? startWithoutHeader(messages)).push(line)
  }
  return { messages: messages.map((lines) => lines.join('\r')), header, counted }
}

// What stands before any header belongs to a text that cannot be read; it is kept whole.
const startWithoutHeader = (messages: string[][]): string[] => {
  const lines: string[] = []
  messages.push(lines)
  return lines
}

const countOf = (text: string | undefined): number | null => (text && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null)

/** The signs of a header segment; null when two of them are the same or one is a letter or digit. */
export const delimitersOf = (header: string): Delimiters | null => {
  const field = header[3] ?? ''
  const given = header.slice(4).split(field, 1)[0] ?? ''
  const delimiters = {
    field,
    component: given[0] ?? USUAL.component,
    repetition: given[1] ?? USUAL.repetition,
    escape: given[2] ?? USUAL.escape,
    subcomponent: given[3] ?? USUAL.subcomponent,
  }
  const signs = Object.values(delimiters)
  const areUsable = signs.every((sign) => /^[^A-Za-z0-9\s]$/.test(sign)) && new Set(signs).size === signs.length
  return areUsable ? delimiters : null
}

/** A line that is no segment goes on with the one before: a text with line ends that the sender did not escape. */
const joined = (lines: readonly string[], field: string): string[] => {
  const whole: string[] = []
  for (const line of lines) {
    const isSegment = SEGMENT.test(line.slice(0, 3)) && (line.length === 3 || line[3] === field)
    if (isSegment || whole.length === 0) whole.push(line)
    else whole.push(`${whole.pop() as string}\n${line}`)
  }
  return whole
}

const segmentOf = (line: string, field: string): Segment => {
  const [name = '', ...fields] = line.split(field)
  return { name, fields: HEADERS.includes(name) ? [field, ...fields] : fields }
}

/** Takes one message apart. Whatever its signs, line ends, mark and blanks are; a fault says why it is no message. */
export const readHl7 = (text: string): Hl7Message | { readonly fault: Hl7Fault } => {
  const [first, ...rest] = linesOf(text)
  if (first === undefined) return { fault: 'empty' }
  const header = fromHeader(first.trimStart())
  if (!header.startsWith('MSH')) return { fault: 'no-header' }
  const delimiters = delimitersOf(header)
  if (!delimiters) return { fault: 'delimiters-unusable' }
  const lines = joined([header, ...rest], delimiters.field)
  const message = { delimiters, segments: lines.map((line) => segmentOf(line, delimiters.field)), text }
  return valueAt(message, message.segments[0], 9) === null ? { fault: 'no-type' } : message
}

/** A field as it is written, repetitions and all; empty when it is not there. Fields count from 1. */
export const rawField = (segment: Segment | undefined, field: number): string => segment?.fields[field - 1] ?? ''

/** The repetitions of a field that hold anything, each as it is written. */
export const repetitionsOf = ({ delimiters }: Hl7Message, segment: Segment | undefined, field: number): string[] =>
  rawField(segment, field)
    .split(delimiters.repetition)
    .filter((one) => one !== '' && one !== '""')

/** A component of a written field, signs of HL7 turned into text; null when it is empty or `""`. Counts from 1. */
export const componentOf = (message: Hl7Message, written: string, component = 1, subcomponent = 1): string | null => {
  const { delimiters } = message
  const part = written.split(delimiters.component)[component - 1]?.split(delimiters.subcomponent)[subcomponent - 1]
  if (part === undefined || part === '""') return null
  const text = unescaped(part, delimiters).trim()
  return text === '' ? null : text
}

/** What a field says: its first repetition, one component. Null when it says nothing. */
export const valueAt = (message: Hl7Message, segment: Segment | undefined, field: number, component = 1): string | null => {
  const first = repetitionsOf(message, segment, field)[0]
  return first === undefined ? null : componentOf(message, first, component)
}

/** A whole field as text, with its components joined as they were written: for free text that was never escaped. */
export const textAt = (message: Hl7Message, segment: Segment | undefined, field: number): string | null => {
  const text = repetitionsOf(message, segment, field)
    .map((one) => unescaped(one, message.delimiters))
    .join('\n')
    .trim()
  return text === '' ? null : text
}

/** Turns escape sequences into what they stand for; one that is not known stays as it is written. */
export const unescaped = (text: string, delimiters: Delimiters): string => {
  const sign = delimiters.escape
  if (!text.includes(sign)) return text
  const quoted = sign.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const sequence = new RegExp(`${quoted}([A-Za-z.][^${sign === '\\' ? '\\\\' : quoted}\r\n]{0,200})?${quoted}`, 'g')
  return text.replace(sequence, (whole, inner: string | undefined) => meaningOf(inner ?? '', delimiters) ?? whole)
}

const meaningOf = (inner: string, delimiters: Delimiters): string | null => {
  switch (inner) {
    case 'F':
      return delimiters.field
    case 'S':
      return delimiters.component
    case 'T':
      return delimiters.subcomponent
    case 'R':
      return delimiters.repetition
    case 'E':
      return delimiters.escape
    case 'H':
    case 'N':
    case '.nf':
    case '.fi':
      return ''
    case '.br':
    case '.ce':
      return '\n'
    default:
      return hexText(inner) ?? (/^\.(sp|in|ti)/.test(inner) ? spacing(inner) : null)
  }
}

const spacing = (inner: string): string => {
  const count = Math.min(200, Number(/\d+/.exec(inner)?.[0] ?? 1))
  return inner.startsWith('.sp') ? '\n'.repeat(Math.max(1, count)) : ' '.repeat(count)
}

/** `\X0D0A\`: bytes in the character set of the message; what is written so is nearly always a line end or Chinese. */
const hexText = (inner: string): string | null => {
  if (!/^X([0-9A-Fa-f]{2})+$/.test(inner)) return null
  const bytes = Uint8Array.from(inner.slice(1).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const text = decodeBytes(bytes)
  return text?.replaceAll(/\r\n?/g, '\n') ?? null
}

const decodeBytes = (bytes: Uint8Array): string | null => {
  for (const charset of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  return null
}

/** All segments of a name, in their order. */
export const segmentsOf = ({ segments }: Hl7Message, name: string): Segment[] => segments.filter((one) => one.name === name)

/** The first segment of a name. */
export const segmentOfName = (message: Hl7Message, name: string): Segment | undefined =>
  message.segments.find((one) => one.name === name)
