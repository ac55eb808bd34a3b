import type { RefusalTable } from '../../../platform/refusals.ts'

const LAW = '十部门县域医共体意见:医保基金总额付费、结余留用、合理超支分担'

export const yearRefusals = {
  'fund.year-closed': {
    kind: 'conflict',
    zh: '该年度已结账,账本不再变动。如有错误,请记入下一年度并写明原因。',
    en: 'This year is closed and its books stay. Book what was wrong in the next year, and say why.',
    basis: LAW,
  },
  'fund.year-not-over': {
    kind: 'conflict',
    zh: '该年度还没有结束。请在年度结束后提出结账。',
    en: 'The year is not over yet. Propose its close when it is.',
    basis: LAW,
  },
  'fund.not-assessed': {
    kind: 'conflict',
    zh: '年度考核还有指标没有录入。请先录入全部指标及依据。',
    en: 'Indicators of the assessment are missing. Enter them all with their evidence first.',
    basis: LAW,
  },
  'fund.measure-not-known': {
    kind: 'conflict',
    zh: '平台还算不出这项指标:有的数没有。请先在基金考核页补录,或直接录入考核值并写明依据。',
    en: 'The house cannot work this indicator out: counts are missing. Enter them on the page of measures, or enter the value with its evidence.',
    basis: null,
  },
  'fund.spend-not-taken-up': {
    kind: 'conflict',
    zh: '还有已结算的支出没有入账。请先取入结算支出。',
    en: 'Settled spend is not in the books yet. Take it up first.',
    basis: null,
  },
  'fund.nobody-did-anything': {
    kind: 'invalid',
    zh: '成员的工作量、质量和签约人数不能全部为零。请填写至少一项。',
    en: 'Workload, quality and heads of the members cannot all be zero. Enter one at least.',
    basis: null,
  },
  'fund.close-open': {
    kind: 'conflict',
    zh: '该年度已有待批准的结账。请先处理。',
    en: 'A close of this year is proposed already. See to that one.',
    basis: null,
  },
  'fund.books-moved': {
    kind: 'conflict',
    zh: '提出结账之后账本有变动。请退回这份结账,重新提出。',
    en: 'The books moved since this close was proposed. Return it and propose it again.',
    basis: null,
  },
  'fund.close-decided': {
    kind: 'conflict',
    zh: '这份结账已批准或已退回。请刷新。',
    en: 'This close was decided or returned already. Look again.',
    basis: null,
  },
} as const satisfies RefusalTable
