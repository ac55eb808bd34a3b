import assert from 'node:assert/strict'
import test from 'node:test'
import { sql } from '../../../platform/database/pool.ts'
import type { TestHouse } from '../../../../tests/harness/house.ts'
import { BUREAU, findingRegion, ID, pool } from '../../../../tests/harness/finding-region.ts'

/** Requests for cardiology of the village clinic, one on each of the last days. */
const referrals = ({ database }: TestHouse, count: number): Promise<number> =>
  database.run(sql`insert into referral.referral (org_id, id, slip_no, version, direction, urgency, state, state_since, person_id, sender_name, receiver_org, specialty,
      condition_key, condition_words, letter, opened_at, rulebook_hash)
    select ${ID.clinic}, gen_random_uuid(), 'T' || day, 1, 'up', 'ordinary', 'submitted', platform.jieli_now(), 77, '{"zh":"演示"}', ${ID.county}, '0304',
      'coronary-heart-disease', '{"zh":"冠心病"}', '{}', platform.jieli_now() - day * interval '1 day', 'x' from generate_series(1, ${count}) as day`)

test('other weights: which referrals of the last days would go elsewhere, counted from place to place, nobody named', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.county, 2)
  await pool(house, ID.city, 1)
  await referrals(house, 10)
  const same = await house.done('navigation.what-if', BUREAU, { days: 5 })
  assert.deepEqual([same.referrals, same.ranked, same.moved, same.flows], [4, 4, 0, []], 'today’s weights move nothing')
  const other = { days: 30, 'tier-step': 0, 'other-consortium': 0, 'own-lead': 0, 'key-tag': 40 }
  const { moved, flows, tiers, samples, ...rest } = await house.done('navigation.what-if', BUREAU, other)
  assert.deepEqual([moved, flows.map(({ from, to, count }: { from: { id: string }; to: { id: string }; count: number }) => [from.id, to.id, count])], [10, [[ID.county, ID.city, 10]]]) // prettier-ignore
  assert.deepEqual(tiers, [
    { tier: 'county', before: 10, after: 0 },
    { tier: 'city', before: 0, after: 10 },
  ])
  assert.equal(samples.length, 10)
  assert.deepEqual(Object.keys(samples[0]).toSorted(), ['condition', 'county', 'from', 'specialty', 'to', 'urgency'])
  assert.equal(JSON.stringify({ samples, rest }).includes('"77"'), false)
  const urgent = await house.done('navigation.what-if', BUREAU, { ...other, of: 'urgent' })
  assert.equal(urgent.moved, 0, 'weights of urgent cases move no ordinary ones')
})
