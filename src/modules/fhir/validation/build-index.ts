import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Definitions, Element, ExtensionDefinition, TypeDefinition } from './definitions.ts'
import { definitionsFolder } from './index-file.ts'
import { codesOf, readTerminology } from './build-value-sets.ts'

/** Reads the definitions of FHIR R4 and writes the compact index; run as a process of its own, so that its memory ends with it. */

type Snapshot = {
  readonly path: string
  readonly min?: number
  readonly max?: string
  readonly contentReference?: string
  readonly isModifier?: boolean
  readonly fixedUri?: string
  readonly type?: readonly {
    readonly code: string
    readonly profile?: readonly string[]
    readonly targetProfile?: readonly string[]
  }[]
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
  readonly constraint?: readonly {
    readonly key: string
    readonly severity: string
    readonly expression?: string
    readonly source?: string
  }[]
}
type Structure = {
  readonly resourceType: string
  readonly name: string
  readonly url: string
  readonly type: string
  readonly kind: string
  readonly derivation?: string
  readonly context?: readonly { readonly type: string; readonly expression: string }[]
  readonly snapshot: { readonly element: readonly Snapshot[] }
}

const read = (name: string): Structure[] =>
  (JSON.parse(readFileSync(join(definitionsFolder(), name), 'utf8')) as { entry: { resource: Structure }[] }).entry
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === 'StructureDefinition')

const nameOfProfile = (url: string): string => url.slice(url.lastIndexOf('/') + 1)
const SYSTEM_STRING = 'http://hl7.org/fhirpath/System.String'

const typesOf = (element: Snapshot, isResource: boolean): string[] => {
  if (element.contentReference) return [element.contentReference.slice(element.contentReference.indexOf('#') + 1)]
  return (element.type ?? []).map(({ code }) => {
    if (code === SYSTEM_STRING) return isResource && /^[A-Z][A-Za-z]+\.id$/.test(element.path) ? 'id' : 'string'
    if (code === 'BackboneElement' || code === 'Element') return element.path
    return code
  })
}

const targetsOf = (element: Snapshot): string[] | undefined => {
  const targets = (element.type ?? [])
    .filter(({ code }) => code === 'Reference')
    .flatMap(({ targetProfile }) => targetProfile ?? [])
  return targets.length === 0 || targets.some((url) => url.endsWith('/Resource')) ? undefined : targets.map(nameOfProfile)
}

