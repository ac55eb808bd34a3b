import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { Name } from '../../../kernel/words.ts'
import type { TicketKind } from '../payment.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const PAGE_MOST = 100

/** `day`: the newest that was compared, where none is named; `after`: the last institution of the page before. */
export const comparisonsInput = z.strictObject({
  day: z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD').optional(),
  after: key.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MOST).default(50),
})
export const ticketsInput = z.strictObject({
  state: z.enum(['open', 'closed']).default('open'),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_MOST).default(30),
})

/** A day over all institutions whose books were compared. */
export type ShownComparedDay = {
  readonly day: string
  readonly places: number
  readonly agreeing: number
  readonly rows: number
  readonly openTickets: number
}

/** An institution on a day: which of its books agree. */
export type ShownComparedPlace = {
  readonly org: string
  readonly place: Name
  readonly agrees: boolean
  readonly rows: number
  readonly openTickets: number
  readonly books: readonly { readonly book: string; readonly agrees: boolean; readonly rows: number }[]
  readonly comparedAt: string
}

/** A difference with who has it to look into, since when, and who closed it with what outcome. Fen. */
export type ShownTicket = {
  readonly org: string
  readonly id: string
  readonly place: Name
  readonly kind: TicketKind
  readonly day: string
  readonly book: string
  readonly about: string
  readonly oursFen: number | null
  readonly theirsFen: number | null
  readonly openedAt: string
  readonly closedAt: string | null
  readonly closedBy: Name | null
  readonly closedRole: string | null
  readonly outcome: string | null
}
