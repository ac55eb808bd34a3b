import type { Words } from '../../words/language.tsx'

const zh = {
  place: '康复计划',
  title: '我的康复计划',
  lead: '出院以后哪天做什么，一步一步来。',
  none: '现在没有康复计划',
  noneWhy: '从医院转回基层时，医院可能会给您定一份。',
  after: '出院以后 · ',
  toDo: '要做的事',
  madeBy: (author: string, care: string) => `${author}给您定的，${care}的医生照着做。`,
  allDone: '计划里的事都做完了。',
  over: '已经做过的',
  done: '医生记了：做了',
  notDone: '医生记了：没做',
  on: (day: string) => `${day} · 医生来做`,
  until: (day: string) => `${day} 前 · 您在家也能做`,
  late: '过了日子还没做，请给医生打电话',
  report: '我今天在家做了',
  reported: '今天报过了',
  times: (n: number) => `您报过 ${n} 次。自己报的只作参考，医生还会再看。`,
}

const en: typeof zh = {
  place: 'My plan',
  title: 'My plan',
  lead: 'What to do on which day after the hospital, step by step.',
  none: 'You have no plan now',
  noneWhy: 'When the hospital sends you back to your doctor, it may make one for you.',
  after: 'After the hospital · ',
  toDo: 'To do',
  madeBy: (author, care) => `${author} made it for you; the doctors of ${care} carry it out.`,
  allDone: 'Everything in the plan is done.',
  over: 'Already recorded',
  done: 'Doctor’s note: done',
  notDone: 'Doctor’s note: not done',
  on: (day) => `${day} · with the doctor`,
  until: (day) => `By ${day} · you can do it at home`,
  late: 'The day is over; please call the doctor',
  report: 'I did it at home today',
  reported: 'Reported today',
  times: (n) => `You reported it ${n}×. Your report helps, and the doctor will still look.`,
}

/** Words of the resident's plan. */
export const planWords: Words<typeof zh> = { zh, en }
