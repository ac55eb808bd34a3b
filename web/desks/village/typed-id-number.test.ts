import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCharacter, readIdNumber } from '../../../src/modules/residents/rules/id-number.ts'
import { plainIdNumber, readTypedIdNumber } from './typed-id-number.ts'

const whole = (seventeen: string): string => `${seventeen}${checkCharacter(seventeen)}`
// Division 9903 exists nowhere, so that no number here can be a person's.
const man = whole('99030019880229123')
const woman = whole('99030019900101004')

for (const [typed, is, why] of [
  ['', 'empty', 'nothing yet'],
  [man.slice(0, 17), 'short', 'one digit is still missing'],
  [man, 'sound', 'a leap day'],
  [` ${man.slice(0, 6)} ${man.slice(6)} `, 'sound', 'a scanner or a paste brings blanks'],
  [whole('99030019890229123'), 'birthday', '29 February of a year without one'],
  [`${man.slice(0, 16)}A${man.slice(17)}`, 'form', 'a letter in the middle'],
  [`${man}0`, 'form', 'one too many'],
] as const) {
  test(`${why}: ${is}`, () => assert.equal(readTypedIdNumber(typed).is, is))
}

test('birthday and sex are read off a sound number', () => {
  assert.deepEqual(readTypedIdNumber(man), { is: 'sound', number: man, bornOn: '1988-02-29', sex: 'male' })
  assert.deepEqual(readTypedIdNumber(woman), { is: 'sound', number: woman, bornOn: '1990-01-01', sex: 'female' })
})

test('each of the eleven check characters agrees with the rule of the server, also as a small x and in full width', () => {
  const seen = new Set<string>()
  for (let order = 100; order < 140; order += 1) {
    const number = whole(`99030019900101${order}`)
    seen.add(number.slice(-1))
    for (let last = 0; last <= 10; last += 1) {
      const tried = `${number.slice(0, 17)}${'0123456789X'[last]}`
      assert.equal(readTypedIdNumber(tried).is === 'sound', readIdNumber(tried).ok, tried)
    }
    const wide = [...number.toLowerCase()].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('')
    assert.equal(plainIdNumber(wide), number)
  }
  assert.equal(seen.size, 11)
})
