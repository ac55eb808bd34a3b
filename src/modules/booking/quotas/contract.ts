import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { SHARES, UNIT_KINDS, type UnitKind } from '../booking.ts'

const orgKey = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const reason = z.string().trim().min(2).max(200)

export const moveQuotaInput = z.strictObject({
  org: orgKey,
  pool: z.uuid(),
  from: z.enum(SHARES),
  to: z.enum(SHARES),
  units: z.number().int().min(1).max(1000),
  reason,
})
export const changeCapacityInput = z.strictObject({
  org: orgKey,
  pool: z.uuid(),
  capacity: z.number().int().min(1).max(1000),
  reason,
})
export const quotaBoardInput = z.strictObject({
  /** One's own institution when left out. */
  org: orgKey.optional(),
  from: day.optional(),
  days: z.number().int().min(1).max(31).default(7),
  specialty: specialty.optional(),
})
export const quotaSlotsInput = z.strictObject({
  org: orgKey.optional(),
  day,
  specialty,
  unitKind: z.enum(UNIT_KINDS),
  kind: z.enum(['expert', 'ordinary']),
  service: z.string().max(200).optional(),
})

const LAW = '紧密型城市医疗集团:至少1/3的门诊号源、1/4的住院床位;紧密型县域医共体:专家号源、住院床位、预约检查各预留20%以上'

export const quotaRefusals = {
  'booking.share-same': {
    kind: 'invalid',
    zh: '移出和移入的是同一份额,没有可办的。请另选份额。',
    en: 'The units would go to the share that they come from. Choose another share.',
    basis: null,
  },
  'booking.share-too-small': {
    kind: 'conflict',
    zh: '这一份额中未用的只有 {free} 个,不够移出 {units} 个。请减少数量或另选时段。',
    en: 'Only {free} units of this share are unused, not {units}. Move fewer, or choose another slot.',
    basis: null,
  },
  'booking.reserve-already-open': {
    kind: 'conflict',
    zh: '这个时段的预留号源已释放,不能再移入或移出预留。请另选尚未释放的时段。',
    en: 'The reserve of this slot has been released; nothing moves into it or out of it. Choose a slot that is not released yet.',
    basis: null,
  },
  'booking.quota-below-law': {
    kind: 'conflict',
    zh: '当日该类号源共 {capacity} 个,按“{clause}”至少预留 {least} 个,这样办只剩 {left} 个。请减少移出数量,或先增加容量。',
    en: 'Of {capacity} units of this class on the day at least {least} are to be reserved (“{clause}”); {left} would be left. Move fewer, or add capacity first.',
    basis: LAW,
  },
  'booking.capacity-below-sold': {
    kind: 'conflict',
    zh: '这个时段已约出 {sold} 个、划出凭证 {lent} 张,容量不能低于两者之和。请先改约或收回凭证,或办理停诊。',
    en: '{sold} units of this slot are booked and {lent} stand in vouchers; the capacity cannot be less. Move bookings or withdraw vouchers first, or stop the clinic.',
    basis: null,
  },
  'booking.capacity-as-is': {
    kind: 'conflict',
    zh: '容量已是 {capacity},没有可改的。',
    en: 'The capacity is {capacity} already; there is nothing to change.',
    basis: null,
  },
  'booking.beds-decide-capacity': {
    kind: 'invalid',
    zh: '床位的容量由病房开放的床位决定。请在床位页开放或关闭床位。',
    en: 'The capacity of bed-days follows the open beds of the ward. Open or close a bed on the page of beds.',
    basis: null,
  },
} as const satisfies RefusalTable

/** One service on one day as the board shows it. Whole units; `legalLeast` is null where no law asks for a reserve. */
export type ShownQuota = {
  day: string
  specialty: string
  unitKind: UnitKind
  kind: 'expert' | 'ordinary'
  service: { zh: string; en: string | null } | null
  slots: number
  stopped: number
  capacity: number
  reserved: number
  usedReserved: number
  lent: number
  emergency: number
  usedEmergency: number
  open: number
  usedOpen: number
  /** Units of the reserve that were opened to all by the release. */
  released: number
  /** What policy asks for: how many units, by which share in basis points, by which clause, and whether that is law. */
  least: number
  share: number
  clause: string
  isLaw: boolean
}
