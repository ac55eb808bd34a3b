import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** One element of an XML text. */
export type Node = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  /** The element as it stands in the text, for narratives. */
  readonly raw: string | null
}

/** What keeps a text from being read as XML. */
export class UnreadableXml extends Error {}

type Ordered = Record<string, unknown> & { ':@'?: Record<string, string> }

const META = XMLParser.getMetaDataSymbol() as symbol
const DEPTH_MOST = 100

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  captureMetaData: true,
  stopNodes: ['*.div'],
  maxNestedTags: DEPTH_MOST,
})

/**
 * Reads XML into a tree. Document types and entities of one's own are refused before anything is parsed.
 * @throws UnreadableXml
 */
export const parseXml = (text: string): Node => {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new UnreadableXml('a document type is not taken')
  if (!text.isWellFormed() || text.includes('\0')) throw new UnreadableXml('a character is not well-formed')
  if (XMLValidator.validate(text) !== true) throw new UnreadableXml('not well-formed')
  let nodes: Ordered[]
  try {
    nodes = parser.parse(text) as Ordered[]
  } catch {
    throw new UnreadableXml('not well-formed, or nested too deeply')
  }
  const elements = nodes.map((node) => nodeOf(node, text)).filter((node) => node !== null)
  if (elements.length !== 1) throw new UnreadableXml('there must be one root element')
  return elements[0] as Node
}

const nodeOf = (ordered: Ordered, text: string): Node | null => {
  const name = Object.keys(ordered).find((key) => key !== ':@')
  if (name === undefined || name === '#text') {
    if (name && String(ordered['#text']).trim() !== '') throw new UnreadableXml('text stands between elements')
    return null
  }
  const inner = ordered[name] as Ordered[]
  const attributes = Object.fromEntries(Object.entries(ordered[':@'] ?? {}).map(([key, value]) => [key, decoded(String(value))]))
  if (name === 'div') return { name, attributes, children: [], raw: rawOf(ordered, inner, text) }
  return {
    name: withoutPrefix(name),
    attributes,
    children: inner.map((one) => nodeOf(one, text)).filter((one) => one !== null),
    raw: null,
  }
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1)

/** A narrative as it was written: its opening tag, what is inside, its end. */
const rawOf = (ordered: Ordered, inner: readonly Ordered[], text: string): string => {
  const start = (ordered as unknown as Record<symbol, { startIndex: number }>)[META]?.startIndex ?? 0
  const open = /^<div(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(text.slice(start))?.[0]
  if (!open) throw new UnreadableXml('a narrative is not well-formed')
  return open.endsWith('/>') ? open : `${open}${inner.map((one) => String(one['#text'] ?? '')).join('')}</div>`
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const decoded = (value: string): string =>
  value.replace(/[\t\n\r]/g, ' ').replace(/&([^;&\s]*);?/g, (entity, name: string) => {
    if (NAMED[name] && entity.endsWith(';')) return NAMED[name]
    const code = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
    const point = code ? (code[1] ? Number.parseInt(code[1], 16) : Number(code[2])) : -1
    if (point <= 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new UnreadableXml('an entity is not known')
    return String.fromCodePoint(point)
  })
