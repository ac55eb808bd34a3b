import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import { isInstant } from '../../kernel/clock.ts'
import type { RefusalTable } from '../../platform/refusals.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const instant = z.string().refine(isInstant, '应为带时区的时间|An instant with a zone')
const reason = z.string().trim().min(2).max(500)

/** An event of a referral, as the relay hands it on. */
export const queueInput = z.strictObject({ event: z.uuid(), type: z.string().max(100), caseId: z.uuid(), at: instant })
/** A message that stands still, or a difference of the books, by its id. */
export const stuckKey = { org: key, id: z.uuid() }
export const retryInput = z.strictObject(stuckKey)
export const correctionsInput = z
  .strictObject({
    specialty: z
      .string()
      .regex(/^[0-9A-Za-z.]{2,20}$/, '应为平台的科室代码|A department code of the platform')
      .optional(),
    conditionCode: z
      .string()
      .regex(/^[A-Z][0-9A-Za-z.]{1,19}$/, '应为 ICD-10 代码|An ICD-10 code')
      .optional(),
    senderCode: z
      .string()
      .regex(/^[0-9A-Z]{9,30}$/, '应为机构代码|An institution code')
      .optional(),
    receiverCode: z
      .string()
      .regex(/^[0-9A-Z]{9,30}$/, '应为机构代码|An institution code')
      .optional(),
  })
  .refine((given) => Object.values(given).some((one) => one !== undefined), '请至少更正一项|Correct at least one item')
export const correctInput = z.strictObject({ ...stuckKey, corrections: correctionsInput, reason })
export const giveUpInput = z.strictObject({ ...stuckKey, reason })
export const stuckInput = z.strictObject({ limit: z.number().int().min(1).max(200).default(100) })
export const booksInput = z.strictObject({ limit: z.number().int().min(1).max(400).default(31) })
const entry = z.strictObject({ caseId: z.string().max(64), lastSeq: z.number().int().min(1), hash: z.string().max(64) })
export const compareInput = z.strictObject({ day, there: z.array(entry) })

export const dockingRefusals = {
  'docking.nothing-to-tell': {
    kind: 'conflict',
    zh: '省平台不知道这张转诊单,无需告知其结束。',
    en: 'The provincial platform was never told of this referral, so nothing needs to be told of its end.',
    basis: null,
  },
  'docking.not-stuck': {
    kind: 'conflict',
    zh: '这条消息现在不在待处理状态,可能已由同事处理。请刷新列表。',
    en: 'This message is not waiting for anybody now; a colleague may have dealt with it. Refresh the list.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A message or a difference that waits for a person, without names or diagnoses. */
export type ShownStuck = {
  org: string
  id: string
  caseId: string
  slipNo: string | null
  kind: string
  words: { zh: string; en: string }
  seq: number | null
  code: string
  why: { zh: string; en: string }
  /** Whether it can be sent again, as it is or corrected. */
  mayRetry: boolean
  tries: number
  since: string
  /** Messages of the same case that wait behind it. */
  behind: number
}
