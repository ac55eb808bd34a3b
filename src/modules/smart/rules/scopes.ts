/** Whose data a scope opens: one person's, everything that the user may see, or what a server's own account may see. */
export const SCOPE_LEVELS = ['patient', 'user', 'system'] as const
export type ScopeLevel = (typeof SCOPE_LEVELS)[number]

/** What a scope lets an app do, in the letters of SMART 2.2: create, read, update, delete, search. */
export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's'

/**
 * A scope on resources: `patient/Observation.rs`. `type` is a resource type or `*` for all of them. With a `query`
 * (`patient/Observation.rs?category=laboratory`) it opens only resources that the search finds.
 */
export type DataScope = {
  readonly level: ScopeLevel
  readonly type: string
  readonly may: readonly ScopeLetter[]
  readonly query: string | null
}

/** Scopes that open no resource: who signs in, where the app was started from, and how long it may go on. */
export const PLAIN_SCOPES = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'offline_access',
  'online_access',
] as const
export type PlainScope = (typeof PLAIN_SCOPES)[number]

/** What an app asks for or was given, taken apart. Unknown words are left out: OAuth lets a server give less than was asked. */
export type Scopes = { readonly data: readonly DataScope[]; readonly plain: readonly PlainScope[] }

const LETTERS: readonly ScopeLetter[] = ['c', 'r', 'u', 'd', 's']
const SYNTAX = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]{2,60})\.(read|write|\*|c?r?u?d?s?)(?:\?(\S{1,300}))?$/
const QUERY = /^[a-z][a-z-]{0,40}=[^&=\s]{1,200}(?:&[a-z][a-z-]{0,40}=[^&=\s]{1,200}){0,4}$/
// The words of the first version and what they mean in letters. Source: SMART App Launch 2.2, "Scopes for requesting clinical data".
const FIRST_VERSION: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

// What is written can be changed until it fits a query or no longer does: only reading and searching are given by one.
const ASKED_BY_QUERY: readonly ScopeLetter[] = ['r', 's']

const dataScope = (word: string): DataScope | null => {
  const [, level, type, rights, query = null] = SYNTAX.exec(word) ?? []
  if (!level || !type || !rights) return null
  const letters = FIRST_VERSION[rights] ?? rights
  const may = LETTERS.filter((letter) => letters.includes(letter) && (query === null || ASKED_BY_QUERY.includes(letter)))
  if (may.length === 0 || (query !== null && (type === '*' || !QUERY.test(query)))) return null
  return { level: level as ScopeLevel, type, may, query }
}

/** Reads a scope parameter, words separated by blanks. What is not understood is left out, a query on all types at once too. */
export const readScopes = (text: string): Scopes => {
  const words = [...new Set(text.split(/\s+/).filter((word) => word !== ''))]
  return {
    data: words.flatMap((word) => dataScope(word) ?? []),
    plain: PLAIN_SCOPES.filter((plain) => words.includes(plain)),
  }
}

/** A scope as it is written, in the second version. */
export const scopeText = ({ level, type, may, query }: DataScope): string =>
  `${level}/${type}.${may.join('')}${query === null ? '' : `?${query}`}`

/** All scopes as one parameter. */
export const scopesText = ({ data, plain }: Scopes): string => [...plain, ...data.map(scopeText)].join(' ')

const covers = (one: DataScope, other: DataScope): boolean =>
  one.level === other.level &&
  (one.type === '*' || one.type === other.type) &&
  (one.query === null || one.query === other.query) &&
  other.may.every((letter) => one.may.includes(letter))

const meet = (one: DataScope, other: DataScope): DataScope | null => {
  if (one.level !== other.level) return null
  const type = one.type === '*' ? other.type : other.type === '*' || other.type === one.type ? one.type : null
  const both = one.may.filter((letter) => other.may.includes(letter))
  const query =
    one.query === null || one.query === other.query
      ? other.query
      : other.query === null
        ? one.query
        : `${one.query}&${other.query}`
  const may = query === null ? both : both.filter((letter) => ASKED_BY_QUERY.includes(letter))
  if (query !== null && !QUERY.test(query)) return null
  return type === null || may.length === 0 ? null : { level: one.level, type, may, query }
}

/** What stands in both: of what was asked only what is allowed, never more than either. */
export const narrowScopes = (asked: Scopes, allowed: Scopes): Scopes => {
  const met = asked.data.flatMap((one) => allowed.data.flatMap((other) => meet(one, other) ?? []))
  const unique = met.filter((one, at) => met.findIndex((other) => scopeText(other) === scopeText(one)) === at)
  return {
    data: unique.filter((one) => !unique.some((other) => other !== one && covers(other, one))),
    plain: asked.plain.filter((word) => allowed.plain.includes(word)),
  }
}

/** Only scopes of certain levels: a signed-in person gives `patient` and `user`, a server by itself has `system`. */
export const ofLevels = (scopes: Scopes, levels: readonly ScopeLevel[]): Scopes => ({
  ...scopes,
  data: scopes.data.filter(({ level }) => levels.includes(level)),
})

const LETTER_OF: Readonly<Record<string, ScopeLetter>> = {
  read: 'r',
  vread: 'r',
  'history-instance': 'r',
  'search-type': 's',
  'history-type': 's',
  create: 'c',
  update: 'u',
  patch: 'u',
  delete: 'd',
}

/**
 * How far an app may do an interaction of FHIR on a type: `all` that its user may, only the `patient` of the token, or not at all (null).
 * An interaction without a letter of its own, an operation for instance, is asked for by the interactions that it consists of.
 * Scopes with a query give nothing here: `queriesFor` says what they open.
 */
export const mayFhir = (scopes: Scopes, interaction: string, type: string): 'all' | 'patient' | null => {
  const letter = LETTER_OF[interaction]
  if (!letter) return null
  const fitting = scopes.data.filter(
    (scope) => scope.query === null && scope.may.includes(letter) && (scope.type === '*' || scope.type === type),
  )
  if (fitting.some(({ level }) => level !== 'patient')) return 'all'
  return fitting.length > 0 ? 'patient' : null
}

/** Scopes with a query by which an app may do an interaction on a type; none where a scope without one gives it anyway. */
export const queriesFor = (scopes: Scopes, interaction: string, type: string): (DataScope & { readonly query: string })[] => {
  const letter = LETTER_OF[interaction]
  if (!letter || mayFhir(scopes, interaction, type) === 'all') return []
  return scopes.data.flatMap((scope) =>
    scope.query !== null && scope.type === type && scope.may.includes(letter) ? [{ ...scope, query: scope.query }] : [],
  )
}
