import chineseDays from 'chinese-days'
import { plusDays, type Day } from '../../../kernel/day.ts'

/**
 * The day that lies so many working days after another, by the State Council's arrangement where it is known and by the week elsewhere.
 * The day itself does not count.
 */
export const afterWorkDays = (day: Day, count: number): Day => {
  let at = day
  for (let left = count; left > 0;) {
    at = plusDays(at, 1)
    if (chineseDays.isWorkday(at)) left -= 1
  }
  return at
}
