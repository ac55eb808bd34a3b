import type { Cipher } from '../../../platform/cipher.ts'
import { pinyinOf } from '../../../platform/pinyin.ts'
import { isChoice } from './paths.ts'
import { searchParametersOf, type SearchParameter } from './search-parameters.ts'
import { pointersIn, rawValues, textsIn, tokensIn } from './values.ts'

/** Types whose bodies hold numbers and telephones of a person: they are sealed with the person's key. */
export const SEALED_TYPES: ReadonlySet<string> = new Set(['Patient', 'RelatedPerson'])
/** How many first characters of a text one may look it up by. */
const BEGINNING_MOST = 3
const BLIND_LENGTH = 22

/** A text as it is compared: without case, marks and width. */
export const plainText = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

const HAN = /\p{Script=Han}/u
/** A text and, where it is Chinese, how it sounds: whole and by initials. */
export const readings = (text: string): string[] => {
  const plain = plainText(text)
  if (!HAN.test(plain)) return [plain]
  const { pinyin, initials } = pinyinOf(text, true)
  return [plain, plainText(pinyin), plainText(initials)]
}

/** The keys of the first one, two and three characters of a text. */
export const beginningKey = (parameter: string, text: string): string =>
  `${parameter}^${[...plainText(text)].slice(0, BEGINNING_MOST).join('')}`

/** A value that nobody should read, as a key by which it is still found. */
export const blindKey = (parameter: string, value: string, cipher: Cipher): string =>
  `${parameter}=#${cipher.blindIndex(`fhir ${parameter}`, value).toString('base64url').slice(0, BLIND_LENGTH)}`

/** Raised whenever values are drawn from the same parameters in another way, so that stored resources are drawn anew. */
export const INDEX_FORM = 1

/** What a resource can be searched by in the database. */
export type IndexValues = { readonly tokens: readonly string[]; readonly keys: readonly string[] }

type Indexed = { readonly tokens: Set<string>; readonly keys: Set<string> }

const BLIND = new Set(['identifier', 'phone', 'email', 'telecom'])
const CODE_MOST = 200

const addTokens = (of: SearchParameter, resource: unknown, into: Indexed, cipher: Cipher | null): void => {
  for (const value of rawValues(resource, of.paths))
    for (const { code } of tokensIn(value)) {
      if (code === '' || code.length > CODE_MOST) continue
      if (cipher && BLIND.has(of.name)) into.keys.add(blindKey(of.name, code, cipher))
      else if (of.name === 'identifier') into.keys.add(`identifier=${code}`)
      else if (!cipher) into.tokens.add(`${of.name}=${code}`)
    }
}

const addPointers = (of: SearchParameter, resource: unknown, into: Indexed, isAttached: boolean): void => {
  for (const value of rawValues(resource, of.paths))
    for (const { type, id } of pointersIn(value))
      if (id !== '' && id.length <= CODE_MOST && !(isAttached && type === 'Patient')) into.keys.add(`${of.name}=${id}`)
}

const addBeginnings = (of: SearchParameter, resource: unknown, into: Indexed): void => {
  for (const value of rawValues(resource, of.paths))
    for (const text of textsIn(value))
      for (const reading of readings(text)) {
        const letters = [...reading]
        for (let length = 1; length <= Math.min(BEGINNING_MOST, letters.length); length += 1)
          into.keys.add(`${of.name}^${letters.slice(0, length).join('')}`)
      }
}

type IndexedParameter = { readonly parameter: SearchParameter; readonly heads: readonly string[] | null }
const indexedByType = new Map<string, readonly IndexedParameter[]>()

/** Parameters of a type that are indexed, each with the elements that it begins at; null where that is a choice of several. */
const indexedParameters = (type: string): readonly IndexedParameter[] => {
  const known = indexedByType.get(type)
  if (known) return known
  const all = [...searchParametersOf(type).values()].filter(
    ({ type: of, name }) => of === 'token' || of === 'reference' || of === 'uri' || (of === 'string' && NAMES.has(name)),
  )
  const made = all.map((parameter): IndexedParameter => {
    const heads = parameter.paths.map(([first]) => first)
    const isPlain = heads.every(
      (first) => first !== undefined && first.ofType === null && !first.exists && !isChoice(first.element),
    )
    return { parameter, heads: isPlain ? heads.flatMap((first) => first?.element ?? []) : null }
  })
  indexedByType.set(type, made)
  return made
}

/**
 * The values by which the database narrows a search: tokens within a record, and keys that find a resource anywhere. They only
 * narrow: what a search answers is decided from the resource itself. With a cipher, numbers are found by blind keys.
 */
export const indexValuesOf = (resource: { resourceType: string }, isAttached: boolean, cipher: Cipher | null): IndexValues => {
  const into: Indexed = { tokens: new Set(), keys: new Set() }
  const fields = resource as { readonly [element: string]: unknown }
  for (const { parameter, heads } of indexedParameters(resource.resourceType)) {
    // Most parameters ask for an element that is not there.
    if (heads && !heads.some((head) => fields[head] !== undefined)) continue
    if (parameter.type === 'token') addTokens(parameter, resource, into, cipher)
    else if (parameter.type === 'reference') addPointers(parameter, resource, into, isAttached)
    else if (parameter.type === 'uri') addTokens(parameter, resource, into, null)
    else addBeginnings(parameter, resource, into)
  }
  return { tokens: [...into.tokens], keys: [...into.keys] }
}

/** Texts that are looked up across all persons; others are compared within what else narrows the search. */
export const NAMES: ReadonlySet<string> = new Set(['name', 'family', 'given', 'title', 'phonetic'])
