import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from './api-error.ts'
import { openOutbox } from './outbox.ts'
import {
  afterAnswer,
  afterFailure,
  backoffSeconds,
  countByState,
  instantAfter,
  isForgettable,
  nextToSend,
  saved,
  waitBeforeTry,
  type QueuedCommand,
  type QueueMeans,
} from './queue.ts'

const refusal = (status: number) =>
  new ApiError(status, { code: 'x.y', zh: '不行', en: 'no', basis: null, reasons: [], fields: [], request: 'r1' })

const command = (key: string) => ({ key, name: 'referral.send', body: { patient: key }, label: key })
const entry = (key: string, account = 'wang') => saved({ ...command(key), account }, 1000)

/** A device that keeps entries across queues, a server that answers by script, and a clock that is moved by hand. */
const scene = (answer: (key: string, nth: number) => unknown) => {
  const kept = new Map<string, QueuedCommand>()
  const sent: string[] = []
  const state = { now: 1000, wake: null as (() => void) | null, wakeDelayMs: 0 }
  const means: QueueMeans = {
    store: {
      load: async () => [...kept.values()].map((entry) => structuredClone(entry)),
      put: async (entry) => void kept.set(entry.key, structuredClone(entry)),
      remove: async (key) => void kept.delete(key),
    },
    send: async (_name, _body, key) => {
      sent.push(key)
      const result = answer(key, sent.filter((one) => one === key).length)
      if (result instanceof Error) throw result
      return result
    },
    now: () => state.now,
    wakeAfter: (delayMs, run) => {
      state.wake = run
      state.wakeDelayMs = delayMs
    },
    alone: (work) => work(),
  }
  return { kept, sent, state, means }
}

test('a command without an answer stays saved and waits longer after each try, at most five minutes', () => {
  assert.deepEqual([1, 2, 3, 8, 9, 40].map(backoffSeconds), [2, 4, 8, 256, 300, 300])
  const later = afterFailure(entry('a'), refusal(503), 5000)
  assert.equal(later.state, 'saved')
  assert.equal(later.state === 'saved' && later.tryAfter, 7000)
})

for (const [status, state, why] of [
  [0, 'saved', 'no network'],
  [401, 'saved', 'the session ended: it is sent after the next sign-in'],
  [429, 'saved', 'too many at once'],
  [500, 'saved', 'the server failed'],
  [400, 'failed', 'the form is wrong: the person must change it'],
  [403, 'failed', 'no right'],
  [409, 'failed', 'refused by a rule'],
] as const) {
  test(`after status ${status} a command is ${state}: ${why}`, () => {
    const after = afterFailure(entry('a'), refusal(status), 5000)
    assert.equal(after.state, state)
    assert.deepEqual(after.body, { patient: 'a' }, 'typed values are kept')
    assert.equal(after.key, 'a', 'the key never changes')
  })
}

test('commands go in the order of saving, and only those of the account that is signed in', () => {
  const mine = { ...entry('b'), tryAfter: 9999 } as QueuedCommand
  const entries = [entry('a', 'li'), mine, entry('c')]
  assert.equal(nextToSend(entries, 'wang')?.key, 'b', 'c may need what b registers, so it does not overtake')
  assert.deepEqual(countByState(entries, 'wang'), { saved: 2, sent: 0, failed: 0 })
})

test('two commands of one millisecond keep their order, and sent ones leave after a week', () => {
  assert.equal(instantAfter([entry('a')], 1000), 1001)
  assert.equal(instantAfter([entry('a')], 5000), 5000)
  const weekMs = 604_800_000
  assert.equal(isForgettable(afterAnswer(entry('a'), {}, 0), weekMs), false)
  assert.equal(isForgettable(afterAnswer(entry('a'), {}, 0), weekMs + 1), true)
  assert.equal(isForgettable(entry('a'), weekMs * 9), false, 'unsent work is never forgotten')
})

test('a device clock set back by a year does not hold a command for a year', () => {
  const waiting = afterFailure(entry('a'), refusal(0), 31_536_000_000)
  assert.ok(waiting.state === 'saved')
  assert.equal(waitBeforeTry(waiting, 31_536_000_500), 1500)
  assert.equal(waitBeforeTry(waiting, 0), 0)
})

test('a saved command is on the device before it is sent, and is sent once', async () => {
  const { kept, sent, means } = scene((key) => ({ case: key }))
  const outbox = openOutbox('wang', {
    ...means,
    send: (name, body, key) => {
      assert.equal(kept.get(key)?.state, 'saved')
      return means.send(name, body, key)
    },
  })
  await outbox.save(command('a'))
  await outbox.save(command('a'))
  await outbox.refresh()
  await outbox.sendNow()
  assert.deepEqual(sent, ['a'])
  const [only] = outbox.entries()
  assert.ok(only?.state === 'sent')
  assert.deepEqual(only.answer, { case: 'a' })
})

test('without a network the command waits, survives a reload, and goes with its first key', async () => {
  const { sent, state, means } = scene((_key, nth) => (nth < 3 ? refusal(0) : { ok: true }))
  const before = openOutbox('wang', means)
  await before.save(command('a'))
  await before.refresh()
  assert.equal(before.entries()[0]?.state, 'saved')
  assert.equal(state.wakeDelayMs, 2000)

  const reloaded = openOutbox('wang', means)
  await reloaded.refresh()
  assert.deepEqual(sent, ['a'], 'a reload does not shorten the wait')
  state.now += 2000
  await reloaded.refresh()
  assert.equal(state.wakeDelayMs, 4000)
  await reloaded.sendNow()
  assert.deepEqual(sent, ['a', 'a', 'a'], 'the returning network sends at once')
  assert.equal(reloaded.entries()[0]?.state, 'sent')
})

test('a refused command keeps its values, lets the next one pass, and is sent again only when asked', async () => {
  const { sent, means } = scene((key, nth) => (key === 'a' && nth === 1 ? refusal(409) : { ok: true }))
  const outbox = openOutbox('wang', means)
  await outbox.save(command('a'))
  await outbox.save(command('b'))
  await outbox.refresh()
  assert.deepEqual(
    outbox.entries().map((entry) => entry.state),
    ['failed', 'sent'],
  )
  await outbox.sendNow()
  assert.deepEqual(sent, ['a', 'b'])
  await outbox.retry('a')
  assert.deepEqual(sent, ['a', 'b', 'a'])
  assert.equal(outbox.entries()[0]?.state, 'sent')
})

test('a command of another account stays on the device untouched', async () => {
  const { kept, sent, means } = scene(() => ({ ok: true }))
  kept.set('z', entry('z', 'li'))
  const outbox = openOutbox('wang', means)
  await outbox.refresh()
  assert.deepEqual(sent, [])
  assert.deepEqual(outbox.entries(), [])
  assert.equal(kept.get('z')?.state, 'saved')
})
