import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'

/** One thing that reached the platform, in the order in which it was taken. */
export type JournalLine = {
  readonly n: number
  readonly outcome: 'accepted' | 'duplicate' | 'refused' | 'out-of-order'
  readonly id: string
  readonly caseId: string
  readonly seq: number
  readonly after: number
  readonly kind: string
  readonly day: string
  readonly hash: string
  readonly receipt: string | null
}

export type Journal = {
  readonly lines: readonly JournalLine[]
  readonly add: (line: Omit<JournalLine, 'n'>) => JournalLine
  readonly close: () => void
}

/** Every whole line of a journal; what a killed platform left half written at the end is no line. */
export const readJournal = (file: string): JournalLine[] => {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalLine)
}

/** Opens a journal and goes on where it ends. A line is in the file before anybody hears of it. */
export const openJournal = (file: string): Journal => {
  const lines = readJournal(file)
  if (existsSync(file)) truncateSync(file, Buffer.byteLength(readFileSync(file, 'utf8').replace(/[^\n]*$/, '')))
  const handle = openSync(file, 'a')
  return {
    lines,
    add: (line) => {
      const whole = { n: lines.length + 1, ...line }
      writeSync(handle, `${JSON.stringify(whole)}\n`)
      lines.push(whole)
      return whole
    },
    close: () => closeSync(handle),
  }
}
