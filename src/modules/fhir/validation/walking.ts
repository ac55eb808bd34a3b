import type { Findings } from './issues.ts'

/** A JSON object. */
export type Fields = Record<string, unknown>

/** What one walk over a resource knows. */
export type Walk = {
  readonly findings: Findings
  /** The resource whose contained ones references with `#` lead to. */
  readonly root: Fields
  readonly depth: number
}

/** Whether a constraint of the definitions holds for an element. */
export type Holds = (element: Fields, root: Fields) => boolean

/** Whether a value is a JSON object; a number of an exact parse, which has no prototype, is none. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) !== null
