import type { Weights } from './rank-places.ts'

/** What the person asks for: what fits best by the rules, or rather near, soon, cheap, or at the own doctor's. */
export const PREFERENCES = ['fit', 'nearest', 'earliest', 'cheapest', 'own-doctor'] as const
export type Preference = (typeof PREFERENCES)[number]

/** How well the person travels. */
export const MOBILITIES = ['easy', 'limited'] as const
export type Mobility = (typeof MOBILITIES)[number]

/** How many times a weight counts when a person asks for it; by the names of `navigation.preference`. */
export type Times = (key: 'nearest-kilometre' | 'earliest-wait-day' | 'limited-kilometre' | 'own-doctor') => number

/** The weights of one person: policy, and what the person asked for. @source `navigation.preference` */
export const personWeights = (weights: Weights, prefer: Preference, mobility: Mobility, times: Times): Weights => ({
  ...weights,
  kilometre:
    weights.kilometre *
    (prefer === 'nearest' ? times('nearest-kilometre') : 1) *
    (mobility === 'limited' ? times('limited-kilometre') : 1),
  'wait-day': weights['wait-day'] * (prefer === 'earliest' ? times('earliest-wait-day') : 1),
})
