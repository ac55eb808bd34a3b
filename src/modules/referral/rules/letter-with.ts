import type { Letter } from '../referral.ts'

/** The parts of a letter that a supplement changes; what is left out stays as it was sent. */
export type LetterChange = { readonly [Part in keyof Letter]?: Letter[Part] | undefined }

/** A letter with some of its parts changed. */
export const letterWith = (letter: Letter, change: LetterChange): Letter => ({
  impression: change.impression ?? letter.impression,
  reason: change.reason ?? letter.reason,
  pastHistory: change.pastHistory ?? letter.pastHistory,
  treatment: change.treatment ?? letter.treatment,
  attention: change.attention ?? letter.attention,
})
