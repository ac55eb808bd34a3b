import { millisecondsBetween } from '../../../kernel/clock.ts'
import { dayOf, daysBetween } from '../../../kernel/day.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { EarlierResult, Item, Mark, MarkScope, Obstacle, Standing } from '../recognition.ts'

/** Results in these states are finished; a corrected one counts as it stands now. */
const FINAL = ['final', 'amended', 'corrected', 'appended']

// A division code begins with two digits of the province: GB/T 2260.
const PROVINCE_DIGITS = 2
// And with four of the prefecture.
const PREFECTURE_DIGITS = 4

/** What recognition of one result is decided by. */
export type RecognitionFacts = {
  readonly item: Item
  readonly site: string | null
  readonly result: EarlierResult
  /** Who made the result; null when the record does not say. */
  readonly performer: Standing | null
  readonly receiver: Standing
  /** All marks of the performer for the item. */
  readonly marks: readonly Mark[]
  readonly now: Instant
  readonly zone: string
  /** Local pilot: a higher institution recognises a lower one outside of its consortium too. */
  readonly higherRecognisesLower: boolean
}

/** What came of it: recognisable, or everything that stands against it. */
export type Recognisability = {
  readonly obstacles: readonly Obstacle[]
  readonly ageDays: number | null
  readonly mark: Mark | null
  readonly isInsideConsortium: boolean
}

const reaches = (scope: MarkScope, performer: Standing, receiver: Standing): boolean => {
  switch (scope) {
    case 'national':
      return true
    case 'province':
      return performer.division.slice(0, PROVINCE_DIGITS) === receiver.division.slice(0, PROVINCE_DIGITS)
    case 'city':
      return performer.division.slice(0, PREFECTURE_DIGITS) === receiver.division.slice(0, PREFECTURE_DIGITS)
    case 'consortium':
      return performer.consortium !== null && performer.consortium === receiver.consortium
  }
}

/**
 * Whether an earlier result is to be recognised by the institution that orders: the same item and site, finished, within the
 * days of the item, made under a mark HR that was valid on the day of the examination and reaches the receiver; institutions of
 * one level recognise each other, a lower one a higher, and inside a consortium all do. What a doctor concluded from it is not
 * part of it. Source: 医疗机构检查检验结果互认管理办法 (2022), by domain.md 7.
 */
export const recognisability = (facts: RecognitionFacts): Recognisability => {
  const { item, result, performer, receiver, marks } = facts
  const isInside = performer !== null && performer.consortium !== null && performer.consortium === receiver.consortium
  const isOwn = performer?.id === receiver.id
  const made = result.at && dayOf(result.at, facts.zone)
  const ageDays = made ? daysBetween(made, dayOf(facts.now, facts.zone)) : null
  const valid = made ? marks.filter((mark) => mark.from <= made && (mark.until === null || made < mark.until)) : []
  const mark = performer ? (valid.find(({ scope }) => reaches(scope, performer, receiver)) ?? null) : null
  const needsMark = performer !== null && !isOwn && mark === null
  const isFromBelow =
    performer !== null && performer.height < receiver.height && !isInside && !isOwn && !facts.higherRecognisesLower
  const obstacles: (Obstacle | false)[] = [
    !FINAL.includes(result.status) && 'not-final',
    item.siteMatters && !isSameSite(facts.site, result.site) && 'other-site',
    (ageDays === null || ageDays > item.daysValid) && 'too-old',
    result.at !== null && millisecondsBetween(facts.now, result.at) > 0 && 'in-future',
    performer === null && 'performer-unknown',
    needsMark && valid.length === 0 && 'no-mark',
    needsMark && valid.length > 0 && 'mark-elsewhere',
    isFromBelow && 'lower-level',
  ]
  return { obstacles: obstacles.filter((one): one is Obstacle => one !== false), ageDays, mark, isInsideConsortium: isInside }
}

const plain = (site: string | null): string =>
  (site ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s,,、()()]/g, '')

const isSameSite = (ordered: string | null, made: string | null): boolean => plain(ordered) === plain(made)

/** Which of several recognisable results is offered first: the newest. */
export const newestFirst = <R extends { readonly result: EarlierResult }>(results: readonly R[]): R[] =>
  results.toSorted((one, other) => (other.result.at ?? '').localeCompare(one.result.at ?? ''))
