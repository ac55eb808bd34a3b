import { constants, inflateSync } from 'node:zlib'
import type { FileRead } from './read-file.ts'

const HEADER = /^%PDF-(1\.[0-7]|2\.0)[\r\n]/
const TRAILER = /startxref\s+(\d{1,10})\s+%%EOF\s*$/
/** Names of ISO 32000 that make a document do something, carry other files or lock it. Long enough never to occur by chance. */
const ACTS = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Encrypt)(?![A-Za-z0-9])/
/** Objects may lie packed; more than this, unpacked, is no letter but a bomb. Bytes. */
const UNPACKED_MOST = 16_000_000

/** A name may be written with its letters as numbers, to hide it. */
const plainNames = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

type Packed = { readonly dictionary: string; readonly from: number; readonly to: number }

/** The streams in which objects lie packed: what stands before each, and where its data lie. */
const packedIn = (text: string): Packed[] =>
  [...text.matchAll(/>>\s*stream\r?\n/g)].flatMap((begin) => {
    const from = begin.index + begin[0].length
    const dictionary = plainNames(text.slice(Math.max(text.lastIndexOf('obj', begin.index), 0), from))
    const end = text.indexOf('endstream', from)
    return /\/ObjStm(?![A-Za-z])/.test(dictionary) ? [{ dictionary, from, to: end === -1 ? text.length : end }] : []
  })

/** Packed objects as text; null when they cannot be unpacked and so not be looked at. */
const unpacked = (bytes: Buffer, { dictionary, from, to }: Packed, most: number): string | null => {
  const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1]
  if (filter === undefined) return bytes.toString('latin1', from, to)
  if (!/^\[?\s*\/FlateDecode\s*\]?$/.test(filter)) return null
  try {
    return inflateSync(bytes.subarray(from, to), {
      maxOutputLength: Math.max(most, 1),
      finishFlush: constants.Z_SYNC_FLUSH,
    }).toString('latin1')
  } catch {
    return null
  }
}

/** The whole document as text, and after it every object that lay packed; null when some of them cannot be read. */
const everything = (bytes: Buffer, text: string): string | null => {
  const parts = [text]
  let left = UNPACKED_MOST
  for (const packed of packedIn(text)) {
    const objects = unpacked(bytes, packed, left)
    if (objects === null) return null
    left -= objects.length
    parts.push(objects)
  }
  return plainNames(parts.join('\n'))
}

/**
 * Reads a PDF: head, table of contents and end stand where they must, and nothing in it acts, carries other files or is
 * locked. It is kept byte for byte.
 */
export const readPdf = (bytes: Buffer): FileRead => {
  const text = bytes.toString('latin1')
  if (!HEADER.test(text)) return 'file-broken'
  const end = TRAILER.exec(text)
  if (end === null) return text.includes('%%EOF') ? 'file-has-more' : 'file-broken'
  const table = text.slice(Number(end[1]), Number(end[1]) + 40)
  if (!/^\s*(xref\s|\d+\s+\d+\s+obj)/.test(table)) return 'file-broken'
  const all = everything(bytes, text)
  if (all === null || !/\/Root(?![A-Za-z])/.test(all)) return 'file-broken'
  return ACTS.test(all) ? 'file-acts' : { mediaType: 'application/pdf', bytes, width: null, height: null }
}
