import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '../../booking.ts'
import { PRIORITY_CLASSES, priorityOf, type PriorityClass } from './priority-of.ts'

// channel | emergency | signed | elderly | class | the sentence of the rule
const TABLE: [Channel | null, boolean, boolean, boolean, PriorityClass, string][] = [
  ['emergency', false, false, false, 'emergency', 'who comes by the emergency channel is first'],
  ['direct', true, false, false, 'emergency', 'and who becomes an emergency, however it was booked'],
  ['referral', false, true, true, 'signed-and-referred', 'the signed whom the family doctor refers come next'],
  ['referral', false, false, true, 'referred', 'then the referred who are not signed, whatever their age'],
  ['direct', false, true, true, 'signed', 'then the signed who come by themselves'],
  ['direct', false, false, true, 'elderly', 'then the old'],
  [null, false, false, false, 'ordinary', 'everybody else, also where the channel is not known'],
]

for (const [channel, isEmergency, isSigned, isElderly, wanted, why] of TABLE)
  test(`Priority: ${why}`, () => {
    const found = priorityOf({ channel, isEmergency, isSigned, isElderly })
    assert.deepEqual(found, { class: wanted, rank: PRIORITY_CLASSES.indexOf(wanted) })
  })

test('Priority: the table of the rule goes down rank by rank', () => {
  const ranks = TABLE.map(
    ([channel, isEmergency, isSigned, isElderly]) => priorityOf({ channel, isEmergency, isSigned, isElderly }).rank,
  )
  assert.deepEqual(
    ranks,
    ranks.toSorted((a, b) => a - b),
  )
  assert.equal(new Set(ranks).size, PRIORITY_CLASSES.length, 'and every class stands in it')
})
