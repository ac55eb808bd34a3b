import { CLINICAL } from './invariants-clinical.ts'
import { GENERAL } from './invariants-general.ts'
import { holdsByPath } from './invariants-by-path.ts'
import type { Fields, Holds, Walk } from './walking.ts'

const WRITTEN: Readonly<Record<string, Holds>> = { ...GENERAL, ...CLINICAL }

const named = (key: string): string => key.split('@')[0] as string

/**
 * Checks constraints of the definitions by their keys. Those of the types that are written often are plain functions; the
 * rest is evaluated from the FHIRPath of the definitions.
 */
export const checkConstraints = (element: Fields, keys: readonly string[], path: string, walk: Walk): void => {
  for (const key of keys) {
    const holds = WRITTEN[key]
    if (holds ? holds(element, walk.root) : holdsByPath(key, element, walk.root)) continue
    walk.findings.error('invariant', path, `不符合约束 ${named(key)}。`, `The constraint ${named(key)} of FHIR R4 does not hold.`)
  }
}
