import { z } from 'zod'
import { isInstant } from '../../../kernel/clock.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { FED_KINDS } from './occupancy.ts'

const instant = z.string().refine(isInstant, '应为带时区的时间|An instant with a zone')
const source = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,39}$/, '应为 2–40 位小写字母、数字或连字符|2–40 small letters, digits or hyphens')
const ref = z.string().trim().min(1).max(80)
const count = z.number().int().min(0).max(100_000)
const seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const reason = z.string().trim().min(2).max(200)

const entry = z.strictObject({ kind: z.enum(FED_KINDS), ref, free: count, used: count, capacity: count })

export const feedOccupancyInput = z.strictObject({
  source,
  messages: z
    .array(z.strictObject({ seq, at: instant, entries: z.array(entry).max(500) }))
    .min(1)
    .max(200),
})
export const mapFeedRefInput = z.strictObject({
  source,
  kind: z.enum(FED_KINDS),
  ref,
  /** Exactly one of the two: one pool, or a plan, whose pool of the moment is meant. */
  pool: z.uuid().nullish(),
  plan: z.uuid().nullish(),
})
export const giveUpGapInput = z.strictObject({ source, from: seq, to: seq, reason })
export const acknowledgeConflictInput = z.strictObject({ conflict: z.uuid(), reason })

export const occupancyRefusals = {
  'booking.feed-unknown': {
    kind: 'invalid',
    zh: '本机构没有名为“{source}”的接口。请核对名称,或先由该系统发送第一条消息。',
    en: 'One’s own institution has no feed “{source}”. Check the name, or let that system send its first message.',
    basis: null,
  },
  'booking.feed-ref-target': {
    kind: 'invalid',
    zh: '院内编号须对应本机构的一个号源池或一个出诊计划,二者恰选其一。请更正。',
    en: 'A hospital’s own number stands for one pool or one plan of the same institution, exactly one of the two. Correct it.',
    basis: null,
  },
  'booking.no-such-gap': {
    kind: 'conflict',
    zh: '序号 {from} 至 {to} 中没有待补的消息:已收到、已放弃或尚未发到。请刷新。',
    en: 'Between {from} and {to} no message is waited for: all have come, were given up, or are not due yet. Refresh.',
    basis: null,
  },
  'booking.no-open-conflict': {
    kind: 'conflict',
    zh: '这条不一致已确认或已消除,无需再办。请刷新。',
    en: 'This conflict has been acknowledged, or is no more. Refresh.',
    basis: null,
  },
} as const satisfies RefusalTable
