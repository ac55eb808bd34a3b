import { parseArgs } from 'node:util'
import { openEnding } from '../../src/apps/ending.ts'
import { onDatabase, startTestCluster, TEMPLATE } from '../../tests/harness/cluster.ts'
import { openGround } from './ground.ts'
import { withMutant } from './mutated.ts'
import { MUTANTS } from './mutants.ts'
import { explain } from './proof.ts'
import { simulateSeeds, type Driven } from './simulate.ts'
import { openWorld } from './world.ts'

// `npm run simulate -- --seeds 10000 --from 1 --json`; `--mutants` counts how many planted faults are found within so many seeds.

const INTERRUPTED = 130
const SAYS_EVERY = 100

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
})
const [seeds, from] = [Number(values.seeds), Number(values.from)]

const ending = openEnding((error) => console.error(error))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void ending.end().then(() => process.exit(INTERRUPTED)))

const holds = async (driven: Driven): Promise<boolean> => {
  const tally = await simulateSeeds(driven, from, seeds, (done) => {
    if (done % SAYS_EVERY === 0) process.stderr.write(`${done} seeds\n`)
  })
  const { failed, answers, ...rest } = tally
  if (values.json) console.log(JSON.stringify({ ...rest, from, failed, answers: Object.fromEntries(answers) }))
  else console.log(`${rest.seeds} seeds from ${from}, ${rest.acts} acts in ${rest.seconds.toFixed(1)} s, trace ${rest.hash}`)
  if (failed) console.error(await explain(driven, failed.seed, failed.difference))
  return failed === null
}

const findsMutants = async ({ ground }: Driven): Promise<boolean> => {
  const rows = []
  for (const mutant of MUTANTS) {
    const tally = await withMutant(ground, mutant, (world) => simulateSeeds({ ground, openWorld: world }, from, seeds))
    rows.push({ mutant: mutant.name, found: tally.failed !== null, seeds: tally.seeds, acts: tally.acts })
    if (!values.json) console.log(`${tally.failed ? `seed ${tally.failed.seed}` : 'NOT FOUND'}\t${mutant.name}`)
  }
  const found = rows.filter((row) => row.found).length
  console.log(values.json ? JSON.stringify(rows) : `${found} of ${rows.length} found within ${seeds} seeds`)
  return found === rows.length
}

try {
  const cluster = await startTestCluster()
  ending.onEnd(cluster.stop)
  const ground = await openGround({
    ownerUrl: onDatabase(cluster.ownerUrl, TEMPLATE),
    appUrl: onDatabase(cluster.appUrl, TEMPLATE),
  })
  ending.onEnd(ground.close)
  const driven = { ground, openWorld }
  process.exitCode = (await (values.mutants ? findsMutants : holds)(driven)) ? 0 : 1
} catch (error) {
  if (!ending.hasBegun()) {
    console.error(error)
    process.exitCode = 1
  }
}
await ending.end()
