import type { Words } from '../../kernel/words.ts'
import type { Tier } from './organisations.ts'

/** 人财物统一管理, and 收入分配、药品、检验资源、信息互通 under one management. */
export const UNIFIED_AREAS = ['people', 'money', 'things', 'pay', 'drugs', 'laboratory', 'information'] as const
export type UnifiedArea = (typeof UNIFIED_AREAS)[number]

/** 管理“六中心”. */
export const MANAGEMENT_CENTRES = [
  'administration',
  'personnel',
  'medical-affairs',
  'nursing',
  'insurance',
  'information',
] as const
export type ManagementCentre = (typeof MANAGEMENT_CENTRES)[number]

/** 医管委(党政双组长), 理事会, 监事会. */
export const BODIES = ['committee', 'board', 'supervisors'] as const
export type Body = (typeof BODIES)[number]
export const POSTS = ['head', 'deputy', 'member'] as const
export type Post = (typeof POSTS)[number]

/** 组团式 and 一对一. */
export const HELP_TYPES = ['team', 'one-to-one'] as const
export type HelpType = (typeof HELP_TYPES)[number]

/** The five ways in which hospitals of the second and third level support a county consortium. */
export const SUPPORT_MODES = ['posting', 'joint-specialty', 'teaching', 'remote', 'research'] as const
export type SupportMode = (typeof SUPPORT_MODES)[number]

/** How far an aim, a task or a resolution has come. */
export const PROGRESS = ['planned', 'running', 'late', 'done'] as const
export type Progress = (typeof PROGRESS)[number]

/** Where the tasks belong, as the guideline's own report groups them. */
export const TASK_AREAS = ['form', 'outside', 'inside', 'services', 'support'] as const
export type TaskArea = (typeof TASK_AREAS)[number]

type WordsOf<Value extends string> = Readonly<Record<Value, Words>>

export const unifiedAreaWords: WordsOf<UnifiedArea> = {
  people: { zh: '人员统一管理', en: 'People under one management' },
  money: { zh: '财务统一管理', en: 'Money under one management' },
  things: { zh: '物资统一管理', en: 'Things under one management' },
  pay: { zh: '收入分配统筹', en: 'Pay decided together' },
  drugs: { zh: '药品统筹', en: 'Drugs managed together' },
  laboratory: { zh: '检验资源统筹', en: 'Laboratories managed together' },
  information: { zh: '信息互通统筹', en: 'Information shared' },
}
export const centreWords: WordsOf<ManagementCentre> = {
  administration: { zh: '行政管理中心', en: 'Administration centre' },
  personnel: { zh: '人事管理中心', en: 'Personnel centre' },
  'medical-affairs': { zh: '医务管理中心', en: 'Medical affairs centre' },
  nursing: { zh: '护理管理中心', en: 'Nursing centre' },
  insurance: { zh: '医保管理中心', en: 'Insurance centre' },
  information: { zh: '信息管理中心', en: 'Information centre' },
}
export const bodyWords: WordsOf<Body> = {
  committee: { zh: '管理委员会(党政双组长)', en: 'Committee (two heads)' },
  board: { zh: '理事会', en: 'Board' },
  supervisors: { zh: '监事会', en: 'Supervisory board' },
}
export const postWords: WordsOf<Post> = {
  head: { zh: '组长/理事长/监事长', en: 'Head' },
  deputy: { zh: '副职', en: 'Deputy' },
  member: { zh: '成员', en: 'Member' },
}
export const helpTypeWords: WordsOf<HelpType> = {
  team: { zh: '组团式', en: 'By a team' },
  'one-to-one': { zh: '一对一', en: 'One to one' },
}
export const supportModeWords: WordsOf<SupportMode> = {
  posting: { zh: '专家派驻', en: 'Experts posted' },
  'joint-specialty': { zh: '专科共建', en: 'Specialty built together' },
  teaching: { zh: '临床带教', en: 'Clinical teaching' },
  remote: { zh: '远程协同', en: 'Remote support' },
  research: { zh: '科研和项目协作', en: 'Research and projects together' },
}
export const progressWords: WordsOf<Progress> = {
  planned: { zh: '未开始', en: 'Planned' },
  running: { zh: '进行中', en: 'Running' },
  late: { zh: '已滞后', en: 'Late' },
  done: { zh: '已完成', en: 'Done' },
}
export const taskAreaWords: WordsOf<TaskArea> = {
  form: { zh: '科学构建', en: 'Forming' },
  outside: { zh: '外部管理', en: 'Management from outside' },
  inside: { zh: '内部运行', en: 'Running inside' },
  services: { zh: '完善服务', en: 'Services' },
  support: { zh: '支持政策', en: 'Supporting policy' },
}
export const tierWords: WordsOf<Tier> = {
  province: { zh: '省级', en: 'province' },
  city: { zh: '市级', en: 'city' },
  county: { zh: '县级', en: 'county' },
  'regional-centre': { zh: '区域性中心', en: 'regional centre' },
  township: { zh: '乡镇级', en: 'township' },
  village: { zh: '村级', en: 'village' },
}

