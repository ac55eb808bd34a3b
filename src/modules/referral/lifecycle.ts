import type { CaseShape } from '../../shapes/case.ts'
import type { ReferralState } from './referral.ts'

export const MOVES = [
  'draft',
  'submit',
  'start-emergency',
  'ask-more',
  'supplement',
  'accept',
  'schedule',
  'lose-time',
  'change-unit',
  'go-with-unit',
  'reject',
  'redirect',
  'arrive',
  'miss',
  'begin',
  'discharge',
  'hand-back',
  'receive',
  'follow-up',
  'close',
  'cancel',
  'escalate',
  'expire',
  'lapse',
  'complete',
  'end-elsewhere',
  'refuse-consent',
] as const
export type Move = (typeof MOVES)[number]

/** States in which the person has not come yet. */
export const OPEN_BEFORE_ARRIVAL: readonly ReferralState[] = ['draft', 'submitted', 'asked', 'accepted', 'scheduled', 'rejected', 'expired', 'no-show']
const OPEN: readonly ReferralState[] = [...OPEN_BEFORE_ARRIVAL, 'arrived', 'in-treatment', 'discharged', 'handed-back', 'received', 'followed-up']

/**
 * The life of a referral. Waits are rulebook values in hours, by urgency. Refused, expired and missed never mean dropped:
 * the baton goes back to the sender with a reason, and the case stays open until it goes on or is cancelled with a reason.
 * Source: domain facts 2.1, merged from the standard form, the Chinese FHIR message flow and NHS e-RS.
 */
