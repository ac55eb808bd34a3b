import { parseExact } from '../../health-record/index.ts'
import { shapeOf, shapeOfResource, type Shape, type Slot } from '../validation/compile.ts'
import { withoutNames } from '../validation/entities.ts'
import { isFields, type Fields } from '../validation/walking.ts'

const NAMESPACE = 'http://hl7.org/fhir'
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}
const escaped = (text: string): string => text.replace(/[&<>"\n\r\t]/g, (char) => ESCAPES[char] as string)

/** Writes a resource, given as JSON text, as XML: elements in the order of the definitions, digits kept. */
export const writeXml = (text: string): string => {
  const resource = parseExact(text)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${isFields(resource) ? ofResource(resource, true) : ''}`
}

const ofResource = (resource: Fields, isRoot: boolean): string => {
  const type = String(resource['resourceType'])
  const shape = shapeOfResource(type)
  return shape ? `<${type}${isRoot ? ` xmlns="${NAMESPACE}"` : ''}>${contents(resource, shape)}</${type}>` : ''
}

/** The elements of an object; the definitions list them in their order, and a choice stands where its element does. */
const contents = (value: Fields, shape: Shape): string => {
  let xml = ''
  for (const slot of shape.slots.values()) {
    if (isAttribute(slot, shape)) continue
    const [main, sibling] = [value[slot.key], value[slot.sibling]]
    if (main === undefined && sibling === undefined) continue
    if (!Array.isArray(main) && !Array.isArray(sibling)) xml += element(slot, main, sibling)
    else {
      const [values, siblings] = [Array.isArray(main) ? main : [], Array.isArray(sibling) ? sibling : []]
      for (let at = 0; at < Math.max(values.length, siblings.length); at++) xml += element(slot, values[at], siblings[at])
    }
  }
  return xml
}

/** Ids of elements and the url of an extension are attributes. */
export const isAttribute = (slot: Slot, shape: Shape): boolean =>
  !shape.isResource && (slot.key === 'id' || (slot.key === 'url' && shape.type === 'Extension'))

const attributes = (value: Fields, shape: Shape): string =>
  (typeof value['id'] === 'string' ? ` id="${escaped(value['id'])}"` : '') +
  (shape.type === 'Extension' && typeof value['url'] === 'string' ? ` url="${escaped(value['url'])}"` : '')

const element = (slot: Slot, value: unknown, sibling: unknown): string => {
  // A carriage return as such would be read as a line feed.
  if (slot.type === 'xhtml') return typeof value === 'string' ? withoutNames(value.replaceAll('\r', '&#13;')) : ''
  if (slot.primitive) return primitive(slot, value, isFields(sibling) ? sibling : {})
  if (!isFields(value)) return ''
  if (slot.type === 'Resource') return `<${slot.key}>${ofResource(value, false)}</${slot.key}>`
  const shape = shapeOf(slot.type)
  if (!shape) return ''
  const inner = contents(value, shape)
  const open = `<${slot.key}${attributes(value, shape)}`
  return inner ? `${open}>${inner}</${slot.key}>` : `${open}/>`
}

const primitive = (slot: Slot, value: unknown, sibling: Fields): string => {
  const shape = shapeOf('Element') as Shape
  const said =
    value === undefined || value === null ? '' : ` value="${escaped(typeof value === 'string' ? value : JSON.stringify(value))}"`
  const inner = contents(sibling, shape)
  const open = `<${slot.key}${attributes(sibling, shape)}${said}`
  return inner ? `${open}>${inner}</${slot.key}>` : `${open}/>`
}
