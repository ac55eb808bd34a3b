import type { Words } from '../../kernel/words.ts'
import type { ShownScope } from './contract.ts'
import { scopeText, type DataScope, type PlainScope, type Scopes } from './rules/scopes.ts'

const TYPES: Readonly<Record<string, Words>> = {
  '*': { zh: '健康档案的全部内容', en: 'the whole health record' },
  AllergyIntolerance: { zh: '过敏', en: 'allergies' },
  Appointment: { zh: '预约', en: 'bookings' },
  AuditEvent: { zh: '查阅记录', en: 'who looked' },
  Binary: { zh: '附件', en: 'files' },
  CarePlan: { zh: '康复与随访计划', en: 'care plans' },
  CareTeam: { zh: '照护团队', en: 'the care team' },
  Claim: { zh: '费用申报', en: 'claims' },
  Communication: { zh: '转诊沟通', en: 'messages of referrals' },
  Composition: { zh: '病历文书', en: 'clinical documents' },
  Condition: { zh: '诊断与病史', en: 'diagnoses' },
  Consent: { zh: '知情同意', en: 'consents' },
  Coverage: { zh: '医保', en: 'insurance' },
  DiagnosticReport: { zh: '检查检验报告', en: 'reports' },
  DocumentReference: { zh: '文书目录', en: 'documents' },
  Encounter: { zh: '就诊与住院', en: 'visits and stays' },
  EpisodeOfCare: { zh: '连续诊疗', en: 'episodes of care' },
  ExplanationOfBenefit: { zh: '费用结算', en: 'bills' },
  Goal: { zh: '照护目标', en: 'goals of care' },
  ImagingStudy: { zh: '影像目录', en: 'imaging studies' },
  Immunization: { zh: '预防接种', en: 'vaccinations' },
  MedicationDispense: { zh: '发药', en: 'dispensed drugs' },
  MedicationRequest: { zh: '处方', en: 'prescriptions' },
  MedicationStatement: { zh: '用药', en: 'drugs taken' },
  Observation: { zh: '检验、检查和测量结果', en: 'results and measurements' },
  Patient: { zh: '基本信息', en: 'personal data' },
  Procedure: { zh: '手术与操作', en: 'procedures' },
  QuestionnaireResponse: { zh: '问卷', en: 'questionnaires' },
  RelatedPerson: { zh: '家属', en: 'relatives' },
  ServiceRequest: { zh: '转诊单与申请单', en: 'referrals and orders' },
  Slot: { zh: '号源', en: 'free times' },
  Task: { zh: '待办', en: 'tasks' },
}

const PLAIN: Readonly<Record<PlainScope, Words>> = {
  openid: { zh: '知道您是谁（登录）', en: 'Know who you are (signing in)' },
  fhirUser: { zh: '知道您在档案中的身份', en: 'Know who you are in the record' },
  profile: { zh: '知道您在档案中的身份', en: 'Know who you are in the record' },
  launch: { zh: '知道它是为哪位居民打开的', en: 'Know for which person it was started' },
  'launch/patient': { zh: '知道所选的是哪位居民', en: 'Know which person was chosen' },
  offline_access: {
    zh: '您不在时也继续使用这些权限，直到您收回',
    en: 'Go on using these rights while you are away, until you take them back',
  },
  online_access: { zh: '在您登录期间继续使用这些权限', en: 'Go on using these rights while you are signed in' },
}

const LEVELS: Readonly<Record<DataScope['level'], Words>> = {
  patient: { zh: '这位居民的', en: 'of this person' },
  user: { zh: '您有权查看的', en: 'that you may see' },
  system: { zh: '本账号有权查看的', en: 'that its account may see' },
}

const actsOf = (may: DataScope['may']): { zh: string; en: string } => {
  const reads = may.includes('r') || may.includes('s')
  const writes = may.some((letter) => letter === 'c' || letter === 'u')
  const zh = [...(reads ? ['查看'] : []), ...(writes ? ['新增或修改'] : []), ...(may.includes('d') ? ['删除'] : [])].join('、')
  const en = [...(reads ? ['See'] : []), ...(writes ? ['add to or change'] : []), ...(may.includes('d') ? ['delete'] : [])].join(
    ', ',
  )
  return { zh, en: en.charAt(0).toUpperCase() + en.slice(1) }
}

const shownData = (scope: DataScope): ShownScope => {
  const acts = actsOf(scope.may)
  const what = TYPES[scope.type] ?? { zh: scope.type, en: scope.type }
  const whose = LEVELS[scope.level]
  return {
    scope: scopeText(scope),
    zh: `${acts.zh}${whose.zh}${what.zh}${scope.query === null ? '' : `（仅限 ${scope.query}）`}`,
    en: `${acts.en} ${what.en} ${whose.en}${scope.query === null ? '' : ` (only ${scope.query})`}`,
    changes: scope.may.some((letter) => letter !== 'r' && letter !== 's'),
  }
}

/** Scopes in plain words, those that change something marked. */
export const shownScopes = (scopes: Scopes): ShownScope[] => [
  ...scopes.plain.map((scope) => ({ scope, ...PLAIN[scope], changes: false })),
  ...scopes.data.map(shownData),
]
