import { featuresOf } from './model/features.ts'
import { classify, logOfShares, type Model } from './model/model-file.ts'
import type { Reading } from './read-text.ts'
import type { Places } from './score.ts'
import type { Terms } from './terms.ts'

/** What the classifier says to a text: logarithms by department, and how surely the text says nothing medical. */
export type Opinion = {
  readonly logs: Float64Array
  readonly nothing: number
  /** How surely the text is like those that belong into the emergency department. */
  readonly emergency: number
}

/** 急诊医学科 of 诊疗科目名录. */
export const EMERGENCY_CODE = '2000'
/** A department that the classifier never learned is this unlikely to it, as a logarithm. */
const UNLEARNED = -9
/** Added to every department's points before shares are taken: where no term was found, the score says nothing. */
const FLOOR = 0.35
const LOG_OF_FLOOR = Math.log(FLOOR)
/** An emergency goes to the emergency department first, unless the text says much else. */
const EMERGENCY_LOGIT = 5
/** A child may still have to see an adults’ physician. */
const LESS_FIT_LOGIT = -2
/** What does not fit the person at all. */
const MISFIT_LOGIT = -10

/** Asks the classifier; `places` of classes are looked up once. */
export const opinions = (model: Model, { departments, departmentOf }: Terms): ((reading: Reading) => Opinion) => {
  const placeOf = model.classes.map((code) => departmentOf.get(code) ?? -1)
  const nothingAt = model.classes.indexOf('')
  const emergencyAt = model.classes.indexOf(EMERGENCY_CODE)
  const share = (logs: Float64Array, at: number): number => (at < 0 ? 0 : Math.exp(logs[at] as number))
  return (reading) => {
    const byClass = classify(model, featuresOf(reading))
    const logs = new Float64Array(departments.length).fill(UNLEARNED)
    byClass.forEach((log, one) => {
      const place = placeOf[one] as number
      if (place >= 0) logs[place] = Math.max(log, UNLEARNED)
    })
    return { logs, nothing: share(byClass, nothingAt), emergency: share(byClass, emergencyAt) }
  }
}

/** What one department's points and the classifier's logarithm come to. */
const logitOf = ({ classifier, knowledge }: Model['joining'], log: number, points: number): number =>
  classifier * log + knowledge * (points > 0 ? Math.log(points + FLOOR) : LOG_OF_FLOOR)

/** Moves departments by who is ill, in place. */
const moveByPerson = (logits: Float64Array, places: Places, { person }: Pick<Reading, 'person'>): void => {
  const add = (which: readonly number[], by: number): void => {
    for (const at of which) logits[at] = (logits[at] as number) + by
  }
  if (person.isChild) add(places.ofAdults, LESS_FIT_LOGIT)
  else if (person.age !== null) add(places.ofChildren, MISFIT_LOGIT)
  if (person.sex === 'male') add(places.ofWomen, MISFIT_LOGIT)
}

/** Both opinions as probabilities of the departments, in the departments' order. */
export const joined = (
  { joining }: Model,
  opinion: Opinion,
  points: Float64Array,
  places: Places,
  reading: Reading,
  isEmergency: boolean,
): Float64Array => {
  const logits = new Float64Array(points.length)
  for (let at = 0; at < points.length; at += 1) logits[at] = logitOf(joining, opinion.logs[at] as number, points[at] as number)
  moveByPerson(logits, places, reading)
  if (isEmergency) logits[places.emergency] = (logits[places.emergency] as number) + EMERGENCY_LOGIT
  for (let at = 0; at < logits.length; at += 1) logits[at] = (logits[at] as number) / joining.temperature
  logOfShares(logits)
  for (let at = 0; at < logits.length; at += 1) logits[at] = Math.exp(logits[at] as number)
  return logits
}

/** The logits before an emergency and the temperature move them: what several what-ifs of one text share. */
export type Unmoved = { readonly points: Float64Array; readonly logits: Float64Array; readonly moves: Float64Array }

export const unmoved = (
  { joining }: Model,
  opinion: Opinion,
  points: Float64Array,
  places: Places,
  reading: Reading,
): Unmoved => {
  const moves = new Float64Array(points.length)
  moveByPerson(moves, places, reading)
  const logits = points.map((one, at) => logitOf(joining, opinion.logs[at] as number, one) + (moves[at] as number))
  return { points, logits, moves }
}

/** The first department of other points: the same as the greatest of `joined`, and only what differs is computed. */
export const firstOf = (
  { joining }: Model,
  opinion: Opinion,
  base: Unmoved,
  points: Float64Array,
  { emergency }: Places,
  isEmergency: boolean,
): number => {
  let first = 0
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < points.length; at += 1) {
    const own = points[at] as number
    const same = own === base.points[at]
    const logit = same
      ? (base.logits[at] as number)
      : logitOf(joining, opinion.logs[at] as number, own) + (base.moves[at] as number)
    const moved = isEmergency && at === emergency ? logit + EMERGENCY_LOGIT : logit
    if (moved > most) [first, most] = [at, moved]
  }
  return first
}
