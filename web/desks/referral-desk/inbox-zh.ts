import type { InboxTab } from './inbox-tabs.ts'

type InboxWords = Record<InboxTab, string>

/** Chinese words of the inbox and its keys. This file is the source of keys. */
export const inboxZh = {
  places: { inbox: '收件', today: '今日到诊', pools: '号源', down: '下转', pending: '正在提交' },
  tabs: {
    'to-answer': '待接收',
    asked: '待对方补充',
    'to-schedule': '待安排',
    today: '今日到诊',
    inside: '在院',
    'to-return': '待回转',
    overdue: '超时',
    ended: '已结束',
  } satisfies InboxWords,
  emptyWhy: {
    asked: '已请转出方补充资料的转诊会在这里等待，补齐后回到“待接收”。',
    'to-answer': '有新的转诊申请时会自动出现，并显示答复时限。',
    'to-schedule': '已接收、还没有就诊时间的病人会出现在这里。',
    today: '今天预约到院的转诊病人会出现在这里。',
    inside: '已到诊和正在治疗的病人会出现在这里。',
    'to-return': '治疗结束、等待回转基层的病人会出现在这里。',
    overdue: '转诊超过时限时会出现在这里，并逐级上报。',
    ended: '办结、撤销或终止的转诊会出现在这里。',
  } satisfies InboxWords,
  inboxTitle: '转诊收件',
  noneIn: (tab: string) => `没有${tab}的转诊`,
  list: (tab: string) => `${tab}的转诊`,
  clearFilter: '取消筛选',
  updates: (n: number) => `${n} 条更新`,
  more: '显示更多',
  pickOne: '选一张转诊单',
  pickOneWhy: '用 ↑ ↓ 换行，回车打开；病历资料在这里与申请并排显示。',
  backToList: '回到列表',
  openCase: '打开的转诊单',
  keys: {
    title: '转诊收件',
    accept: '接收',
    'ask-more': '索要补充资料',
    reject: '退回',
    redirect: '改转',
    schedule: '安排就诊或改约',
    next: '到诊、开始治疗、治疗结束或回转（下一步）',
    undo: '撤销刚才的操作',
    submit: '提交表单',
    escape: '收起表单',
  },
}
