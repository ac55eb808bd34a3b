import type { Day } from '../../kernel/day.ts'
import { findingsOf, gradesOf, type Finding } from '../../shapes/rulebook-check.ts'
import type { Grade } from '../../shapes/rulebook.ts'
import { areaLines } from './area-lines.ts'
import { careListLines } from './care-list-lines.ts'
import { nationalLines } from './national-lines.ts'
import { isAt, placeCounts, placeOf, type PlaceCount } from './places.ts'

/** What `jieli rulebook check` tells of a rulebook, or of a part of it. */
export type RulebookCheck = {
  readonly day: Day
  readonly files: number
  readonly values: number
  readonly grades: Readonly<Partial<Record<Grade, number>>>
  readonly faults: number
  /** What was found where; places without a finding are left out. */
  readonly places: readonly PlaceCount[]
  readonly findings: readonly Finding[]
}

const yearsBefore = (day: Day, years: number): Day => Temporal.PlainDate.from(day).subtract({ years }).toString() as Day

/**
 * Reads a rulebook, national part and areas, and tells what is wrong with it on a day; of one area or module alone when `area` says
 * so, and null when there is no such one.
 */
export const checkRulebook = async (folder: string, day: Day, years: number, area?: string): Promise<RulebookCheck | null> => {
  const parts = await Promise.all([nationalLines(folder), areaLines(folder), careListLines(folder)])
  const isAsked = ({ file }: { readonly file: string }): boolean => area === undefined || isAt(placeOf(file), area)
  const lines = parts.flatMap((part) => part.lines).filter(isAsked)
  const findings = [...parts.flatMap((part) => part.findings).filter(isAsked), ...findingsOf(lines, day, yearsBefore(day, years))]
  const files = new Set([...lines, ...findings].map(({ file }) => file))
  if (area !== undefined && files.size === 0) return null
  return {
    day,
    files: area === undefined ? parts.reduce((sum, part) => sum + part.files, 0) : files.size,
    values: lines.length,
    grades: gradesOf(lines),
    faults: findings.filter(({ weight }) => weight === 'fault').length,
    places: placeCounts(findings),
    findings,
  }
}
