import assert from 'node:assert/strict'
import test from 'node:test'
import { faultOfCode } from './code-strength.ts'

const ROWS: readonly [code: string, again: string, fault: ReturnType<typeof faultOfCode>, why: string][] = [
  ['73914', '73914', 'short', 'one digit too few'],
  ['739148', '739148', null, 'six digits will do'],
  ['7391a8', '7391a8', 'short', 'a letter is no digit'],
  ['111111', '111111', 'simple', 'all the same'],
  ['345678', '345678', 'simple', 'counting up'],
  ['987654', '987654', 'simple', 'counting down'],
  ['121212', '121212', 'simple', 'a piece over and over'],
  ['123123', '123123', 'simple', 'a longer piece over and over'],
  ['739148', '739149', 'differs', 'typed differently the second time'],
]

for (const [code, again, fault, why] of ROWS)
  test(`an unlocking code: ${why}`, () => assert.equal(faultOfCode(code, again, 6), fault))
