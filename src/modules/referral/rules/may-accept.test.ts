import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayAccept, type AcceptFacts } from './may-accept.ts'

const sound: AcceptFacts = { personIsDead: false, hasPackage: true, receiverHasSpecialty: true, unitRefusals: [], queue: null, urgency: 'ordinary', isDown: false }

// what differs | refusals | the sentence of the policy
const TABLE: [Partial<AcceptFacts>, string[], string][] = [
  [{}, [], 'case, unit and package are bound together'],
  [{ unitRefusals: null, queue: '心内科候床' }, [], 'where there is no unit, a named queue is a place'],
  [{ unitRefusals: null }, ['referral.no-place'], 'accepted implies a place'],
  [{ unitRefusals: null, isDown: true }, [], 'one who is referred down goes home and needs no unit'],
  [{ hasPackage: false }, ['referral.package-missing'], 'the record travels ahead of the patient'],
  [
    { personIsDead: true, hasPackage: false, unitRefusals: [{ code: 'booking.hold-ended' }, { code: 'booking.person-booked-then' }] },
    ['referral.person-dead', 'referral.package-missing', 'booking.hold-ended', 'booking.person-booked-then'],
    'it is refused with all reasons, not the first',
  ],
]

for (const [differs, codes, why] of TABLE)
  test(`Accepting: ${why}`, () => {
    const result = mayAccept({ ...sound, ...differs })
    assert.deepEqual(result.ok ? [] : result.refusals.map((refusal) => refusal.code), codes)
  })
