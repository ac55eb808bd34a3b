import type { Day } from '../kernel/day.ts'

/** How sure a value is: seen in a source, from memory, disputed, or our own proposal. Never shown as law unless `sourced`. */
export const GRADES = ['sourced', 'memory', 'disputed', 'design'] as const
export type Grade = (typeof GRADES)[number]

/** One dated line: in force from a day, until a day when it has ended. */
export type DatedValue = {
  readonly from: Day
  readonly until: Day | null
  readonly basis: string
  readonly grade: Grade
  readonly amounts: Readonly<Record<string, number>>
}

/** One concept of policy: what it says, its unit, and its values through time. */
export type RuleEntry = {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly unit: string
  /** What the amounts differ by, `urgency`; null when there is only one amount, named `value`. */
  readonly by: string | null
  readonly values: readonly DatedValue[]
}

export type Rulebook = { readonly hash: string; readonly entries: ReadonlyMap<string, RuleEntry> }

/** No value is in force: never silently zero. */
export class RuleGap extends Error {
  readonly id: string
  constructor(id: string, day: Day, by: string) {
    super(`No value of ${id} (${by}) is in force on ${day}`)
    this.id = id
  }
}

/** Two values are in force at once: never silently the first. `sources`: what each of them rests on. */
export class RuleConflict extends Error {
  readonly id: string
  readonly sources: readonly string[]
  constructor(id: string, day: Day, by: string, sources: readonly string[] = []) {
    super(`Two values of ${id} (${by}) are in force on ${day}`)
    this.id = id
    this.sources = sources
  }
}

/**
 * The value of a concept on a day, in the unit of its entry.
 * @throws RuleGap when none is in force, RuleConflict when two are.
 */
export const valueOn = (rulebook: Rulebook, id: string, day: Day, by = 'value'): number => lineOn(rulebook, id, day, by).amount

/** A value with the clause that it rests on and how sure that is. */
export type Clause = { readonly amount: number; readonly basis: string; readonly grade: Grade; readonly unit: string }

/** The value together with its clause, for an explanation. */
export const lineOn = (rulebook: Rulebook, id: string, day: Day, by = 'value'): Clause => {
  const entry = rulebook.entries.get(id)
  const lines = (entry?.values ?? []).filter(
    (line) => line.from <= day && (line.until === null || day < line.until) && Object.hasOwn(line.amounts, by),
  )
  const [line, second] = lines
  if (!entry || !line) throw new RuleGap(id, day, by)
  if (second) throw new RuleConflict(id, day, by, [line.basis, second.basis])
  return { amount: line.amounts[by] as number, basis: line.basis, grade: line.grade, unit: entry.unit }
}

/**
 * Every amount of a concept that is in force on a day, by its name: a list whose names are data.
 * @throws RuleGap when none is in force, RuleConflict when a name stands in two lines.
 */
export const amountsOn = (rulebook: Rulebook, id: string, day: Day): Readonly<Record<string, number>> => {
  const names = (rulebook.entries.get(id)?.values ?? []).flatMap((line) =>
    line.from <= day && (line.until === null || day < line.until) ? Object.keys(line.amounts) : [],
  )
  if (names.length === 0) throw new RuleGap(id, day, 'value')
  return Object.fromEntries(names.map((name) => [name, valueOn(rulebook, id, day, name)]))
}
