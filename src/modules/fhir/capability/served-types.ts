import { RESOURCE_TYPES } from '../../health-record/index.ts'

// Parameters are the words of an operation: R4 gives them no address of their own.
const NOT_STORED = new Set(['Parameters'])

/** Types that the store keeps, in alphabetical order: all of R4 but Parameters. */
export const SERVED_TYPES: readonly string[] = [...RESOURCE_TYPES].filter((type) => !NOT_STORED.has(type)).toSorted()
