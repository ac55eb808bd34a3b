import type { Words } from '../../words/language.tsx'

const zh = {
  today: '今日',
  patients: '我的病人',
  refer: '转诊',
  outbox: '本机保存',
  todayNone: '今天没有要办的事',
  todayWhy: '到期的随访和转回的病人会出现在这里。',
  patientsNone: '还没有转出的病人',
  patientsWhy: '转出病人后，可以在这里看到他们走到了哪一步。',
  find: '姓名、拼音首字母或身份证后四位',
  referNone: '先找到要转诊的居民',
  referWhy: '输入姓名、拼音首字母或身份证后四位。',
  savedAt: '保存于',
}
type VillageWords = typeof zh

const en: VillageWords = {
  today: 'Today',
  patients: 'My patients',
  refer: 'Refer',
  outbox: 'On this device',
  todayNone: 'Nothing to do today',
  todayWhy: 'Follow-ups that are due and patients handed back appear here.',
  patientsNone: 'No patient referred yet',
  patientsWhy: 'After a referral you see here how far each patient has come.',
  find: 'Name, pinyin initials or last four of the ID',
  referNone: 'First find the resident',
  referWhy: 'Type a name, pinyin initials or the last four of the ID.',
  savedAt: 'Saved',
}

/** Words of the village desk. */
export const villageWords: Words<VillageWords> = { zh, en }
