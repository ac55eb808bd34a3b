import { searchParametersOf, RESOURCE_TYPES, type SearchParameter } from '../../health-record/index.ts'
import { FhirRefusal } from '../server/refusal.ts'

/** One condition of a search: any of its values must hold; conditions of a search must all hold. */
export type Condition = {
  readonly parameter: SearchParameter
  readonly modifier: string | null
  readonly values: readonly string[]
  /** Of a chain, `subject:Patient.name=`: the condition is one of what the reference leads to. */
  readonly chain: { readonly types: readonly string[]; readonly name: string } | null
}
/** `_has:Observation:patient:code=…`: another resource refers to it and fulfils the condition. */
export type Backward = { readonly type: string; readonly reference: string; readonly name: string; readonly value: string }
export type Include = {
  readonly type: string
  readonly parameter: string
  readonly target: string | null
  readonly iterates: boolean
}
export type SortKey = { readonly name: string; readonly isDown: boolean; readonly parameter: SearchParameter | null }

/** A search as it was understood; `unknown` are names that this server does not know. */
export type Search = {
  readonly type: string
  readonly conditions: readonly Condition[]
  readonly ids: readonly string[] | null
  readonly updated: readonly string[]
  readonly has: readonly Backward[]
  readonly include: readonly Include[]
  readonly revinclude: readonly Include[]
  readonly sort: readonly SortKey[]
  readonly count: number
  readonly total: 'none' | 'estimate' | 'accurate'
  readonly summary: string | null
  readonly elements: readonly string[] | null
  readonly cursor: string | null
  /** To which queries the caller's scopes confine the search: one of them must be fulfilled; null for no bound. */
  readonly within: readonly (readonly Condition[])[] | null
  /** What was understood, as the self link repeats it. */
  readonly understood: readonly (readonly [string, string])[]
  readonly unknown: readonly string[]
}

