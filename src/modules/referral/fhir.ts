import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import type { PackageLetter } from '../health-record/index.ts'
import type { Referral } from './referral.ts'

const paragraph = (title: string, text: string | null | undefined): string => (text && text.trim() !== '' ? `${title}:${text.trim()}` : '')
const joined = (parts: string[]): string => parts.filter((part) => part !== '').join('\n')

/** What the record package says in words: on the way up the doctor's letter, on the way back the hospital's. */
export const letterOf = (referral: Referral, nameOf: (org: OrgId) => Name): PackageLetter => {
  const { letter, returned } = referral
  const diagnosis = { icd10: /^[A-Z]\d\d/.test(referral.condition) ? referral.condition : null, name: referral.conditionWords }
  if (returned)
    return {
      reason: returned.diagnosis,
      findings: joined([paragraph('主要检查结果', returned.findings), paragraph('治疗经过', returned.treatment), paragraph('用药', returned.medication)]),
      request: returned.plan,
      diagnosis,
      sender: { institution: nameOf(referral.receiver), doctor: returned.doctor },
      receiver: { institution: nameOf(referral.careOrg ?? referral.org) },
    }
  return {
    reason: joined([paragraph('初步印象', letter.impression), paragraph('主要现病史(转出原因)', letter.reason)]) || '急诊转出,资料待补',
    findings: joined([paragraph('主要既往史', letter.pastHistory), paragraph('治疗经过', letter.treatment)]),
    request: letter.attention ?? null,
    diagnosis,
    sender: { institution: nameOf(referral.org), doctor: referral.senderName },
    receiver: { institution: nameOf(referral.receiver) },
  }
}
