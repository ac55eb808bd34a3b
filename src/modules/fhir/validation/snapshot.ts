import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { definitions } from './definitions.ts'
import { definitionsFolder } from './index-file.ts'
import { isFields, type Fields } from './walking.ts'

/** An element of a StructureDefinition, as far as building a snapshot needs to know it. */
export type SnapshotElement = Fields & {
  readonly id: string
  readonly path: string
  readonly min: number
  readonly max: string
  readonly type?: readonly { readonly code: string }[]
  readonly contentReference?: string
  readonly sliceName?: string
  readonly slicing?: unknown
  readonly constraint?: readonly unknown[]
}

const R4_TYPE = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/([A-Za-z]+)$/

/** The elements of a type as children of a path: the fields that profiles narrow. */
const childrenOf = (type: string, id: string, path: string): SnapshotElement[] =>
  (definitions().types[type]?.e ?? []).map(({ n, x, min, max, t }) => {
    const name = `${n}${x ? '[x]' : ''}`
    const nested = t[0]?.includes('.') ? t[0] : null
    return {
      id: `${id}.${name}`,
      path: `${path}.${name}`,
      min,
      max: max === 0 ? '*' : String(max),
      base: { path: `${type}.${name}`, min, max: max === 0 ? '*' : String(max) },
      ...(nested && nested !== `${type}.${name}` ? { contentReference: `#${nested}` } : {}),
      ...(nested === `${type}.${name}` ? { type: [{ code: 'BackboneElement' }] } : {}),
      ...(nested === null ? { type: t.map((code) => ({ code })) } : {}),
    }
  })

const withNested = (element: SnapshotElement): SnapshotElement[] => [
  element,
  ...(definitions().types[element.path]?.kind === 'nested'
    ? childrenOf(element.path, element.id, element.path).flatMap(withNested)
    : []),
]

/** The snapshot of a type of R4 itself; null when there is no such type. */
const elementsOfType = (type: string): SnapshotElement[] | null => {
  const known = definitions().types[type]
  if (!known || (known.kind !== 'resource' && known.kind !== 'complex')) return null
  const root = { id: type, path: type, min: 0, max: '*', base: { path: type, min: 0, max: '*' } }
  return [root, ...childrenOf(type, type, type).flatMap(withNested)]
}

type Structure = Fields & { readonly url: string; readonly snapshot: { readonly element: SnapshotElement[] } }
let profilesOfR4: Map<string, Structure> | null = null

/** The profiles that R4 itself publishes (vital signs and others), read when the first profile builds on one. */
const profileOfR4 = (url: string): SnapshotElement[] | null => {
  profilesOfR4 ??= new Map(
    (
      JSON.parse(readFileSync(join(definitionsFolder(), 'profiles-others.json'), 'utf8')) as { entry: { resource: Structure }[] }
    ).entry
      .filter(({ resource }) => isFields(resource.snapshot))
      .map(({ resource }) => [resource.url, resource]),
  )
  return profilesOfR4.get(url)?.snapshot.element ?? null
}

/** The elements of what a profile of R4 builds on; null when R4 has nothing under this url. */
export const elementsOfR4 = (url: string): SnapshotElement[] | null => {
  const type = R4_TYPE.exec(url)?.[1]
  if (!type) return null
  return elementsOfType(type) ?? profileOfR4(url)
}

const within =
  (id: string) =>
  (element: SnapshotElement): boolean =>
    element.id.startsWith(`${id}.`)
const afterAllOf = (elements: readonly SnapshotElement[], at: number): number => {
  const { id } = elements[at] as SnapshotElement
  let end = at + 1
  while (
    end < elements.length &&
    /^[.:/]/.test((elements[end] as SnapshotElement).id.slice(id.length)) &&
    elements[end]?.id.startsWith(id)
  )
    end++
  return end
}

/** Makes the children of an element stand in the list, if it can be told which they are. */
const unfold = (elements: SnapshotElement[], at: number): void => {
  const element = elements[at] as SnapshotElement
  if (elements.some(within(element.id))) return
  const { id, path, type, contentReference } = element
  // A slice has the children that what it is a slice of has by now.
  const whole = id.replace(/:[^.:]*$/, '')
  const siblings = whole === id ? [] : elements.filter(within(whole))
  const copied = siblings.map((one) => ({ ...one, id: `${id}${one.id.slice(whole.length)}` }))
  const code = contentReference
    ? contentReference.slice(contentReference.indexOf('#') + 1)
    : type?.length === 1
      ? type[0]?.code
      : null
  const known = code ? definitions().types[code] : undefined
  const source = known?.kind === 'primitive' ? 'Element' : (code ?? '')
  elements.splice(at + 1, 0, ...(copied.length > 0 ? copied : childrenOf(source, id, path)))
}