const COUNT_USUAL = 20
const COUNT_MOST = 500
const MODIFIERS: Readonly<Record<string, readonly string[]>> = {
  string: ['exact', 'contains', 'missing'],
  token: ['not', 'text', 'missing', 'of-type', 'in-none'],
  reference: ['missing', 'identifier'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  uri: ['missing', 'above', 'below'],
  composite: ['missing'],
}

/** The values of a parameter: split at commas that no backslash precedes. */
export const splitValues = (text: string, by = ','): string[] => {
  const parts: string[] = ['']
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string
    if (char === '\\' && at + 1 < text.length) parts[parts.length - 1] += char + (text[(at += 1)] as string)
    else if (char === by) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts
}
export const unescaped = (text: string): string => text.replace(/\\([,|$\\])/g, '$1')

const malformed = (name: string): FhirRefusal => new FhirRefusal('fhir.parameter-malformed', { name })

type Draft = { -readonly [Key in keyof Search]: Search[Key] extends readonly (infer Item)[] ? Item[] : Search[Key] }

const includeOf = (name: string, value: string): Include => {
  const [type, parameter, target] = value.split(':')
  if (!type || !parameter || !RESOURCE_TYPES.has(type)) throw malformed(name)
  return { type, parameter, target: target ?? null, iterates: /:(iterate|recurse)$/.test(name) }
}

const sortKeys = (type: string, value: string): SortKey[] =>
  value.split(',').map((text) => {
    const name = text.replace(/^-/, '')
    const parameter = searchParametersOf(type).get(name) ?? null
    if (!parameter && !['_id', '_lastUpdated'].includes(name))
      throw new FhirRefusal('fhir.parameter-unknown', { name: `_sort=${name}`, type })
    return { name, isDown: text.startsWith('-'), parameter }
  })

/** A parameter that is repeated holds together with itself, as of values by a comma one is enough. @source FHIR R4, search (memory) */
const alsoAmong = (before: readonly string[] | null, ids: readonly string[]): string[] =>
  before === null ? [...ids] : before.filter((id) => ids.includes(id))

/** What stands for the whole search, not for a condition; true when the name was understood. */
const takeControl = (draft: Draft, name: string, value: string): boolean => {
  const [plain] = name.split(':') as [string]
  switch (plain) {
    case '_id':
      draft.ids = alsoAmong(
        draft.ids,
        splitValues(value).map((id) => id.slice(id.lastIndexOf('/') + 1)),
      )
      return true
    case '_lastUpdated':
      draft.updated.push(value)
      return true
    case '_count':
      if (!/^\d{1,9}$/.test(value)) throw malformed(name)
      draft.count = Math.min(COUNT_MOST, Number(value))
      return true
    case '_sort':
      draft.sort.push(...sortKeys(draft.type, value))
      return true
    case '_include':
      draft.include.push(includeOf(name, value))
      return true
    case '_revinclude':
      draft.revinclude.push(includeOf(name, value))
      return true
    case '_summary':
      if (!['true', 'false', 'text', 'data', 'count'].includes(value)) throw malformed(name)
      draft.summary = value === 'false' ? null : value
      return true
    case '_elements':
      draft.elements = value.split(',').map((one) => one.replace(/^.*\./, ''))
      return true
    case '_total':
      if (!['none', 'estimate', 'accurate'].includes(value)) throw malformed(name)
      draft.total = value as Search['total']
      return true
    case '_cursor':
      draft.cursor = value
      return true
    case '_format':
    case '_pretty':
      return true
    default:
      return false
  }
}

const hasOf = (name: string, value: string): Backward => {
  const [, type, reference, ...rest] = name.split(':')
  if (!type || !reference || rest.length === 0 || !RESOURCE_TYPES.has(type)) throw malformed(name)
  return { type, reference, name: rest.join(':'), value }
}

/** A condition by its name; null when the type has no such parameter. */
export const conditionOf = (type: string, name: string, value: string): Condition | null => {
  const dot = name.indexOf('.')
  const [head, tail] = dot < 0 ? [name, null] : [name.slice(0, dot), name.slice(dot + 1)]
  const [plain, modifier = null] = head.split(':') as [string, string | undefined]
  const parameter = searchParametersOf(type).get(plain)
  if (!parameter) return null
  const values = splitValues(value)
  if (tail !== null) {
    if (parameter.type !== 'reference' || tail.includes('.')) throw malformed(name)
    const types = modifier ? [modifier] : parameter.targets
    if (types.some((one) => !RESOURCE_TYPES.has(one))) throw malformed(name)
    return { parameter, modifier: null, values, chain: { types, name: tail } }
  }
  const isType = modifier !== null && parameter.type === 'reference' && RESOURCE_TYPES.has(modifier)
  if (modifier !== null && !isType && !MODIFIERS[parameter.type]?.includes(modifier)) throw malformed(name)
  if (modifier === 'missing' && !/^(true|false)$/.test(value)) throw malformed(name)
  return { parameter, modifier, values: isType ? values.map((one) => `${modifier}/${one}`) : values, chain: null }
}

/**
 * Reads the parameters of a search. Names that are not known are listed, not refused: whoever wants it strict refuses them.
 * @throws FhirRefusal where a known name has a value that cannot be understood.
 */
export const parseSearch = (type: string, parameters: readonly (readonly [string, string])[]): Search => {
  const draft: Draft = {
    type, conditions: [], ids: null, updated: [], has: [], include: [], revinclude: [], sort: [], count: COUNT_USUAL, total: 'none', summary: null,
    elements: null, cursor: null, within: null, understood: [], unknown: [],
  } // prettier-ignore
  for (const [name, value] of parameters) {
    if (value === '') continue
    const isControl = name.startsWith('_has:') ? (draft.has.push(hasOf(name, value)), true) : takeControl(draft, name, value)
    const condition = isControl ? null : conditionOf(type, name, value)
    if (condition) draft.conditions.push(condition)
    if (isControl || condition) draft.understood.push([name, value])
    else draft.unknown.push(name)
  }
  return draft
}
