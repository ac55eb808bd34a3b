import type { Words } from '../words/language.tsx'

const zh = {
  title: '查询号源',
  lead: '不用登录就能看哪里还有号。号源随时变化，这里最多晚一秒。',
  service: '科目',
  place: '机构',
  day: '日期',
  doctor: '医生',
  any: '不限',
  anyDay: '今后 14 天',
  doctorHint: '可写姓名的一部分',
  find: '查询',
  choose: '请选择科目或机构，或写医生姓名',
  chooseWhy: '选好后点“查询”，结果会自动更新。',
  none: '没有可以直接约的号',
  noneWhy: '换个日期、科目或机构看看。有些号留给转诊的人，请家庭医生替您转诊。',
  results: '可约的号',
  asOf: (time: string) => `${time} 的情况，自动更新`,
  expert: '专家',
  ordinary: '普通',
  left: (n: number) => `剩 ${n} 个`,
  book: '登录预约',
  bookHere: '预约',
  first: (n: number) => `只显示最早的 ${n} 个时段。选一个日期可以看得更细。`,
  signIn: '登录',
}
export type SlotsWords = typeof zh

const en: SlotsWords = {
  title: 'Free slots',
  lead: 'See where there are free slots without signing in. They change all the time; this is at most a second late.',
  service: 'Specialty',
  place: 'Institution',
  day: 'Day',
  doctor: 'Doctor',
  any: 'Any',
  anyDay: 'Next 14 days',
  doctorHint: 'A part of the name is enough',
  find: 'Search',
  choose: 'Choose a specialty or an institution, or type a doctor',
  chooseWhy: 'Then press “Search”; what is found keeps itself up to date.',
  none: 'Nothing that you can book yourself',
  noneWhy: 'Try another day, specialty or institution. Some slots are kept for people who are referred: ask your family doctor.',
  results: 'Free slots',
  asOf: (time) => `As of ${time}, kept up to date`,
  expert: 'Expert',
  ordinary: 'Ordinary',
  left: (n) => `${n} left`,
  book: 'Sign in to book',
  bookHere: 'Book',
  first: (n) => `Only the first ${n} are shown. Choose a day to see more of it.`,
  signIn: 'Sign in',
}

/** Words of the public search. */
export const slotsWords: Words<SlotsWords> = { zh, en }
