import { after, before, test } from 'node:test'
import { testDatabase } from '../../tests/harness/database.ts'
import { openGround, type Ground } from './ground.ts'
import { mustHold } from './proof.ts'
import { openWorld } from './world.ts'

const FROM = 376
const SEEDS = 125

let ground: Ground
before(async () => {
  ground = await openGround(await testDatabase())
})
after(() => ground.close())

test(`seeds ${FROM} to ${FROM + SEEDS - 1}: every answer and every state is the model's`, (t) =>
  mustHold(t, { ground, openWorld }, FROM, SEEDS).then(() => {}))
