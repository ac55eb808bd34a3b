import type { Day } from '../../kernel/day.ts'
import { findingsOf, gradesOf, type Finding } from '../../shapes/rulebook-check.ts'
import type { Grade } from '../../shapes/rulebook.ts'
import { areaLines } from './area-lines.ts'
import { nationalLines } from './national-lines.ts'

/** What `jieli rulebook check` tells of a rulebook. */
export type RulebookCheck = {
  readonly day: Day
  readonly files: number
  readonly values: number
  readonly grades: Readonly<Partial<Record<Grade, number>>>
  readonly findings: readonly Finding[]
}

const yearsBefore = (day: Day, years: number): Day => Temporal.PlainDate.from(day).subtract({ years }).toString() as Day

/** Reads a rulebook, national part and areas, and tells what is wrong with it on a day. */
export const checkRulebook = async (folder: string, day: Day, years: number): Promise<RulebookCheck> => {
  const parts = await Promise.all([nationalLines(folder), areaLines(folder)])
  const lines = parts.flatMap((part) => part.lines)
  return {
    day,
    files: parts.reduce((sum, part) => sum + part.files, 0),
    values: lines.length,
    grades: gradesOf(lines),
    findings: [...parts.flatMap((part) => part.findings), ...findingsOf(lines, day, yearsBefore(day, years))],
  }
}
