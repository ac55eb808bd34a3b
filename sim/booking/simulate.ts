import { createHash } from 'node:crypto'
import { planOf, type Act, type Plan } from './acts.ts'
import type { Ground } from './ground.ts'
import { carry, clockAfter, EITHER } from './carry.ts'
import { openModel } from './model.ts'
import { expectedState } from './state.ts'
import type { openWorld as OpenWorld } from './world.ts'

/** How a run differs from what the model says: at which act, and in what. */
export type Difference = {
  readonly at: number
  readonly act: Act
  readonly what: string
  readonly expected: string
  readonly found: string
}

export type Outcome = {
  /** Of every act, every answer and every state: the same seed gives the same. */
  readonly hash: string
  readonly acts: number
  /** How often each answer was given. */
  readonly answers: ReadonlyMap<string, number>
  readonly difference: Difference | null
}

/** Which world is driven: the shipped one, or one with a planted fault. */
export type Driven = { readonly ground: Ground; readonly openWorld: typeof OpenWorld }

/** Drives model and world by the same acts and compares them after each: what was answered, and everything that stands in the tables. */
export const simulate = async ({ ground, openWorld }: Driven, plan: Plan): Promise<Outcome> => {
  const model = openModel(plan, ground.law)
  const world = await openWorld(ground, plan)
  const hash = createHash('sha256').update(JSON.stringify(plan.pools))
  const answers = new Map<string, number>()
  for (const [at, act] of plan.acts.entries()) {
    const now = clockAfter(model, act)
    const expected = carry(model, act)
    const found = await world.carry(act, now).catch((error: unknown) => [`failed: ${(error as Error).message}`])
    const [wanted, stands] = [JSON.stringify(expectedState(model)), JSON.stringify(await world.state())]
    for (const one of found) answers.set(`${act.do} ${one}`, (answers.get(`${act.do} ${one}`) ?? 0) + 1)
    hash.update(JSON.stringify(act)).update(JSON.stringify(found)).update(stands)
    const difference = differs(at, act, [expected, found], [wanted, stands])
    if (difference) return { hash: hash.digest('hex'), acts: at + 1, answers, difference }
  }
  return { hash: hash.digest('hex'), acts: plan.acts.length, answers, difference: null }
}

type Pair = readonly [expected: string, found: string]

const isAnswered = ([expected, found]: readonly [readonly string[], readonly string[]]): boolean =>
  expected.length === found.length && expected.every((one, at) => one.split(EITHER).includes(found[at] as string))

const differs = (
  at: number,
  act: Act,
  answers: readonly [readonly string[], readonly string[]],
  states: Pair,
): Difference | null => {
  if (!isAnswered(answers))
    return { at, act, what: 'answer', expected: JSON.stringify(answers[0]), found: JSON.stringify(answers[1]) }
  if (states[0] === states[1]) return null
  const [expected, found] = states.map((text) => JSON.parse(text) as Record<string, unknown>) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const what = Object.keys(expected).find((part) => JSON.stringify(expected[part]) !== JSON.stringify(found[part])) as string
  return { at, act, what, expected: JSON.stringify(expected[what]), found: JSON.stringify(found[what]) }
}

/** The fewest acts that still differ: first everything after the difference goes, then whatever can be left out, large parts first. */
export const shrink = async (
  driven: Driven,
  plan: Plan,
  failed: Difference,
): Promise<{ plan: Plan; difference: Difference; kept: readonly number[] }> => {
  let kept = Array.from({ length: failed.at + 1 }, (_, at) => at)
  let difference = failed
  const actsOf = (places: readonly number[]): Act[] => places.map((at) => plan.acts[at] as Act)
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length;) {
      const rest = kept.filter((_, place) => place < from || place >= from + size)
      const outcome = rest.length > 0 ? await simulate(driven, { pools: plan.pools, acts: actsOf(rest) }) : null
      if (outcome?.difference) {
        kept = rest.slice(0, outcome.difference.at + 1)
        difference = outcome.difference
      } else from += size
    }
  }
  return { plan: { pools: plan.pools, acts: actsOf(kept) }, difference, kept }
}

export type Tally = {
  readonly seeds: number
  readonly acts: number
  readonly seconds: number
  /** One hash over the hashes of all seeds, in their order. */
  readonly hash: string
  readonly answers: ReadonlyMap<string, number>
  readonly failed: { readonly seed: number; readonly difference: Difference } | null
}

/** Runs seeds one after the other until one fails. */
export const simulateSeeds = async (
  driven: Driven,
  from: number,
  count: number,
  onSeed: (done: number) => void = () => {},
): Promise<Tally> => {
  const began = performance.now()
  const all = createHash('sha256')
  const answers = new Map<string, number>()
  let acts = 0
  for (let seed = from; seed < from + count; seed += 1) {
    const outcome = await simulate(driven, planOf(seed))
    all.update(outcome.hash)
    acts += outcome.acts
    for (const [one, times] of outcome.answers) answers.set(one, (answers.get(one) ?? 0) + times)
    const failed = outcome.difference ? { seed, difference: outcome.difference } : null
    if (failed || seed === from + count - 1)
      return {
        seeds: seed - from + 1,
        acts,
        seconds: (performance.now() - began) / 1000,
        hash: all.digest('hex'),
        answers,
        failed,
      }
    onSeed(seed - from + 1)
  }
  return { seeds: 0, acts, seconds: 0, hash: all.digest('hex'), answers, failed: null }
}
