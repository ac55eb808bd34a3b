import type { Best } from './best.ts'
import { lookAtAll, lookByNames } from './look.ts'
import { lookOutward } from './outward.ts'
import { begin, type Search } from './search-state.ts'
import type { Question } from './world.ts'

/** Finds the best places; what was found stands in `search.best` until the next question. A need that nobody knows finds none. */
export const find = (search: Search, question: Question): Best => {
  if (!begin(search, question)) {
    search.best.count = 0
    return search.best
  }
  lookByNames(search)
  if (search.postings.marks) lookOutward(search)
  else lookAtAll(search)
  return search.best
}
