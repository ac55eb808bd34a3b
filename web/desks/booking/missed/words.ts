import { useWordsOf, type Words } from '../../../words/language.tsx'

const zh = {
  place: '爽约',
  title: '爽约与限制',
  lead: '约了没来的人，以及因此暂停直接预约的人。转诊和急诊从不受影响。',
  rule: (most: number, windowDays: number, suspendDays: number) =>
    `${windowDays} 天内爽约满 ${most} 次，暂停直接预约 ${suspendDays} 天，从最后一次爽约算起。`,
  none: '近期没有人爽约',
  noneWhy: '直接预约后没有到诊的，会列在这里。',
  list: '爽约的人',
  suspended: (day: string) => `暂停直接预约至 ${day}`,
  notSuspended: '未暂停',
  lifted: '已解除，不再计入',
  counted: (n: number) => `在本机构计 ${n} 次`,
  visits: '爽约的就诊',
  why: (n: number) => `本机构计 ${n} 次；次数连同其他机构的一起算，其他机构的爽约这里看不到。`,
  lift: '解除',
  liftOf: (who: string) => `解除爽约记录：${who}`,
  liftWhat: (n: number) => `在本机构的 ${n} 次爽约不再计入。其他机构的爽约仍计，要由那家机构解除。`,
  byManager: '解除由本机构的管理员办理，须写明理由。',
  reason: '理由',
  reasonHint: '会留痕，例如：当日住院，已核实。至少 2 个字。',
  reasonMissing: '请写明理由，至少 2 个字。',
  done: '已解除，可以直接预约了',
  doneStill: (day: string) => `已解除本机构的记录；因其他机构的爽约，仍暂停至 ${day}`,
}
export type MissedWords = typeof zh

const en: MissedWords = {
  place: 'Missed visits',
  title: 'Missed visits and suspensions',
  lead: 'Who booked and did not come, and whose direct booking rests for it. Referrals and emergencies are never touched.',
  rule: (most, windowDays, suspendDays) =>
    `${most} missed visits within ${windowDays} days suspend direct booking for ${suspendDays} days, counted from the last of them.`,
  none: 'Nobody missed a visit lately',
  noneWhy: 'Whoever booked directly and did not come is listed here.',
  list: 'People who missed visits',
  suspended: (day) => `Suspended until ${day}`,
  notSuspended: 'Not suspended',
  lifted: 'lifted, no longer counted',
  counted: (n) => (n === 1 ? '1 counts here' : `${n} count here`),
  visits: 'Visits missed',
  why: (n) => `${n} here; they count together with those of other institutions, which are not shown here.`,
  lift: 'Lift',
  liftOf: (who) => `Lift missed visits: ${who}`,
  liftWhat: (n) =>
    `${n === 1 ? 'The one visit' : `The ${n} visits`} missed here will no longer count. What was missed elsewhere still counts; that institution may lift it.`,
  byManager: 'The manager of the institution lifts, with a reason.',
  reason: 'Reason',
  reasonHint: 'It is kept on record. For example: in hospital that day, checked. At least 2 characters.',
  reasonMissing: 'Give the reason, at least 2 characters.',
  done: 'Lifted: direct booking is possible again',
  doneStill: (day) => `Lifted here; for visits missed elsewhere direct booking rests until ${day}`,
}

const missedWords: Words<MissedWords> = { zh, en }
/** Words of the page of missed visits. */
export const useMissedWords = (): MissedWords => useWordsOf(missedWords)
