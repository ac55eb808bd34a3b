import { z } from 'zod'
import type { Words } from '../kernel/words.ts'

/** What the text or number of a field stands for, so that a screen can show its name and let it be picked. */
export const MEANINGS = ['day', 'long-text', 'institution', 'consortium'] as const
export type Meaning = (typeof MEANINGS)[number]

/**
 * What a field is called on screens; of a closed list also what its values are called, of a group or a list of groups what
 * its parts are called.
 */
export type Label = Words & {
  readonly choices?: Readonly<Record<string, Words>>
  readonly parts?: Readonly<Record<string, Label>>
  readonly means?: Meaning
}

export const FIELD_KINDS = ['text', 'number', 'yes-no', 'choice', 'choices', 'texts', 'group', 'list'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]

/** One field of a register as a generic screen needs it: `parts` of a group, and of each row of a list. */
export type Field = {
  readonly name: string
  readonly words: Words
  readonly kind: FieldKind
  readonly means: Meaning | null
  readonly isRequired: boolean
  /** Most characters of a text, null without a bound. */
  readonly lengthMost: number | null
  readonly choices: readonly { readonly value: string; readonly words: Words }[]
  readonly parts: readonly Field[]
}

const unwrapped = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema

const kindOf = (inner: z.ZodType): FieldKind => {
  if (inner instanceof z.ZodNumber) return 'number'
  if (inner instanceof z.ZodBoolean) return 'yes-no'
  if (inner instanceof z.ZodEnum) return 'choice'
  if (inner instanceof z.ZodObject) return 'group'
  if (!(inner instanceof z.ZodArray)) return 'text'
  const element = unwrapped(inner.element as z.ZodType)
  if (element instanceof z.ZodEnum) return 'choices'
  return element instanceof z.ZodObject ? 'list' : 'texts'
}

const fieldOf = (name: string, schema: z.ZodType, label: Label | undefined): Field => {
  const inner = unwrapped(schema)
  const element = inner instanceof z.ZodArray ? unwrapped(inner.element as z.ZodType) : inner
  // A part that nobody has named goes by the name that the interface has for it.
  const { zh, en } = label ?? { zh: name, en: name }
  const values = element instanceof z.ZodEnum ? (element.options as string[]) : []
  return {
    name,
    words: { zh, en },
    kind: kindOf(inner),
    means: label?.means ?? null,
    isRequired: !schema.safeParse(undefined).success,
    lengthMost: element instanceof z.ZodString ? element.maxLength : null,
    choices: values.map((value) => ({ value, words: label?.choices?.[value] ?? { zh: value, en: value } })),
    parts: element instanceof z.ZodObject ? fieldsOf(element, label?.parts ?? NAME_PARTS) : [],
  }
}

// Names of things have these two parts everywhere.
const NAME_PARTS: Readonly<Record<string, Label>> = { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } }

/** The fields of a register's body with their words, in the order of the schema. */
export const fieldsOf = (schema: z.ZodObject, labels: Readonly<Record<string, Label>>): Field[] =>
  Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, of]) => fieldOf(name, of, labels[name]))
