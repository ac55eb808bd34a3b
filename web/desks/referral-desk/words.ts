import type { Words } from '../../words/language.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { en } from './words-en.ts'
import { zh, type ReferralDeskWords } from './words-zh.ts'

/** Words of the referral desk. */
export const referralDeskWords: Words<ReferralDeskWords> = { zh, en }

/** The desk's words in the person's language. */
export const useDeskWords = (): ReferralDeskWords => useWordsOf(referralDeskWords)
