import assert from 'node:assert/strict'
import test from 'node:test'
import type { QueuedCommand } from '../../api/queue.ts'
import { lostPromiseOf } from './lost-promise-of.ts'

const sent = (name: string, answer: unknown): QueuedCommand => ({
  key: 'key-1',
  account: 'village',
  name,
  body: { person: '7', receiver: '4', specialty: '0303' },
  label: '转诊 · 演**',
  line: '7',
  savedAt: 1,
  tries: 1,
  state: 'sent',
  sentAt: 2,
  answer,
})
const slot = { org: '4', pool: 'pool-1', startsAt: '2026-11-24T01:00:00.000Z' }

test('only a referral whose promised unit is gone is a lost promise', () => {
  const gone = { referral: 'case-1', state: 'draft', promise: { kept: false, why: 'booking.voucher-used', alternatives: [slot] } }
  assert.deepEqual(lostPromiseOf(sent('referral.send', gone)), {
    referral: 'case-1',
    receiver: '4',
    specialty: '0303',
    person: '7',
    alternatives: [slot],
  })
  for (const [name, answer, why] of [
    ['referral.send', { referral: 'case-1', state: 'submitted', promise: { kept: true, alternatives: [] } }, 'kept'],
    ['referral.send', { referral: 'case-1', state: 'submitted' }, 'nothing was promised'],
    ['referral.send', null, 'the answer was not kept'],
    ['referral.submit', gone, 'another command'],
  ] as const)
    assert.equal(lostPromiseOf(sent(name, answer)), null, why)
})

test('what waits or was refused has come to nothing yet', () => {
  const {
    answer: _answer,
    sentAt: _sentAt,
    state: _state,
    ...bare
  } = sent('referral.send', null) as QueuedCommand & { state: 'sent' }
  assert.equal(lostPromiseOf({ ...bare, state: 'saved', tryAfter: 0 }), null)
})
