import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readIdNumber } from './id-number.ts'

// number                 outcome                          why it is here
const TABLE = [
  ['990101194403071238', 'residents.id-number-check', 'GB 11643: a wrong check character is refused'],
  ['99010119440307123', 'residents.id-number-form', '17 characters are no identity number'],
  ['9901011944030712345', 'residents.id-number-form', 'neither are 19'],
  ['99010119440307123A', 'residents.id-number-form', 'the last character is a digit or X'],
  ['', 'residents.id-number-form', 'an empty text is refused, not taken as absent'],
] as const

for (const [number, code, why] of TABLE)
  test(`An identity number: ${why}`, () => {
    const read = readIdNumber(number)
    assert.equal(read.ok ? 'taken' : read.refusals[0]?.code, code)
  })

const withCheck = (seventeen: string): string => {
  for (const check of '0123456789X') if (readIdNumber(seventeen + check).ok) return seventeen + check
  throw new Error('no check character fits')
}

test('An identity number says the birthday and the sex: digit 17 odd is male', () => {
  const man = readIdNumber(withCheck('99010119440307123'))
  assert.deepEqual(man.ok && [man.value.bornOn, man.value.sex], ['1944-03-07', 'male'])
  const woman = readIdNumber(withCheck('99010119440307124'))
  assert.deepEqual(woman.ok && woman.value.sex, 'female')
})

test('A birthday that does not exist is refused: 29 February 1943', () => {
  for (const check of '0123456789X') assert.equal(readIdNumber(`99010119430229123${check}`).ok, false)
  assert.ok(withCheck('99010119440229123'), '29 February 1944 exists')
})

test('Exactly one check character fits any 17 digits, and a small x or full-width digits mean the same', () => {
  const fits = [...'0123456789X'].filter((check) => readIdNumber(`99010119500101001${check}`).ok)
  assert.equal(fits.length, 1)
  const number = withCheck('99010119500101001')
  const wide = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).toLowerCase()
  const read = readIdNumber(wide)
  assert.equal(read.ok && read.value.number, number)
})
