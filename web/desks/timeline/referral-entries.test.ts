import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Queries } from '../../api/api-types.ts'
import type { Entry } from './day-groups.ts'
import { withReferrals } from './referral-entries.ts'

type Referral = Queries['referral.of-person']['answer']['rows'][number]

const line = (id: string, at: string | null): Entry => ({
  id,
  kind: 'problem',
  at: at as Entry['at'],
  until: null,
  words: { zh: id, en: id },
  detail: null,
  status: 'active',
  values: [],
  institution: null,
})
const referral = (id: string, openedAt: string): Referral =>
  ({
    id,
    openedAt,
    condition: { zh: '高血压', en: null },
    sender: { id: '1' },
    receiver: { id: '2' },
    state: 'submitted',
  }) as unknown as Referral
const micros = (at: string): string => `${Date.parse(at) * 1000}~x`
const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id)
const says = () => ''

const first = [line('a', '2026-05-03T00:00:00Z'), line('b', '2026-05-01T00:00:00Z')]
const second = [line('c', '2026-04-01T00:00:00Z'), line('d', null)]
const turn = micros('2026-05-01T00:00:00Z')
const referrals = [
  referral('newest', '2026-06-01T00:00:00Z'),
  referral('between', '2026-05-02T00:00:00Z'),
  referral('at-the-turn', '2026-05-01T00:00:00Z'),
  referral('older', '2026-04-15T00:00:00Z'),
  referral('oldest', '2020-01-01T00:00:00Z'),
]

test('Each referral stands on one page, in its place by time', () => {
  const upper = withReferrals(first, referrals, { after: undefined, next: turn }, {}, says)
  const lower = withReferrals(second, referrals, { after: turn, next: null }, {}, says)
  assert.deepEqual(ids(upper), ['newest', 'a', 'between', 'b'])
  assert.deepEqual(ids(lower), ['at-the-turn', 'older', 'c', 'oldest', 'd'])
})

test('What a reader filters by holds for referrals, too: kind, days of the region, either institution', () => {
  const all = { after: undefined, next: null }
  assert.deepEqual(ids(withReferrals([], referrals, all, { kind: 'problem' }, says)), [])
  assert.equal(withReferrals([], referrals, all, { kind: 'referral' }, says).length, referrals.length)
  assert.deepEqual(ids(withReferrals([], referrals, all, { from: '2026-05-02', until: '2026-05-31' }, says)), ['between'])
  assert.equal(withReferrals([], referrals, all, { institution: '2' }, says).length, referrals.length)
  assert.deepEqual(withReferrals([], referrals, all, { institution: '3' }, says), [])
})
