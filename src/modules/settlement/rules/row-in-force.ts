import type { Day } from '../../../kernel/day.ts'
import type { AreaRow } from './area-schema.ts'

/** Whether a row of a book is the law of a day: from its first day until the day before its end. */
export const isInForce = ({ from, until }: Pick<AreaRow, 'from' | 'until'>, day: Day): boolean =>
  from <= day && (until === null || day < until)
