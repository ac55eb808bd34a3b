import type { Language } from '../../words/language.tsx'

/** What the values of evidence are called: Chinese, then English. */
const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  only: ['仅限', 'only'],
  most: ['最多', 'at most'],
  quantity: ['数量', 'quantity'],
  days: ['天数', 'days'],
  priceFen: ['单价', 'price'],
  standardFen: ['标准价', 'standard price'],
  costFen: ['费用', 'cost'],
  meanFen: ['平均费用', 'mean cost'],
  found: ['见于', 'found'],
  event: ['服务', 'service'],
  whole: ['全部', 'whole'],
  weight: ['权重', 'weight'],
  recomputed: ['重算权重', 'recomputed weight'],
  unit: ['计价单位', 'unit'],
  ownUnit: ['应用单位', 'its unit'],
  prescriptions: ['处方数', 'prescriptions'],
  persons: ['人数', 'persons'],
  item: ['项目', 'item'],
  institution: ['机构', 'institution'],
  first: ['首次', 'first'],
  executed: ['实际执行', 'carried out'],
  before: ['此前', 'before'],
  place: ['见于', 'at'],
  back: ['再次入院', 'back'],
  age: ['年龄', 'age'],
  level: ['级别', 'level'],
  insurance: ['险种', 'insurance'],
  includedIn: ['已含在', 'contained in'],
  excludedBy: ['互斥项目', 'excluded by'],
  allowed: ['限诊断', 'only for'],
  setting: ['就医方式', 'setting'],
  with: ['同用', 'together with'],
  firstLine: ['一线用药', 'first line'],
  licence: ['执行资质', 'licence'],
  needed: ['应有资质', 'needed'],
  illness: ['慢特病病种', 'illness'],
  diagnosis: ['诊断', 'diagnosis'],
  medicalType: ['结算类别', 'settled as'],
  combined: ['限联合使用', 'only with'],
  department: ['执行科室', 'department'],
  daysOld: ['出生天数', 'days old'],
  otherPayer: ['应由他方支付', 'to be paid by'],
  visits: ['就诊次数', 'visits'],
  mean: ['他人平均', 'mean of others'],
  overlapDays: ['重叠天数', 'days of overlap'],
  sessions: ['次数', 'sessions'],
  nights: ['住院夜数', 'nights'],
}
const VALUES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  female: ['女性', 'women'],
  male: ['男性', 'men'],
  inpatient: ['住院', 'stays'],
  outpatient: ['门诊', 'visits'],
  pregnant: ['妊娠', 'pregnancy'],
  together: ['同进同出', 'come and gone together'],
  'self-paid': ['自付', 'paid by the person'],
  'bought-outside': ['外购记录', 'bought outside'],
  meanwhile: ['在院期间', 'during the stay'],
  elsewhere: ['当日在别院就诊', 'seen in another house that day'],
  absent: ['查房不在', 'nobody there at a check'],
  'no-care': ['无医嘱无体征', 'no order and no sign measured'],
  'no-indication': ['无指征', 'nothing called for it'],
  'against-path': ['不按路径出院', 'let go against the path'],
  visits: ['就诊过多', 'far more visits than others'],
  'visits-alike': ['就诊雷同', 'visits alike'],
  dear: ['次均费用偏高', 'dear stays'],
  identity: ['身份不符', 'the identity did not match'],
  dead: ['已死亡', 'dead'],
  'two-places': ['同时在两处住院', 'in two beds at once'],
  'third-party': ['第三方', 'a third party'],
  'work-injury': ['工伤保险', 'insurance of work injuries'],
  'public-health': ['公共卫生', 'public health'],
}
const FEN_A_YUAN = 100

const valueOf = (name: string, value: string | number, at: 0 | 1): string => {
  if (name.endsWith('Fen') && typeof value === 'number') return (value / FEN_A_YUAN).toFixed(2)
  return VALUES[String(value)]?.[at] ?? String(value)
}

/** The evidence of a hit in words; a value without a name keeps that of the rule. */
export const evidenceWords = (evidence: Readonly<Record<string, string | number>>, language: Language): string => {
  const at = language === 'zh' ? 0 : 1
  return Object.entries(evidence)
    .map(([name, value]) => `${NAMES[name]?.[at] ?? name} ${valueOf(name, value, at)}`)
    .join(language === 'zh' ? '，' : ', ')
}
