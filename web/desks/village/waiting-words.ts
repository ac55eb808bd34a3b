import { useWordsOf, type Words } from '../../words/language.tsx'

const zh = {
  questions: '医院在问：接得住吗',
  questionsWhy: '医院想把这些患者转回来，请尽快逐项答复。',
  answer: '答复',
  answerFor: (who: string) => `答复：${who}`,
  items: (open: number, all: number) => `待答 ${open} 项，共 ${all} 项`,
  told: (n: number) => `已逾期上报 ${n} 次`,
  toCase: '打开转诊单',
  overdue: '康复计划逾期',
  overdueStep: (day: string, what: string) => `${day} ${what}`,
  lost: '号源落空，请电话告知',
  lostChip: '承诺落空',
  rebooked: '已另约',
  rebook: '另约时间',
  rebookFor: (who: string) => `另约时间：${who}`,
  rebookTitle: '为居民另约时间',
  rebookWhat: '先电话告知居民，商定后选定时间提交。提交后“电话告知”任务自动完成。',
  rebookGo: '改约并提交',
  rebookDone: '已另约，转诊单已提交',
  otherPlace: '换一家医院',
  alternatives: '最近的号源',
  noAlternatives: '这家医院暂时没有可约的号源，可换一家医院，或由接收方安排。',
}

const en: typeof zh = {
  questions: 'Hospitals ask: are you ready?',
  questionsWhy: 'They would send these patients back. Answer each item soon.',
  answer: 'Answer',
  answerFor: (who) => `Answer: ${who}`,
  items: (open, all) => `${open} of ${all} items open`,
  told: (n) => `late, escalated ${n}×`,
  toCase: 'Open the case',
  overdue: 'Overdue in a plan',
  overdueStep: (day, what) => `${day} ${what}`,
  lost: 'Promised units that are gone: call',
  lostChip: 'Promise lost',
  rebooked: 'Booked anew',
  rebook: 'Another time',
  rebookFor: (who) => `Another time: ${who}`,
  rebookTitle: 'Another time for the resident',
  rebookWhat: 'Call the resident first, agree on a time and submit it. The task to call is then done by itself.',
  rebookGo: 'Submit',
  rebookDone: 'Booked anew, the referral is on its way',
  otherPlace: 'Another hospital',
  alternatives: 'Nearest units',
  noAlternatives: 'This hospital has no free unit now. Choose another one, or let the receiver arrange a time.',
}

const waitingWords: Words<typeof zh> = { zh, en }

/** Words of what waits for an answer on the day's page: readiness, overdue steps, promises that were lost. */
export const useWaitingWords = (): typeof zh => useWordsOf(waitingWords)
