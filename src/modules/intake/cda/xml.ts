import { XMLParser } from 'fast-xml-parser'

/** An element as it was read: attributes begin with `@`, text stands under `#text`. */
export type XmlNode = { readonly [name: string]: unknown }

/** Why a text is not read as XML. */
export type XmlFault = 'no-text' | 'xml-forbidden' | 'xml-unreadable'

const ENCODINGS: Readonly<Record<string, string>> = {
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  GBK: 'gb18030',
  GB2312: 'gb18030',
  GB18030: 'gb18030',
  'UTF-16': 'utf-16le',
  'ISO-8859-1': 'iso-8859-1',
  'US-ASCII': 'utf-8',
}
const DEPTH_MOST = 100

const decoded = (bytes: Uint8Array): string | null => {
  const [first, second] = [bytes[0], bytes[1]]
  const declared = /^[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_-]+)["']/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, 256)),
  )?.[1]
  const marked =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : first === 0xef
          ? 'utf-8'
          : null
  const encoding = marked ?? (declared ? ENCODINGS[declared.toUpperCase()] : 'utf-8')
  if (encoding === undefined) return null
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** How deep elements stand in one another; counted before a parser could run out of stack. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (const [tag] of text.matchAll(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/[^>]*>|<[A-Za-z_][^>]*>/g)) {
    if (tag.startsWith('<!')) continue
    if (tag.startsWith('</')) depth--
    else if (!tag.endsWith('/>') && ++depth > DEPTH_MOST) return true
  }
  return false
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  // Without a DOCTYPE only the five entities of XML and numbers can stand in a text.
  processEntities: true,
  htmlEntities: false,
})

/** Reads XML whose declarations of types and entities are refused before anything is parsed: no file, no address and no expansion can be reached. */
export const readXml = (bytes: Uint8Array): XmlNode | { readonly fault: XmlFault } => {
  const text = decoded(bytes)
  if (text === null) return { fault: 'no-text' }
  if (/<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) return { fault: 'xml-forbidden' }
  if (isTooDeep(text)) return { fault: 'xml-unreadable' }
  try {
    const root: unknown = parser.parse(text.replace(/^\uFEFF/, ''), true)
    return typeof root === 'object' && root !== null ? (root as XmlNode) : { fault: 'xml-unreadable' }
  } catch {
    return { fault: 'xml-unreadable' }
  }
}

const asNodes = (value: unknown): XmlNode[] => {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map((one) =>
    typeof one === 'object' && one !== null ? (one as XmlNode) : { '#text': one },
  )
}

/** The elements that a path of names leads to, each step over all that stand there. */
export const nodesAt = (node: XmlNode, path: string): XmlNode[] =>
  path.split('/').reduce((nodes, name) => nodes.flatMap((one) => asNodes(one[name])), [node])

/** An attribute of the first element of a path; `attributeAt(node, '', 'code')` is the element's own. */
export const attributeAt = (node: XmlNode | undefined, path: string, name: string): string | null => {
  const at = node && path !== '' ? nodesAt(node, path)[0] : node
  const value = at?.[`@${name}`]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The text of the first element of a path, that of the elements within it included. */
export const textIn = (node: XmlNode | undefined, path: string): string | null => {
  const at = node && path !== '' ? nodesAt(node, path)[0] : node
  const text = at ? pieces(at).join(' ').replaceAll(/\s+/g, ' ').trim() : ''
  return text === '' ? null : text
}

const pieces = (node: XmlNode): string[] =>
  Object.entries(node).flatMap(([name, value]) => {
    if (name.startsWith('@')) return []
    if (name === '#text') return [String(value)]
    return asNodes(value).flatMap(pieces)
  })

/** Every element of some names, wherever it stands below. */
export const everyNode = (node: XmlNode, names: readonly string[]): { name: string; node: XmlNode }[] =>
  Object.entries(node).flatMap(([name, value]) => {
    if (name.startsWith('@') || name === '#text') return []
    return asNodes(value).flatMap((one) => [...(names.includes(name) ? [{ name, node: one }] : []), ...everyNode(one, names)])
  })
