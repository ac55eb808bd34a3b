import { fieldsOf } from '../rules/fhir-reading.ts'

/** One alternative of a parameter's expression: element by element, with what must hold on the way. */
export type Path = readonly Step[]
export type Step = {
  readonly element: string
  /** An element that may stand under several names, `value[x]`: all of them, or that of one type. */
  readonly ofType: string | null
  /** Only those whose element has this value: `telecom.where(system='phone')`. */
  readonly where: { readonly element: string; readonly value: string } | null
  /** Only references to this type: `.where(resolve() is Patient)`. */
  readonly resolves: string | null
  /** Whether it is there and not false. */
  readonly exists: boolean
}

const NONE = { ofType: null, where: null, resolves: null, exists: false } as const

/**
 * Reads the expression of a search parameter: the small part of FHIRPath that R4's own parameters use. Alternatives that
 * begin with another type than `type` are left out; an empty type means that paths begin below their parameter.
 */
export const compilePath = (expression: string, type: string): Path[] =>
  expression.split('|').flatMap((alternative) => {
    const text = alternative
      .trim()
      .replace(/^\((.*)\)$/, '$1')
      .trim()
    const [first] = text.split('.') as [string]
    if (type !== '' && ![type, 'Resource', 'DomainResource'].includes(first)) return []
    const rest = type === '' ? text : text.slice(first.length + 1)
    return rest === '' ? [] : [stepsOf(rest)]
  })

const DECEASED = /^(\w+)\.exists\(\) and .*$/
// An element, or a function with what stands between its brackets.
const PART = /(\w+)(\((?:[^()]|\([^()]*\))*\))?(?:\[\d+\])?/g

const stepsOf = (text: string): Path => {
  const deceased = DECEASED.exec(text)
  if (deceased) return [{ ...NONE, element: deceased[1] as string, exists: true }]
  const [plain, cast] = text.split(/\s+as\s+/) as [string, string | undefined]
  const steps: Step[] = []
  for (const [, name, brackets] of plain.matchAll(PART)) {
    const last = steps.at(-1)
    if (brackets === undefined) steps.push({ ...NONE, element: name as string })
    else if (last) steps[steps.length - 1] = narrowed(last, name as string, brackets.slice(1, -1))
  }
  const last = steps.at(-1)
  if (cast && last) steps[steps.length - 1] = { ...last, ofType: cast.replaceAll(')', '') }
  return steps.filter(({ element }) => element !== '$this')
}

const narrowed = (step: Step, name: string, inside: string): Step => {
  if (name === 'ofType' || name === 'as') return { ...step, ofType: inside }
  const resolves = /resolve\(\) is (\w+)/.exec(inside)
  if (resolves) return { ...step, resolves: resolves[1] as string }
  const where = /^(\w+)\s*=\s*'([^']*)'$/.exec(inside)
  return where ? { ...step, where: { element: where[1] as string, value: where[2] as string } } : step
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const leadsTo = (value: unknown, type: string): boolean => {
  const { reference, type: said } = fieldsOf(value)
  return said === type || (typeof reference === 'string' && new RegExp(`(^|/)${type}/[^/]+(/_history/[^/]+)?$`).test(reference))
}

// Elements of R4 that stand under the name of their type, `value[x]`, and that parameters ask for without saying which.
const CHOICES = new Set(
  `value effective onset abatement deceased medication occurrence performed multipleBirth product timing due start serviced scheduled
  chosen item identified source target content allowed collected age born reported reason entity detail diagnosis location created
  asNeeded rate dose subject topic`.split(/\s+/),
)

/** Whether an element of R4 stands under the name of its type, `value[x]`. */
export const isChoice = (element: string): boolean => CHOICES.has(element)

/** What a step finds in a value: the element itself or, of an element with several types, whichever is there. */
const taken = (from: object, { element, ofType, where, resolves, exists }: Step, into: unknown[]): void => {
  const fields = from as { [name: string]: unknown }
  let found = ofType === null ? fields[element] : (fields[element + upperFirst(ofType)] ?? fields[element])
  if (found === undefined && ofType === null && CHOICES.has(element)) {
    for (const key in fields)
      if (key.startsWith(element) && key.length > element.length && isUpper(key.charCodeAt(element.length))) {
        found = fields[key]
        break
      }
  }
  if (exists) return void into.push(found !== undefined && found !== false)
  if (found === undefined || found === null) return
  for (const one of Array.isArray(found) ? found : [found]) {
    if (where && fieldsOf(one)[where.element] !== where.value) continue
    if (resolves && !leadsTo(one, resolves)) continue
    into.push(one)
  }
}

const [A, Z] = [65, 90]
const isUpper = (code: number): boolean => code >= A && code <= Z

/** Every value that a path leads to, in the order of the resource. */
export const valuesAt = (resource: unknown, path: Path): unknown[] => {
  let values: unknown[] = [resource]
  for (const step of path) {
    const next: unknown[] = []
    for (const value of values) if (typeof value === 'object' && value !== null) taken(value, step, next)
    values = next
  }
  return values
}
