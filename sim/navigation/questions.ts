import { ENGINE_CHANNELS, type Question } from '../../src/modules/navigation/engine/index.ts'
import type { Weights } from '../../src/modules/navigation/rules/rank-places.ts'
import { TIERS } from '../../src/modules/organisations/index.ts'
import { randomFrom, type Random } from '../residents/random.ts'
import { SIM_NOW, type SimNeed, type SimWorld } from './world.ts'

/** Weights as the rulebook has them today, for routine and for urgent; questions of a test also take others. */
export const ROUTINE: Weights = {
  'tier-step': 12,
  'other-consortium': 40,
  'own-lead': 15,
  'no-free-unit': 60,
  'wait-day': 2,
  kilometre: 0.3,
  'key-tag': 10,
  'advantage-tag': 7,
  'feature-tag': 4,
}
export const URGENT: Weights = {
  'tier-step': 2,
  'other-consortium': 8,
  'own-lead': 4,
  'no-free-unit': 40,
  'wait-day': 15,
  kilometre: 1,
  'key-tag': 8,
  'advantage-tag': 5,
  'feature-tag': 2,
}

const JITTER_DEGREES = 0.2

/** Somebody who lives near an institution, in its county, and needs what is asked. */
export const questionOf = (world: SimWorld, need: SimNeed, random: Random, most = 10): Question => {
  const home = random.pick(world.sites)
  return {
    point: {
      longitude: home.longitude + (random.next() - 0.5) * JITTER_DEGREES,
      latitude: home.latitude + (random.next() - 0.5) * JITTER_DEGREES,
    },
    division: home.division,
    consortium: home.division.slice(0, 6),
    need: need.key,
    channel: random.pick(ENGINE_CHANNELS),
    now: SIM_NOW,
    lowestTier: need.lowestTier,
    weights: random.chance(0.7) ? ROUTINE : URGENT,
    most,
  }
}

const anyWeights = (random: Random): Weights => {
  const upTo = (most: number): number =>
    random.chance(0.15) ? 0 : random.chance(0.3) ? random.whole(0, most) : random.next() * most
  return {
    'tier-step': upTo(20),
    'other-consortium': upTo(60),
    'own-lead': upTo(20),
    'no-free-unit': upTo(80),
    'wait-day': upTo(15),
    kilometre: upTo(2),
    'key-tag': upTo(15),
    'advantage-tag': upTo(10),
    'feature-tag': upTo(5),
  }
}

/** A question with whatever gates, weights and places that may be named: what a test should not forget. */
export const anyQuestion = (world: SimWorld, random: Random): Question => {
  const asked = questionOf(world, random.pick(world.needs), random, random.pick([1, 3, 10, 10, 25]))
  const some = () => random.pick(world.sites).id
  return {
    ...asked,
    ...(random.chance(0.5) ? { weights: anyWeights(random) } : {}),
    ...(random.chance(0.2) ? { consortium: null } : {}),
    ...(random.chance(0.1) ? { point: { longitude: 100 + random.next() * 20, latitude: 20 + random.next() * 15 } } : {}),
    ...(random.chance(0.4) ? { lowestTierOutside: random.pick(TIERS) } : {}),
    ...(random.chance(0.3) ? { area: random.pick(['county', 'prefecture', 'province'] as const) } : {}),
    ...(random.chance(0.2) ? { tiers: TIERS.filter(() => random.chance(0.6)) } : {}),
    ...(random.chance(0.25) ? { onlyFree: true } : {}),
    ...(random.chance(0.2) ? { except: new Set(Array.from({ length: 20 }, some)) } : {}),
    ...(random.chance(0.2)
      ? {
          singled: new Map(
            Array.from({ length: 8 }, () => [some(), { km: random.next() * 60, points: random.next() * 20 - 15 }]),
          ),
        }
      : {}),
    ...(random.chance(0.15) ? { tierPoints: { county: random.next() * 9, city: random.next() * 20 } } : {}),
  }
}

export const LOADS = ['common', 'middling', 'rare', 'mix'] as const
export type Load = (typeof LOADS)[number]
/** How many institutions can meet a need of a load. */
export const ABLE_WANTED: Readonly<Record<Exclude<Load, 'mix'>, number>> = { common: 45_000, middling: 3_200, rare: 40 }

/** Questions of a load: of one need, or of all of them as often as a Zipf law says, the commonest first. */
export const questionsOf = (world: SimWorld, needs: readonly SimNeed[], seed: string, count: number): Question[] => {
  const random = randomFrom(seed)
  const sums: number[] = []
  needs.forEach((_, at) => sums.push((sums.at(-1) ?? 0) + 1 / (at + 1)))
  const total = sums.at(-1) ?? 0
  return Array.from({ length: count }, () => {
    const draw = random.next() * total
    let [low, high] = [0, needs.length - 1]
    while (low < high) {
      const half = (low + high) >> 1
      if ((sums[half] as number) < draw) low = half + 1
      else high = half
    }
    return questionOf(world, needs[low] as SimNeed, random)
  })
}
