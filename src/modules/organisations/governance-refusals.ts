import type { RefusalTable } from '../../platform/refusals.ts'

const COUNTY = '《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》'
const CHAIN = '省带市、市带县、县带乡、乡带村'

/** Why an entry about paired help or governance may not be: the closed list of these registers. */
export const governanceRefusals = {
  'organisations.help-institution-unknown': {
    kind: 'invalid',
    zh: '没有编号为 {institution} 的机构,或其在 {day} 不在有效期内。请从机构列表中重新选择。',
    en: 'There is no institution {institution} in force on {day}. Choose one from the list.',
    basis: null,
  },
  'organisations.help-not-next-level': {
    kind: 'invalid',
    zh: '{helper}机构不帮扶{helped}机构:每一级只带下一级。请改选帮扶或受援机构。',
    en: 'An institution of the {helper_en} does not help one of the {helped_en}: each level helps the next. Choose another one.',
    basis: CHAIN,
  },
  'organisations.help-outside-year': {
    kind: 'invalid',
    zh: '年度计划应在 {year} 年内生效并终止(最晚次年 1 月 1 日)。请更改起止日期。',
    en: 'A yearly plan begins and ends within {year} (at the latest on 1 January after it). Change its days.',
    basis: '一院一策,年度目标 (设计值)',
  },
  'organisations.help-plan-overlaps': {
    kind: 'conflict',
    zh: '受援机构自 {from} 起已有同类帮扶计划。请改为更正该计划,或更改期间、方式。',
    en: 'The institution helped has a plan of this kind from {from} already. Correct that one, or choose other days or another kind.',
    basis: '“组团式”“一对一”…“一院一策”',
  },
  'organisations.dispatch-not-downward': {
    kind: 'invalid',
    zh: '{helper}机构派往{helped}机构不是下沉:派出机构应高于接收机构。请核对两家机构。',
    en: 'From the {helper_en} to the {helped_en} nobody is sent down: the sending institution stands higher. Check both.',
    basis: COUNTY,
  },
  'organisations.dispatch-days-exceed': {
    kind: 'invalid',
    zh: '已驻天数多于计划天数({planned} 天)。请核对天数,或先更正计划天数。',
    en: 'More days served than planned ({planned}). Check the days, or correct the plan first.',
    basis: null,
  },
  'organisations.governed-consortium-unknown': {
    kind: 'invalid',
    zh: '没有编号为 {consortium} 的医联体。请从列表中选择。',
    en: 'There is no consortium {consortium}. Choose one from the list.',
    basis: null,
  },
  'organisations.governed-by-others': {
    kind: 'forbidden',
    zh: '医联体 {consortium} 不由您的机构牵头。请联系其牵头单位,或由卫生健康行政部门登记。',
    en: 'Your institution does not lead consortium {consortium}. Ask its lead, or the health bureau.',
    basis: COUNTY,
  },
  'organisations.committee-heads-missing': {
    kind: 'invalid',
    zh: '管理委员会应有 {least} 位组长(党政双组长),现有 {heads} 位。请补充。',
    en: 'The committee has {least} heads, of party and government; {heads} are named. Add what is missing.',
    basis: '党政主要负责人双组长',
  },
  'organisations.body-needs-head': {
    kind: 'invalid',
    zh: '没有填写负责人(理事长、监事长或组长)。请至少指定一位。',
    en: 'Nobody heads it. Name at least one head.',
    basis: null,
  },
} as const satisfies RefusalTable

export type GovernanceCode = keyof typeof governanceRefusals
