import type { Notice } from '../../booking/index.ts'

/** Which message of each process was heard last. */
export type NoticeBook = {
  /** Notes a message; answers whether one before it was missed. The first of a process that is heard is missed by nobody. */
  readonly hear: (notice: Notice) => boolean
  /** Begins anew: what comes next of each process is its first. */
  readonly forget: () => void
  /** How often one was missed. */
  readonly gaps: () => number
}

/** Processes come and go; beyond so many the book begins anew. */
const SENDERS_MOST = 1_000

export const openNoticeBook = (): NoticeBook => {
  const last = new Map<string, number>()
  let gaps = 0
  return {
    hear: ({ sender, number }) => {
      const before = last.get(sender)
      if (last.size >= SENDERS_MOST) last.clear()
      last.set(sender, number)
      const isGap = before !== undefined && number !== before + 1
      if (isGap) gaps += 1
      return isGap
    },
    forget: () => last.clear(),
    gaps: () => gaps,
  }
}
