import type { Words } from '../../words/language.tsx'

const zh = {
  open: '按主诉找病种（预检分诊）',
  label: '主诉，原话就行',
  hint: '如“右下肚子疼一天，恶心”。年龄、性别从档案带入；不是诊断，不保存。',
  ask: '分诊',
  urgency: { emergency: '马上', urgent: '今天就要看', soon: '这几天去看', 'self-care': '可以先观察' },
  departments: '适合的科',
  conditions: '可以考虑的病种，点一个填入',
  none: '没有想到具体病种，请在下面按名称查找。',
  nothing: '没看懂主诉，请换个说法，或在下面按名称查找。',
  offline: '没有网络，不能分诊。请在下面按名称查找病种。',
}
export type ComplaintWords = typeof zh

const en: ComplaintWords = {
  open: 'From the complaint to a condition (triage)',
  label: 'Complaint in the person’s own words',
  hint: 'In Chinese, as it was said. Age and sex come from the register. No diagnosis; nothing is kept.',
  ask: 'Triage',
  urgency: { emergency: 'Now', urgent: 'Today', soon: 'Within days', 'self-care': 'May wait' },
  departments: 'Departments that fit',
  conditions: 'Conditions worth thinking of; press one to fill it in',
  none: 'No single condition came up. Find one by its name below.',
  nothing: 'The complaint was not understood. Say it another way, or find the condition below.',
  offline: 'No network, so no triage. Find the condition by its name below.',
}

/** Words of triage inside a referral. */
export const complaintWords: Words<ComplaintWords> = { zh, en }
