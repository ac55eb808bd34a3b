import type { Words } from '../../words/language.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { actEn } from './act-en.ts'
import { actZh } from './act-zh.ts'
import { batchEn } from './batch-en.ts'
import { batchZh } from './batch-zh.ts'
import { caseEn } from './case-en.ts'
import { caseZh } from './case-zh.ts'
import { inboxEn } from './inbox-en.ts'
import { inboxZh } from './inbox-zh.ts'
import { pageEn } from './page-en.ts'
import { pageZh } from './page-zh.ts'

const zh = { ...actZh, ...batchZh, ...caseZh, ...inboxZh, ...pageZh }

export type ReferralDeskWords = typeof zh

/** Words of the referral desk. */
export const referralDeskWords: Words<ReferralDeskWords> = { zh, en: { ...actEn, ...batchEn, ...caseEn, ...inboxEn, ...pageEn } }

/** The desk's words in the person's language. */
export const useDeskWords = (): ReferralDeskWords => useWordsOf(referralDeskWords)
