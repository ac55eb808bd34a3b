import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { planOf } from './acts.ts'
import { shrink, simulateSeeds, type Difference, type Driven, type Tally } from './simulate.ts'

/** How a failing seed is run again. */
export const repeatLine = (seed: number): string => `npm run simulate -- --from ${seed} --seeds 1`

/** What a person needs to understand a failing seed: the fewest acts that still fail, and how to run it again. */
export const explain = async (driven: Driven, seed: number, failed: Difference): Promise<string> => {
  const { plan, difference } = await shrink(driven, planOf(seed), failed)
  return [
    `seed ${seed} differs in ${difference.what}; the fewest acts that show it:`,
    `  pools ${JSON.stringify(plan.pools)}`,
    ...plan.acts.map((act) => `  ${JSON.stringify(act)}`),
    `  expected ${difference.expected}`,
    `  found    ${difference.found}`,
    repeatLine(seed),
  ].join('\n')
}

/** Runs seeds in a test: each must agree with the model in every answer and every state. */
export const mustHold = async (t: TestContext, driven: Driven, from: number, count: number): Promise<Tally> => {
  const tally = await simulateSeeds(driven, from, count)
  if (tally.failed) assert.fail(await explain(driven, tally.failed.seed, tally.failed.difference))
  const { seeds, acts, seconds, hash } = tally
  t.diagnostic(`${seeds} seeds, ${acts} acts in ${seconds.toFixed(1)} s, trace ${hash.slice(0, 16)}`)
  return tally
}
