import { definitions, type Definitions, type Element } from './definitions.ts'
import { PRIMITIVES, type CheckPrimitive } from './primitives.ts'

/** One key that may stand in the JSON of a type. */
export type Slot = {
  readonly key: string
  /** What may stand beside it when it is a primitive. */
  readonly sibling: string
  readonly element: Element
  /** The type whose element it is. */
  readonly owner: string
  /** Where the element stands among those of its type. */
  readonly at: number
  readonly type: string
  /** Null when it is no primitive. */
  readonly primitive: CheckPrimitive | null
  /** Codes by system of a required binding; null when there is none or it is too large to list. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>> | null
  /** All codes of the binding whatever their system, for elements of type code. */
  readonly plain: ReadonlySet<string> | null
  /** How it is called in a path: `value.ofType(Quantity)`. */
  readonly name: string
}

/** A type as the walk uses it. */
export type Shape = {
  readonly type: string
  readonly slots: ReadonlyMap<string, Slot>
  readonly elements: readonly Element[]
  /** Positions of the elements that must be there. */
  readonly required: readonly number[]
  readonly constraints: readonly string[]
  readonly isResource: boolean
  /** Whether several keys may stand for one element (a choice of types). */
  readonly hasChoice: boolean
}

const shapes = new Map<string, Shape | null>()
const sets = new Map<string, { codes: Map<string, Set<string>>; plain: Set<string> } | null>()

const ABSTRACT = new Set(['Resource', 'DomainResource'])

/** The shape of a type, compiled at its first use; null when FHIR R4 knows no such type. */
export const shapeOf = (type: string): Shape | null => {
  const known = shapes.get(type)
  if (known !== undefined) return known
  const shape = compile(definitions(), type)
  shapes.set(type, shape)
  return shape
}

/** The shape of a resource type; null for data types, nested elements, abstract types and anything unknown. */
export const shapeOfResource = (type: string): Shape | null => {
  const shape = ABSTRACT.has(type) ? null : shapeOf(type)
  return shape?.isResource ? shape : null
}

const compile = (all: Definitions, type: string): Shape | null => {
  const definition = Object.hasOwn(all.types, type) ? all.types[type] : undefined
  if (!definition || definition.kind === 'primitive') return null
  const slots = new Map<string, Slot>()
  definition.e.forEach((element, at) => {
    for (const one of element.t) {
      const key = element.x ? `${element.n}${one[0]?.toUpperCase()}${one.slice(1)}` : element.n
      slots.set(key, {
        key,
        sibling: `_${key}`,
        element,
        owner: type,
        at,
        type: one,
        ...checksOf(all, element, one),
        name: element.x ? `${element.n}.ofType(${one})` : key,
      })
    }
  })
  return {
    type,
    slots,
    elements: definition.e,
    required: definition.e.flatMap(({ min }, at) => (min > 0 ? [at] : [])),
    constraints: definition.c ?? [],
    isResource: definition.kind === 'resource',
    hasChoice: definition.e.some(({ x }) => x === 1),
  }
}

const checksOf = (all: Definitions, element: Element, type: string): Pick<Slot, 'primitive' | 'codes' | 'plain'> => {
  const bound = element.set ? setOf(all, element.set) : null
  return {
    primitive: PRIMITIVES[type] ?? null,
    codes: bound && (type === 'CodeableConcept' || type === 'Coding') ? bound.codes : null,
    plain: bound && type === 'code' ? bound.plain : null,
  }
}

/** The codes of a value set by system, and whatever their system; null when it is too large to list. */
export const setOf = (all: Definitions, url: string): { codes: Map<string, Set<string>>; plain: Set<string> } | null => {
  const known = sets.get(url)
  if (known !== undefined) return known
  const listed = all.sets[url] ?? null
  const codes = listed && new Map(Object.entries(listed).map(([system, own]) => [system, new Set(own)]))
  const set = codes && { codes, plain: new Set([...codes.values()].flatMap((own) => [...own])) }
  sets.set(url, set)
  return set
}

const systems = new Map<string, ReadonlySet<string> | null>()

/** All codes of a code system that FHIR R4 lists completely; null for every other. */
export const codesOfSystem = (system: string): ReadonlySet<string> | null => {
  const known = systems.get(system)
  if (known !== undefined) return known
  const all = definitions().systems
  const codes = Object.hasOwn(all, system) ? new Set(all[system]) : null
  // Only systems of the definitions are remembered: others come from outside and are without number.
  if (codes) systems.set(system, codes)
  return codes
}
