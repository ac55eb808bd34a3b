import type { Instant } from '../../../kernel/clock.ts'
import { dayOf, type Day } from '../../../kernel/day.ts'
import type { Words } from '../../../kernel/words.ts'
import { ageText, cell, momentText, roomCell, sexText, strongCell, wordsText, type Cell, type Panel } from './slip-sheet.ts'
import type { SlipFrame, SlipPerson } from './slip-types.ts'
import { labels } from './slip-words.ts'

/** What the person or the family said; null while the form is printed to be signed. */
export type ConsentAnswer = {
  agrees: boolean
  by: 'patient' | 'family'
  relation: string | null
  /** Why not, in words; null where the person agreed. */
  why: string | null
  at: Instant
}

/**
 * 双向转诊知情同意书: what was told, which risks, and whether the person agreed.
 * @source 双向转诊知情同意书 (local practice): 转诊单编号、证件号、方向、机构、原因、告知事项、风险提示、同意/不同意、签名、关系、电话、盖章
 */
export type ConsentForm = SlipFrame & {
  resident: SlipPerson & { idNumber: string | null; phone: string | null }
  fromInstitution: string | null
  toInstitution: string | null
  toDepartment: string | null
  appointmentAt: Instant | null
  condition: string
  reason: string | null
  /** The risks as they were told; the general ones where nothing particular was recorded. */
  risks: readonly string[]
  answer: ConsentAnswer | null
  doctor: string | null
  signedOn: Day | null
}

const own = {
  title: { zh: '双向转诊知情同意书', en: 'Informed consent to referral' },
  request: { zh: '医生建议为您转诊。请读完以下内容，有不明白的请当面问清，再决定是否同意。', en: 'Your doctor advises a referral. Please read this, ask what is unclear, then decide.' },
  idNumber: { zh: '证件号码', en: 'ID number' },
  from: { zh: '转出机构', en: 'From' },
  to: { zh: '转入机构及科室', en: 'To' },
  time: { zh: '就诊时间', en: 'Appointment' },
  reason: { zh: '转诊原因', en: 'Reason for the referral' },
  told: { zh: '告知事项', en: 'What was told' },
  risks: { zh: '风险提示', en: 'Risks' },
  choice: { zh: '患者或家属意见', en: 'Decision' },
  agrees: { zh: '同意转诊', en: 'I agree' },
  disagrees: { zh: '不同意转诊', en: 'I do not agree' },
  why: { zh: '不同意的原因', en: 'Reason' },
  understood: { zh: '医生已向我说明以上内容，我已了解。', en: 'All of this was explained to me.' },
  signature: { zh: '患者或家属签名', en: 'Signature of patient or family' },
  relation: { zh: '与患者关系', en: 'Relation' },
  phone: { zh: '联系电话', en: 'Phone' },
  doctor: { zh: '告知医生（签字）', en: 'Doctor (signature)' },
  stamp: { zh: '机构盖章', en: 'Stamp' },
  self: { zh: '本人', en: 'Self' },
  family: { zh: '家属', en: 'Family' },
} as const satisfies Record<string, Words>

/** What every person is told before a referral, whatever the condition. */
export const generalTold: readonly string[] = [
  '根据目前病情，建议转到上述机构继续诊治；转诊后由接诊医生决定检查和治疗方案。',
  '为接续治疗，您的诊断、用药、过敏、近期检查和本次转诊单将随单提供给接诊机构，仅用于本次诊疗；每次查看都有记录。',
  '您可以同意或不同意，也可以在到诊前撤回；不同意不影响您在本机构继续看病。',
  '请带好身份证件、医保凭证、既往病历和正在吃的药；医保报销按当地转诊规定办理。',
]

/** The risks of any referral, where none of a particular condition were recorded. */
export const generalRisks: readonly string[] = [
  '转运途中病情可能变化或加重；出现不适请立即告知陪同人员，紧急时拨打 120。',
  '接诊机构可能根据病情调整诊断、治疗方案或再次转诊。',
  '不转诊或延误转诊，可能耽误诊断和治疗。',
]

const numbered = (lines: readonly string[]): string => lines.map((line, at) => `${at + 1}. ${line}`).join('\n')

const boxed = (isChosen: boolean, words: Words, language: SlipFrame['language']): string => `${isChosen ? '■' : '□'} ${wordsText(words, language)}`

const choiceText = ({ answer, language }: ConsentForm): string => {
  const boxes = `${boxed(answer?.agrees === true, own.agrees, language)}　　${boxed(answer?.agrees === false, own.disagrees, language)}`
  const why = answer?.why ? `\n${wordsText(own.why, language)}：${answer.why}` : ''
  return `${boxes}${why}\n${wordsText(own.understood, language)}`
}

const relationText = ({ answer, language }: ConsentForm): string | null => {
  if (answer === null) return null
  return answer.by === 'patient' ? wordsText(own.self, language) : (answer.relation ?? wordsText(own.family, language))
}

/** A value that is known, or room to write it. */
const cellOrRoom = (label: Words, value: string | null, span: number): Cell => (value === null ? roomCell(label, span) : cell(label, value, span))

const signatureRows = (form: ConsentForm): Cell[][] => {
  const { answer, zone } = form
  const signedOn = answer === null ? form.signedOn : dayOf(answer.at, zone)
  // A relative's phone is written by hand: the platform keeps none.
  const phone = answer?.by === 'family' ? null : form.resident.phone
  return [
    [
      roomCell(own.signature, 5),
      cellOrRoom(own.relation, relationText(form), 2),
      cellOrRoom(own.phone, phone, 3),
      cellOrRoom(labels.date, signedOn, 2),
    ],
    [cellOrRoom(own.doctor, form.doctor, 5), roomCell(own.stamp, 5), cellOrRoom(labels.date, signedOn, 2)],
  ]
}

/** The consent form as the sheet draws it. */
export const consentPanel = (form: ConsentForm): Panel => {
  const { resident, language, zone } = form
  return {
    title: own.title,
    addressee: `${resident.name} 及家属`,
    request: own.request,
    rows: [
      [
        strongCell(labels.name, resident.name, 3),
        cell(labels.sex, sexText(resident.sex, language), 2),
        cell(labels.age, ageText(resident.age, language), 2),
        cell(own.idNumber, resident.idNumber, 5),
      ],
      [
        cell(own.from, form.fromInstitution, 4),
        cell(own.to, [form.toInstitution, form.toDepartment].filter(Boolean).join(' ') || null, 5),
        cell(own.time, form.appointmentAt === null ? null : momentText(form.appointmentAt, zone), 3),
      ],
    ],
    passages: [
      { label: own.reason, text: [form.condition, form.reason].filter(Boolean).join('\n') },
      { label: own.told, text: numbered(generalTold) },
      { label: own.risks, text: numbered(form.risks.length > 0 ? form.risks : generalRisks) },
      { label: own.choice, text: choiceText(form) },
    ],
    signature: signatureRows(form),
    progress: null,
  }
}
