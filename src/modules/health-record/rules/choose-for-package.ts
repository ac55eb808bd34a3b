import type { Instant } from '../../../kernel/clock.ts'
import { ACTIVE_ALLERGY, ACTIVE_MEDICINE, ACTIVE_PROBLEM, VOID_STATES } from './summarise.ts'

/** The index row of a stored resource, without its body. */
export type IndexRow = {
  readonly id: string
  readonly type: string
  readonly codeSystem: string | null
  readonly code: string | null
  readonly status: string | null
  readonly effectiveAt: Instant | null
}

/** The sections of a package, and which resources each holds, newest first. */
export type Chosen = {
  readonly problems: readonly string[]
  readonly medicines: readonly string[]
  readonly allergies: readonly string[]
  readonly observations: readonly string[]
  readonly reports: readonly string[]
}

const newestFirst = (one: IndexRow, other: IndexRow): number =>
  (other.effectiveAt ?? '').localeCompare(one.effectiveAt ?? '') || one.id.localeCompare(other.id)

/**
 * What of a record travels with a case: active problems, medicines and allergies whatever their age; of measurements at
 * most `perCode` of each kind, the newest, none older than `since`; reports since the same day.
 */
export const chooseForPackage = (rows: readonly IndexRow[], limits: { since: Instant; perCode: number }): Chosen => {
  const said = rows.filter(({ status }) => !VOID_STATES.includes(status ?? '')).sort(newestFirst)
  const of = (types: readonly string[], fits: (row: IndexRow) => boolean): string[] =>
    said.filter((row) => types.includes(row.type) && fits(row)).map(({ id }) => id)
  const isRecent = ({ effectiveAt }: IndexRow): boolean => effectiveAt !== null && effectiveAt >= limits.since
  const taken = new Map<string, number>()
  const isAmongNewest = ({ codeSystem, code, id }: IndexRow): boolean => {
    const key = code === null ? id : `${codeSystem}|${code}`
    const count = (taken.get(key) ?? 0) + 1
    taken.set(key, count)
    return count <= limits.perCode
  }
  return {
    problems: of(['Condition'], ({ status }) => ACTIVE_PROBLEM.includes(status)),
    medicines: of(['MedicationRequest', 'MedicationStatement'], ({ status }) => ACTIVE_MEDICINE.includes(status)),
    allergies: of(['AllergyIntolerance'], ({ status }) => ACTIVE_ALLERGY.includes(status)),
    observations: of(['Observation'], (row) => isRecent(row) && isAmongNewest(row)),
    reports: of(['DiagnosticReport'], isRecent),
  }
}
