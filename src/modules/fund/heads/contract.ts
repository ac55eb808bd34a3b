import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'

const org = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const year = z.number().int().min(2000).max(2200)
const share = z.number().int().min(0).max(10_000)
const people = z.number().int().min(0).max(10_000_000)
const words = z.string().trim().min(4, '请写明来源或理由,至少 4 个字|Say what it rests on or why, 4 letters at least').max(300)
const one = { org, contract: z.uuid() }

export const proposeHeadsInput = z.strictObject({
  org,
  year,
  zh: z.string().trim().min(2).max(40),
  en: z.string().trim().max(80).nullish(),
  priceFen: z.number().int().min(1).max(1_000_000_000),
  surplusKept: share,
  overrunBorne: share,
  basis: words,
})
export const decideHeadsInput = z.strictObject({
  ...one,
  decision: z.enum(['agree', 'return']),
  why: z.string().trim().min(1, '请写明理由|Say why').max(300),
})
export const enterHeadsInput = z.strictObject({
  ...one,
  month: z.number().int().min(1).max(12),
  joins: people,
  leaves: people,
  spendFen: z.number().int().min(0).max(1_000_000_000_000),
  evidence: words,
})
export const takeBackHeadsInput = z.strictObject({ ...one, entry: z.uuid(), why: words })
export const closeHeadsInput = z.strictObject(one)
export const headsInput = z.strictObject({ year: year.optional() })
export const headContractInput = z.strictObject(one)

const TIANJIN = '天津市医保按人头总额付费实践:结余归机构(央视报道);本地条款以协议为准'
export const headsRefusals = {
  'fund.heads-of-nobody': {
    kind: 'invalid',
    zh: '没有这家在册机构。请核对机构。',
    en: 'There is no such institution in force. Check it.',
    basis: null,
  },
  'fund.heads-already': {
    kind: 'conflict',
    zh: '该机构本年度已有这个人群的协议。请在原协议上办理,或退回后重提。',
    en: 'The institution has a contract for this group and year. Go on with that one, or have it returned first.',
    basis: null,
  },
  'fund.heads-second-person': {
    kind: 'forbidden',
    zh: '提出的人不能自己决定。请由另一位经办人员决定。',
    en: 'Who proposed it does not decide on it. Another person of the insurer does.',
    basis: TIANJIN,
  },
  'fund.heads-not-waiting': {
    kind: 'conflict',
    zh: '这份协议没有待决定的事项。请刷新后再看。',
    en: 'Nothing of this contract waits for a decision. Look at it again.',
    basis: null,
  },
  'fund.heads-not-running': {
    kind: 'conflict',
    zh: '协议尚未生效,或已提请结算。只有执行中的协议可以记月或结算。',
    en: 'The contract is not in force, or is being closed. Only one that runs takes entries or can be closed.',
    basis: null,
  },
  'fund.heads-month-not-over': {
    kind: 'invalid',
    zh: '该月尚未结束。请在月末之后录入。',
    en: 'This month is not over. Enter it when it is.',
    basis: null,
  },
  'fund.heads-year-not-over': {
    kind: 'conflict',
    zh: '该年度尚未结束,不能结算。请在年末之后提请。',
    en: 'The year is not over and cannot be closed. Propose it after its end.',
    basis: null,
  },
  'fund.heads-nothing-entered': {
    kind: 'invalid',
    zh: '这一行没有人数变动,也没有费用。请至少填一项。',
    en: 'Nobody joins or leaves, and nothing was spent. Fill in one of them.',
    basis: null,
  },
  'fund.heads-impossible': {
    kind: 'invalid',
    zh: '照此记账,某月退出人数会多于在册人数,或费用小于零。请核对月份和人数;冲销新增前先冲销其后的退出。',
    en: 'With this more people would leave in some month than were there, or a spend be below zero. Check months and people; take leavers back before joiners.',
    basis: null,
  },
  'fund.heads-already-back': {
    kind: 'conflict',
    zh: '这一笔已冲销,或本身就是冲销。请刷新后再看。',
    en: 'This entry was taken back already, or takes one back itself. Look again.',
    basis: null,
  },
} as const satisfies RefusalTable
