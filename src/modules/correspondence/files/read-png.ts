import { crc32 } from 'node:zlib'
import type { FileRead } from './read-file.ts'

const HEAD = 8
/** Length, name and checksum of a chunk. */
const AROUND = 12
/** Chunks that make the picture or its colours; text, EXIF, animation and what no standard knows are left out. */
const KEPT: readonly string[] = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'pHYs', 'bKGD']
/** Bit depths that each colour type of PNG may have (ISO/IEC 15948, table 11.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

type Chunk = { readonly name: string; readonly whole: Buffer; readonly body: Buffer; readonly end: number }

/** The chunk that begins here, its checksum recomputed; null where it is damaged or passes the end of the file. */
const chunkAt = (bytes: Buffer, at: number): Chunk | null => {
  if (at + AROUND > bytes.length) return null
  const end = at + AROUND + bytes.readUInt32BE(at)
  if (end > bytes.length) return null
  const named = bytes.subarray(at + 4, end - 4)
  const name = named.subarray(0, 4).toString('latin1')
  if (!/^[A-Za-z]{4}$/.test(name) || crc32(named) !== bytes.readUInt32BE(end - 4)) return null
  return { name, whole: bytes.subarray(at, end), body: named.subarray(4), end }
}

/** Width and height out of the first chunk; null when they or the colours are such as PNG does not have. */
const sizeOf = ({ name, body }: Chunk): { width: number; height: number } | null => {
  if (name !== 'IHDR' || body.length !== 13) return null
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
  const isKnown = DEPTHS[body.readUInt8(9)]?.includes(body.readUInt8(8)) && body.readUInt8(10) === 0 && body.readUInt8(11) === 0
  return isKnown && width > 0 && height > 0 ? { width, height } : null
}

/** Reads a PNG chunk by chunk to its end, with checksums, and leaves out text and EXIF. */
export const readPng = (bytes: Buffer): FileRead => {
  const kept: Buffer[] = [bytes.subarray(0, HEAD)]
  let size: { width: number; height: number } | null = null
  let hasData = false
  let at = HEAD
  for (let chunk = chunkAt(bytes, at); chunk !== null; chunk = chunkAt(bytes, at)) {
    at = chunk.end
    if (size === null) size = sizeOf(chunk)
    else if (chunk.name === 'IHDR') return 'file-broken'
    if (size === null) return 'file-broken'
    if (chunk.name === 'IDAT') hasData ||= chunk.body.length > 0
    if (KEPT.includes(chunk.name)) kept.push(chunk.whole)
    if (chunk.name !== 'IEND') continue
    if (!hasData) return 'file-broken'
    return at === bytes.length ? { mediaType: 'image/png', bytes: Buffer.concat(kept), ...size } : 'file-has-more'
  }
  return 'file-broken'
}
