import type { CaseShape } from '../../shapes/case.ts'
import type { HitState } from './audit-rules.ts'

export type HitMove =
  | 'find'
  | 'tell'
  | 'appeal'
  | 'accept'
  | 'lapse'
  | 'investigate'
  | 'decide'
  | 'propose'
  | 'confirm'
  | 'send-back'
  | 'drop'
  | 'recover'
  | 'revoke'
  | 'remind'
  | 'near'

/**
 * The life of a hit. Nothing is asked back before the institution was told and could answer, except what is investigated as a fraud case;
 * large sums need a second person. Source: insurance facts E (规则命中 → 审核 → 申诉 → 处理); deadlines are dated policy, in working days.
 */
export const lifecycle: CaseShape<HitState, HitMove> = {
  kind: 'audit-hit',
  words: { zh: '审核疑点', en: 'Audit hit' },
  states: {
    found: { words: { zh: '待核实', en: 'Found' }, holder: 'sender' },
    told: {
      words: { zh: '待机构反馈', en: 'Institution to answer' },
      holder: 'receiver',
      wait: { policy: 'audit-rules.reply-workdays', move: 'lapse' },
    },
    review: {
      words: { zh: '待处理决定', en: 'To be decided' },
      holder: 'sender',
      wait: { policy: 'audit-rules.decide-workdays', move: 'remind' },
    },
    investigating: {
      words: { zh: '立案调查', en: 'Under investigation' },
      holder: 'sender',
      wait: { policy: 'audit-rules.investigate-workdays', move: 'remind' },
    },
    proposed: {
      words: { zh: '待复核', en: 'Waits for a second person' },
      holder: 'sender',
      wait: { policy: 'audit-rules.decide-workdays', move: 'remind' },
    },
    recovering: {
      words: { zh: '追回中', en: 'To be recovered' },
      holder: 'receiver',
      wait: { policy: 'audit-rules.recover-workdays', move: 'remind' },
    },
    closed: { words: { zh: '已追回', en: 'Recovered' }, holder: 'none', end: true },
    dropped: { words: { zh: '不予处理', en: 'Dropped' }, holder: 'none', end: true },
  },
  moves: {
    find: { words: { zh: '发现', en: 'find' }, from: ['start'], to: 'found' },
    tell: { words: { zh: '下发机构', en: 'tell the institution' }, from: ['found'], to: 'told' },
    appeal: { words: { zh: '申诉', en: 'appeal' }, from: ['told'], to: 'review', reason: 'required' },
    accept: { words: { zh: '认可', en: 'accept' }, from: ['told'], to: 'review' },
    lapse: { words: { zh: '逾期未反馈', en: 'no answer in time' }, from: ['told'], to: 'review' },
    investigate: {
      words: { zh: '立案', en: 'open a fraud case' },
      from: ['found', 'review'],
      to: 'investigating',
      reason: 'required',
    },
    decide: {
      words: { zh: '决定追回', en: 'decide to recover' },
      from: ['review', 'investigating'],
      to: 'recovering',
      reason: 'required',
    },
    propose: {
      words: { zh: '提出追回', en: 'propose to recover' },
      from: ['review', 'investigating'],
      to: 'proposed',
      reason: 'required',
    },
    confirm: { words: { zh: '复核同意', en: 'confirm' }, from: ['proposed'], to: 'recovering' },
    'send-back': { words: { zh: '复核退回', en: 'send back' }, from: ['proposed'], to: 'review', reason: 'required' },
    drop: {
      words: { zh: '不予处理', en: 'drop' },
      from: ['found', 'told', 'review', 'investigating'],
      to: 'dropped',
      reason: 'required',
    },
    recover: { words: { zh: '登记追回', en: 'note as recovered' }, from: ['recovering'], to: 'closed' },
    revoke: {
      words: { zh: '复议撤销', en: 'revoke after a review' },
      from: ['recovering'],
      to: 'dropped',
      reason: 'required',
    },
    remind: {
      words: { zh: '超期提醒', en: 'remind' },
      from: ['review', 'investigating', 'proposed', 'recovering'],
      to: 'same',
    },
    near: { words: { zh: '临期提醒', en: 'tell that the time is nearly up' }, from: ['told', 'recovering'], to: 'same' },
  },
}
