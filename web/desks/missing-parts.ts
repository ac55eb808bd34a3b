import type { MissingPart } from '../../src/modules/referral/referral.ts'
import type { Words } from '../words/language.tsx'

/** What a receiver may find missing before it decides; both sides of a referral read the same words. */
export const missingParts: Words<Record<MissingPart, string>> = {
  zh: {
    'past-history': '既往史',
    'present-illness': '现病史',
    medication: '用药情况',
    laboratory: '检验结果',
    imaging: '影像资料',
    ecg: '心电图',
    'vital-signs': '生命体征',
    contact: '联系方式',
    other: '其他',
  },
  en: {
    'past-history': 'Past history',
    'present-illness': 'Present illness',
    medication: 'Medication',
    laboratory: 'Laboratory results',
    imaging: 'Images',
    ecg: 'ECG',
    'vital-signs': 'Vital signs',
    contact: 'Contact details',
    other: 'Something else',
  },
}
