import assert from 'node:assert/strict'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { STAFF } from '../invariants/small-region.ts'
import { serve } from './serve.ts'

type Answers = { answers: { key: string; status: number; body: { error?: { code: string }; person?: string } }[] }
const newcomer = (key: string, line: string | null = null, sex = 'female') => ({
  name: 'residents.register',
  key,
  line,
  body: { name: { zh: '演示来者' }, sex },
})
const told = (text: string) =>
  (JSON.parse(text) as Answers).answers.map(({ key, status, body }) => [key, status, body.error?.code ?? null])

test('several commands in one packed request are each done, refused or held as if they had come alone', async (t) => {
  const { post, house, bugs } = await serve(t)
  const commands = [
    newcomer('b-1', 'one'),
    newcomer('b-2', 'two', 'neither'),
    newcomer('b-3', 'two'),
    newcomer('b-4', 'three'),
    { name: 'residents.erase', key: 'b-5', body: { person: '1', reason: '演示' } },
    { name: 'no.such', key: 'b-6', body: {} },
    { name: 'residents.search', key: 'b-7', body: {} },
  ]
  const raw = gzipSync(JSON.stringify({ commands }))
  const sent = { as: STAFF.villageDoctor, raw, headers: { 'content-encoding': 'gzip' } }
  const first = await post('batch', sent)
  assert.deepEqual(told(first.text), [
    ['b-1', 200, null],
    ['b-2', 400, 'platform.input-invalid'],
    ['b-3', 409, 'platform.held-by-earlier'],
    ['b-4', 200, null],
    ['b-5', 403, 'platform.role-may-not'],
    ['b-6', 404, 'platform.no-such-route'],
    ['b-7', 404, 'platform.no-such-route'],
  ])
  const again = await post('batch', sent)
  const doneOf = (text: string) => (JSON.parse(text) as Answers).answers.filter(({ status }) => status === 200)
  assert.deepEqual(doneOf(again.text), doneOf(first.text), 'the same keys answer the first results')
  const { persons } = await house.done('residents.search', STAFF.villageDoctor, { text: '演示来者' })
  assert.equal(persons.length, 2)
  const alone = await post('residents.register', { as: STAFF.villageDoctor, key: 'b-1', body: newcomer('b-1').body })
  assert.deepEqual([alone.status, alone.headers.get('idempotent-replayed')], [200, 'true'], 'and so does the command alone')
  assert.deepEqual(bugs, [])
})

test('what is no batch is refused as a whole: nobody signed in, too many, not sound, larger than may be when unpacked', async (t) => {
  const { post, bugs } = await serve(t)
  const as = STAFF.villageDoctor
  const packed = { 'content-encoding': 'gzip' }
  const many = Array.from({ length: 101 }, (_, at) => newcomer(`m-${at}`))
  const bomb = gzipSync(JSON.stringify({ commands: [newcomer('x')], pad: ' '.repeat(8_000_000) }))
  assert.ok(bomb.length < 20_000)
  const refusals = [
    await post('batch', { body: { commands: [newcomer('x')] } }),
    await post('batch', { as, body: { commands: many } }),
    await post('batch', { as, body: { commands: [] } }),
    await post('batch', { as, body: { commands: [{ ...newcomer('x'), key: '钥匙' }] } }),
    await post('batch', { as, raw: 'not gzip', headers: packed }),
    await post('batch', { as, raw: bomb, headers: packed }),
    await post('batch', { as, raw: '{}', headers: { 'content-encoding': 'br' } }),
  ]
  assert.deepEqual(
    refusals.map(({ status, error }) => [status, error?.code]),
    [
      [401, 'platform.sign-in-first'],
      [400, 'platform.input-invalid'],
      [400, 'platform.input-invalid'],
      [400, 'platform.input-invalid'],
      [400, 'platform.body-unreadable'],
      [400, 'platform.body-unreadable'],
      [400, 'platform.body-unreadable'],
    ],
  )
  assert.deepEqual(bugs, [])
})
