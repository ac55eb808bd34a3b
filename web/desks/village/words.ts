import type { Words } from '../../words/language.tsx'
import { caseEn } from './case-en.ts'
import { caseZh } from './case-zh.ts'
import { en } from './en.ts'
import { offlineEn } from './offline-en.ts'
import { offlineZh } from './offline-zh.ts'
import { zh } from './zh.ts'

/** Words of the village desk: today, residents, records. */
export const villageWords: Words<typeof zh> = { zh, en }

/** Words about referring and about the cases of this desk. */
export const caseWords: Words<typeof caseZh> = { zh: caseZh, en: caseEn }

/** Words for work without a network: the code, what is kept, corrections that meet. */
export const offlineWords: Words<typeof offlineZh> = { zh: offlineZh, en: offlineEn }
