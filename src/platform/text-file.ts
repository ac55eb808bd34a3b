import { readFile } from 'node:fs/promises'

/** A text and the encoding that it was read in. */
export type ReadText = { readonly text: string; readonly encoding: 'utf-8' | 'utf-16le' | 'gb18030' }

const decoded = (bytes: Uint8Array, encoding: ReadText['encoding']): ReadText | null => {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

/**
 * Reads what spreadsheets and hospital systems write: UTF-8 with or without its mark, UTF-16 with its mark, else GB 18030
 * (which holds GBK and GB 2312). Null for bytes that are none of them.
 */
export const textOf = (bytes: Uint8Array): ReadText | null => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le')
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030')
}

/** The text of a file; null when it is no text in a known encoding. */
export const readTextFile = async (path: string): Promise<ReadText | null> => textOf(await readFile(path))
