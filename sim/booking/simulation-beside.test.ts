import { after, before, test } from 'node:test'
import { testDatabase } from '../../tests/harness/database.ts'
import { openGround, type Ground } from './ground.ts'
import { mustHold } from './proof.ts'
import { openWorld } from './world.ts'

const SEEDS = 250

let ground: Ground
before(async () => {
  ground = await openGround(await testDatabase())
})
after(() => ground.close())

test(`seeds ${SEEDS + 1} to ${2 * SEEDS}: every answer and every state is the model's`, (t) =>
  mustHold(t, { ground, openWorld }, SEEDS + 1, SEEDS).then(() => {}))