const BY_TYPE = { discriminator: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' }

const addSlice = (elements: SnapshotElement[], id: string, wholeId: string, sliceName: string): number => {
  const at = placeOf(elements, wholeId)
  const whole = elements[at]
  if (!whole) return -1
  const name = whole.path.slice(whole.path.lastIndexOf('.') + 1)
  const ofChoice = name.endsWith('[x]')
    ? whole.type?.filter(({ code }) => sliceName.toLowerCase() === `${name.slice(0, -3)}${code}`.toLowerCase())
    : undefined
  const { slicing, ...rest } = whole
  if (ofChoice && slicing === undefined) elements[at] = { ...whole, slicing: BY_TYPE }
  const place = afterAllOf(elements, at)
  elements.splice(place, 0, { ...rest, id, sliceName, min: 0, ...(ofChoice?.length ? { type: ofChoice } : {}) })
  return place
}

/** Where the element of an id stands; it is made to stand there when the base allows it, else −1. */
const placeOf = (elements: SnapshotElement[], wanted: string): number => {
  const known = elements.findIndex(({ id }) => id === wanted)
  const dot = wanted.lastIndexOf('.')
  if (known >= 0 || dot < 0) return known
  const parent = placeOf(elements, wanted.slice(0, dot))
  if (parent < 0) return -1
  unfold(elements, parent)
  // The parent may stand under a longer id than it was asked for.
  const { id: parentId } = elements[parent] as SnapshotElement
  const name = wanted.slice(dot + 1)
  const id = `${parentId}.${name}`
  const now = elements.findIndex((element) => element.id === id)
  if (now >= 0) return now
  const [whole, slice] = name.split(':') as [string, string?]
  if (slice !== undefined) {
    const of = slice.includes('/') ? `${whole}:${slice.slice(0, slice.lastIndexOf('/'))}` : whole
    return addSlice(elements, id, `${parentId}.${of}`, slice)
  }
  // `valueQuantity` is short for that type of `value[x]`.
  const choice = elements.find((element) => {
    const own = element.id.slice(parentId.length + 1)
    if (!element.id.startsWith(`${parentId}.`) || !/^\w+\[x\]$/.test(own)) return false
    return element.type?.some(({ code }) => name.toLowerCase() === `${own.slice(0, -3)}${code}`.toLowerCase())
  })
  return choice ? placeOf(elements, `${choice.id}:${name}`) : -1
}

const idOf = (element: Fields): string => {
  if (typeof element['id'] === 'string') return element['id']
  const slice = typeof element['sliceName'] === 'string' ? `:${element['sliceName']}` : ''
  return `${String(element['path'])}${slice}`
}

const merged = (element: SnapshotElement, change: Fields): SnapshotElement => {
  const own = Array.isArray(change['constraint']) ? (change['constraint'] as unknown[]) : []
  const constraint = [...(element.constraint ?? []), ...own]
  return { ...element, ...change, id: element.id, path: element.path, ...(constraint.length > 0 && { constraint }) }
}

/** In R4 a choice that a differential calls `valueQuantity` may have that type alone. */
const narrowed = (element: SnapshotElement, names: ReadonlySet<string> | undefined): SnapshotElement => {
  if (!names || !element.type) return element
  const name = element.path.slice(element.path.lastIndexOf('.') + 1, -'[x]'.length)
  return { ...element, type: element.type.filter(({ code }) => names.has(`${name}${code}`.toLowerCase())) }
}

/**
 * The snapshot that a differential makes of its base; or the path of the first element that the base does not have.
 * What a differential leaves unsaid stays as in the base. Source: hl7.org/fhir/R4/profiling.html.
 */
export const buildSnapshot = (
  base: readonly SnapshotElement[],
  differential: readonly Fields[],
): { readonly elements: SnapshotElement[] } | { readonly unknown: string } => {
  const elements = [...base]
  const short = new Map<string, Set<string>>()
  for (const change of differential) {
    const at = placeOf(elements, idOf(change))
    const element = elements[at]
    if (!element) return { unknown: String(change['path']) }
    elements[at] = merged(element, change)
    const [, whole, slice] = /^(.*\[x\]):(\w+)/.exec(element.id) ?? []
    if (whole && slice && element.path !== change['path'])
      short.set(whole, (short.get(whole) ?? new Set()).add(slice.toLowerCase()))
  }
  return { elements: elements.map((element) => narrowed(element, short.get(element.id))) }
}