// Kept for every element and every resource by the walk itself.
const BY_THE_WALK = new Set(['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'dom-6', 'txt-1', 'txt-2'])

const constraintsOf = (element: Snapshot, all: Record<string, string>): string[] | undefined => {
  const own = (element.constraint ?? []).filter(
    ({ key, severity, expression }) => severity === 'error' && expression && !BY_THE_WALK.has(key),
  )
  const keys = own.map(({ key, expression }) => keep(key, expression as string, element.path, all))
  // A quantity that stands without a comparator is told by the profile of its type alone.
  const isSimple = element.type?.some(({ profile }) => profile?.some((url) => url.endsWith('/SimpleQuantity')))
  if (isSimple) keys.push(keep('sqty-1', 'comparator.empty()', element.path, all))
  return keys.length > 0 ? keys : undefined
}

/** Some keys stand for other constraints in other types: a later one is kept under its key and path. */
const keep = (key: string, expression: string, path: string, all: Record<string, string>): string => {
  const own = all[key] === undefined || all[key] === expression ? key : `${key}@${path}`
  all[own] = expression
  return own
}

const elementOf = (element: Snapshot, isResource: boolean, sets: Set<string>, constraints: Record<string, string>): Element => {
  const last = element.path.slice(element.path.lastIndexOf('.') + 1)
  const { binding } = element
  const set = binding?.strength === 'required' ? binding.valueSet?.split('|')[0] : undefined
  if (set) sets.add(set)
  const [to, c] = [targetsOf(element), constraintsOf(element, constraints)]
  return {
    n: last.replace('[x]', ''),
    min: element.min ?? 0,
    max: element.max === '*' ? 0 : Number(element.max),
    t: typesOf(element, isResource),
    ...(to && { to }),
    ...(last.endsWith('[x]') && { x: 1 as const }),
    ...(set && { set }),
    ...(c && { c }),
  }
}

const kindOf = (structure: Structure): TypeDefinition['kind'] =>
  structure.kind === 'resource' ? 'resource' : structure.kind === 'primitive-type' ? 'primitive' : 'complex'

const addTypes = (
  structure: Structure,
  types: Record<string, TypeDefinition>,
  sets: Set<string>,
  constraints: Record<string, string>,
): void => {
  const { element: elements } = structure.snapshot
  const prefixes = new Set(
    elements.map(({ path }) => path).filter((path) => elements.some((other) => other.path.startsWith(`${path}.`))),
  )
  for (const path of prefixes) {
    const root = elements.find((element) => element.path === path) as Snapshot
    const depth = path.split('.').length + 1
    const own = elements.filter(
      (element) => element.path.startsWith(`${path}.`) && element.path.split('.').length === depth && element.max !== '0',
    )
    const c = path === structure.name ? constraintsOf(root, constraints) : undefined
    types[path] = {
      kind: path === structure.name ? kindOf(structure) : 'nested',
      e:
        kindOf(structure) === 'primitive'
          ? []
          : own.map((element) => elementOf(element, kindOf(structure) === 'resource', sets, constraints)),
      ...(c && { c }),
    }
  }
}

type Types = Readonly<Record<string, TypeDefinition>>

/**
 * The type or element that a context means, as the walk meets it: `StructureDefinition.snapshot.element.binding` is walked as
 * `ElementDefinition.binding`. Null when the path leads nowhere.
 */
const placeOf = (types: Types, expression: string): string | null => {
  const [root, ...rest] = expression.split('.') as [string, ...string[]]
  let at = root
  for (const [index, name] of rest.entries()) {
    const element: Element | undefined = types[at]?.e.find(({ n }) => n === name.replace('[x]', ''))
    const type = element?.t[0]
    if (!element || !type) return null
    const isNested = type.includes('.')
    at = isNested || index < rest.length - 1 ? type : `${at}.${element.n}`
  }
  return at
}

/** Value types of an extension by its definition (none when it has parts), and where it may stand. */
const extensionOf = ({ snapshot, context }: Structure, types: Types): ExtensionDefinition => {
  const value = snapshot.element.find(({ path }) => path.startsWith('Extension.value'))
  const places = (context ?? []).map(({ type, expression }) => (type === 'element' ? placeOf(types, expression) : null))
  const at = places.filter((place) => place !== null)
  const parts = snapshot.element.flatMap(({ path, fixedUri }) =>
    path === 'Extension.extension.url' && fixedUri ? [fixedUri] : [],
  )
  const set = value?.binding?.strength === 'required' ? value.binding.valueSet?.split('|')[0] : undefined
  return {
    t: value && value.max !== '0' ? (value.type ?? []).map(({ code }) => code) : [],
    ...(snapshot.element.some(({ path, max }) => path === 'Extension.extension' && max === '0') && { v: 1 as const }),
    ...(parts.length > 0 && { parts }),
    ...(set && { set }),
    // A place that cannot be told may be anywhere.
    ...(places.length > 0 && at.length === places.length && !at.includes('Element') && { at }),
    ...(snapshot.element[0]?.isModifier && { m: 1 as const }),
  }
}

const build = (): Definitions => {
  const types: Record<string, TypeDefinition> = {}
  const constraints: Record<string, string> = {}
  const bound = new Set<string>()
  for (const file of ['profiles-types.json', 'profiles-resources.json'])
    for (const structure of read(file)) if (structure.name === structure.type) addTypes(structure, types, bound, constraints)
  const terminology = readTerminology()
  const extensions = Object.fromEntries(
    read('extension-definitions.json')
      .filter(({ type }) => type === 'Extension')
      .map((one) => [one.url, extensionOf(one, types)]),
  )
  for (const { set } of Object.values(extensions)) if (set) bound.add(set)
  return {
    types,
    constraints,
    sets: Object.fromEntries([...bound].map((url) => [url, codesOf(terminology, url)])),
    systems: terminology.complete(),
    extensions,
  }
}

const target = process.argv[2] as string
const unfinished = `${target}.${process.pid}`
writeFileSync(unfinished, JSON.stringify(build()))
renameSync(unfinished, target)
