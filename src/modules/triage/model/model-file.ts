import { readFileSync } from 'node:fs'
import { BUCKETS } from './features.ts'

/** How the classifier and the readable score are joined, fitted on texts that the classifier had not seen. */
export type Joining = {
  /** Weight of the classifier's log-probability. */
  readonly classifier: number
  /** Weight of the readable score's log-share. */
  readonly knowledge: number
  /** The joined logits are divided by this, so that a confidence is how often it is right. */
  readonly temperature: number
}

/** A trained multinomial logistic regression over hashed features; `classes` are codes of departments, '' says nothing medical. */
export type Model = {
  readonly classes: readonly string[]
  readonly joining: Joining
  /** `weights[bucket * classes.length + class]` */
  readonly weights: Float32Array
  readonly biases: Float32Array
}

const LEVELS = 127
const FORMAT = 'jieli-triage-1'

type Head = { format: string; classes: string[]; joining: Joining; largest: number; biases: number[] }

/** One line of JSON, then a signed byte for each weight: the root of its size, so that small ones keep their differences. */
export const packModel = ({ classes, joining, weights, biases }: Model): Buffer => {
  let largest = 0
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight))
  const bytes = new Int8Array(weights.length)
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] as number
    bytes[at] = Math.sign(weight) * Math.round(LEVELS * Math.sqrt(Math.abs(weight) / (largest || 1)))
  }
  const head: Head = {
    format: FORMAT,
    classes: [...classes],
    joining,
    largest: Number(largest.toPrecision(8)),
    biases: Array.from(biases, (bias) => Number(bias.toPrecision(6))),
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), Buffer.from(bytes.buffer)])
}

/** @throws Error when the bytes are no model of this format */
export const unpackModel = (packed: Buffer): Model => {
  const end = packed.indexOf(10)
  const head = JSON.parse(packed.subarray(0, end).toString('utf8')) as Head
  const size = BUCKETS * head.classes.length
  if (head.format !== FORMAT || packed.length - end - 1 !== size)
    throw new Error('The triage model is not of this format; train it anew: npm run train-triage')
  const level = Float32Array.from({ length: 256 }, (_, at) => {
    const signed = at < 128 ? at : at - 256
    return Math.sign(signed) * (signed / LEVELS) ** 2 * head.largest
  })
  const weights = new Float32Array(size)
  for (let at = 0; at < size; at += 1) weights[at] = level[packed[end + 1 + at] as number] as number
  return { classes: head.classes, joining: head.joining, weights, biases: Float32Array.from(head.biases) }
}

/** @throws Error when there is no such file or it is no model */
export const readModel = (file: string): Model => unpackModel(readFileSync(file))

/** Natural logarithms of the probabilities of the classes. */
export const classify = ({ classes, weights, biases }: Model, features: Int32Array): Float64Array => {
  const count = classes.length
  const logits = new Float64Array(count)
  let at = 0
  // Four rows at a time: the sums are read and written a quarter as often.
  for (; at + 3 < features.length; at += 4) {
    const one = (features[at] as number) * count
    const two = (features[at + 1] as number) * count
    const three = (features[at + 2] as number) * count
    const four = (features[at + 3] as number) * count
    for (let to = 0; to < count; to += 1)
      logits[to] =
        (logits[to] as number) +
        (weights[one + to] as number) +
        (weights[two + to] as number) +
        (weights[three + to] as number) +
        (weights[four + to] as number)
  }
  for (; at < features.length; at += 1) {
    const from = (features[at] as number) * count
    for (let to = 0; to < count; to += 1) logits[to] = (logits[to] as number) + (weights[from + to] as number)
  }
  const scale = 1 / Math.sqrt(features.length || 1)
  for (let one = 0; one < count; one += 1) logits[one] = (logits[one] as number) * scale + (biases[one] as number)
  return logOfShares(logits)
}

/** Logits less the logarithm of their sum, in place. */
export const logOfShares = (logits: Float64Array): Float64Array => {
  let most = Number.NEGATIVE_INFINITY
  for (const logit of logits) if (logit > most) most = logit
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - most)
  const log = most + Math.log(sum)
  for (let at = 0; at < logits.length; at += 1) logits[at] = (logits[at] as number) - log
  return logits
}
