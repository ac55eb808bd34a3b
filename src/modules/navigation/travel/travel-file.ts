import { createHash } from 'node:crypto'
import { csvLines } from '../../../platform/csv-lines.ts'
import type { Words } from '../../../kernel/words.ts'
import { TRAVEL_MEANS, type TravelMeans } from './travel-store.ts'

/** A line of a table of travel times as it was written; the institution is an id or a code of 22 characters. */
export type WrittenTravel = {
  readonly line: number
  readonly from: string
  readonly institution: string
  readonly minutes: number
  readonly by: TravelMeans
}
/** What is wrong with a line. */
export type TravelFault = Words & { readonly line: number }
export type TravelFile = {
  readonly rows: readonly WrittenTravel[]
  readonly faults: readonly TravelFault[]
  readonly hash: string
}

const HEADS = ['from', 'institution', 'minutes', 'by'] as const
const MINUTES_MOST = 2_880

/**
 * Reads a table of travel times: a first line `from,institution,minutes,by`, then from a village or grid cell (12 digits) to an
 * institution (id or code), whole minutes, by car, bus, walk or ambulance. Every fault of every line is told.
 */
export const readTravel = (csv: string): TravelFile => {
  const hash = createHash('sha256').update(csv).digest('hex')
  const { rows, open } = csvLines(csv)
  const [head, ...lines] = rows
  const faults: TravelFault[] = []
  if (open !== null) faults.push({ line: open, zh: '引号没有结束', en: 'a quote never ends' })
  if (!head || HEADS.some((name, at) => head.cells[at]?.toLowerCase() !== name)) {
    faults.push({ line: 1, zh: `首行应为 ${HEADS.join(',')}`, en: `the first line must be ${HEADS.join(',')}` })
    return { rows: [], faults, hash }
  }
  const seen = new Map<string, number>()
  const good: WrittenTravel[] = []
  for (const { line, cells } of lines) {
    const [from = '', institution = '', minutes = '', by = ''] = cells
    const wrong = faultsOf(from, institution, minutes, by)
    const key = `${from} ${institution} ${by}`
    const earlier = seen.get(key)
    if (earlier !== undefined) wrong.push({ zh: `与第 ${earlier} 行重复`, en: `the same as line ${earlier}` })
    seen.set(key, line)
    if (wrong.length === 0) good.push({ line, from, institution, minutes: Number(minutes), by: by as TravelMeans })
    else faults.push(...wrong.map((words) => ({ line, ...words })))
  }
  if (good.length === 0 && faults.length === 0) faults.push({ line: 1, zh: '没有数据行', en: 'there are no rows' })
  return { rows: good, faults, hash }
}

const faultsOf = (from: string, institution: string, minutes: string, by: string): Words[] => {
  const wrong: Words[] = []
  if (!/^\d{12}$/.test(from))
    wrong.push({ zh: `from 应为 12 位村或网格代码:${from}`, en: `from must be a village or grid of 12 digits: ${from}` })
  if (institution === '') wrong.push({ zh: '缺少机构', en: 'the institution is missing' })
  if (!/^\d{1,4}$/.test(minutes) || Number(minutes) > MINUTES_MOST)
    wrong.push({
      zh: `minutes 应为 0–${MINUTES_MOST} 的整数:${minutes}`,
      en: `minutes must be whole, 0 to ${MINUTES_MOST}: ${minutes}`,
    })
  if (!(TRAVEL_MEANS as readonly string[]).includes(by))
    wrong.push({ zh: `by 应为 ${TRAVEL_MEANS.join('、')} 之一:${by}`, en: `by must be one of ${TRAVEL_MEANS.join(', ')}: ${by}` })
  return wrong
}
