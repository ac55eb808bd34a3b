import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { Tier } from '../../organisations/index.ts'

/** What anybody may ask of free slots; one of service, place and doctor is needed, so that an answer is about something. */
export const publicFreeInput = z
  .strictObject({
    specialty: z
      .string()
      .regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
      .optional(),
    org: z
      .string()
      .regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
      .optional(),
    day: z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD').optional(),
    doctor: z.string().trim().min(1).max(60).optional(),
  })
  .refine(({ specialty, org, doctor }) => specialty !== undefined || org !== undefined || doctor !== undefined, {
    message: '请至少选择科目、机构或医生之一|Choose a service, a place or a doctor',
    path: ['specialty'],
  })
export type PublicQuestion = z.output<typeof publicFreeInput>

type ShownName = { zh: string; en: string | null }

/** A slot as anybody sees it: what a direct booking could draw now, and nothing of any person who booked. */
export type PublicSlot = {
  org: string
  pool: string
  specialty: string
  kind: 'expert' | 'ordinary'
  doctor: ShownName | null
  place: ShownName | null
  startsAt: string
  endsAt: string
  free: number
}

export type PublicFree = {
  /** The moment, by the region's clock, at which this was so; never more than a second before the answer. */
  asOf: string
  slots: PublicSlot[]
  institutions: { id: string; name: ShownName; tier: Tier }[]
}

/** What can be searched for: services and places that have slots ahead. */
export type PublicPlaces = {
  asOf: string
  specialties: { code: string; name: ShownName }[]
  institutions: { id: string; name: ShownName }[]
}