export const lifecycle: CaseShape<ReferralState, Move> = {
  kind: 'referral',
  words: { zh: '转诊', en: 'Referral' },
  states: {
    draft: { words: { zh: '草稿', en: 'Draft' }, holder: 'sender', wait: { policy: 'referral.draft-kept', move: 'lapse' } },
    submitted: {
      words: { zh: '待接收', en: 'Awaiting acceptance' },
      holder: 'receiver',
      wait: { policy: 'referral.answer-within', move: 'escalate', lastly: 'expire' },
    },
    asked: {
      words: { zh: '待补充', en: 'More asked for' },
      holder: 'sender',
      wait: { policy: 'referral.supplement-within', move: 'escalate', lastly: 'expire' },
    },
    accepted: { words: { zh: '已接收', en: 'Accepted' }, holder: 'receiver', wait: { policy: 'referral.schedule-within', move: 'escalate' } },
    scheduled: { words: { zh: '已预约', en: 'Scheduled' }, holder: 'sender', wait: { policy: 'referral.no-show-grace', move: 'miss' } },
    arrived: { words: { zh: '已到诊', en: 'Arrived' }, holder: 'receiver', wait: { policy: 'referral.begin-within', move: 'escalate' } },
    'in-treatment': { words: { zh: '治疗中', en: 'In treatment' }, holder: 'receiver', wait: { policy: 'referral.stay-review', move: 'escalate' } },
    discharged: { words: { zh: '已出院/治疗结束', en: 'Discharged' }, holder: 'receiver', wait: { policy: 'referral.hand-back-within', move: 'escalate' } },
    'handed-back': { words: { zh: '已回转', en: 'Handed back' }, holder: 'care-team', wait: { policy: 'referral.receive-within', move: 'escalate' } },
    received: { words: { zh: '基层已接回', en: 'Received by primary care' }, holder: 'care-team', wait: { policy: 'referral.follow-up-within', move: 'escalate' } },
    'followed-up': { words: { zh: '已随访', en: 'Followed up' }, holder: 'care-team', wait: { policy: 'referral.close-within', move: 'close' } },
    closed: { words: { zh: '已结案', en: 'Closed' }, holder: 'none', end: true },
    rejected: { words: { zh: '已退回', en: 'Returned' }, holder: 'sender', wait: { policy: 'referral.way-on-within', move: 'escalate' } },
    expired: { words: { zh: '超时未接收', en: 'Not answered in time' }, holder: 'sender', wait: { policy: 'referral.way-on-within', move: 'escalate' } },
    'no-show': { words: { zh: '未到诊', en: 'Did not come' }, holder: 'sender', wait: { policy: 'referral.way-on-within', move: 'escalate' } },
    cancelled: { words: { zh: '已撤销', en: 'Cancelled' }, holder: 'none', end: true },
    'ended-elsewhere': { words: { zh: '已终止', en: 'Ended elsewhere' }, holder: 'none', end: true },
    'not-agreed': { words: { zh: '患者未同意', en: 'Patient did not agree' }, holder: 'none', end: true },
  },
  moves: {
    draft: { words: { zh: '起草', en: 'draft' }, from: ['start', 'draft'], to: 'draft' },
    submit: { words: { zh: '提交', en: 'submit' }, from: ['draft', 'rejected', 'expired', 'no-show'], to: 'submitted' },
    'start-emergency': { words: { zh: '急诊转出', en: 'send as an emergency' }, from: ['start'], to: 'accepted' },
    'ask-more': { words: { zh: '索要补充资料', en: 'ask for more' }, from: ['submitted'], to: 'asked', reason: 'required' },
    supplement: { words: { zh: '补充资料', en: 'send what was asked for' }, from: ['asked'], to: 'submitted' },
    accept: { words: { zh: '接收', en: 'accept' }, from: ['submitted', 'asked'], to: 'accepted' },
    schedule: { words: { zh: '安排就诊', en: 'schedule' }, from: ['accepted', 'scheduled'], to: 'scheduled' },
    'lose-time': { words: { zh: '停诊,待改约', en: 'lose the time to a stopped clinic' }, from: ['scheduled'], to: 'accepted', reason: 'required' },
    'change-unit': { words: { zh: '换号', en: 'lose or change the unit kept' }, from: ['submitted', 'asked'], to: 'same', reason: 'required' },
    'go-with-unit': {
      words: { zh: '随号改转', en: 'go where the new unit is' },
      from: ['submitted', 'asked', 'accepted', 'scheduled'],
      to: 'submitted',
      reason: 'required',
    },
    reject: { words: { zh: '退回', en: 'return' }, from: ['submitted', 'asked'], to: 'rejected', reason: 'required' },
    redirect: { words: { zh: '改转', en: 'redirect' }, from: ['submitted', 'asked'], to: 'submitted', reason: 'required' },
    arrive: { words: { zh: '到诊', en: 'arrive' }, from: ['accepted', 'scheduled', 'no-show'], to: 'arrived' },
    miss: { words: { zh: '记为未到', en: 'record a no-show' }, from: ['scheduled'], to: 'no-show' },
    begin: { words: { zh: '开始治疗', en: 'begin treatment' }, from: ['arrived'], to: 'in-treatment' },
    discharge: { words: { zh: '出院', en: 'discharge' }, from: ['arrived', 'in-treatment'], to: 'discharged' },
    'hand-back': { words: { zh: '回转', en: 'hand back' }, from: ['discharged'], to: 'handed-back' },
    receive: { words: { zh: '接回', en: 'receive back' }, from: ['handed-back', 'accepted', 'arrived'], to: 'received' },
    'follow-up': { words: { zh: '随访', en: 'follow up' }, from: ['received'], to: 'followed-up' },
    close: { words: { zh: '结案', en: 'close' }, from: ['followed-up'], to: 'closed' },
    cancel: { words: { zh: '撤销', en: 'cancel' }, from: OPEN_BEFORE_ARRIVAL, to: 'cancelled', reason: 'required' },
    escalate: {
      words: { zh: '上报一级', en: 'escalate one level up' },
      from: ['submitted', 'asked', 'accepted', 'arrived', 'in-treatment', 'discharged', 'handed-back', 'received', 'rejected', 'expired', 'no-show'],
      to: 'same',
    },
    expire: { words: { zh: '超时', en: 'expire' }, from: ['submitted', 'asked'], to: 'expired' },
    lapse: { words: { zh: '草稿作废', en: 'let a draft lapse' }, from: ['draft'], to: 'cancelled' },
    complete: { words: { zh: '补单', en: 'complete the papers' }, from: ['accepted', 'arrived', 'in-treatment', 'discharged'], to: 'same' },
    'end-elsewhere': { words: { zh: '终止', en: 'end' }, from: OPEN, to: 'ended-elsewhere', reason: 'required' },
    'refuse-consent': { words: { zh: '登记未同意', en: 'record that there is no consent' }, from: ['draft'], to: 'not-agreed', reason: 'required' },
  },
}

/** The name of the event that a move leaves in the trace. */
export const eventOf: Readonly<Record<Move, string>> = {
  draft: 'referral.drafted',
  submit: 'referral.submitted',
  'start-emergency': 'referral.emergency-started',
  'ask-more': 'referral.more-asked',
  supplement: 'referral.supplemented',
  accept: 'referral.accepted',
  schedule: 'referral.scheduled',
  'lose-time': 'referral.time-lost',
  'change-unit': 'referral.unit-changed',
  'go-with-unit': 'referral.went-with-unit',
  reject: 'referral.rejected',
  redirect: 'referral.redirected',
  arrive: 'referral.arrived',
  miss: 'referral.missed',
  begin: 'referral.begun',
  discharge: 'referral.discharged',
  'hand-back': 'referral.handed-back',
  receive: 'referral.received',
  'follow-up': 'referral.followed-up',
  close: 'referral.closed',
  cancel: 'referral.cancelled',
  escalate: 'referral.escalated',
  expire: 'referral.expired',
  lapse: 'referral.lapsed',
  complete: 'referral.completed',
  'end-elsewhere': 'referral.ended-elsewhere',
  'refuse-consent': 'referral.consent-refused',
}
