import { fieldsOf, isFhirDateTime, listOf, textOf } from '../rules/fhir-reading.ts'
import { valuesAt, type Path } from './paths.ts'
import { spanOf, type Span } from './spans.ts'

/** A code with its system; both null-safe: a boolean or a plain code has none. */
export type Token = { readonly system: string | null; readonly code: string; readonly text: string | null }
/** Where a reference leads: `Type/id`, or only an id where the type is not said, or a whole address. */
export type Pointer = {
  readonly type: string | null
  readonly id: string
  readonly whole: string
  readonly identifier: Token | null
}
/** A measured amount as a range: a value with its digits stands for what rounds to it. */
export type Amount = {
  readonly low: number
  readonly high: number
  readonly system: string | null
  readonly codes: readonly string[]
}

/** All raw values of a parameter, from all of its alternatives. */
export const rawValues = (resource: unknown, paths: readonly Path[]): unknown[] => {
  if (paths.length === 1) return valuesAt(resource, paths[0] as Path)
  return paths.flatMap((path) => valuesAt(resource, path))
}

/** Tokens of a value: of a code, Coding, CodeableConcept, Identifier, ContactPoint or boolean. */
export const tokensIn = (value: unknown): Token[] => {
  if (typeof value === 'string') return [{ system: null, code: value, text: null }]
  if (typeof value === 'boolean' || typeof value === 'number') return [{ system: null, code: String(value), text: null }]
  const fields = fieldsOf(value)
  const { coding, code, value: number, system, display, text } = fields
  if (coding !== undefined || (code === undefined && number === undefined && text !== undefined)) {
    const words = textOf(text)
    const codings = listOf(coding).flatMap(tokensIn)
    return codings.length > 0
      ? codings.map((one) => ({ ...one, text: one.text ?? words }))
      : words
        ? [{ system: null, code: '', text: words }]
        : []
  }
  const plain = typeof code === 'string' ? code : typeof number === 'string' ? number : null
  return plain === null
    ? []
    : [{ system: textOf(system), code: plain, text: textOf(display) ?? textOf(fieldsOf(fields['type'])['text']) }]
}

const LOCAL = /^(?:(.*)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/

/** Reads the text of a reference. */
export const pointerOf = (reference: string): Omit<Pointer, 'identifier'> => {
  const local = LOCAL.exec(reference)
  if (local) return { type: local[2] as string, id: local[3] as string, whole: reference }
  if (reference.startsWith('urn:uuid:')) return { type: null, id: reference.slice('urn:uuid:'.length), whole: reference }
  return { type: null, id: reference, whole: reference }
}

/** Where a value leads: a Reference, or a canonical address as a text. */
export const pointersIn = (value: unknown): Pointer[] => {
  if (typeof value === 'string') return [{ ...pointerOf(value.split('|')[0] as string), whole: value, identifier: null }]
  const { reference, identifier, type } = fieldsOf(value)
  const named = identifier ? (tokensIn(identifier)[0] ?? null) : null
  const written = textOf(reference)
  if (written === null) return named ? [{ type: textOf(type), id: '', whole: '', identifier: named }] : []
  if (written.startsWith('#')) return []
  return [{ ...pointerOf(written), identifier: named }]
}

// What of a name or an address is searched by; the period and the kind of use are not.
const WORDS = ['text', 'family', 'given', 'prefix', 'suffix', 'line', 'city', 'district', 'state', 'postalCode', 'country']

/** Texts of a value: of a string, a HumanName, an Address, or a concept's words. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  const fields = fieldsOf(value)
  const found = WORDS.flatMap((name) => [fields[name]].flat()).filter((one): one is string => typeof one === 'string')
  if (found.length > 0) return found
  return tokensIn(value).flatMap(({ text }) => text ?? [])
}

/** Spans of time of a value: of a date, a moment, a Period, or a Timing. An open end reaches for ever. */
export const spansIn = (value: unknown, zone: string): Span[] => {
  if (typeof value === 'string') return isFhirDateTime(value) ? [spanOf(value, zone)] : []
  const { start, end, event, repeat } = fieldsOf(value)
  if (event !== undefined || repeat !== undefined)
    return [...listOf(event).flatMap((one) => spansIn(one, zone)), ...spansIn(fieldsOf(repeat)['boundsPeriod'], zone)]
  const [from] = spansIn(start ?? '', zone)
  const [to] = spansIn(end ?? '', zone)
  return from || to ? [{ low: from?.low ?? -Infinity, high: to?.high ?? Infinity }] : []
}

/** Half of the last digit that was given: 5.40 stands for 5.395 to 5.405. */
export const halfStepOf = (digits: string): number => {
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e')
  const places = mantissa.split('.')[1]?.length ?? 0
  return 0.5 * 10 ** (Number(exponent) - places)
}

/** Amounts of a value: of a Quantity, an Age, Money, a Range, or a plain number. */
export const amountsIn = (value: unknown): Amount[] => {
  if (typeof value === 'number') return [{ low: value, high: value, system: null, codes: [] }]
  const fields = fieldsOf(value)
  const { value: number, system, code, unit, currency, low, high } = fields
  const codes = [code, unit, currency].flatMap((one) => textOf(one) ?? [])
  if (typeof number === 'number') return [{ low: number, high: number, system: textOf(system), codes }]
  const [from] = amountsIn(low ?? null)
  const [to] = amountsIn(high ?? null)
  if (!from && !to) return []
  const named = from ?? (to as Amount)
  return [{ low: from?.low ?? -Infinity, high: to?.high ?? Infinity, system: named.system, codes: named.codes }]
}
