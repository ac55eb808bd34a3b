import type { RefusalTable } from '../../../platform/refusals.ts'

const LAW = '国家医疗保障按病种分值付费(DIP)技术规范(医保办发〔2020〕50号)'

export const dipRefusals = {
  'fund.discharge-of-nobody': {
    kind: 'invalid',
    zh: '没有这家机构。请核对机构编号。',
    en: 'There is no such institution. Check its id.',
    basis: null,
  },
  'fund.discharge-not-ours': {
    kind: 'forbidden',
    zh: '医院只能报送本院的出院病例。请去掉其他机构的病例,或由医保经办报送。',
    en: 'A hospital sends its own discharges only. Leave those of others out, or have the insurer send them.',
    basis: LAW,
  },
  'fund.discharge-differs': {
    kind: 'conflict',
    zh: '这个住院号已报送,内容与本次不同。请先撤回原病例,再用新的号报送更正后的病例。',
    en: 'This number was sent before with other contents. Take the first back, then send the right one under a new number.',
    basis: null,
  },
  'fund.discharge-in-future': {
    kind: 'invalid',
    zh: '出院日期晚于今天。请核对日期。',
    en: 'The day of discharge is later than today. Check it.',
    basis: null,
  },
  'fund.discharge-already-back': {
    kind: 'conflict',
    zh: '这份病例已撤回。请刷新。',
    en: 'This discharge was taken back already. Look again.',
    basis: null,
  },
  'fund.year-cleared': {
    kind: 'conflict',
    zh: '该年度已清算,病例和拨付不再变动。如有错误,请在下一年度清算中扣回或补付。',
    en: 'This year is cleared: its cases and payments stay. Put right what was wrong in the next year’s clearing.',
    basis: null,
  },
  'fund.no-discharges': {
    kind: 'conflict',
    zh: '此前三年没有出院病例,无法测算目录。请先报送出院病例。',
    en: 'There are no discharges of the three years before; a catalogue cannot be built. Send them first.',
    basis: LAW,
  },
  'fund.dip-catalogue-published': {
    kind: 'conflict',
    zh: '该年度的目录已公布,不可再改。请为下一年度测算新目录。',
    en: 'The catalogue of this year is published and stays. Build one for the next year.',
    basis: LAW,
  },
  'fund.dip-catalogue-decided': {
    kind: 'conflict',
    zh: '这版目录已公布或已作废。请刷新。',
    en: 'This catalogue was published or dropped already. Look again.',
    basis: null,
  },
  'fund.second-person-decides': {
    kind: 'forbidden',
    zh: '测算或提出的人不能自己批准。请由另一位经办人员决定。',
    en: 'Who built or proposed it does not decide on it. Another person of the insurer does.',
    basis: LAW,
  },
  'fund.no-dip-group': {
    kind: 'invalid',
    zh: '目录里没有这个病种组。请从目录中选择。',
    en: 'The catalogue has no such group. Choose one of it.',
    basis: null,
  },
  'fund.no-dip-catalogue': {
    kind: 'conflict',
    zh: '该年度还没有公布的病种分值目录。请先测算并公布目录。',
    en: 'No catalogue is published for this year. Build and publish one first.',
    basis: LAW,
  },
  'fund.not-all-grouped': {
    kind: 'conflict',
    zh: '还有病例没有入组。请先完成入组,再拨付或清算。',
    en: 'Some discharges are not grouped yet. Group them before paying or clearing.',
    basis: null,
  },
  'fund.not-over-yet': {
    kind: 'conflict',
    zh: '该月份或年度还没有结束。请在结束后办理。',
    en: 'The month or year is not over yet. Do this when it is.',
    basis: null,
  },
  'fund.month-paid': {
    kind: 'conflict',
    zh: '该月已预付。补报的病例在年终清算时计入。',
    en: 'This month is paid. Cases that came later count in the clearing of the year.',
    basis: null,
  },
  'fund.takes-off-too-much': {
    kind: 'invalid',
    zh: '扣减不能多于该机构当月应预付的金额,机构须有当月病例。请核对。',
    en: 'No more can be taken off than the month’s prepayment of a hospital that has cases in it. Check the amounts.',
    basis: null,
  },
  'fund.nothing-to-pay': {
    kind: 'conflict',
    zh: '该时段没有计分病例。请先报送并入组。',
    en: 'There are no scored cases in this time. Send and group them first.',
    basis: null,
  },
  'fund.clearing-open': {
    kind: 'conflict',
    zh: '该年度已有待批准或已批准的清算。请先处理。',
    en: 'A clearing of this year is proposed or decided already. See to that one.',
    basis: null,
  },
  'fund.cases-changed': {
    kind: 'conflict',
    zh: '提出清算之后病例有增减。请退回这份清算,重新提出。',
    en: 'Cases came or were taken back since this clearing was proposed. Return it and propose it again.',
    basis: null,
  },
  'fund.clearing-decided': {
    kind: 'conflict',
    zh: '这份清算已批准或已退回。请刷新。',
    en: 'This clearing was decided or returned already. Look again.',
    basis: null,
  },
} as const satisfies RefusalTable
