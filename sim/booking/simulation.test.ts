import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '../../tests/harness/database.ts'
import { planOf } from './acts.ts'
import { openGround, type Ground } from './ground.ts'
import { mustHold } from './proof.ts'
import { simulate } from './simulate.ts'
import { openWorld } from './world.ts'

// A quarter of the seeds of `npm test`; the others run in the files next door.
const SEEDS = 125

let ground: Ground
before(async () => {
  ground = await openGround(await testDatabase())
})
after(() => ground.close())

/** What must have happened at least once, or the run proves nothing about it. */
const SOMETIMES = [
  'rush done',
  'rush replayed',
  'rush killed',
  'rush booking.only-reserved-left',
  'rush booking.no-unit-left',
  'rush booking.person-booked-then',
  'rush booking.service-booked-that-day',
  'rush booking.day-full',
  'rush booking.suspended',
  'rush booking.clinic-stopped',
  'rush booking.slot-has-begun',
  'rush platform.key-used-otherwise',
  'draw booking.voucher-used',
  'draw killed',
  'duel booking.no-unit-left',
  'confirm done',
  'confirm booking.hold-ended',
  'confirm replayed',
  'cancel done',
  'attend done',
  'no-show done',
  'no-show booking.too-early-for-no-show',
  'allot done',
  'withdraw done',
  'stop done',
]

test(`seeds 1 to ${SEEDS}: every answer and every state is the model's`, async (t) => {
  const { answers } = await mustHold(t, { ground, openWorld }, 1, SEEDS)
  assert.deepEqual(
    SOMETIMES.filter((one) => !answers.has(one)),
    [],
    'never happened in these seeds',
  )
})

test('the same seed gives the same trace', async () => {
  for (const seed of [3, 14, 15]) {
    const [first, second] = [
      await simulate({ ground, openWorld }, planOf(seed)),
      await simulate({ ground, openWorld }, planOf(seed)),
    ]
    assert.equal(first.hash, second.hash)
  }
})
