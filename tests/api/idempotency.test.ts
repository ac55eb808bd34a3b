import assert from 'node:assert/strict'
import test from 'node:test'
import { sql } from '../../src/platform/database/pool.ts'
import { PLACES, STAFF } from '../invariants/small-region.ts'
import { serve, type Served } from './serve.ts'

const referralTo = (served: Served, person = served.persons[0]) => ({
  person, receiver: PLACES.countyHospital, specialty: '0300', condition: { key: 'I10', zh: '高血压' }, consent: { by: 'patient' },
  letter: { impression: '演示', reason: '演示', pastHistory: '', treatment: '' },
}) // prettier-ignore

const count = async (
  { house }: Served,
  table: 'referral.referral' | 'platform.idempotency' | 'platform.trace_event',
): Promise<number> => {
  const query = {
    'referral.referral': sql`select count(*)::int as count from referral.referral`,
    'platform.idempotency': sql`select count(*)::int as count from platform.idempotency where key like 'key-%'`,
    'platform.trace_event': sql`select count(*)::int as count from platform.trace_event`,
  }[table]
  return (await house.database.row<{ count: number }>(query))?.count ?? -1
}

test('the same key and body answer the first result byte for byte, and nothing is done twice', async (t) => {
  const served = await serve(t)
  const sent = { as: STAFF.villageDoctor, key: 'key-1', body: referralTo(served) }
  const first = await served.post('referral.send', sent)
  const events = await count(served, 'platform.trace_event')
  const again = await served.post('referral.send', sent)
  assert.equal(first.status, 200)
  assert.deepEqual([again.status, again.text], [200, first.text])
  assert.deepEqual([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')], [null, 'true'])
  assert.deepEqual([await count(served, 'referral.referral'), await count(served, 'platform.trace_event')], [1, events])
  // Fields in another order and white space are the same body: what counts is what was asked.
  const reordered = JSON.stringify(Object.fromEntries(Object.entries(sent.body).toReversed()), null, 2)
  assert.equal((await served.post('referral.send', { as: sent.as, key: sent.key, raw: reordered })).text, first.text)
})

test('the same key with another body, or for another command, is refused without effect', async (t) => {
  const served = await serve(t)
  await served.post('referral.send', { as: STAFF.villageDoctor, key: 'key-1', body: referralTo(served) })
  const otherBody = await served.post('referral.send', {
    as: STAFF.villageDoctor,
    key: 'key-1',
    body: referralTo(served, served.persons[1]),
  })
  const otherCommand = await served.post('referral.draft', { as: STAFF.villageDoctor, key: 'key-1', body: referralTo(served) })
  for (const answer of [otherBody, otherCommand])
    assert.deepEqual([answer.status, answer.error?.code], [422, 'platform.key-used-otherwise'])
  assert.equal(await count(served, 'referral.referral'), 1)
})

test('one key of two accounts is two keys', async (t) => {
  const served = await serve(t)
  const first = await served.post('referral.send', { as: STAFF.villageDoctor, key: 'key-1', body: referralTo(served) })
  const second = await served.post('referral.send', {
    as: STAFF.familyDoctor,
    key: 'key-1',
    body: referralTo(served, served.persons[1]),
  })
  assert.deepEqual([first.status, second.status], [200, 200])
  assert.notEqual(first.text, second.text)
  assert.equal(await count(served, 'referral.referral'), 2)
})

test('ten requests with one key at once have one effect and one answer', async (t) => {
  const served = await serve(t)
  const sent = { as: STAFF.villageDoctor, key: 'key-1', body: referralTo(served) }
  const answers = await Promise.all(Array.from({ length: 10 }, () => served.post('referral.send', sent)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
  assert.equal(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null).length, 1)
  assert.equal(await count(served, 'referral.referral'), 1)
})

test('without a key every request is an act of its own', async (t) => {
  const served = await serve(t)
  const body = { name: { zh: '演示新生儿' }, sex: 'unknown' }
  const answers = [
    await served.post('residents.register', { as: STAFF.villageDoctor, body }),
    await served.post('residents.register', { as: STAFF.villageDoctor, body }),
  ]
  assert.equal(new Set(answers.map(({ text }) => text)).size, 2)
})

test('a refusal had no effect: the same key is decided anew', async (t) => {
  const served = await serve(t)
  const open = await served.post('referral.send', { as: STAFF.villageDoctor, key: 'key-1', body: referralTo(served) })
  const sent = { as: STAFF.familyDoctor, key: 'key-2', body: referralTo(served) }
  const refused = await served.post('referral.send', sent)
  assert.deepEqual([refused.status, refused.error?.code], [409, 'referral.open-already'])
  assert.equal(await count(served, 'platform.idempotency'), 1)
  const { referral } = JSON.parse(open.text) as { referral: string }
  await served.post('referral.cancel', { as: STAFF.villageDoctor, body: { referral, reason: '患者改变主意' } })
  assert.equal((await served.post('referral.send', sent)).status, 200)
})

test('a key is 1 to 200 visible ASCII characters', async (t) => {
  const served = await serve(t)
  for (const key of ['a'.repeat(201), 'with space', 'ü']) {
    const { status, error } = await served.post('referral.send', { as: STAFF.villageDoctor, key, body: referralTo(served) })
    assert.deepEqual([status, error?.code], [400, 'platform.key-invalid'], key)
  }
  assert.equal(await count(served, 'referral.referral'), 0)
})
