import type { Words } from '../../kernel/words.ts'
import type { DangerRow } from './knowledge.ts'
import type { UrgencyGrade } from './triage.ts'

const NO_DIAGNOSIS: Words = {
  zh: '这是导诊建议,不是诊断;病情变化时请及时就医。',
  en: 'This helps to find the right department; it is no diagnosis. See a physician when it gets worse.',
}

const BY_GRADE: Readonly<Record<UrgencyGrade, Words>> = {
  emergency: {
    zh: '情况紧急:请立即拨打 120 或前往最近的急诊,不必等待预约。',
    en: 'This is an emergency: call 120 or go to the nearest emergency department now; do not wait for an appointment.',
  },
  urgent: {
    zh: '请今天就医;没有号源时直接去急诊。',
    en: 'See a physician today; without an appointment go to the emergency department.',
  },
  soon: { zh: '请在几天内就诊,可先预约下列科室。', en: 'See a physician within days; you can book one of these departments.' },
  'self-care': {
    zh: '目前不急,可先自我观察或咨询家庭医生。',
    en: 'There is no hurry: watch it, or ask your family doctor.',
  },
}

const NOTHING: Words = {
  zh: '没有看出就医的需要。请写下哪里不舒服、多久了、多大年纪。',
  en: 'Nothing medical was found. Please write what troubles you, since when, and the age.',
}

/** What to do now; with danger signs their own advice comes first. */
export const adviceFor = (urgency: UrgencyGrade, dangers: readonly DangerRow[], saysNothing: boolean): Words => {
  if (saysNothing) return NOTHING
  const [gravest] = dangers
  const first = gravest?.now
  const grade = BY_GRADE[urgency]
  const parts = first ? [grade, first, NO_DIAGNOSIS] : [grade, NO_DIAGNOSIS]
  return { zh: parts.map(({ zh }) => zh).join(''), en: parts.map(({ en }) => en).join(' ') }
}
