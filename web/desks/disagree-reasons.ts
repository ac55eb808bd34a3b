import type { DisagreeReason } from '../../src/modules/referral/referral.ts'
import type { Words } from '../words/language.tsx'

/** Why a person or the family does not agree to a referral, as every desk reads it. */
export const disagreeReasons: Words<Record<DisagreeReason, string>> = {
  zh: {
    cost: '费用顾虑',
    distance: '路途太远',
    'no-companion': '没有人陪同',
    'prefers-here': '希望在基层继续治疗',
    'prefers-another': '想去另一家医院',
    'feels-better': '自觉好转',
    other: '其他原因',
  },
  en: {
    cost: 'Worried about the cost',
    distance: 'Too far',
    'no-companion': 'Nobody to come along',
    'prefers-here': 'Wants to go on in primary care',
    'prefers-another': 'Wants another hospital',
    'feels-better': 'Feels better',
    other: 'Another reason',
  },
}
