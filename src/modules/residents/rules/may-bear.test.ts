import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { mayBearOn } from '../contract.ts'

const BIRTH = '2026-11-22' as Day

// sex        born on        may    why it is here
const TABLE: readonly (readonly [string, string | null, boolean, string])[] = [
  ['female', '1996-01-01', true, 'a woman of thirty'],
  ['female', '2016-11-22', true, 'ten on that very day'],
  ['female', '2016-11-23', false, 'not ten before the next day'],
  ['female', '1965-11-23', true, 'sixty until the day before the next birthday'],
  ['female', '1965-11-22', false, 'sixty-one on that very day'],
  ['female', '2026-11-22', false, 'the child itself'],
  ['female', null, true, 'an unknown birthday speaks against nobody'],
  ['unknown', '1996-01-01', true, 'neither does an unknown sex'],
  ['male', '1996-01-01', false, 'no man is a mother'],
  ['male', null, false, 'whatever his age'],
]

for (const [sex, bornOn, may, why] of TABLE)
  test(`Who may be the mother of a newborn: ${why}`, () => assert.equal(mayBearOn({ sex, bornOn }, BIRTH), may))
