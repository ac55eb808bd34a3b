import { z } from 'zod'
import { textFault } from './strict-json.ts'

/** One field that does not fit: where, and what to do, in both languages. */
export type FieldFault = { path: string; zh: string; en: string }

const ZH_TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  boolean: '是或否',
  object: '一组字段',
  array: '列表',
  int: '整数',
  undefined: '空',
}

const faultOf = (issue: z.core.$ZodIssue): { zh: string; en: string } => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { zh: '必填。', en: 'Required.' }
        : { zh: `应为${ZH_TYPES[issue.expected] ?? issue.expected}。`, en: `Expected ${issue.expected}.` }
    case 'too_small':
      return issue.origin === 'string'
        ? {
            zh: issue.minimum === 1 ? '不能为空。' : `至少 ${issue.minimum} 个字。`,
            en: `At least ${issue.minimum} character(s).`,
          }
        : { zh: `不能小于 ${issue.minimum}。`, en: `At least ${issue.minimum}.` }
    case 'too_big':
      return issue.origin === 'string'
        ? { zh: `最多 ${issue.maximum} 个字。`, en: `At most ${issue.maximum} characters.` }
        : { zh: `不能大于 ${issue.maximum}。`, en: `At most ${issue.maximum}.` }
    case 'invalid_value':
      return { zh: `应为其中之一:${issue.values.join('、')}。`, en: `One of: ${issue.values.join(', ')}.` }
    case 'unrecognized_keys':
      return { zh: `没有这些字段:${issue.keys.join('、')}。`, en: `No such fields: ${issue.keys.join(', ')}.` }
    case 'custom':
      return bothOf(issue.message)
    case 'invalid_format':
      return bothOf(issue.message)
    default:
      return { zh: '不是可用的取值,请按接口说明更正。', en: `${issue.message}.` }
  }
}

// Our own checks write their message as "中文|English".
const bothOf = (message: string): { zh: string; en: string } => {
  const [zh, en] = message.split('|')
  return en ? { zh: zh as string, en } : { zh: `格式不符合要求(${message})。`, en: `${message}.` }
}

/** Checks an input against its schema: the value, or every field that does not fit. */
export const checkInput = (
  schema: z.ZodType,
  value: unknown,
): { ok: true; value: unknown } | { ok: false; fields: FieldFault[] } => {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    fields: parsed.error.issues.map((issue) => ({ path: issue.path.join('.') || '(body)', ...faultOf(issue) })),
  }
}

/**
 * Turns the texts of a query string into what the schema asks for. Nothing is guessed: a number is a plain decimal, a
 * boolean is `true` or `false`, a list is the same name repeated; whatever else stays a text, and the schema refuses it.
 */
export const inputOfQuery = (schema: z.ZodType, params: Readonly<Record<string, string | string[]>>): Record<string, unknown> => {
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {}
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, valueFor(shape[name], value)]))
}

const valueFor = (schema: z.ZodType | undefined, value: string | string[]): unknown => {
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodArray) return [value].flat().map((one) => valueFor(inner.element as z.ZodType, one))
  if (typeof value !== 'string') return value
  if (textFault(value)) return null
  if (inner instanceof z.ZodNumber && /^-?\d{1,15}(\.\d{1,10})?$/.test(value)) return Number(value)
  if (inner instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

const unwrapped = (schema: z.ZodType | undefined): z.ZodType | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema
