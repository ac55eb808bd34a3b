import type { Instant } from '../../kernel/clock.ts'
import type { Words } from '../../kernel/words.ts'
import type { Act } from '../../platform/forms/form.ts'
import { csvOf } from '../../platform/register-csv.ts'
import type { ShownRow } from './contract.ts'
import { lifecycle } from './lifecycle.ts'
import type { Direction, Urgency } from './referral.ts'
import type { AskedList } from './desk-queries.ts'

/** A list as a file: what a spreadsheet opens, and whether it holds every matching row. */
export type Exported = { fileName: string; csv: string; count: number; isWhole: boolean }

const TABS: Record<AskedList['state'], Words> = {
  open: { zh: '未结', en: 'open' },
  'to-answer': { zh: '待接收', en: 'to answer' },
  'to-schedule': { zh: '待安排', en: 'to schedule' },
  today: { zh: '今日到诊', en: 'today' },
  inside: { zh: '在院', en: 'inside' },
  'to-return': { zh: '待回转', en: 'to hand back' },
  overdue: { zh: '超时', en: 'overdue' },
  'mine-to-act': { zh: '待我办理', en: 'mine to act' },
  asked: { zh: '待补充资料', en: 'more is asked' },
  ended: { zh: '已结束', en: 'ended' },
}
const SIDES: Record<AskedList['side'], Words> = {
  sender: { zh: '本机构转出', en: 'sent' },
  receiver: { zh: '转入本机构', en: 'received' },
  'care-team': { zh: '签约居民', en: 'own residents' },
  supervisor: { zh: '上级督办', en: 'supervised' },
}
const URGENCY_WORDS: Record<Urgency, Words> = {
  ordinary: { zh: '普通', en: 'ordinary' },
  emergency: { zh: '急诊', en: 'emergency' },
  'green-channel': { zh: '绿色通道', en: 'green channel' },
}
const DIRECTION_WORDS: Record<Direction, Words> = {
  up: { zh: '上转', en: 'up' },
  down: { zh: '下转', en: 'down' },
  lateral: { zh: '平转', en: 'across' },
}
const SEXES: Record<string, Words> = { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } }

/** What a list was narrowed to, in a sentence that stands in the file and in the audit. */
export const filterWords = ({ side, state, urgency, direction, text }: AskedList): Words => {
  const parts: Words[] = [SIDES[side], TABS[state], ...(urgency ? [URGENCY_WORDS[urgency]] : []), ...(direction ? [DIRECTION_WORDS[direction]] : [])]
  const sought = text?.trim() ? { zh: [`查找“${text.trim()}”`], en: [`search “${text.trim()}”`] } : { zh: [], en: [] }
  return { zh: [...parts.map(({ zh }) => zh), ...sought.zh].join('、'), en: [...parts.map(({ en }) => en), ...sought.en].join(', ') }
}

/** A cell that a spreadsheet would carry out as a formula becomes plain text by an apostrophe before it. */
export const neutral = (cell: string): string => (/^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const HEAD: Record<'zh' | 'en', readonly string[]> = {
  zh: ['单号', '姓名', '性别', '出生日期', '病种', '紧急程度', '方向', '状态', '转出机构', '接收机构', '就诊时间', '时限', '已上报', '转出时间', '虚构'],
  en: ['Slip', 'Name', 'Sex', 'Born on', 'Condition', 'Urgency', 'Direction', 'State', 'Sender', 'Receiver', 'Appointment', 'Until', 'Escalated', 'Opened', 'Synthetic'],
}

const localTime = (moment: string | null, zone: string): string =>
  moment === null ? '' : Temporal.Instant.from(moment as Instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')

const cellsOf = (row: ShownRow, language: 'zh' | 'en', zone: string): string[] => {
  const name = (named: { zh: string; en: string | null }) => (language === 'en' && named.en ? named.en : named.zh)
  return [
    row.slipNo,
    name(row.person.name),
    SEXES[row.person.sex]?.[language] ?? '',
    row.person.bornOn ?? '',
    row.condition[language] || row.condition.zh,
    URGENCY_WORDS[row.urgency][language],
    DIRECTION_WORDS[row.direction][language],
    lifecycle.states[row.state].words[language],
    name(row.sender.name),
    name(row.receiver.name),
    localTime(row.appointmentAt, zone),
    localTime(row.waitUntil, zone),
    String(row.escalations),
    localTime(row.openedAt, zone),
    row.person.synthetic ? { zh: '是', en: 'yes' }[language] : '',
  ]
}

/** The rows as CSV under three lines that say the filter, the time and who exported; no cell is carried out as a formula. */
export const exportedCsv = (rows: readonly ShownRow[], isWhole: boolean, asked: AskedList & { language: 'zh' | 'en' }, act: Act): Exported => {
  const { language } = asked
  const time = localTime(act.now, act.zone)
  const by = (language === 'en' && act.actor.name.en) || act.actor.name.zh
  const cut = isWhole ? [] : [[{ zh: '注意', en: 'Note' }[language], { zh: '行数过多,本文件不完整,请缩小筛选', en: 'Too many rows: this file is not whole; narrow the filter' }[language]]]
  const said = [
    [{ zh: '筛选', en: 'Filter' }[language], filterWords(asked)[language]],
    [{ zh: '导出时间', en: 'Exported at' }[language], time],
    [{ zh: '导出人', en: 'Exported by' }[language], by],
    ...cut,
  ]
  const table = [...said, [...HEAD[language]], ...rows.map((row) => cellsOf(row, language, act.zone))]
  return { fileName: `referrals-${asked.state}-${act.today}.csv`, csv: csvOf(table.map((cells) => cells.map(neutral))), count: rows.length, isWhole }
}
