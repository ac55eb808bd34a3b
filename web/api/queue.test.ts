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
  dueCommands,
  isHeld,
  saved,
  waitBeforeTry,
  type QueuedCommand,
  type QueueMeans,
} from './queue.ts'

const heldBody = { code: 'platform.held-by-earlier', zh: '等', en: 'held' }
const refusal = (status: number, code = 'x.y') =>
  new ApiError(status, { code, zh: '不行', en: 'no', basis: null, reasons: [], fields: [], request: 'r1' })

const command = (key: string) => ({ key, name: 'referral.send', body: { patient: key }, label: key })
const entry = (key: string, account = 'wang') => saved({ ...command(key), account }, 1000)

/** A device that keeps entries across queues, a server that answers by script, and a clock that is moved by hand. */
const scene = (answer: (key: string, nth: number) => unknown) => {
  const kept = new Map<string, QueuedCommand>()
  const sent: string[] = []
  const requests: string[][] = []
  const state = { now: 1000, aheadMs: 0, wake: null as (() => void) | null, wakeDelayMs: 0 }
  const answerTo = (key: string) => {
    sent.push(key)
    return answer(key, sent.filter((one) => one === key).length)
  }
  const means: QueueMeans = {
    store: {
      load: async () => [...kept.values()].map((entry) => structuredClone(entry)),
      put: async (entries, replaced) => {
        for (const entry of entries) kept.set(entry.key, structuredClone(entry))
        if (replaced !== undefined) kept.delete(replaced)
      },
      remove: async (key) => void kept.delete(key),
    },
    send: async (_name, _body, key) => {
      const result = answerTo(key)
      if (result instanceof Error) throw result
      return result
    },
    // As the server does it: each its own answer, and after one that was not done its line waits.
    sendMany: async (entries) => {
      requests.push(entries.map(({ key }) => key))
      const stuck = new Set<string | null>()
      return entries.map(({ key, line }) => {
        if (line !== null && stuck.has(line)) return { key, status: 409, body: { error: heldBody } }
        const result = answerTo(key)
        if (!(result instanceof ApiError)) return { key, status: 200, body: result }
        if (result.status === 0) throw result
        stuck.add(line)
        return { key, status: result.status, body: { error: result.body } }
      })
    },
    now: () => state.now,
    serverNow: () => state.now + state.aheadMs,
    wakeAfter: (delayMs, run) => {
      state.wake = run
      state.wakeDelayMs = delayMs
    },
    alone: (work) => work(),
  }
  return { kept, sent, requests, state, means }
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

const about = (key: string, line: string | null, savedAt = 1000) => saved({ ...command(key), account: 'wang', line }, savedAt)
const keysDue = (entries: readonly QueuedCommand[], most = 9) =>
  dueCommands(entries, 'wang', 1000, most).due.map(({ key }) => key)

test('commands go in the order of saving, and only those of the account that is signed in', () => {
  const entries = [entry('a', 'li'), about('b', 'p1'), about('c', 'p2'), about('d', 'p1')]
  assert.deepEqual(keysDue(entries), ['b', 'c', 'd'])
  assert.deepEqual(keysDue(entries, 2), ['b', 'c'])
  assert.deepEqual(countByState(entries, 'wang'), { saved: 3, sent: 0, failed: 0 })
})

test('one that waits or was refused holds back the later ones about the same person, and nobody else', () => {
  const waiting = { ...about('b', 'p1'), tryAfter: 9999 } as QueuedCommand
  const refused = afterFailure(about('c', 'p2'), refusal(409), 1000)
  const entries = [waiting, refused, about('d', 'p1', 1001), about('e', 'p2', 1001), about('f', 'p3'), about('g', null, 1001)]
  assert.deepEqual(keysDue(entries), ['f', 'g'], 'an emergency waits for nothing')
  assert.equal(dueCommands(entries, 'wang', 1000, 9).waitMs, 8999)
  assert.deepEqual(
    entries.map((one) => isHeld(entries, one)),
    [false, false, false, true, false, false],
    'only a refused one has to be settled by a person',
  )
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

test('many commands go in few requests, one answer for each; what is held by a refused one waits and is not refused', async () => {
  const { kept, requests, means } = scene((key) => (key === 'c02' ? refusal(409) : { ok: true }))
  for (let at = 0; at < 60; at += 1) {
    const key = `c${String(at).padStart(2, '0')}`
    kept.set(key, about(key, `p${at % 10}`, 1000 + at))
  }
  const outbox = openOutbox('wang', means)
  await outbox.refresh()
  const states = countByState(outbox.entries(), 'wang')
  assert.deepEqual(states, { saved: 5, sent: 54, failed: 1 }, 'five more about the same person wait')
  assert.deepEqual(requests.map((one) => one.length), [20, 36], 'the second request is larger; the held ones are not asked again') // prettier-ignore
  await outbox.discard('c02')
  await outbox.refresh()
  assert.deepEqual(countByState(outbox.entries(), 'wang'), { saved: 0, sent: 59, failed: 0 })
})

test('a line that is cut makes the next request smaller and later, and doubles nothing', async () => {
  let cuts = 2
  const { kept, requests, state, means } = scene(() => ({ ok: true }))
  for (let at = 0; at < 40; at += 1) kept.set(`c${at}`, about(`c${at}`, null, 1000 + at))
  const outbox = openOutbox('wang', {
    ...means,
    sendMany: async (entries) => {
      if (cuts > 0) {
        cuts -= 1
        requests.push(entries.map(({ key }) => key))
        throw refusal(0)
      }
      return means.sendMany(entries)
    },
  })
  await outbox.refresh()
  assert.equal(state.wakeDelayMs, 2000)
  state.now += 2000
  await outbox.refresh()
  assert.equal(state.wakeDelayMs, 4000)
  await outbox.sendNow()
  assert.deepEqual(requests.map((one) => one.length), [20, 10, 5, 10, 20, 5]) // prettier-ignore
  assert.deepEqual(countByState(outbox.entries(), 'wang'), { saved: 0, sent: 40, failed: 0 })
})

test('a request that is refused as a whole says nothing about what was in it', async () => {
  const { kept, sent, state, means } = scene(() => ({ ok: true }))
  for (const key of ['a', 'b']) kept.set(key, about(key, null))
  const outbox = openOutbox('wang', { ...means, sendMany: async () => Promise.reject(refusal(413)) })
  for (let round = 0; round < 8; round += 1) {
    await outbox.refresh()
    state.now += 300_000
  }
  assert.deepEqual(sent, ['a', 'b'], 'they go one by one')
  assert.deepEqual(countByState(outbox.entries(), 'wang'), { saved: 0, sent: 2, failed: 0 })
})

test('what a device with a fast clock says happened in the future is sent again with the server’s time', async () => {
  const { kept, state, means } = scene(() => null)
  state.now = Date.parse('2031-01-01T00:00:00Z')
  state.aheadMs = Date.parse('2026-11-22T00:00:10Z') - state.now
  kept.set('a', saved({ ...command('a'), account: 'wang', body: { occurredAt: '2031-01-01T00:00:00.000Z' } }, 1000))
  const said: unknown[] = []
  const outbox = openOutbox('wang', {
    ...means,
    send: async (_name, body) => {
      said.push(body)
      if (said.length === 1) throw refusal(400, 'referral.occurred-in-future')
      return {}
    },
  })
  await outbox.refresh()
  assert.deepEqual(said, [{ occurredAt: '2031-01-01T00:00:00.000Z' }, { occurredAt: '2026-11-22T00:00:09.000Z' }])
  assert.equal(outbox.entries()[0]?.state, 'sent')
})

test('a corrected command takes the place of the refused one at once, so that a kill between leaves exactly one', async () => {
  const { kept, means } = scene((key) => (key === 'a' ? refusal(409) : { ok: true }))
  const outbox = openOutbox('wang', means)
  await outbox.save({ ...command('a'), line: 'p1' })
  await outbox.refresh()
  await outbox.save({ ...command('b'), line: 'p1', replaces: 'a' })
  await outbox.refresh()
  assert.deepEqual([...kept.values()].map(({ key, state }) => [key, state]), [['b', 'sent']]) // prettier-ignore
})
