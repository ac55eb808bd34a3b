import type { Words } from '../../../words/language.tsx'

const zh = {
  title: '候诊',
  now: '请就诊',
  inside: '正在就诊',
  next: '请准备',
  waiting: (n: number) => `候诊 ${n} 人`,
  nobody: '暂无人候诊',
  notCalled: '即将开始叫号',
  noQueues: '今天还没有开始叫号',
  noQueuesWhy: '开始签到后，这里会自动显示号码。',
  cut: (time: string) => `连接中断，正在重连。以下是 ${time} 的情况。`,
  gone: '这块候诊屏已停用或地址有误',
  goneWhy: '请工作人员在“候诊叫号”中重新开设候诊屏，再打开新地址。',
  loading: '正在打开候诊屏…',
  page: (at: number, of: number) => `第 ${at} 页，共 ${of} 页`,
  number: (n: string) => `${n} 号`,
  pass: '过号后退几位再叫；多次过号请到窗口重新签到',
}
export type BoardWords = typeof zh

const en: BoardWords = {
  title: 'Waiting room',
  now: 'Please come in',
  inside: 'Inside now',
  next: 'Get ready',
  waiting: (n) => `${n} waiting`,
  nobody: 'Nobody is waiting',
  notCalled: 'Calling begins soon',
  noQueues: 'No numbers have been called today',
  noQueuesWhy: 'Numbers appear here by themselves when checking in begins.',
  cut: (time) => `The connection is cut; trying again. This is how it was at ${time}.`,
  gone: 'This screen is closed, or its address is wrong',
  goneWhy: 'Ask the staff to open a screen under “Calling numbers” and open its new address.',
  loading: 'Opening the screen…',
  page: (at, of) => `Page ${at} of ${of}`,
  number: (n) => `No. ${n}`,
  pass: 'Passed numbers are called again some places later; after several times check in at the desk',
}

/** Words of the screen in a waiting room. */
export const boardWords: Words<BoardWords> = { zh, en }
