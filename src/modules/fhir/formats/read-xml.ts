import { shapeOf, shapeOfResource, type Shape, type Slot } from '../validation/compile.ts'
import { isAttribute } from './write-xml.ts'
import { parseXml, UnreadableXml, type Node } from './xml-nodes.ts'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const FHIR_NAMESPACE = 'http://hl7.org/fhir'

/**
 * Reads a resource from XML into JSON text; numbers keep their digits.
 * @throws UnreadableXml when it is not XML, or has elements that FHIR R4 does not know.
 */
export const readXml = (text: string): string => {
  const root = parseXml(text)
  const spaces = Object.entries(root.attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  if (!spaces.some(([, uri]) => uri === FHIR_NAMESPACE))
    throw new UnreadableXml(`the root is not of the namespace ${FHIR_NAMESPACE}`)
  return ofResource(root)
}

const ofResource = (node: Node): string => {
  const shape = shapeOfResource(node.name)
  if (!shape) throw new UnreadableXml(`${shown(node.name)} is no resource type of FHIR R4`)
  const inner = members(node, shape)
  return `{"resourceType":${JSON.stringify(node.name)}${inner && ','}${inner}}`
}

/** A name as a message may show it. */
const shown = (name: string): string => (/^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name) ? name : 'an element')

/** The members of an object: attributes first, then its elements, repeated ones gathered into arrays. */
const members = (node: Node, shape: Shape): string => {
  const parts: string[] = []
  for (const [name, value] of Object.entries(node.attributes)) {
    if (name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xsi:')) continue
    const slot = shape.slots.get(name)
    if (!slot || !isAttribute(slot, shape)) throw new UnreadableXml(`${shown(node.name)} has no attribute ${shown(name)}`)
    parts.push(`"${name}":${JSON.stringify(value)}`)
  }
  const gathered = new Map<Slot, Node[]>()
  for (const child of node.children) {
    const slot = shape.slots.get(child.name)
    if (!slot || isAttribute(slot, shape)) throw new UnreadableXml(`${shape.type} has no element ${shown(child.name)}`)
    gathered.set(slot, [...(gathered.get(slot) ?? []), child])
  }
  for (const [slot, nodes] of gathered) parts.push(...member(slot, nodes))
  return parts.join(',')
}

const member = (slot: Slot, nodes: readonly Node[]): string[] => {
  if (slot.element.max === 1 && nodes.length > 1) throw new UnreadableXml(`${slot.key} stands more than once`)
  const isList = slot.element.max !== 1
  const put = (key: string, values: readonly string[]): string => `"${key}":${isList ? `[${values.join(',')}]` : values[0]}`
  if (!slot.primitive)
    return [
      put(
        slot.key,
        nodes.map((node) => complex(slot, node)),
      ),
    ]
  const values = nodes.map((node) => primitive(slot, node))
  const siblings = nodes.map(sibling)
  return [
    ...(values.some((value) => value !== null)
      ? [
          put(
            slot.key,
            values.map((value) => value ?? 'null'),
          ),
        ]
      : []),
    ...(siblings.some((value) => value !== null)
      ? [
          put(
            slot.sibling,
            siblings.map((value) => value ?? 'null'),
          ),
        ]
      : []),
  ]
}

const complex = (slot: Slot, node: Node): string => {
  if (slot.type === 'Resource') {
    const [inner] = node.children
    if (!inner || node.children.length !== 1) throw new UnreadableXml(`${slot.key} must hold one resource`)
    return ofResource(inner)
  }
  return `{${members(node, shapeOf(slot.type) as Shape)}}`
}

const NUMERIC = new Set(['decimal', 'integer', 'unsignedInt', 'positiveInt'])

const primitive = (slot: Slot, node: Node): string | null => {
  if (slot.type === 'xhtml') return JSON.stringify((node.raw ?? '').replaceAll('&#13;', '\r'))
  const { value } = node.attributes
  if (value === undefined) return null
  if (slot.type === 'boolean' && (value === 'true' || value === 'false')) return value
  // A value that is no number stays a text, so that validation names its path.
  return NUMERIC.has(slot.type) && NUMBER.test(value) ? value : JSON.stringify(value)
}

/** What stands beside a primitive: its id and extensions. */
const sibling = (node: Node): string | null => {
  if (node.raw !== null) return null
  const { value: _value, ...attributes } = node.attributes
  const inner = members({ ...node, attributes }, shapeOf('Element') as Shape)
  return inner ? `{${inner}}` : null
}
