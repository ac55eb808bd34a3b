import { createRequire } from 'node:module'
import { definitions } from './definitions.ts'
import type { Fields } from './walking.ts'

type Core = typeof import('@medplum/core')
type Parsed = ReturnType<Core['parseFhirPath']>

// Loaded at the first constraint that needs it: most bodies never do.
const require = createRequire(import.meta.url)
let core: Core | null = null

const parsed = new Map<string, Parsed | null>()

// They ask for what is outside of the resource, or use words that the evaluator does not know.
const BEYOND = /resolve\(|%context|htmlChecks|memberOf|children\(|descendants\(/

const parse = (key: string): Parsed | null => {
  const known = parsed.get(key)
  if (known !== undefined) return known
  const expression = definitions().constraints[key] ?? ''
  core ??= require('@medplum/core') as Core
  const tree = BEYOND.test(expression) ? null : core.parseFhirPath(expression)
  parsed.set(key, tree)
  return tree
}

/** Whether the FHIRPath of a constraint holds; what cannot be evaluated holds nobody up. */
export const holdsByPath = (key: string, element: Fields, root: Fields): boolean => {
  const tree = parse(key)
  if (!tree || !core) return true
  try {
    const { toTypedValue, evalFhirPathTyped } = core
    const whole = toTypedValue(root)
    const found = evalFhirPathTyped(tree as unknown as string, [toTypedValue(element)], {
      '%resource': whole,
      '%rootResource': whole,
      '%ucum': toTypedValue('http://unitsofmeasure.org'),
    })
    return found.length === 0 || found[0]?.value !== false
  } catch {
    return true
  }
}
