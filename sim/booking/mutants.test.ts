import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '../../tests/harness/database.ts'
import { openGround, type Ground } from './ground.ts'
import { withMutant } from './mutated.ts'
import { MUTANTS } from './mutants.ts'
import { simulateSeeds } from './simulate.ts'

// The test of the test: the shipped code with one thing wrong must be found by a few seeds.
const SEEDS_MOST = 150

let ground: Ground
before(async () => {
  ground = await openGround(await testDatabase())
})
after(() => ground.close())

for (const mutant of MUTANTS)
  test(`the simulation finds: ${mutant.name}`, async (t) => {
    const tally = await withMutant(ground, mutant, (openWorld) =>
      simulateSeeds({ ground, openWorld }, mutant.from ?? 1, SEEDS_MOST),
    )
    assert.ok(tally.failed, `not found within ${SEEDS_MOST} seeds`)
    const { seed, difference } = tally.failed
    t.diagnostic(`found by seed ${seed} after ${tally.acts} acts: ${difference.act.do}, ${difference.what}`)
  })

test('a mutant that the code no longer has a place for is noticed', async () => {
  const gone = { name: 'gone', edits: [{ in: 'src/modules/booking/store.ts', from: 'what never stood there', to: '' }] }
  await assert.rejects(
    withMutant(ground, gone, async () => null),
    /does not hold this text once/,
  )
})
