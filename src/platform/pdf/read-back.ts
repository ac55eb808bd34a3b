import { inflateSync } from 'node:zlib'

import { present } from '../../kernel/assert.ts'

/** What a reader gets out of our own PDF: text by page as it is copied or searched, and its fonts. */
export type PdfContent = { pages: string[]; fonts: { name: string; isEmbedded: boolean }[] }

type Objects = Map<string, string>

const dictionaryOf = (body: string): string => body.split('stream\n', 1)[0] ?? ''

const streamOf = (body: string): string => {
  const from = body.indexOf('stream\n') + 'stream\n'.length
  const length = Number(/\/Length (\d+)/.exec(body)?.[1])
  const bytes = Buffer.from(body.slice(from, from + length), 'latin1')
  return (dictionaryOf(body).includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1')
}

const readObjects = (pdf: Uint8Array): Objects => {
  const file = Buffer.from(pdf).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id, body] of file.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)) objects.set(id as string, body as string)
  return objects
}

const follow = (objects: Objects, dictionary: string, key: string): string | undefined => {
  const id = new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(dictionary)?.[1]
  return id === undefined ? undefined : present(objects.get(id), `PDF object ${id}`)
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** Glyph number → text, from the map that a reader uses for copying and search. */
const toUnicode = (objects: Objects, font: string): Map<number, string> => {
  const map = streamOf(present(follow(objects, font, 'ToUnicode'), 'The ToUnicode map'))
  const pairs = map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gim)
  return new Map(Array.from(pairs, ([, glyph, text]) => [Number.parseInt(glyph as string, 16), utf16(text as string)]))
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Bytes of the literal that opens at an offset, and where it ends; parentheses inside may stand unescaped when they pair. */
const literalAt = (content: string, open: number): { bytes: string; end: number } => {
  let bytes = ''
  let depth = 1
  for (let at = open + 1; ; at++) {
    const sign = present(content[at], 'The end of a PDF string')
    if (sign === '\\') {
      const octal = /^[0-7]{1,3}/.exec(content.slice(at + 1, at + 4))?.[0]
      const escaped = content[at + 1] ?? ''
      bytes += octal === undefined ? (ESCAPED[escaped] ?? escaped) : String.fromCharCode(Number.parseInt(octal, 8))
      at += octal?.length ?? 1
      continue
    }
    if (sign === '(') depth++
    if (sign === ')' && --depth === 0) return { bytes, end: at + 1 }
    bytes += sign
  }
}

const textOf = (bytes: string, glyphs: Map<number, string>): string => {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2)
    text += glyphs.get((bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1)) ?? ''
  return text
}

const pageText = (objects: Objects, page: string): string => {
  const fonts = new Map<string, Map<number, string>>()
  for (const [, name, id] of page.matchAll(/\/(f\d+) (\d+) 0 R/g))
    fonts.set(name as string, toUnicode(objects, present(objects.get(id as string), `PDF font ${id}`)))
  const content = streamOf(present(follow(objects, page, 'Contents'), 'The page content'))
  const token = /\/(f\d+) [\d.]+ Tf|\(|<([0-9a-f]+)>/gi
  let glyphs = new Map<number, string>()
  let text = ''
  for (let found = token.exec(content); found !== null; found = token.exec(content)) {
    const [sign, font, hex] = found
    if (font !== undefined) glyphs = present(fonts.get(font), `Font ${font}`)
    else if (hex !== undefined) text += textOf(Buffer.from(hex, 'hex').toString('latin1'), glyphs)
    else if (sign === '(') {
      const literal = literalAt(content, found.index)
      text += textOf(literal.bytes, glyphs)
      token.lastIndex = literal.end
    }
  }
  return text
}

/** Reads a PDF of `renderPdf` back. Not for PDFs of others: it knows only what our engine writes. */
export const readBack = (pdf: Uint8Array): PdfContent => {
  const objects = readObjects(pdf)
  const ofType = (type: string) =>
    [...objects.values()].filter((body) => new RegExp(`/Type /${type}$`, 'm').test(dictionaryOf(body)))
  return {
    pages: ofType('Page').map((page) => pageText(objects, page)),
    fonts: ofType('FontDescriptor').map((descriptor) => ({
      name: present(/\/FontName \/([^\s]+)/.exec(descriptor)?.[1], 'The font name'),
      isEmbedded: follow(objects, descriptor, 'FontFile2') !== undefined,
    })),
  }
}
