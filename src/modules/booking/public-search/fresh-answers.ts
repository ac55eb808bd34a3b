/** What is kept of an answer: the moment at which it was asked for, by a clock that never goes back, in milliseconds. */
type Kept<Answer> = { readonly askedAt: number; readonly answer: Promise<Answer> }

export type FreshAnswers<Answer> = {
  /** The answer to a question, not older than the limit when it is handed out. */
  readonly of: (question: string, ask: () => Promise<Answer>) => Promise<Answer>
  readonly size: () => number
}

/** What could not be answered in time, as often as it was tried. */
export class TooSlow extends Error {}

/** How often a question is asked anew that took longer than its answer may be old. */
const TRIES_MOST = 3

/**
 * Answers that many ask for, each question asked at most once within `oldestMs` and by all who wait together. An answer is as old as
 * the moment before it was asked for: none is handed out that is older than `oldestMs`. At most `most` are kept, those asked for longest ago go first.
 * `now` is in milliseconds and never goes back.
 * @throws TooSlow when asking takes longer than an answer may be old.
 */
export const freshAnswers = <Answer>(oldestMs: number, most: number, now: () => number): FreshAnswers<Answer> => {
  const kept = new Map<string, Kept<Answer>>()
  const isFresh = ({ askedAt }: Kept<Answer>): boolean => now() - askedAt <= oldestMs
  const askAnew = (question: string, ask: () => Promise<Answer>): Kept<Answer> => {
    const fresh: Kept<Answer> = { askedAt: now(), answer: ask() }
    kept.delete(question)
    kept.set(question, fresh)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    // A failure is nobody else's answer.
    fresh.answer.catch(() => kept.get(question) === fresh && kept.delete(question))
    return fresh
  }
  return {
    of: async (question, ask) => {
      for (let tries = 0; tries < TRIES_MOST; tries += 1) {
        const known = kept.get(question)
        const used = known && isFresh(known) ? known : askAnew(question, ask)
        const answer = await used.answer
        if (isFresh(used)) return answer
      }
      throw new TooSlow('the answer was older than it may be')
    },
    size: () => kept.size,
  }
}
