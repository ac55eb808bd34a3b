import { guomi } from './guomi.ts'
import { international } from './international.ts'
import type { Suite, SuiteName } from './suite.ts'

const SUITES: Readonly<Record<SuiteName, Suite>> = { international, guomi }

/** The algorithms of a suite. */
export const suiteOf = (name: SuiteName): Suite => SUITES[name]
