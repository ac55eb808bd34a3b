import type { Queries } from '../../api/api-types.ts'

type Kept = Queries['health-record.timeline']['answer']['entries'][number]
/** A line of the record, or a referral beside it. */
export type Entry = Omit<Kept, 'kind'> & { kind: Kept['kind'] | 'referral' }
/** A line as it is drawn: one thing, or all results of a day as one. */
export type Line = { key: string; entry: Entry } | { key: string; results: Entry[] }
export type DayGroup = { day: string | null; lines: Line[] }

const dayForm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** Lines by day, in their order; results of one day fold into one line, where the first of them stands. */
export const dayGroups = (entries: readonly Entry[]): DayGroup[] => {
  const groups: DayGroup[] = []
  for (const entry of entries) {
    const day = entry.at === null ? null : dayForm.format(Date.parse(entry.at))
    let group = groups.at(-1)
    if (group === undefined || group.day !== day) groups.push((group = { day, lines: [] }))
    const folded = group.lines.find((line) => 'results' in line)
    if (entry.kind !== 'result') group.lines.push({ key: entry.id, entry })
    else if (folded && 'results' in folded) folded.results.push(entry)
    else group.lines.push({ key: entry.id, results: [entry] })
  }
  return groups
}
