import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLines } from '../../../platform/csv-lines.ts'
import { partsOfTable } from './table-parts.ts'

/** The rows of a table read in parts, each with the line of the file on which it begins. */
const readInParts = (text: string) =>
  partsOfTable(text).flatMap(({ text: part, offset }) =>
    csvLines(part)
      .rows.slice(1)
      .map(({ line, cells }) => ({ line: line + offset, cells })),
  )

test('a table in parts has the rows and the line numbers of the whole', () => {
  const rows = Array.from({ length: 5_003 }, (_none, at) => (at % 7 === 0 ? `"a ${at}\n二",b` : `a ${at},b`))
  for (const end of ['\n', '\r\n']) {
    const text = `\uFEFF列一,"列\n二"${end}${rows.join(end)}${end}`
    const parts = partsOfTable(text)
    assert.equal(parts.length, 3)
    assert.deepEqual(readInParts(text), csvLines(text).rows.slice(1))
  }
})

test('an empty text, a heading alone and a table without a last line end are one part', () => {
  assert.deepEqual(partsOfTable(''), [{ text: '', offset: 0 }])
  assert.deepEqual(partsOfTable('a,b\n'), [{ text: 'a,b\n', offset: 0 }])
  assert.deepEqual(partsOfTable('a,b'), [{ text: 'a,b', offset: 0 }])
  assert.deepEqual(readInParts('a,b\n1,2\n3,4'), [{ line: 2, cells: ['1', '2'] }, { line: 3, cells: ['3', '4'] }]) // prettier-ignore
})
