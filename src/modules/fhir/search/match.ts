import type { Resource, SearchParameter, Span } from '../../health-record/index.ts'
import {
  amountsIn,
  halfStepOf,
  plainText,
  pointerOf,
  pointersIn,
  rawValues,
  readings,
  spanOf,
  spansIn,
  textsIn,
  tokensIn,
} from '../../health-record/index.ts'
import { isFhirDateTime } from '../../health-record/index.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { splitValues, unescaped, type Condition } from './parse-search.ts'

/** Whether a resource fulfils a condition. Chains and references to patients are settled before, by whoever searches. */
export type Test = (resource: Resource) => boolean

const PREFIX = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[\d+-])/
const APPROXIMATELY = 0.1

const prefixed = (value: string): { prefix: string; rest: string } => {
  const prefix = PREFIX.exec(value)?.[1] ?? 'eq'
  return { prefix, rest: value.replace(PREFIX, '') }
}

/** Compares the range of what was found with the range of what is asked for, by the rules of R4's prefixes. */
const compares = (prefix: string, found: Span, asked: Span, near: number): boolean => {
  switch (prefix) {
    case 'eq':
      return found.low >= asked.low && found.high <= asked.high
    case 'ne':
      return found.low < asked.low || found.high > asked.high
    case 'gt':
      return found.high > asked.high
    case 'ge':
      return found.high > asked.high || (found.low >= asked.low && found.high <= asked.high) || found.low >= asked.low
    case 'lt':
      return found.low < asked.low
    case 'le':
      return found.low < asked.low || (found.low >= asked.low && found.high <= asked.high) || found.high <= asked.high
    case 'sa':
      return found.low >= asked.high
    case 'eb':
      return found.high <= asked.low
    default:
      return found.low <= asked.high + near && found.high >= asked.low - near
  }
}

const malformed = (name: string): FhirRefusal => new FhirRefusal('fhir.parameter-malformed', { name })

/** The span that a date of a search asks for, with its prefix. */
export const askedSpan = (name: string, value: string, zone: string): { prefix: string; span: Span } => {
  const { prefix, rest } = prefixed(value)
  // A minute without seconds is taken in a search, though not in a resource.
  const whole = /T\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/.test(rest) ? rest.replace(/(T\d\d:\d\d)/, '$1:00') : rest
  const text = /T[\d:.]+$/.test(whole) ? `${whole}Z` : whole.replace(/ (\d\d:\d\d)$/, '+$1')
  if (!isFhirDateTime(text)) throw malformed(name)
  return { prefix, span: spanOf(/T\d\d:\d\d(Z|[+-])/.test(rest) ? text.replace(/:00(?=Z|[+-]\d\d:\d\d$)/, '') : text, zone) }
}

const dateTest = (name: string, value: string, zone: string, now: number): ((found: unknown) => boolean) => {
  const { prefix, span } = askedSpan(name, value, zone)
  const near = Math.abs(now - span.low) * APPROXIMATELY
  return (found) => spansIn(found, zone).some((one) => compares(prefix, one, span, near))
}

const tokenTest = (name: string, value: string, modifier: string | null): ((found: unknown) => boolean) => {
  if (modifier === 'text') {
    const words = plainText(unescaped(value))
    return (found) => tokensIn(found).some(({ text }) => text !== null && plainText(text).includes(words))
  }
  const parts = splitValues(value, '|').map(unescaped)
  if (parts.length > 2) throw malformed(name)
  const [system, code] = parts.length === 1 ? [null, parts[0] as string] : (parts as [string, string])
  return (found) =>
    tokensIn(found).some((one) => {
      const isSystem = system === null || (system === '' ? one.system === null : one.system === system)
      // Codes of required bindings come without their system; whoever names it means them.
      return (
        (isSystem || (system !== '' && one.system === null && typeof found === 'string')) && (code === '' || one.code === code)
      )
    })
}

const stringTest = (value: string, modifier: string | null): ((found: unknown) => boolean) => {
  const asked = unescaped(value)
  if (modifier === 'exact') return (found) => textsIn(found).includes(asked)
  const plain = plainText(asked)
  if (modifier === 'contains') return (found) => textsIn(found).some((text) => plainText(text).includes(plain))
  return (found) =>
    textsIn(found).some((text) => readings(text).some((one) => one.startsWith(plain) || one.includes(` ${plain}`)))
}

