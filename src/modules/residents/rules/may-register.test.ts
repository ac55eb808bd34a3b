import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { checkCharacter } from './id-number.ts'
import { faultsOfRegistration } from './may-register.ts'

const TODAY = '2026-11-22' as Day
const number = (seventeen: string): { type: string; number: string } => ({ type: '01', number: seventeen + checkCharacter(seventeen) })
const man1944 = number('99010119440307123')

// born on        sex        paper                                 refused                            why it is here
const TABLE: [string | null, string, { type: string; number: string } | null, string[], string][] = [
  ['1944-03-07', 'male', man1944, [], 'all agree'],
  [null, 'male', man1944, [], 'the number alone says the birthday'],
  ['2026-11-22', 'female', null, [], 'a newborn of today has no number yet'],
  ['1990-01-01', 'unknown', { type: '03', number: 'X1234567' }, [], 'a foreigner registers by passport'],
  ['2026-11-23', 'female', null, ['residents.born-in-future'], 'nobody is born tomorrow'],
  ['1896-11-22', 'female', null, [], 'exactly 130 is taken'],
  ['1895-11-22', 'female', null, ['residents.too-old'], '131 is a slip of the pen'],
  ['1944-03-08', 'male', man1944, ['residents.id-number-differs'], 'another birthday than the number’s'],
  ['1944-03-08', 'female', man1944, ['residents.id-number-differs', 'residents.id-number-differs'], 'every difference is named, not only the first'],
  ['1944-03-07', 'male', { type: '01', number: '123' }, ['residents.id-number-form'], 'a number of another form'],
]

for (const [bornOn, sex, identifier, codes, why] of TABLE)
  test(`Registering a person: ${why}`, () => {
    const faults = faultsOfRegistration({ bornOn: bornOn as Day | null, sex, identifier }, TODAY)
    assert.deepEqual(
      faults.map((fault) => fault.code),
      codes,
    )
  })
