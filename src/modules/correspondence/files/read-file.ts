import type { MediaType } from '../correspondence.ts'
import { readJpeg } from './read-jpeg.ts'
import { readPdf } from './read-pdf.ts'
import { readPng } from './read-png.ts'

/** Why a file is not taken; each is the refusal `correspondence.<fault>`. */
export type FileFault = 'file-unknown' | 'file-misnamed' | 'file-broken' | 'file-has-more' | 'file-acts'

/** A file that was read to its end: what of it is kept, and how large its picture is. */
export type ReadFile = {
  readonly mediaType: MediaType
  readonly bytes: Buffer
  readonly width: number | null
  readonly height: number | null
}
export type FileRead = ReadFile | FileFault

const MAGIC: readonly (readonly [MediaType, Buffer])[] = [
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['application/pdf', Buffer.from('%PDF-', 'latin1')],
]
const readers: Readonly<Record<MediaType, (bytes: Buffer) => FileRead>> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'application/pdf': readPdf,
}

/** What a file is by its first bytes, whatever it is called. */
export const kindOf = (bytes: Buffer): MediaType | null =>
  MAGIC.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))?.[0] ?? null

/**
 * Reads a file as what it says it is, from the first byte to the last, and keeps only what shows it: of a picture the place
 * where it was taken, previews and comments are left out. A file that is two things at once is not taken.
 */
export const readFile = (mediaType: MediaType, bytes: Buffer): FileRead => {
  const kind = kindOf(bytes)
  if (kind === null) return 'file-unknown'
  if (kind !== mediaType) return 'file-misnamed'
  const read = readers[kind](bytes)
  if (typeof read === 'string') return read
  return hidesAnother(read) ? 'file-has-more' : read
}

const ARCHIVE_ENTRY = Buffer.from('PK\x03\x04', 'latin1')
const ARCHIVE_END = Buffer.from('PK\x05\x06', 'latin1')
const PDF_HEAD = Buffer.from('%PDF-', 'latin1')

// An archive is read from its end and a PDF from anywhere in its first kilobyte: either may lie inside another file.
const hidesAnother = ({ mediaType, bytes }: ReadFile): boolean =>
  (bytes.includes(ARCHIVE_ENTRY) && bytes.includes(ARCHIVE_END)) || (mediaType !== 'application/pdf' && bytes.includes(PDF_HEAD))
