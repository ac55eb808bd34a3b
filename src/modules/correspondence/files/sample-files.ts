import { crc32, deflateSync } from 'node:zlib'

// Small files made byte by byte for tests: nothing in them was ever a picture of anybody.

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

const JFIF = segment(0xe0, latin1('JFIF\0\x01\x01\0\0\x01\0\x01\0\0'))
const frame = (width: number, height: number): Buffer => {
  const body = latin1('\x08\0\0\0\0\x01\x01\x11\0')
  body.writeUInt16BE(height, 1)
  body.writeUInt16BE(width, 3)
  return segment(0xc0, body)
}
const SCAN = Buffer.concat([segment(0xda, latin1('\x01\x01\0\0\x3f\0')), latin1('\x12\x34\xff\0\x56\xff\xd0\x78')])
const END = latin1('\xff\xd9')

/** EXIF of a telephone: how it was held, the place, and who made it. */
const exif = (orientation: number): Buffer => {
  const tiff = Buffer.alloc(40)
  tiff.write('II*\0', 0, 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(2, 8)
  tiff.writeUInt16LE(0x0112, 10)
  tiff.writeUInt16LE(3, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  tiff.writeUInt16LE(0x8825, 22)
  return segment(0xe1, Buffer.concat([latin1('Exif\0\0'), tiff, latin1('GPS 27.75N 112.97E')]))
}

export type JpegParts = {
  readonly width?: number
  readonly height?: number
  readonly orientation?: number
  readonly comment?: string
}

/** A JPEG as a telephone writes it. */
export const sampleJpeg = ({ width = 8, height = 6, orientation, comment }: JpegParts = {}): Buffer =>
  Buffer.concat([
    latin1('\xff\xd8'),
    JFIF,
    ...(orientation === undefined ? [] : [exif(orientation)]),
    ...(comment === undefined ? [] : [segment(0xfe, latin1(comment))]),
    segment(0xdb, Buffer.alloc(65)),
    frame(width, height),
    SCAN,
    END,
  ])

/** One chunk of a PNG with its checksum. */
export const pngChunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([latin1(name), body])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(body.length, 0)
  around.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)])
}

/** A PNG of grey dots, with further chunks before its data. */
export const samplePng = (width = 4, height = 3, further: readonly Buffer[] = []): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const data = deflateSync(Buffer.alloc((width + 1) * height))
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n'),
    pngChunk('IHDR', head),
    ...further,
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** A PDF of one empty page; `catalog` and `further` go into it as they are. */
export const samplePdf = (catalog = '', further = ''): Buffer => {
  const body =
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n` +
    `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n${further}`
  return latin1(`${body}xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`)
}

/** Objects packed into a stream, where a plain look does not find them. */
export const packedObject = (text: string): string =>
  `4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n${deflateSync(latin1(text)).toString('latin1')}\nendstream\nendobj\n`
