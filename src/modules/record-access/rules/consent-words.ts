import type { Instant } from '../../../kernel/clock.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Name, Words } from '../../../kernel/words.ts'
import type { ConsentKind, ConsentPurpose } from '../record-access.ts'

const PURPOSE: Readonly<Record<ConsentPurpose, Words>> = {
  treatment: { zh: '诊疗', en: 'treatment' },
  research: { zh: '医学研究', en: 'medical research' },
  'commercial-insurance': { zh: '商业保险理赔', en: 'a claim of commercial insurance' },
  quality: { zh: '医疗质量评价', en: 'judging the quality of care' },
}
const KIND: Readonly<Record<ConsentKind, Words>> = {
  conditions: { zh: '诊断和就诊', en: 'diagnoses and visits' },
  medicines: { zh: '用药', en: 'medicines' },
  allergies: { zh: '过敏', en: 'allergies' },
  results: { zh: '检查检验', en: 'examinations and results' },
  vaccinations: { zh: '预防接种', en: 'vaccinations' },
  documents: { zh: '病历文书', en: 'documents' },
}

/** What a consent covers, in the words that the person is shown when giving it; they are kept as they were. */
export const consentWords = (of: {
  readonly purpose: ConsentPurpose
  readonly to: Name | null
  readonly kinds: readonly ConsentKind[] | null
  readonly until: Instant
  readonly zone: string
}): Words => {
  const until = dayOf(of.until, of.zone)
  const kinds = of.kinds ?? []
  const zh = kinds.length === 0 ? '全部健康档案(敏感内容除外)' : kinds.map((kind) => KIND[kind].zh).join('、')
  const en = kinds.length === 0 ? 'the whole record but its sensitive parts' : kinds.map((kind) => KIND[kind].en).join(', ')
  return {
    zh: `为${PURPOSE[of.purpose].zh},允许${of.to?.zh ?? '为我诊疗的医疗机构'}查看:${zh}。有效至 ${until},可随时撤回。`,
    en: `For ${PURPOSE[of.purpose].en}, ${of.to?.en ?? of.to?.zh ?? 'whichever institution treats me'} may read ${en}. Until ${until}; it may be withdrawn at any time.`,
  }
}
