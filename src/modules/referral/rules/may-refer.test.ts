import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directionOf, isPrimaryCare, mayRefer, type RequestFacts } from './may-refer.ts'

const sound: RequestFacts = {
  senderIsReceiver: false,
  receiverIsOpen: true,
  receiverHasSpecialty: true,
  personIsKnown: true,
  personIsDead: false,
  openAlready: null,
  letter: { impression: '高血压3级', reason: '血压 186/112,头痛', pastHistory: '', treatment: '' },
  consentIsGiven: true,
  urgency: 'ordinary',
  unitFits: true,
}
const blank = { impression: ' ', reason: '', pastHistory: '', treatment: '' }
const open = { slip: 'ZZ-1', state: '待接收', stateEn: 'Awaiting acceptance' }

// what differs from a sound request | refusals, in order | the sentence of the policy
const TABLE: [Partial<RequestFacts>, string[], string][] = [
  [{}, [], 'a complete request with consent is sent'],
  [{ letter: blank }, ['referral.letter-incomplete', 'referral.letter-incomplete'], 'first impression and reason are asked by the standard form'],
  [{ consentIsGiven: false }, ['referral.consent-missing'], 'sensitive data travel with consent'],
  [{ letter: blank, consentIsGiven: false, urgency: 'emergency' }, [], 'an emergency is treated first and completed afterwards'],
  [{ letter: blank, urgency: 'green-channel' }, ['referral.letter-incomplete', 'referral.letter-incomplete'], 'a green channel that is asked for needs its letter'],
  [{ openAlready: open }, ['referral.open-already'], 'one open referral per resident and condition'],
  [{ openAlready: open, urgency: 'emergency' }, [], 'an open ordinary referral never holds up an emergency'],
  [{ senderIsReceiver: true }, ['referral.to-itself'], 'nobody refers to himself'],
  [{ receiverIsOpen: false, receiverHasSpecialty: false }, ['referral.receiver-unknown'], 'a closed institution is named once'],
  [{ receiverHasSpecialty: false }, ['referral.receiver-without-specialty'], 'the receiver offers the specialty'],
  [{ personIsDead: true, urgency: 'emergency' }, ['referral.person-dead'], 'the dead are not referred, in no urgency'],
  [{ unitFits: false }, ['referral.unit-of-another'], 'the unit belongs to the receiver'],
  [{ personIsDead: true, receiverHasSpecialty: false, consentIsGiven: false }, ['referral.person-dead', 'referral.receiver-without-specialty', 'referral.consent-missing'], 'all reasons are given, not the first'],
]

for (const [differs, codes, why] of TABLE)
  test(`Referring: ${why}`, () => {
    const result = mayRefer({ ...sound, ...differs })
    assert.deepEqual(result.ok ? [] : result.refusals.map((refusal) => refusal.code), codes)
  })

// sender, receiver | direction
const DIRECTIONS = [
  ['village', 'township', 'up'],
  ['village', 'county', 'up'],
  ['township', 'regional-centre', 'up'],
  ['county', 'city', 'up'],
  ['county', 'township', 'down'],
  ['province', 'village', 'down'],
  ['county', 'county', 'lateral'],
] as const

for (const [sender, receiver, direction] of DIRECTIONS)
  test(`From ${sender} to ${receiver} a referral goes ${direction}`, () => assert.equal(directionOf(sender, receiver), direction))

test('Primary care ends below the county', () => {
  assert.deepEqual(['village', 'township', 'regional-centre', 'county', 'city', 'province', 'moon'].filter(isPrimaryCare), ['village', 'township', 'regional-centre'])
})
