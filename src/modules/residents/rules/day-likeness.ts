import type { Day } from '../../../kernel/day.ts'
import { isDay } from '../../../kernel/day.ts'
import { isOneApart } from './name-likeness.ts'

/** How two birth dates stand to each other. `swapped`: month and day changed places. `one-digit`: one digit, or two neighbours changed round. */
export const DAY_LIKENESSES = ['same', 'swapped', 'one-digit', 'same-year', 'different'] as const
export type DayLikeness = (typeof DAY_LIKENESSES)[number]

/** How alike two birth dates are. */
export const dayLikeness = (one: Day, other: Day): DayLikeness => {
  if (one === other) return 'same'
  if (swappedDay(one) === other) return 'swapped'
  if (isOneApart([...one.replaceAll('-', '')], [...other.replaceAll('-', '')])) return 'one-digit'
  return one.slice(0, 4) === other.slice(0, 4) ? 'same-year' : 'different'
}

/** The day with month and day changed round; null when there is no such day. */
export const swappedDay = (day: Day): Day | null => {
  const [year, month, date] = day.split('-')
  const swapped = `${year}-${date}-${month}`
  return isDay(swapped) ? (swapped as Day) : null
}

/** The days that a slip of the hand makes of one: month and day changed round, each digit by one other, neighbours changed round. */
export const daysNear = (day: Day): Day[] => {
  const digits = [...day.replaceAll('-', '')]
  const near = new Set<string>()
  const put = (changed: readonly string[]) => {
    const text = changed.join('')
    const made = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
    if (made !== day && isDay(made)) near.add(made)
  }
  for (const [at, digit] of digits.entries()) {
    for (const other of '0123456789') if (other !== digit) put(digits.with(at, other))
    const next = digits[at + 1]
    if (next !== undefined) put(digits.with(at, next).with(at + 1, digit))
  }
  const swapped = swappedDay(day)
  return [...(swapped && swapped !== day ? [swapped] : []), ...(near as Set<Day>)].filter(
    (one, at, all) => all.indexOf(one) === at,
  )
}
