import type { AccountId } from '../../../kernel/id.ts'
import type { ReadMark } from '../correspondence.ts'

/** Who has read a message, each with the moment at which it first had; its author is not counted. */
export const readersOf = (seq: number, author: AccountId | null, marks: readonly ReadMark[]): ReadMark[] => {
  const first = new Map<AccountId, ReadMark>()
  for (const mark of marks) {
    const known = first.get(mark.account)
    if (mark.seq >= seq && mark.account !== author && (!known || mark.seq < known.seq)) first.set(mark.account, mark)
  }
  return [...first.values()].toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
}
