import { opinions, joined } from '../join.ts'
import { dangerIndex, dangersIn } from '../danger.ts'
import type { Knowledge, TrainingText } from '../knowledge.ts'
import { readText } from '../read-text.ts'
import { placesOf, scoreOf } from '../score.ts'
import type { Terms } from '../terms.ts'
import { featuresOf } from './features.ts'
import { packModel, unpackModel, type Joining, type Model } from './model-file.ts'
import { train, type Example, type Schedule } from './train.ts'

/** A made text counts less than a written one: its words are right, its way of talking is not. */
const MADE_WEIGHT = 0.45
export const SCHEDULE: Schedule = { rounds: 8, rate: 0.25, decay: 0.00002, seed: 20_260_101 }
const UNFITTED: Joining = { classifier: 1, knowledge: 1, temperature: 1 }

export type Learning = { readonly written: readonly TrainingText[]; readonly made: readonly TrainingText[] }

const examplesOf = (terms: Terms, texts: readonly TrainingText[], classes: readonly string[], weight: number): Example[] =>
  texts.flatMap(({ text, department, age, sex }) => {
    const answer = classes.indexOf(department)
    return answer < 0 ? [] : [{ features: featuresOf(readText(terms, text, { age, sex })).slice(), answer, weight }]
  })

/** Every department of the written texts, and those that the made ones name often enough to be learned. */
export const classesOf = ({ written, made }: Learning): string[] => {
  const counts = new Map<string, number>()
  for (const { department } of [...written, ...made]) counts.set(department, (counts.get(department) ?? 0) + 1)
  return [...counts].flatMap(([code, count]) => (count >= 15 ? [code] : [])).sort()
}

/** Trains the classifier; what is packed and unpacked is what will be used, so the joining is fitted to that. */
export const learn = (terms: Terms, learning: Learning, schedule: Schedule, joining: Joining = UNFITTED): Model => {
  const classes = classesOf(learning)
  const examples = [...examplesOf(terms, learning.written, classes, 1), ...examplesOf(terms, learning.made, classes, MADE_WEIGHT)]
  return unpackModel(packModel({ classes, joining, ...train(examples, classes.length, schedule) }))
}

const CLASSIFIER_WEIGHTS = [0.4, 0.6, 0.8, 1, 1.2]
const KNOWLEDGE_WEIGHTS = [0, 0.3, 0.5, 0.7, 0.9, 1.2, 1.6, 2]
const TEMPERATURES = [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5]

/** Texts beside a model that has not seen them. */
export type HeldOut = { readonly model: Model; readonly held: readonly TrainingText[] }

/**
 * The weights under which held-out texts are answered best, by the mean logarithm of the right department's probability: a proper
 * score, so the confidences are calibrated by the same search. Several held-out parts, each with its model, make it steadier.
 */
export const fitJoining = (knowledge: Knowledge, terms: Terms, parts: readonly HeldOut[]): Joining => {
  const places = placesOf(terms)
  const index = dangerIndex(knowledge.dangers)
  const seen = parts.flatMap(({ model, held }) => {
    const opinionOf = opinions(model, terms)
    return held.flatMap(({ text, department, age, sex }) => {
      const right = terms.departmentOf.get(department)
      if (right === undefined) return []
      const reading = readText(terms, text, { age, sex })
      const dangers = dangersIn(knowledge.dangers, index, reading)
      const points = scoreOf(terms, places, reading, dangers[0]).departments
      return [{ model, right, reading, points, opinion: opinionOf(reading), isEmergency: dangers[0]?.urgency === 'emergency' }]
    })
  })
  const lossOf = (joining: Joining): number =>
    seen.reduce((sum, { model, right, reading, points, opinion, isEmergency }) => {
      const shares = joined({ ...model, joining }, opinion, points, places, reading, isEmergency)
      return sum - Math.log(Math.max(shares[right] as number, 1e-6))
    }, 0)
  let best = UNFITTED
  let least = Number.POSITIVE_INFINITY
  const consider = (joining: Joining): void => {
    const loss = lossOf(joining)
    if (loss < least) [best, least] = [joining, loss]
  }
  for (const classifier of CLASSIFIER_WEIGHTS)
    for (const weight of KNOWLEDGE_WEIGHTS) consider({ classifier, knowledge: weight, temperature: 1 })
  const { classifier, knowledge: weight } = best
  for (const temperature of TEMPERATURES) consider({ classifier, knowledge: weight, temperature })
  return best
}