/** Rule documents that a consortium is expected to have: its charter and the three that the source names. */
export const EXPECTED_DOCUMENTS = ['charter', 'disease-catalogue', 'referral-rules', 'quality-rules'] as const

/** A task of the guideline: its code here, its area, and what the guideline's report says of it. */
export type KnownTask = { readonly code: string; readonly area: TaskArea; readonly name: Words }

/**
 * The tasks that the published report of the guideline names. It says that there are twenty in five areas and does not list
 * them all: the others are entered by whoever has the document itself.
 * @source 《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》的报道
 */
export const KNOWN_TASKS: readonly KnownTask[] = [
  { code: 'T01', area: 'form', name: { zh: '科学构建县域医共体', en: 'Form county consortia' } },
  { code: 'T02', area: 'form', name: { zh: '引导社会力量办医疗机构加入', en: 'Private institutions may join' } },
  { code: 'T03', area: 'outside', name: { zh: '深化城市支援农村', en: 'Cities support the countryside' } },
  { code: 'T04', area: 'inside', name: { zh: '人财物统一管理', en: 'People, money and things under one management' } },
  { code: 'T05', area: 'inside', name: { zh: '规范内部运行管理', en: 'Orderly running inside' } },
  { code: 'T06', area: 'inside', name: { zh: '统一信息系统', en: 'One information system' } },
  {
    code: 'T07',
    area: 'inside',
    name: { zh: '法定传染病、食源性疾病报告融入信息系统', en: 'Disease reports from the work station' },
  },
  { code: 'T08', area: 'services', name: { zh: '促进资源服务共享', en: 'Share resources and services' } },
  { code: 'T09', area: 'services', name: { zh: '拓展家庭医生签约服务', en: 'More of the family doctor contract' } },
  { code: 'T10', area: 'services', name: { zh: '创新医防融合服务', en: 'Join treatment and prevention' } },
  { code: 'T11', area: 'services', name: { zh: '提升中医药服务能力', en: 'Stronger traditional medicine' } },
  {
    code: 'T12',
    area: 'services',
    name: { zh: '畅通上下用药衔接(目录统一、处方自由流动)', en: 'One formulary, prescriptions move freely' },
  },
  {
    code: 'T13',
    area: 'services',
    name: { zh: '预留20%以上资源优先保障家庭医生转诊', en: 'A fifth and more kept for family doctors’ referrals' },
  },
  {
    code: 'T14',
    area: 'support',
    name: { zh: '完善医保支付政策(总额付费、结余留用)', en: 'Insurance pays a whole, savings stay' },
  },
  { code: 'T15', area: 'support', name: { zh: '加强医疗保障政策协同', en: 'Insurance policies work together' } },
]
