import { GRADES, isEmergency, type Grade, type Labelled } from './texts.ts'

/** What is judged of an answer: departments with the best first, the grade, the channels that it opens. */
export type Answer = {
  readonly departments: readonly { readonly code: string; readonly confidence: number }[]
  readonly urgency: Grade
  readonly channels: readonly string[]
}

/** A text with its answer. */
export type Judged = { readonly row: Labelled; readonly answer: Answer }

/** How many of how many; `low` and `high` bound the true share with 95 % (Wilson). */
export type Share = {
  readonly hits: number
  readonly of: number
  readonly share: number
  readonly low: number
  readonly high: number
}

// The quantile of the normal distribution that leaves 2.5 % on each side.
const Z_95 = 1.959964

/** Counts, as a share with its interval. An empty set has the share 0 and the interval 0 to 1. */
export const shareOf = (hits: number, of: number): Share => {
  if (of === 0) return { hits, of, share: 0, low: 0, high: 1 }
  const share = hits / of
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / of + Z_95 ** 2 / (4 * of * of))
  const middle = share + Z_95 ** 2 / (2 * of)
  const whole = 1 + Z_95 ** 2 / of
  return { hits, of, share, low: Math.max(0, (middle - spread) / whole), high: Math.min(1, (middle + spread) / whole) }
}

const shareWhere = <T>(all: readonly T[], holds: (one: T) => boolean): Share => shareOf(all.filter(holds).length, all.length)

const isMedical = ({ row }: Judged): boolean => row.departments.length > 0
const firstOf = ({ answer }: Judged): string | undefined => answer.departments[0]?.code
const threeOf = ({ answer }: Judged): string[] => answer.departments.slice(0, 3).map(({ code }) => code)
const sameGroup = (one: string | undefined, other: string | undefined): boolean => one?.slice(0, 2) === other?.slice(0, 2)

/** The first department is one of those that a nurse would accept. */
export const isRight = (judged: Judged): boolean => judged.row.departments.includes(firstOf(judged) ?? '')

/** One of the first three departments is one of those that a nurse would accept. */
export const isAmongThree = (judged: Judged): boolean => threeOf(judged).some((code) => judged.row.departments.includes(code))

/** How many steps of urgency the answer is milder (above 0) or more pressing (below 0) than what is acceptable; 0 is right. */
export const milderBy = ({ row, answer }: Judged): number => {
  const places = row.urgency.map((grade) => GRADES.indexOf(grade))
  const place = GRADES.indexOf(answer.urgency)
  return Math.max(0, place - Math.max(...places)) - Math.max(0, Math.min(...places) - place)
}

const departmentsOf = (judged: readonly Judged[]) => {
  const medical = judged.filter(isMedical)
  return {
    /** The first department is the label's first. */
    strictFirst: shareWhere(medical, (one) => firstOf(one) === one.row.departments[0]),
    first: shareWhere(medical, isRight),
    /** The label's first is among the first three. */
    strictThree: shareWhere(medical, (one) => threeOf(one).includes(one.row.departments[0] as string)),
    three: shareWhere(medical, isAmongThree),
    /** The first two digits agree with the label's first: 内科 for a text of 心血管内科. */
    sameGroup: shareWhere(medical, (one) => sameGroup(firstOf(one), one.row.departments[0])),
    noAnswer: shareWhere(medical, (one) => one.answer.departments.length === 0),
  }
}

const emergenciesOf = (judged: readonly Judged[]) => {
  const real = judged.filter(({ row }) => isEmergency(row))
  const notReal = judged.filter(({ row }) => !row.urgency.includes('emergency'))
  const kindOf = (kind: Labelled['kind']) => (one: Judged) => one.row.kind === kind
  return {
    graded: Object.fromEntries(GRADES.map((grade) => [grade, shareWhere(real, (one) => one.answer.urgency === grade)])),
    hidden: shareWhere(real.filter(kindOf('hidden')), (one) => one.answer.urgency === 'emergency'),
    rightChannel: shareWhere(real, ({ row, answer }) => (row.dangers ?? []).some((channel) => answer.channels.includes(channel))),
    falseAlarms: shareWhere(notReal, (one) => one.answer.urgency === 'emergency'),
    falseAlarmsOfNegated: shareWhere(notReal.filter(kindOf('negated')), (one) => one.answer.urgency === 'emergency'),
  }
}

// Tenths of confidence.
const BINS = 10

/** How often a confidence is right: per tenth, and the expected calibration error (weighted mean distance). */
export const calibrationOf = (judged: readonly Judged[]) => {
  const answered = judged.filter((one) => isMedical(one) && one.answer.departments.length > 0)
  const confidenceOf = ({ answer }: Judged): number => answer.departments[0]?.confidence ?? 0
  const bins = Array.from({ length: BINS }, (_, at) => {
    const within = answered.filter((one) => Math.min(BINS - 1, Math.floor(confidenceOf(one) * BINS)) === at)
    const confidence = within.reduce((sum, one) => sum + confidenceOf(one), 0) / Math.max(1, within.length)
    return {
      from: at / BINS,
      texts: within.length,
      confidence,
      right: within.filter(isRight).length / Math.max(1, within.length),
    }
  })
  const error = bins.reduce((sum, { texts, confidence, right }) => sum + texts * Math.abs(confidence - right), 0)
  return { expectedError: error / Math.max(1, answered.length), bins }
}

const byDepartment = (judged: readonly Judged[]) =>
  [...Map.groupBy(judged.filter(isMedical), ({ row }) => row.departments[0] as string)]
    .map(([code, texts]) => ({ code, first: shareWhere(texts, isRight), three: shareWhere(texts, isAmongThree) }))
    .toSorted((one, other) => other.first.of - one.first.of || one.code.localeCompare(other.code))

const confusionOf = (judged: readonly Judged[]) => {
  const wrong = judged.filter((one) => isMedical(one) && !isRight(one))
  return [...Map.groupBy(wrong, (one) => `${one.row.departments[0]} ${firstOf(one) ?? 'none'}`)]
    .map(([pair, texts]) => ({ label: pair.slice(0, 4), answered: pair.slice(5), texts: texts.length }))
    .toSorted((one, other) => other.texts - one.texts || one.label.localeCompare(other.label))
}

/** All figures of a set. */
export const measuresOf = (judged: readonly Judged[]) => ({
  texts: judged.length,
  departments: departmentsOf(judged),
  /** Without emergencies, whose first label is always 急诊医学科. */
  ordinary: departmentsOf(judged.filter(({ row }) => !isEmergency(row))),
  /** Texts that say nothing medical and were sent to a department all the same. */
  answeredNothing: shareWhere(
    judged.filter(({ row }) => row.departments.length === 0),
    (one) => one.answer.departments.length > 0,
  ),
  urgency: {
    right: shareWhere(judged, (one) => milderBy(one) === 0),
    tooMild: shareWhere(judged, (one) => milderBy(one) > 0),
    tooPressing: shareWhere(judged, (one) => milderBy(one) < 0),
  },
  emergencies: emergenciesOf(judged),
  calibration: calibrationOf(judged),
  byDepartment: byDepartment(judged),
  confusion: confusionOf(judged),
})

export type Measures = ReturnType<typeof measuresOf>
