import { z } from 'zod'
import type { NoticeState } from './notice.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const FILINGS_MOST = 100
const text = z.string().max(300)

/** `person`: whose; the insurer may name filings of anybody instead. */
export const filingNoticesInput = z.strictObject({
  person: key.optional(),
  filings: z.array(z.uuid()).min(1).max(FILINGS_MOST).optional(),
})

export const reportFilingInput = z.strictObject({ person: key, filing: z.uuid(), receiver: key.nullable().default(null) })
export const withdrawReportedInput = z.strictObject({ person: key, filing: z.uuid() })
export const noteFilingInput = z.strictObject({
  person: key,
  filing: z.uuid(),
  place: text,
  of: z.discriminatedUnion('learnt', [
    z.strictObject({ learnt: z.literal('taken'), number: text, psnNo: text }),
    z.strictObject({ learnt: z.literal('refused'), says: text }),
    z.strictObject({ learnt: z.literal('withdrawn') }),
    z.strictObject({ learnt: z.literal('still-filed'), number: text, psnNo: text, says: text }),
  ]),
})
export type LearntOfFiling = z.output<typeof noteFilingInput>['of']

/** What one place of a filing has come to at the insurer's platform. */
export type ShownNotice = {
  readonly filing: string
  readonly place: string
  readonly state: NoticeState
  /** The platform's number; null until it took the filing, and for what it never had. */
  readonly number: string | null
  /** Why it was refused. */
  readonly says: string | null
  readonly changedAt: string
}
