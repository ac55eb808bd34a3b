import assert from 'node:assert/strict'
import { test } from 'node:test'

import { charactersWithoutGlyph, printableText } from './printable.ts'
import { readBack } from './read-back.ts'
import { renderPdf } from './typst.ts'

const template = '#set page(height: auto)\n#data.text'
const written = (text: string): string => readBack(renderPdf({ template, data: { text } })).pages.join('')

test('a document is a PDF with its fonts inside, and the same data gives the same bytes', () => {
  const pdf = renderPdf({ template: '#data.text *粗体*', data: { text: '转诊' } })
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString('latin1'), '%PDF-')
  const { fonts } = readBack(pdf)
  assert.deepEqual(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort(), ['NotoSansSC-Bold', 'NotoSansSC-Regular'])
  assert.ok(fonts.every(({ isEmbedded }) => isEmbedded))
  assert.deepEqual(renderPdf({ template: '#data.text *粗体*', data: { text: '转诊' } }), pdf)
})

test('signs that mean something to the engine come out as they were written', () => {
  for (const text of [
    '#panic("x")',
    '$a^2$ 100%',
    '"quoted" \\ *bold* _it_',
    '<b>&amp;</b> @ref',
    '// not a comment /* at all */',
    ') #read("typst.ts")',
  ])
    assert.equal(written(`王${text}`), `王${text}`)
})

test('a rare name prints; a character without a glyph is named by its code point', () => {
  assert.equal(written('欧阳䶮 㼆 𫟼 𬭊'), '欧阳䶮 㼆 𫟼 𬭊')
  assert.equal(written('𠮷田'), '〔U+20BB7〕田')
  assert.deepEqual(charactersWithoutGlyph('𠮷田𠮷䶮'), ['𠮷'])
})

test('nothing unseen gets on paper, and half a character is not lost unnoticed', () => {
  assert.equal(printableText('甲\u202E乙\u0000丙\u200B丁\r\n戊\r己'), '甲乙丙丁\n戊\n己')
  assert.equal(printableText('\uD842'), '〔U+FFFD〕')
})

test('data that the template does not know is left alone; a key that it misses stops the program', () => {
  assert.doesNotThrow(() => renderPdf({ template, data: { text: '一', more: [1, null, true] } }))
  assert.throws(() => renderPdf({ template: '#data.absent', data: {} }), /does not contain key "absent"/)
  assert.throws(() => renderPdf({ template: '#data.at(', data: {} }), /template failed/)
})
