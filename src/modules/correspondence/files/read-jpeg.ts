import type { FileRead } from './read-file.ts'

// Markers of ISO/IEC 10918-1, table B.1.
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const COMMENT = 0xfe
/** Baseline, extended and progressive frames: what browsers show. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2]
const OTHER_FRAMES: readonly number[] = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]
const HEAD = 2

type Segment = { readonly marker: number; readonly whole: Buffer; readonly end: number }

/** The segment that begins here; null where there is none, or where it would pass the end of the file. */
const segmentAt = (bytes: Buffer, start: number): Segment | null => {
  let at = start
  if (bytes[at] !== 0xff) return null
  while (bytes[at + 1] === 0xff) at += 1
  const marker = bytes[at + 1]
  if (marker === undefined || marker === 0 || marker < 0xc0) return null
  if (marker === END_OF_IMAGE) return { marker, whole: bytes.subarray(at, at + 2), end: at + 2 }
  if ((marker >= 0xd0 && marker <= 0xd8) || at + 4 > bytes.length) return null
  const end = at + 2 + bytes.readUInt16BE(at + 2)
  return end < at + 4 || end > bytes.length ? null : { marker, whole: bytes.subarray(at, end), end }
}

/** Where the coded data of a scan ends: at the next marker that is neither a stuffed byte nor a restart. */
const endOfScan = (bytes: Buffer, start: number): number => {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const says = ({ whole }: Segment, name: string): boolean => whole.subarray(4, 4 + name.length).equals(Buffer.from(name, 'latin1'))

// Colour profile and colour transform change how the picture looks; everything else that applications write may name a place.
const isKept = (segment: Segment): boolean => {
  const { marker } = segment
  if (marker === APP0) return says(segment, 'JFIF\0')
  if (marker === APP2) return says(segment, 'ICC_PROFILE\0')
  if (marker === APP14) return says(segment, 'Adobe')
  return marker !== COMMENT && !(marker >= APP0 && marker <= APP15)
}

type Walked = { kept: Buffer[]; width: number; height: number; scans: number; turned: number }

/**
 * Reads a JPEG from segment to segment to its end and leaves out EXIF with the place, previews and comments. How the camera was held
 * is kept, so that nobody sees the picture on its side.
 */
export const readJpeg = (bytes: Buffer): FileRead => {
  const walked: Walked = { kept: [], width: 0, height: 0, scans: 0, turned: 1 }
  let at = HEAD
  for (let segment = segmentAt(bytes, at); segment !== null; segment = segmentAt(bytes, at)) {
    at = segment.end
    if (segment.marker === END_OF_IMAGE) return finished(bytes, at, walked)
    if (!note(segment, walked)) return 'file-broken'
    if (isKept(segment)) walked.kept.push(segment.whole)
    if (segment.marker !== START_OF_SCAN) continue
    const end = endOfScan(bytes, at)
    walked.kept.push(bytes.subarray(at, end))
    walked.scans += 1
    at = end
  }
  return 'file-broken'
}

/** Notes what a segment says of the picture; false when it makes the picture one that no screen shows. */
const note = (segment: Segment, walked: Walked): boolean => {
  const { marker, whole } = segment
  if (OTHER_FRAMES.includes(marker)) return false
  if (marker === APP1 && says(segment, 'Exif\0\0')) walked.turned = orientationOf(whole.subarray(10))
  if (!FRAMES.includes(marker)) return true
  if (walked.width > 0 || whole.length < 10) return false
  walked.height = whole.readUInt16BE(5)
  walked.width = whole.readUInt16BE(7)
  return walked.height > 0 && walked.width > 0
}

const finished = (bytes: Buffer, end: number, { kept, width, height, scans, turned }: Walked): FileRead => {
  if (width === 0 || scans === 0) return 'file-broken'
  if (end !== bytes.length) return 'file-has-more'
  const first = kept[0]?.[1] === APP0 ? 1 : 0
  const parts = [
    bytes.subarray(0, HEAD),
    ...kept.slice(0, first),
    ...(turned === 1 ? [] : [turnedSegment(turned)]),
    ...kept.slice(first),
    bytes.subarray(end - 2),
  ]
  const isOnItsSide = turned >= 5
  return {
    mediaType: 'image/jpeg',
    bytes: Buffer.concat(parts),
    width: isOnItsSide ? height : width,
    height: isOnItsSide ? width : height,
  }
}

const ORIENTATION = 0x0112
const ENTRY_BYTES = 12

/** How the camera was held, 1…8, out of the first directory of an EXIF block; 1, upright, when it does not say so. */
const orientationOf = (tiff: Buffer): number => {
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II'
  const u16 = (at: number): number => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number): number => (at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = u32(4)
  for (let entry = 0; entry < u16(directory); entry += 1) {
    const at = directory + 2 + entry * ENTRY_BYTES
    if (at >= tiff.length) return 1
    if (u16(at) === ORIENTATION) return u16(at + 8) >= 1 && u16(at + 8) <= 8 ? u16(at + 8) : 1
  }
  return 1
}

/** An EXIF block that says how the camera was held, and nothing else. */
const turnedSegment = (orientation: number): Buffer => {
  const segment = Buffer.alloc(36)
  segment.writeUInt16BE(0xff00 + APP1, 0)
  segment.writeUInt16BE(34, 2)
  segment.write('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01', 4, 'latin1')
  segment.writeUInt16BE(orientation, 28)
  return segment
}
