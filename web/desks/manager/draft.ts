import type { Body, Field } from './registers.ts'

/** What stands in a form while it is typed: texts, also of numbers; lists of rows; yes or no. */
export type Draft = { [name: string]: unknown }

const emptyOf = (field: Field): unknown => {
  switch (field.kind) {
    case 'yes-no':
      return false
    case 'choices':
    case 'texts':
      return []
    case 'group':
      return emptyDraft(field.parts)
    case 'list':
      return field.isRequired ? [emptyDraft(field.parts)] : []
    case 'text':
    case 'number':
    case 'choice':
      return ''
  }
}

/** A form with nothing typed. */
export const emptyDraft = (fields: readonly Field[]): Draft =>
  Object.fromEntries(fields.map((field) => [field.name, emptyOf(field)]))

const draftValue = (field: Field, value: unknown): unknown => {
  if (value === null || value === undefined) return emptyOf(field)
  if (field.kind === 'group') return draftOf(field.parts, value as Body)
  if (field.kind === 'list') return (value as Body[]).map((row) => draftOf(field.parts, row))
  return field.kind === 'number' ? String(value) : value
}

/** A form filled with a text that stands. */
export const draftOf = (fields: readonly Field[], body: Body): Draft =>
  Object.fromEntries(fields.map((field) => [field.name, draftValue(field, body[field.name])]))

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || (typeof value === 'object' && value !== null && Object.values(value).every(isEmpty))

const valueOf = (field: Field, value: unknown): unknown => {
  if (field.kind === 'group') {
    const body = bodyOf(field.parts, value as Draft)
    return isEmpty(body) && !field.isRequired ? undefined : body
  }
  if (field.kind === 'list') return (value as Draft[]).map((row) => bodyOf(field.parts, row))
  if (field.kind === 'texts') return (value as string[]).map((line) => line.trim()).filter((line) => line !== '')
  if (value === '') return undefined
  // A number that cannot be read stays a text, and the server names the field.
  if (field.kind === 'number') return Number.isFinite(Number(value)) ? Number(value) : value
  return value
}

/** The text that a form stands for; what was left empty is left out. */
export const bodyOf = (fields: readonly Field[], draft: Draft): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const value = valueOf(field, draft[field.name])
      return value === undefined ? [] : [[field.name, value]]
    }),
  )

/** Fields that must be filled and are not, by path. */
export const missingIn = (fields: readonly Field[], draft: Draft, path = ''): string[] =>
  fields.flatMap((field) => {
    const at = `${path}${field.name}`
    const value = draft[field.name]
    if (field.kind === 'group') return field.isRequired || !isEmpty(value) ? missingIn(field.parts, value as Draft, `${at}.`) : []
    if (field.kind === 'list') return (value as Draft[]).flatMap((row, index) => missingIn(field.parts, row, `${at}.${index}.`))
    return field.isRequired && (value === '' || (Array.isArray(value) && value.length === 0)) ? [at] : []
  })