const referenceTest = (value: string, modifier: string | null): ((found: unknown) => boolean) => {
  if (modifier === 'identifier') {
    const is = tokenTest('identifier', value, null)
    return (found) =>
      pointersIn(found).some(({ identifier }) => identifier !== null && is({ system: identifier.system, value: identifier.code }))
  }
  const asked = pointerOf(unescaped(value))
  return (found) =>
    pointersIn(found).some(
      ({ type, id, whole }) =>
        whole === asked.whole || (id === asked.id && (asked.type === null || type === null || type === asked.type)),
    )
}

const amountTest = (name: string, value: string): ((found: unknown) => boolean) => {
  const [number = '', system = '', code = '', ...more] = splitValues(value, '|').map(unescaped)
  const { prefix, rest } = prefixed(number)
  const middle = Number(rest)
  if (!/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(rest) || !Number.isFinite(middle) || more.length > 0) throw malformed(name)
  const half = halfStepOf(rest)
  const isWide = prefix === 'eq' || prefix === 'ne'
  const span = isWide ? { low: middle - half, high: middle + half } : { low: middle, high: middle }
  const near = Math.abs(middle) * APPROXIMATELY
  return (found) =>
    amountsIn(found).some((one) => {
      if (system !== '' && one.system !== system) return false
      if (code !== '' && !one.codes.includes(code)) return false
      return comparesNumbers(prefix, one, span, near)
    })
}

/** Numbers are points: greater than 5 begins behind 5. */
const comparesNumbers = (prefix: string, found: Span, asked: Span, near: number): boolean => {
  switch (prefix) {
    case 'eq':
      return found.low >= asked.low && found.high < asked.high
    case 'ne':
      return !(found.low >= asked.low && found.high < asked.high)
    case 'gt':
    case 'sa':
      return prefix === 'sa' ? found.low > asked.high : found.high > asked.high
    case 'ge':
      return found.high >= asked.low
    case 'lt':
    case 'eb':
      return prefix === 'eb' ? found.high < asked.low : found.low < asked.low
    case 'le':
      return found.low <= asked.high
    default:
      return found.low <= asked.high + near && found.high >= asked.low - near
  }
}

const uriTest = (value: string, modifier: string | null): ((found: unknown) => boolean) => {
  const asked = unescaped(value)
  if (modifier === 'below') return (found) => typeof found === 'string' && found.startsWith(asked)
  if (modifier === 'above') return (found) => typeof found === 'string' && asked.startsWith(found)
  return (found) => found === asked || (typeof found === 'string' && found.split('|')[0] === asked)
}

const valueTest = (
  of: SearchParameter,
  value: string,
  modifier: string | null,
  zone: string,
  now: number,
): ((found: unknown) => boolean) => {
  switch (of.type) {
    case 'date':
      return dateTest(of.name, value, zone, now)
    case 'token':
      return tokenTest(of.name, value, modifier)
    case 'string':
      return stringTest(value, modifier)
    case 'reference':
      return referenceTest(value, modifier)
    case 'quantity':
    case 'number':
      return amountTest(of.name, value)
    default:
      return uriTest(value, modifier)
  }
}

/** A composite, `code$value`: both parts hold of one and the same element. */
const compositeTest = (
  of: SearchParameter,
  value: string,
  parts: readonly SearchParameter[],
  zone: string,
  now: number,
): Test => {
  const values = splitValues(value, '$')
  if (values.length !== of.parts.length) throw malformed(of.name)
  const tests = of.parts.map(({ paths }, at) => ({
    paths,
    is: valueTest(parts[at] as SearchParameter, values[at] as string, null, zone, now),
  }))
  return (resource) => {
    const roots = of.paths.some((path) => path.length > 0) ? rawValues(resource, of.paths) : [resource]
    return roots.some((root) => tests.every(({ paths, is }) => rawValues(root, paths).some(is)))
  }
}

/** The test of a condition; `partsOf` finds the parameters of a composite's parts. */
export const testOf = (
  condition: Condition,
  zone: string,
  now: number,
  partsOf: (of: SearchParameter) => readonly SearchParameter[] | null,
): Test => {
  const { parameter, modifier, values } = condition
  if (modifier === 'missing') return (resource) => (rawValues(resource, parameter.paths).length === 0) === (values[0] === 'true')
  if (parameter.type === 'composite') {
    const parts = partsOf(parameter)
    if (!parts) throw malformed(parameter.name)
    const tests = values.map((value) => compositeTest(parameter, value, parts, zone, now))
    return (resource) => tests.some((is) => is(resource))
  }
  const tests = values.map((value) => valueTest(parameter, value, modifier, zone, now))
  const any: Test = (resource) => rawValues(resource, parameter.paths).some((found) => tests.some((is) => is(found)))
  return modifier === 'not' ? (resource) => !any(resource) : any
}
