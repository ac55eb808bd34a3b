import type { Measures, Share } from './measures.ts'
import type { SetName } from './texts.ts'

/** What one way of answering reached on one set. */
export type Report = { readonly set: SetName; readonly by: string; readonly measures: Measures }

const percent = (part: number): string => `${(part * 100).toFixed(1)} %`
const shown = ({ hits, of, share, low, high }: Share): string =>
  `${percent(share).padStart(7)}  ${hits}/${of}  (95 %: ${percent(low)} to ${percent(high)})`

// What is printed, in this order; the confusion is cut here.
const CONFUSIONS = 25

const departmentLines = ({ departments, ordinary }: Measures): [string, Share][] => [
  ['first department right', departments.first],
  ['among the first three', departments.three],
  ['first, strict label', departments.strictFirst],
  ['three, strict label', departments.strictThree],
  ['first two digits right', departments.sameGroup],
  ['no answer', departments.noAnswer],
  ['first, no emergencies', ordinary.first],
  ['three, no emergencies', ordinary.three],
  ['strict first, no emergencies', ordinary.strictFirst],
]

const urgencyLines = ({ answeredNothing, urgency, emergencies }: Measures): [string, Share][] => [
  ['nothing medical, answered', answeredNothing],
  ['urgency right', urgency.right],
  ['urgency too mild', urgency.tooMild],
  ['urgency too pressing', urgency.tooPressing],
  ...Object.entries(emergencies.graded).map(([grade, share]): [string, Share] => [`emergency graded ${grade}`, share]),
  ['hidden emergency found', emergencies.hidden],
  ['channel right', emergencies.rightChannel],
  ['false alarms', emergencies.falseAlarms],
  ['false alarms, denied or past', emergencies.falseAlarmsOfNegated],
]

const detailLines = ({ calibration, byDepartment, confusion }: Measures): string[] => [
  `confidence: expected calibration error ${calibration.expectedError.toFixed(3)}`,
  ...calibration.bins
    .filter(({ texts }) => texts > 0)
    .map(
      ({ from, texts, confidence, right }) =>
        `  from ${from.toFixed(1)}  ${String(texts).padStart(4)} texts  said ${percent(confidence)}  was ${percent(right)}`,
    ),
  'by department (label’s first): texts, first right, among three',
  ...byDepartment.map(
    ({ code, first, three }) =>
      `  ${code}  ${String(first.of).padStart(4)}  ${percent(first.share).padStart(7)}  ${percent(three.share).padStart(7)}`,
  ),
  'most frequent confusions: label → answered, texts',
  ...confusion.slice(0, CONFUSIONS).map(({ label, answered, texts }) => `  ${label} → ${answered}  ${texts}`),
]

/** A report in plain lines; `isWhole` adds calibration, departments and confusion. */
export const linesOf = ({ set, by, measures }: Report, isWhole: boolean): string[] => [
  `${set}, ${by}: ${measures.texts} texts`,
  ...[...departmentLines(measures), ...urgencyLines(measures)].map(([name, share]) => `  ${name.padEnd(30)}${shown(share)}`),
  ...(isWhole ? detailLines(measures) : []),
]
