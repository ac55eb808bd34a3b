import type { BookEntry, Difference } from '../docking.ts'

/** A case in our book of a day, and whether messages of that day are still on their way. */
export type OwnEntry = BookEntry & { readonly isUnderWay: boolean }

/**
 * Where two books of one day do not say the same. A case with messages still on their way may lag on either side: what the
 * platform has of it and we wait for is no difference yet. `lastSeq` 0 is a case of which nothing was acknowledged.
 */
export const compareBooks = (here: readonly OwnEntry[], there: readonly BookEntry[]): Difference[] => {
  const theirs = new Map(there.map((entry) => [entry.caseId, entry]))
  const ours = new Set(here.map((entry) => entry.caseId))
  const unknown = there
    .filter(({ caseId }) => !ours.has(caseId))
    .map(({ caseId, lastSeq }): Difference => ({ kind: 'unknown-here', caseId, seqHere: null, seqThere: lastSeq }))
  return [...here.flatMap((own) => differenceOf(own, theirs.get(own.caseId) ?? null)), ...unknown]
}

const differenceOf = ({ caseId, lastSeq, hash, isUnderWay }: OwnEntry, there: BookEntry | null): Difference[] => {
  const found = (kind: Difference['kind']): Difference[] => [{ kind, caseId, seqHere: lastSeq, seqThere: there?.lastSeq ?? null }]
  if (lastSeq > (there?.lastSeq ?? 0)) return found('missing-there')
  if (!there || isUnderWay) return []
  if (there.lastSeq > lastSeq) return found('ahead-there')
  return there.hash === hash ? [] : found('differs')
}
