import type { Words } from '../../words/language.tsx'

const zh = {
  inbox: '待接收',
  arrivals: '今日到',
  overdue: '超时',
  handBack: '回转',
  find: '按姓名、拼音首字母或单号查找',
  inboxWhy: '有新的转诊申请时会自动出现，并显示处理时限。',
  arrivalsWhy: '今天预约到院的病人会出现在这里。',
  overdueWhy: '没有超过时限的申请，很好。',
  handBackWhy: '可以转回基层的病人会出现在这里。',
}
type ReferralDeskWords = typeof zh

const en: ReferralDeskWords = {
  inbox: 'To accept',
  arrivals: 'Today',
  overdue: 'Overdue',
  handBack: 'Hand back',
  find: 'Find by name, pinyin initials or number',
  inboxWhy: 'New requests appear here by themselves, with the time left.',
  arrivalsWhy: 'Patients booked for today appear here.',
  overdueWhy: 'No request has passed its limit. Good.',
  handBackWhy: 'Patients who can go back to primary care appear here.',
}

/** Words of the referral desk. */
export const referralDeskWords: Words<ReferralDeskWords> = { zh, en }
