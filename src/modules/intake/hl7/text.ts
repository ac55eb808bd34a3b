import { textOf } from '../../../platform/text-file.ts'

/** The character sets that senders are known to write; the name is the one that Node's decoder knows. */
export const CHARSETS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'iso-8859-1'] as const
export type Charset = (typeof CHARSETS)[number]

/** A message as text, and the character set that its answer is to be written in. */
export type DecodedText = { readonly text: string; readonly charset: Charset }

// HL7 table 0211 and what Chinese systems write instead of it.
const NAMES: readonly (readonly [RegExp, Charset])[] = [
  [/^(UNICODE ?UTF-?8|UTF-?8)$/i, 'utf-8'],
  [/^(GB ?18030(-2000|-2005|-2022)?|GBK|GB ?2312(-80)?|CP936)$/i, 'gb18030'],
  [/^(8859\/1|ISO-?8859-?1|LATIN-?1)$/i, 'iso-8859-1'],
]
const MSH = 'MSH'
// MSH-18 by its place; a Chinese name in the header may have eaten a separator, so its neighbours are looked at too.
const CHARSET_FIELDS = [16, 17, 18, 19, 20] as const

/** Which character set the header names; null when it names none that is known. */
const named = (bytes: Uint8Array): Charset | null => {
  const raw = new TextDecoder('utf-8').decode(bytes.subarray(0, 4_096))
  const at = raw.indexOf(MSH)
  if (at < 0) return null
  const header = raw.slice(at).split(/[\r\n]/, 1)[0] as string
  const fields = header.split(header[MSH.length] ?? '|')
  for (const index of CHARSET_FIELDS)
    for (const repetition of (fields[index] ?? '').split('~')) {
      const found = NAMES.find(([pattern]) => pattern.test(repetition.trim()))
      if (found) return found[1]
    }
  return null
}

const decodedAs = (bytes: Uint8Array, charset: Charset): DecodedText | null => {
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), charset }
  } catch {
    return null
  }
}

/**
 * Reads bytes that should be a message: by their byte order mark, by what the header names, else as UTF-8, else as GB 18030.
 * A header that names a character set which the bytes are not in is not believed. Null for bytes that are no text at all.
 */
export const decodeHl7 = (bytes: Uint8Array): DecodedText | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodedAs(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodedAs(bytes, 'utf-16be')
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const charset = isMarked ? 'utf-8' : named(bytes)
  const asNamed = charset && decodedAs(bytes, charset)
  if (asNamed) return asNamed
  const read = textOf(bytes)
  return read && { text: read.text, charset: read.encoding }
}

let gbBytes: ReadonlyMap<string, readonly [number, number]> | null = null

// Node decodes GB 18030 and does not encode it: the two-byte part, which holds what names are written in, is turned round once.
const gbTable = (): ReadonlyMap<string, readonly [number, number]> => {
  const table = new Map<string, readonly [number, number]>()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const sign = trail === 0x7f ? '' : decoder.decode(Uint8Array.of(lead, trail))
      if ([...sign].length === 1 && sign !== '\uFFFD') table.set(sign, [lead, trail])
    }
  return table
}

/** A text in GB 18030; a sign beyond its two-byte part becomes a question mark. */
export const encodeGb = (text: string): Buffer => {
  gbBytes ??= gbTable()
  const table = gbBytes
  return Buffer.from([...text].flatMap((sign) => (sign < '\u0080' ? [sign.charCodeAt(0)] : (table.get(sign) ?? [0x3f]))))
}
