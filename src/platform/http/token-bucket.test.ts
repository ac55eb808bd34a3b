import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rateLimits, type Limits } from './rate-limit.ts'
import { tokenBuckets } from './token-bucket.ts'

const clock = () => {
  let at = 0
  return { now: () => at, pass: (ms: number) => void (at += ms) }
}

test('A bucket gives its burst, then so many a minute, and says how long to wait', () => {
  const { now, pass } = clock()
  const { take } = tokenBuckets({ burst: 3, perMinute: 60 }, now)
  assert.deepEqual([take('a'), take('a'), take('a'), take('a')], [0, 0, 0, 1])
  assert.equal(take('b'), 0, 'another key has a bucket of its own')
  pass(999)
  assert.equal(take('a'), 1, 'just before')
  pass(1)
  assert.equal(take('a'), 0, 'just then')
  assert.equal(
    tokenBuckets({ burst: 1, perMinute: 1 }, now).take('a', 2),
    60,
    'more than it ever holds waits for ever, a minute at a time',
  )
})

test('In no span is more granted than the burst and what flows in meanwhile', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }),
      (burst, perMinute, waits) => {
        const { now, pass } = clock()
        const { take } = tokenBuckets({ burst, perMinute }, now)
        let granted = 0
        for (const wait of waits) {
          pass(wait)
          if (take('a') === 0) granted += 1
        }
        return granted <= burst + (now() * perMinute) / 60_000 + 1e-6
      },
    ),
  )
})

test('Full buckets are forgotten, and invented keys cannot fill the memory', () => {
  const { now, pass } = clock()
  const { take, size } = tokenBuckets({ burst: 2, perMinute: 60 }, now)
  for (let key = 0; key < 1_000; key += 1) take(String(key))
  assert.equal(size(), 1_000)
  pass(60_000)
  take('one')
  assert.equal(size(), 1)
  for (let key = 0; key < 250_000; key += 1) take(`x${key}`)
  assert.ok(size() <= 100_000)
})

const wide = { burst: 1_000_000, perMinute: 1_000_000 }
const limits = (some: Partial<Limits>): Limits => ({
  account: wide,
  institution: wide,
  address: wide,
  signIn: wide,
  signInAddress: wide,
  classes: [],
  ...some,
})
const actor = (account: string, org: string | null) =>
  ({ account, org, person: null, role: 'ward', name: { zh: '演示', en: null } }) as never

test('An account that is held back takes nothing from its institution', () => {
  const { now } = clock()
  const { byAct } = rateLimits(limits({ account: { burst: 2, perMinute: 1 }, institution: { burst: 3, perMinute: 1 } }), now)
  assert.equal(byAct('x', actor('a', '1')), null)
  assert.equal(byAct('x', actor('a', '1')), null)
  for (let more = 0; more < 50; more += 1) assert.deepEqual(byAct('x', actor('a', '1'))?.code, 'platform.too-many')
  assert.equal(byAct('x', actor('b', '1')), null, 'a colleague still works')
  assert.equal(byAct('x', actor('b', '1'))?.code, 'platform.too-many', 'until the institution’s own share is used up')
  assert.equal(byAct('x', actor('c', '2')), null)
})

test('A kind of act has a limit of its own beside the account’s', () => {
  const { now } = clock()
  const { byAct } = rateLimits(
    limits({ classes: [{ allowance: { burst: 1, perMinute: 6 }, has: (form) => form === 'booking.hold' }] }),
    now,
  )
  assert.equal(byAct('booking.hold', actor('a', null)), null)
  assert.deepEqual(byAct('booking.hold', actor('a', null)), { code: 'platform.too-many', detail: { seconds: 10 } })
  assert.equal(byAct('security.me', actor('a', null)), null)
})

test('Guesses at one account are held back without holding back its neighbours behind the same address', () => {
  const { now } = clock()
  const { bySignIn } = rateLimits(limits({ signIn: { burst: 2, perMinute: 1 } }), now)
  assert.deepEqual([bySignIn('nat', 'a'), bySignIn('nat', 'a')], [null, null])
  assert.equal(bySignIn('nat', 'a')?.code, 'platform.too-many')
  for (let other = 0; other < 500; other += 1) assert.equal(bySignIn('nat', `resident-${other}`), null)
})
