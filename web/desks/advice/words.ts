import { useWordsOf, type Words } from '../../words/language.tsx'

const zh = {
  title: '决策支持意见',
  asking: '正在询问决策支持服务，不影响您继续填写…',
  none: '没有需要提醒的内容。',
  unanswered: '没有取得决策支持意见，不影响继续办理。',
  failed: (names: string) => `${names}没有按时作答，不影响继续办理。`,
  again: '再问一次',
  indicators: { info: '提示', warning: '注意', critical: '严重' },
  from: '来源',
  take: (label: string) => `采用：${label}`,
  takePlain: (label: string) => `${label}（请自行修改）`,
  follow: '已按此办理',
  leave: '不采用',
  why: '不采用的理由',
  comment: '补充说明（不写姓名和证件号）',
  send: '提交理由',
  back: '返回',
  reasonMissing: '请选择或写明理由。',
  taken: '已采用，并已告知该服务。',
  left: '已记下不采用的理由，并已告知该服务。',
  untold: '该服务没有收到这次反馈，不影响办理。',
  open: (label: string) => `打开：${label}`,
}

const en: typeof zh = {
  title: 'Decision support',
  asking: 'Services of decision support are being asked; you can go on meanwhile…',
  none: 'Nothing to point out.',
  unanswered: 'There was no answer of decision support. You can go on all the same.',
  failed: (names) => `${names} did not answer in time. You can go on all the same.`,
  again: 'Ask again',
  indicators: { info: 'For your information', warning: 'Take note', critical: 'Serious' },
  from: 'Source',
  take: (label) => `Follow: ${label}`,
  takePlain: (label) => `${label} (change it yourself)`,
  follow: 'Done accordingly',
  leave: 'Do not follow',
  why: 'Why it is not followed',
  comment: 'More about it (no name, no identity number)',
  send: 'Send the reason',
  back: 'Back',
  reasonMissing: 'Choose a reason or write one.',
  taken: 'Followed; the service was told.',
  left: 'The reason is noted; the service was told.',
  untold: 'The service did not take this answer. You can go on all the same.',
  open: (label) => `Open: ${label}`,
}

const adviceWords: Words<typeof zh> = { zh, en }

/** Words of the advice beside a form. */
export const useAdviceWords = (): typeof zh => useWordsOf(adviceWords)
