import { useWordsOf, type Words } from '../../words/language.tsx'

const zh = {
  place: '质控',
  title: '绿色通道质控',
  lead: '本院作为接收方的病例。缺时间点按未达标计。',
  channel: '通道',
  month: '月份',
  cases: '病例',
  open: '进行中',
  notConfirmed: '已排除（不计）',
  neverEnded: '无人收口',
  lateEntries: '补录',
  table: (channel: string, month: string) => `${channel} ${month} 各时间目标`,
  target: '时间目标',
  limit: '要求',
  median: '中位数',
  mean: '均值',
  reach: '达标率',
  missing: '缺时间点',
  minutes: (n: number) => `${n} 分钟`,
  share: (percent: string) => `${percent}%`,
  ofCases: (within: number, asked: number) => `${within} / ${asked} 例`,
  wanted: (percent: string) => `要求 ${percent}%`,
  kept: '达标',
  notKept: '未达标',
  noneMissing: '不缺',
  missingOf: (n: number, asked: number) => `${n} / ${asked} 例`,
  notAsked: '本月没有这一段',
  none: '这个月没有接收病例',
  noneWhy: '换个月份或通道再看；外院转来的绿色通道会计入本院。',
  goals: '更高目标：到院到溶栓',
  goal: (minutes: number, within: number) => `${minutes} 分钟内 ${within} 例`,
}

export type QualityWords = typeof zh

const en: QualityWords = {
  // Short, because a phone's menu has six places.
  place: 'Audit',
  title: 'Quality of the green channels',
  lead: 'Cases that this hospital received. A missing time counts as not in time.',
  channel: 'Channel',
  month: 'Month',
  cases: 'Cases',
  open: 'Running',
  notConfirmed: 'Ruled out (not counted)',
  neverEnded: 'Never ended',
  lateEntries: 'Entered late',
  table: (channel, month) => `${channel}, ${month}: targets`,
  target: 'Target',
  limit: 'Limit',
  median: 'Median',
  mean: 'Mean',
  reach: 'In time',
  missing: 'Missing times',
  minutes: (n) => `${n} min`,
  share: (percent) => `${percent}%`,
  ofCases: (within, asked) => `${within} of ${asked}`,
  wanted: (percent) => `${percent}% wanted`,
  kept: 'Kept',
  notKept: 'Not kept',
  noneMissing: 'None',
  missingOf: (n, asked) => `${n} of ${asked}`,
  notAsked: 'Not part of any case this month',
  none: 'No case was received in this month',
  noneWhy: 'Choose another month or channel. Channels that others send here are counted.',
  goals: 'Goals beyond the target: door to needle',
  goal: (minutes, within) => `${within} within ${minutes} min`,
}

const qualityWords: Words<QualityWords> = { zh, en }

/** Words of the quality page in the reader's language. */
export const useQualityWords = (): QualityWords => useWordsOf(qualityWords)
