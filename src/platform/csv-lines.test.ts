import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLines } from './csv-lines.ts'
import { textOf } from './text-file.ts'

test('rows keep the line on which they begin, whatever the line ends and quotes are', () => {
  const { rows, open } = csvLines('\uFEFFcode,name\r\nA00,"霍乱, ""O1""\r\n群"\r\n\r\n, \nB05 ,麻疹')
  assert.equal(open, null)
  assert.deepEqual(rows, [
    { line: 1, cells: ['code', 'name'] },
    { line: 2, cells: ['A00', '霍乱, "O1"\r\n群'] },
    { line: 6, cells: ['B05', '麻疹'] },
  ])
})

test('tabs separate where the first line has them and no commas; an open quote is told with its line', () => {
  assert.deepEqual(csvLines('a\tb\n1,5\t2').rows.at(-1)?.cells, ['1,5', '2'])
  assert.equal(csvLines('a,b\n1,2\n"x,y\nz').open, 3)
  assert.deepEqual(csvLines('').rows, [])
})

test('UTF-8, its mark, UTF-16 and GB 18030 are read; anything else is no text', () => {
  const gb = Uint8Array.from([0xb8, 0xdf, 0xd1, 0xaa, 0xd1, 0xb9])
  assert.deepEqual(textOf(gb), { text: '高血压', encoding: 'gb18030' })
  assert.deepEqual(textOf(new TextEncoder().encode('高血压')), { text: '高血压', encoding: 'utf-8' })
  assert.deepEqual(textOf(new TextEncoder().encode('\uFEFF高')), { text: '高', encoding: 'utf-8' })
  assert.deepEqual(textOf(Uint8Array.from([0xff, 0xfe, 0xd8, 0x9a])), { text: '高', encoding: 'utf-16le' })
  assert.equal(textOf(Uint8Array.from([0x80, 0xff, 0xff, 0x00])), null)
})
