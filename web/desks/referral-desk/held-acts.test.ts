import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noAnswer } from '../../api/api-error.ts'
import { openHeldActs, undoMs, type Intent } from './held-acts.ts'

const referral = '00000000-0000-4000-8000-000000000001'
const accept: Intent = { act: 'accept', input: { referral }, who: '测试' }

const open = (answer: () => Promise<unknown> = () => Promise.resolve({})) => {
  const sent: { name: string; key: string; leaves: boolean }[] = []
  const told: string[] = []
  let due: (() => void) | null = null
  let keys = 0
  const acts = openHeldActs({
    send: (name, _input, key, leaves) => {
      sent.push({ name, key, leaves })
      return answer()
    },
    newKey: () => `key-${(keys += 1)}`,
    after: (ms, run) => {
      assert.equal(ms, undoMs)
      due = run
      return () => (due = null)
    },
    onSent: ({ act }) => told.push(`sent ${act}`),
    onRefused: ({ act }) => told.push(`refused ${act}`),
  })
  return { acts, sent, told, pass: () => due?.() }
}

test('an act is sent only when its time for undoing is over', async () => {
  const { acts, sent, told, pass } = open()
  acts.hold(accept)
  assert.equal(acts.entries().get(referral)?.state, 'held')
  assert.deepEqual(sent, [])
  pass()
  assert.deepEqual(sent, [{ name: 'referral.accept', key: 'key-1', leaves: false }])
  await Promise.resolve()
  await Promise.resolve()
  assert.equal(acts.entries().size, 0)
  assert.deepEqual(told, ['sent accept'])
})

test('an act that was undone is never sent, and one on its way cannot be undone', async () => {
  const { acts, sent, pass } = open(() => new Promise(() => {}))
  acts.hold(accept)
  assert.equal(acts.undo(referral), true)
  pass()
  assert.deepEqual(sent, [])
  acts.hold(accept)
  pass()
  assert.equal(acts.undo(referral), false)
  assert.equal(sent.length, 1)
})

test('leaving the page sends at once what is held', () => {
  const { acts, sent } = open()
  acts.hold(accept)
  acts.leave()
  acts.leave()
  assert.deepEqual(sent, [{ name: 'referral.accept', key: 'key-1', leaves: true }])
})

test('a second act on the same case waits for the first', () => {
  const { acts } = open()
  acts.hold(accept)
  acts.hold({ act: 'arrive', input: { referral }, who: '测试' })
  assert.equal(acts.entries().get(referral)?.act, 'accept')
})

test('without an answer the values stay, and the same act sent again keeps its key', async () => {
  const { acts, sent, told, pass } = open(() => Promise.reject(noAnswer()))
  acts.hold(accept)
  await acts.sendNow(referral)
  assert.equal(acts.entries().get(referral)?.state, 'refused')
  assert.deepEqual(told, ['refused accept'])
  acts.hold(accept)
  pass()
  assert.deepEqual(
    sent.map(({ key }) => key),
    ['key-1', 'key-1'],
  )
  await acts.sendNow(referral)
})

test('another act after a refusal is another intent with a key of its own', async () => {
  const { acts, sent } = open(() => Promise.reject(noAnswer()))
  acts.hold(accept)
  await acts.sendNow(referral)
  acts.hold({ act: 'accept', input: { referral, queue: '候诊' }, who: '测试' })
  await acts.sendNow(referral)
  assert.deepEqual(
    sent.map(({ key }) => key),
    ['key-1', 'key-2'],
  )
})
