import assert from 'node:assert/strict'
import test from 'node:test'
import type { MediaType } from '../correspondence.ts'
import { readFile, type FileRead, type ReadFile } from './read-file.ts'
import { packedObject, pngChunk, sampleJpeg, samplePdf, samplePng } from './sample-files.ts'

const taken = (read: FileRead): ReadFile => {
  assert.ok(typeof read === 'object', `refused: ${String(read)}`)
  return read
}
const ZIP = Buffer.from('PK\x03\x04hidden.txtPK\x05\x06', 'latin1')
const plain = (text: string): Buffer => Buffer.from(text, 'latin1')
const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}

test('what is clean is kept byte for byte, and its size is read anew', () => {
  for (const [mediaType, bytes, width, height] of [
    ['image/jpeg', sampleJpeg(), 8, 6],
    ['image/png', samplePng(), 4, 3],
    ['application/pdf', samplePdf(), null, null],
  ] as const) {
    const read = taken(readFile(mediaType, bytes))
    assert.ok(read.bytes.equals(bytes), mediaType)
    assert.deepEqual([read.mediaType, read.width, read.height], [mediaType, width, height])
  }
})

test('a picture loses the place where it was taken, and stays the right way up', () => {
  const turned = taken(readFile('image/jpeg', sampleJpeg({ orientation: 6, comment: 'Shaoshan' })))
  assert.ok(!turned.bytes.includes('GPS') && !turned.bytes.includes('Shaoshan'))
  assert.deepEqual([turned.width, turned.height], [6, 8], 'shown on its side')
  const again = taken(readFile('image/jpeg', turned.bytes))
  assert.ok(again.bytes.equals(turned.bytes), 'how it was held is kept, and nothing else is left to take away')
  const upright = taken(readFile('image/jpeg', sampleJpeg({ orientation: 1 })))
  assert.ok(upright.bytes.equals(sampleJpeg()))
})

test('a PNG loses text and EXIF', () => {
  const told = samplePng(4, 3, [pngChunk('tEXt', plain('Comment\0<script>alert(1)</script>')), pngChunk('eXIf', plain('GPS'))])
  assert.ok(taken(readFile('image/png', told)).bytes.equals(samplePng()))
})

const jpeg = sampleJpeg()
const png = samplePng()
const script = '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'

// what it says it is | bytes | fault | why
const REFUSED: [MediaType, Buffer, string, string][] = [
  ['image/png', plain('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'file-unknown', 'an SVG is a program'],
  ['image/jpeg', plain('<!doctype html><script>alert(1)</script>'), 'file-unknown', 'a web page'],
  ['application/pdf', plain('#!/bin/sh\nrm -rf /'), 'file-unknown', 'a script'],
  ['application/pdf', ZIP, 'file-unknown', 'an office file or an archive'],
  ['image/jpeg', plain(''), 'file-unknown', 'nothing at all'],
  ['image/png', jpeg, 'file-misnamed', 'a JPEG that says it is a PNG'],
  ['application/pdf', png, 'file-misnamed', 'a PNG that says it is a PDF'],
  ['image/jpeg', jpeg.subarray(0, -2), 'file-broken', 'cut off just before its end'],
  ['image/jpeg', jpeg.subarray(0, 30), 'file-broken', 'cut off in a segment'],
  ['image/jpeg', sampleJpeg({ width: 0 }), 'file-broken', 'a picture without width'],
  ['image/jpeg', plain('\xff\xd8\xff\xd9'), 'file-broken', 'a picture without a picture'],
  ['image/jpeg', plain('\xff\xd8\xff<script>'), 'file-broken', 'a script behind the first bytes of a JPEG'],
  ['image/png', png.subarray(0, -4), 'file-broken', 'cut off in its last checksum'],
  ['image/png', changed(png, 20), 'file-broken', 'one damaged byte'],
  ['image/png', samplePng(0, 3), 'file-broken', 'a picture without width'],
  ['image/jpeg', Buffer.concat([jpeg, ZIP]), 'file-has-more', 'an archive behind the end of a JPEG'],
  ['image/jpeg', Buffer.concat([jpeg, plain('<script>')]), 'file-has-more', 'a script behind the end of a JPEG'],
  ['image/png', Buffer.concat([png, samplePdf()]), 'file-has-more', 'a PDF behind the end of a PNG'],
  ['image/png', samplePng(4, 3, [pngChunk('iCCP', Buffer.concat([ZIP]))]), 'file-has-more', 'an archive inside a colour profile'],
  ['application/pdf', Buffer.concat([samplePdf(), ZIP]), 'file-has-more', 'an archive behind the end of a PDF'],
  ['application/pdf', samplePdf('', `4 0 obj\n(${ZIP.toString('latin1')})\nendobj\n`), 'file-has-more', 'an archive inside a PDF'],
  ['application/pdf', samplePdf().subarray(0, 120), 'file-broken', 'a PDF cut off'],
  ['application/pdf', plain('%PDF-1.4\nhello\nstartxref\n9\n%%EOF\n'), 'file-broken', 'a PDF without a table of contents'],
  ['application/pdf', samplePdf(script), 'file-acts', 'a PDF with a script'],
  ['application/pdf', samplePdf('/OpenAction << /S /Java#53cript >>'), 'file-acts', 'a script whose name is hidden'],
  ['application/pdf', samplePdf('/Names << /EmbeddedFiles 4 0 R >>'), 'file-acts', 'a PDF with files inside'],
  ['application/pdf', samplePdf('/Encrypt 4 0 R'), 'file-acts', 'a PDF with a password'],
  ['application/pdf', samplePdf('', packedObject('1 0 << /S /JavaScript >>')), 'file-acts', 'a script in packed objects'],
  ['application/pdf', samplePdf('', packedObject('1 0 << >>').replace('FlateDecode', 'LZWDecode')), 'file-broken', 'packed objects that cannot be looked at'],
] // prettier-ignore

for (const [mediaType, bytes, fault, why] of REFUSED)
  test(`not taken, ${fault}: ${why}`, () => assert.equal(readFile(mediaType, bytes), fault))

test('whatever byte of a file is damaged, reading it ends', () => {
  for (const [mediaType, bytes] of [
    ['image/jpeg', sampleJpeg({ orientation: 6 })],
    ['image/png', png],
    ['application/pdf', samplePdf('', packedObject('1 0 << >>'))],
  ] as const)
    for (let at = 0; at < bytes.length; at += 1) {
      const read = readFile(mediaType, changed(bytes, at))
      assert.ok(typeof read === 'string' || read.bytes.length > 0)
    }
})
