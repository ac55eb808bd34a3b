import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noAnswer } from '../../api/api-error.ts'
import { openHeldActs, type Batch, type Intent } from './held-acts.ts'
import { undoMs } from './undo-ms.ts'

const referral = '00000000-0000-4000-8000-000000000001'
const accept: Intent = { act: 'accept', input: { referral }, who: '测试' }

const open = (answer: (input: unknown) => Promise<unknown> = () => Promise.resolve({})) => {
  const sent: { name: string; key: string; leaves: boolean }[] = []
  const told: string[] = []
  const over: Batch[] = []
  let due: (() => void) | null = null
  let keys = 0
  const acts = openHeldActs({
    send: (name, input, key, leaves) => {
      sent.push({ name, key, leaves })
      return answer(input)
    },
    newKey: () => `key-${(keys += 1)}`,
    after: (ms, run) => {
      assert.equal(ms, undoMs)
      due = run
      return () => (due = null)
    },
    onSent: ({ act }) => told.push(`sent ${act}`),
    onRefused: ({ act }) => told.push(`refused ${act}`),
    onBatchOver: (batch) => over.push(batch),
  })
  return { acts, sent, told, over, pass: () => due?.() }
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

const several = (count: number): Intent[] =>
  Array.from({ length: count }, (_, at) => ({ act: 'accept', input: { referral: `case-${at}` }, who: `测试${at}` }))

test('a batch is so many commands with keys of their own; what is refused stays with its reasons, the rest is gone', async () => {
  const isRefused = (input: unknown) => ['case-3', 'case-7'].includes((input as { referral: string }).referral)
  const { acts, sent, over } = open((input) => (isRefused(input) ? Promise.reject(noAnswer()) : Promise.resolve({})))
  acts.holdAll(several(20))
  assert.deepEqual([acts.batch()?.state, sent.length], ['held', 0])
  acts.holdAll(several(30))
  assert.equal(acts.batch()?.all, 20, 'one batch at a time')
  await acts.sendBatch()
  assert.equal(new Set(sent.map(({ key }) => key)).size, 20)
  assert.deepEqual([acts.batch()?.state, acts.batch()?.done, acts.batch()?.refused], ['over', 18, 2])
  assert.deepEqual([...acts.entries().keys()], ['case-3', 'case-7'])
  assert.equal(over.length, 1)
  acts.closeBatch()
  assert.equal(acts.batch(), null)
})

test('a batch that was undone is never sent; one under way is stopped at what is not sent yet', async () => {
  const undone = open()
  undone.acts.holdAll(several(5))
  undone.acts.undoBatch()
  undone.pass()
  assert.deepEqual([undone.sent.length, undone.acts.entries().size, undone.acts.batch()], [0, 0, null])
  const answers: (() => void)[] = []
  const running = open(() => new Promise((resolve) => answers.push(() => resolve({}))))
  running.acts.holdAll(several(10))
  const all = running.acts.sendBatch()
  running.acts.undoBatch()
  for (const answer of answers) answer()
  await all
  assert.equal(running.sent.length, 3)
  assert.deepEqual([running.acts.batch()?.done, running.acts.batch()?.refused, running.acts.entries().size], [3, 0, 0])
})

test('one case is taken out of a held batch; leaving sends the others at once', () => {
  const { acts, sent } = open()
  acts.holdAll(several(3))
  assert.equal(acts.undo('case-1'), true)
  acts.leave()
  assert.deepEqual(
    sent.map(({ leaves }) => leaves),
    [true, true],
  )
})
