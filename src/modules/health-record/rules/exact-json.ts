import { parseStrictJson } from '../../../platform/http/strict-json.ts'

type Exact = typeof JSON & { readonly rawJSON: (text: string) => unknown }
type WithSource = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown
const parseWith = JSON.parse as (text: string, reviver: WithSource) => unknown

// Only these come back from a plain parse with other digits than they had: a decimal that ends in 0, one with an exponent,
// and one longer than a double can hold. They are looked for where a value can stand, so that dates and ids do not count.
const LOSES_DIGITS = /[:[,\s]-?\d+(?:\.\d*0(?=[\s,}\]])|\.?\d*[eE]|\.\d{15,})/

/**
 * Parses JSON so that writing it again gives every number the digits that it came with: 1.50 stays 1.50.
 * Numbers are opaque in the answer; read them from an ordinary parse.
 */
export const parseExact = (text: string): unknown =>
  LOSES_DIGITS.test(text) ? parseDigits(text) : JSON.parse(text)

const parseDigits = (text: string): unknown =>
  parseWith(text, (_key, value, context) =>
    typeof value === 'number' && context.source ? (JSON as Exact).rawJSON(context.source) : value,
  )

const STRING_OR_DECIMAL = /"(?:[^"\\]|\\.)*"|-?\d+\.\d+/g
const DECIMAL_DIGITS_MOST = 15

/** A decimal with as many digits as a check of the rest can take; the whole part is never cut. */
const shortened = (token: string): string => {
  if (token.startsWith('"') || token.length <= DECIMAL_DIGITS_MOST) return token
  const [whole, part] = token.split('.') as [string, string]
  return `${whole}.${part.slice(0, Math.max(1, DECIMAL_DIGITS_MOST - whole.length))}`
}

/**
 * Parses one FHIR text as strictly as the API does, but lets decimals have any number of digits: the text itself is kept,
 * so they are not lost. Numbers of the answer are for reading only.
 * @throws UnreadableJson saying what is wrong.
 */
export const parseFhirJson = (text: string): unknown => {
  parseStrictJson(text.replace(STRING_OR_DECIMAL, shortened))
  return JSON.parse(text)
}
