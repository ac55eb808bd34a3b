import type { Saved } from '../../modules/health-record/index.ts'
import { sentencesOf, type LineRefusal, type LineRefusalCode } from './line-refusals.ts'
import type { Place } from './read-resources.ts'

/** How many resources of a type were read, and what became of them; the last four add up to the first. */
export type Count = { read: number; new: number; changed: number; unchanged: number; refused: number }

/** A line that was not taken: where it stands and why. */
export type RefusedLine = Place & { readonly code: LineRefusalCode; readonly zh: string; readonly en: string }

export type ImportSummary = {
  readonly counts: Readonly<Record<string, Count>>
  readonly total: Count
  readonly refused: readonly RefusedLine[]
  readonly files: number
  readonly milliseconds: number
}

export type Tally = {
  readonly saved: (type: string, saved: Exclude<Saved, 'changed-person'>) => void
  readonly refuse: (type: string, place: Place, refusal: LineRefusal) => void
  readonly summary: (files: number, milliseconds: number) => ImportSummary
}

const none = (): Count => ({ read: 0, new: 0, changed: 0, unchanged: 0, refused: 0 })

/** Counts a load. Nothing that was read is left out: it is new, changed, unchanged, or refused with its reason. */
export const openTally = (): Tally => {
  const counts = new Map<string, Count>()
  const refused: RefusedLine[] = []
  const add = (type: string, what: Exclude<keyof Count, 'read'>): void => {
    const count = counts.get(type) ?? none()
    counts.set(type, count)
    count.read += 1
    count[what] += 1
  }
  return {
    saved: add,
    refuse: (type, place, refusal) => {
      add(type, 'refused')
      refused.push({ ...place, code: refusal.code, ...sentencesOf(refusal) })
    },
    summary: (files, milliseconds) => {
      const total = none()
      for (const count of counts.values()) for (const key of Object.keys(total) as (keyof Count)[]) total[key] += count[key]
      const sorted = [...counts].sort(([one], [other]) => one.localeCompare(other))
      refused.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || (a.entry ?? 0) - (b.entry ?? 0))
      return { counts: Object.fromEntries(sorted), total, refused, files, milliseconds }
    },
  }
}
