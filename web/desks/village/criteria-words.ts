import type { Words } from '../../words/language.tsx'

const zh = {
  title: '对照上转标准',
  lead: '按档案逐条对照；档案里没有的，请您现场判断。是否转诊由您决定。',
  none: '这个病种没有写成条文的上转标准。请按病情判断。',
  notOwn: '不是本机构服务的居民，看不到档案，不能逐条对照。请按病情判断。',
  offline: '没有网络，这台设备也没有存这位居民的对照结果。请按病情判断。',
  kept: (time: string) => `没有网络：这是设备里 ${time} 的对照结果，之后测的没有算进去。`,
  counts: (met: number, notMet: number, unknown: number) => `符合 ${met} 条，不符合 ${notMet} 条，档案未知 ${unknown} 条`,
  states: { met: '符合', 'not-met': '不符合', unknown: '档案未知' },
  seen: '现场符合',
  occasions: { emergency: '急救转诊（先打 120）', first: '初诊转诊', 'follow-up': '随访转诊' },
  grades: { sourced: '有出处', memory: '凭记忆，待核', disputed: '有争议', design: '设计值' },
  emergency: '符合急救转诊标准：先打 120，再办手续。',
  write: '写入转出原因',
  written: '已写入转出原因，可再修改。',
  atDay: (day: string) => `（${day}）`,
  basis: '依据',
}
export type CriteriaWords = typeof zh

const en: CriteriaWords = {
  title: 'Criteria for referring up',
  lead: 'Each clause against the record; what the record does not tell is for you to see. Whether to refer is your decision.',
  none: 'There are no written criteria for this condition. Judge by the state of the person.',
  notOwn:
    'Not a resident of your institution: the record is closed, so nothing can be compared. Judge by the state of the person.',
  offline: 'No network, and this device has kept no comparison for this person. Judge by the state of the person.',
  kept: (time) => `No network: this is the comparison kept at ${time}; what was measured since is not in it.`,
  counts: (met, notMet, unknown) => `${met} met, ${notMet} not met, ${unknown} not known`,
  states: { met: 'Met', 'not-met': 'Not met', unknown: 'Not known' },
  seen: 'Met as I see it',
  occasions: { emergency: 'By ambulance (120 first)', first: 'At the first visit', 'follow-up': 'In follow-up' },
  grades: { sourced: 'sourced', memory: 'from memory, to be checked', disputed: 'disputed', design: 'design' },
  emergency: 'An emergency criterion is met: call 120 first, papers afterwards.',
  write: 'Write into the reason',
  written: 'Written into the reason; you can still change it.',
  atDay: (day) => `（${day}）`,
  basis: 'Basis',
}

/** Words of the criteria beside a referral. The sentence for the letter stays Chinese, as the letter is. */
export const criteriaWords: Words<CriteriaWords> = { zh, en }
