import type { DisagreeReason, MissingPart, RejectReason } from '../../src/modules/referral/referral.ts'
import type { Words } from '../words/language.tsx'
import { disagreeReasons } from './disagree-reasons.ts'
import { missingParts } from './missing-parts.ts'

/** The coded reasons of a return as professionals read them; both sides of a referral read the same words. */
export const returnReasons: Words<Record<RejectReason, string>> = {
  zh: {
    'no-capacity': '暂无接诊能力（床位或号源）',
    'beyond-capability': '超出诊治能力',
    'wrong-specialty': '科目不符',
    'not-indicated': '不符合转诊指征',
    'information-missing': '资料不全',
    'patient-unfit-for-transport': '病情不宜转运',
  },
  en: {
    'no-capacity': 'No capacity (beds or slots)',
    'beyond-capability': 'Beyond capability',
    'wrong-specialty': 'Another specialty',
    'not-indicated': 'Referral not indicated',
    'information-missing': 'Information missing',
    'patient-unfit-for-transport': 'Not fit for transport',
  },
}

/** The words of a step's coded reason: why a case was returned, which parts were asked for, or why somebody did not agree; null where a step has none. */
export const returnReason = (why: string | null, language: keyof typeof returnReasons): string | null => {
  const known = { ...returnReasons[language], ...missingParts[language], ...disagreeReasons[language] }
  const said = why === null ? [] : why.split(',').flatMap((code) => known[code as RejectReason | MissingPart | DisagreeReason] ?? [])
  return said.length === 0 ? null : said.join(language === 'zh' ? '、' : ', ')
}
