import { BUCKETS } from './features.ts'
import { logOfShares } from './model-file.ts'

/** A text as the classifier learns from it: its buckets, its class, and how much it counts. */
export type Example = { readonly features: Int32Array; readonly answer: number; readonly weight: number }
export type Schedule = { readonly rounds: number; readonly rate: number; readonly decay: number; readonly seed: number }

/** A stream of numbers in [0, 1) that only the seed decides (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

const shuffled = (count: number, random: () => number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const kept = order[at] as number
    order[at] = order[other] as number
    order[other] = kept
  }
  return order
}

type Learned = { readonly weights: Float32Array; readonly biases: Float32Array }

/**
 * Multinomial logistic regression by AdaGrad, one example at a time, in an order that the seed decides: the same examples and
 * schedule give the same weights.
 */
export const train = (examples: readonly Example[], classes: number, { rounds, rate, decay, seed }: Schedule): Learned => {
  const weights = new Float32Array(BUCKETS * classes)
  const squares = new Float32Array(BUCKETS * classes).fill(1e-3)
  const biases = new Float32Array(classes)
  const random = seeded(seed)
  const logits = new Float64Array(classes)
  for (let round = 0; round < rounds; round += 1)
    for (const at of shuffled(examples.length, random)) {
      const { features, answer, weight } = examples[at] as Example
      const scale = 1 / Math.sqrt(features.length || 1)
      logits.fill(0)
      for (const feature of features)
        for (let one = 0, from = feature * classes; one < classes; one += 1)
          (logits[one] as number) += weights[from + one] as number
      for (let one = 0; one < classes; one += 1) logits[one] = (logits[one] as number) * scale + (biases[one] as number)
      logOfShares(logits)
      for (let one = 0; one < classes; one += 1) {
        const slope = (Math.exp(logits[one] as number) - (one === answer ? 1 : 0)) * weight
        logits[one] = slope * scale
        ;(biases[one] as number) -= rate * 0.02 * slope
      }
      for (const feature of features)
        for (let one = 0, from = feature * classes; one < classes; one += 1) {
          const slope = (logits[one] as number) + decay * (weights[from + one] as number)
          const square = (squares[from + one] as number) + slope * slope
          squares[from + one] = square
          weights[from + one] = (weights[from + one] as number) - (rate * slope) / Math.sqrt(square)
        }
    }
  return { weights, biases }
}
