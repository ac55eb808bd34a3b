import { z } from 'zod'
import { isInstant } from '../../kernel/clock.ts'
import { isDay } from '../../kernel/day.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import { CHANNELS } from './booking.ts'

export const orgKey = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const personKey = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
const instant = z.string().refine(isInstant, '应为带时区的时间|An instant with a zone')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')

/** One unit of a pool, named by its institution and pool. */
export const unitInput = z.strictObject({ org: orgKey, pool: z.uuid() })

export const publishInput = z.strictObject({
  specialty,
  kind: z.enum(['expert', 'ordinary']),
  startsAt: instant,
  minutes: z.number().int().min(5).max(60).default(30),
  capacity: z.number().int().min(1).max(1000),
  doctor: z.strictObject({ zh: z.string().min(1).max(60), en: z.string().max(120).nullish() }).nullish(),
  place: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().max(200).nullish() }).nullish(),
})
/** Whom it is for: oneself where nobody is named, else somebody for whom one acts as guardian or proxy. */
export const forPersonInput = z.strictObject({ person: personKey.optional() })
export const holdInput = z.strictObject({ org: orgKey, pool: z.uuid(), person: personKey.optional() })
export const bookingInput = z.strictObject({ org: orgKey, booking: z.uuid() })
export const cancelInput = z.strictObject({ org: orgKey, booking: z.uuid(), reason: z.string().trim().min(2).max(200) })
export const freeInput = z.strictObject({
  org: orgKey.optional(),
  specialty,
  channel: z.enum(CHANNELS).default('direct'),
  from: day.optional(),
  days: z.number().int().min(1).max(31).default(14),
  limit: z.number().int().min(1).max(200).default(60),
})
export const dayListInput = z.strictObject({ day: day.optional() })
/** A voucher's number: the institution whose unit it is, then what cannot be guessed. */
export const voucherNumber = z.string().regex(/^\d{1,18}-[A-Za-z0-9_-]{22}$/, '应为凭证号|A voucher number')
export const allotVouchersInput = z.strictObject({
  org: orgKey,
  pool: z.uuid(),
  holder: orgKey,
  units: z.number().int().min(1).max(100),
})
export const allotmentInput = z.strictObject({ org: orgKey, allotment: z.uuid() })
export const noInput = z.strictObject({})

export const bookingRefusals = {
  'booking.no-unit-left': {
    kind: 'conflict',
    zh: '这个时段的号源刚刚用完。请另选时段或机构。',
    en: 'The units of this slot have just run out. Choose another time or place.',
    basis: null,
  },
  'booking.only-reserved-left': {
    kind: 'conflict',
    zh: '这个时段只剩为基层转诊预留的号源,释放前不能直接预约。请另选时段,或请家庭医生转诊。',
    en: 'Only units reserved for referrals are left in this slot until they are released. Choose another time, or ask your family doctor to refer you.',
    basis: '紧密型县域医共体:专家号源预留20%以上;城市医疗集团:门诊号源下沉至少1/3',
  },
  'booking.slot-has-begun': {
    kind: 'conflict',
    zh: '这个时段已经开始,不能再预约。请另选时段。',
    en: 'This slot has begun. Choose a later one.',
    basis: null,
  },
  'booking.clinic-stopped': {
    kind: 'conflict',
    zh: '这个时段已停诊。请另选时段;已有预约的会收到改约或候补通知。',
    en: 'This clinic is stopped. Choose another slot; whoever had booked it is offered another or the waiting list.',
    basis: null,
  },
  'booking.person-booked-then': {
    kind: 'conflict',
    zh: '该居民在同一时间已有预约。请先取消原预约或另选时段。',
    en: 'This person has a booking at that time already. Cancel that one or choose another time.',
    basis: null,
  },
  'booking.hold-ended': {
    kind: 'conflict',
    zh: '保留时间已过,号源已放回。请重新选号。',
    en: 'The hold has ended and the unit went back. Choose a unit again.',
    basis: null,
  },
  'booking.state-otherwise': {
    kind: 'conflict',
    zh: '这个预约现在是“{state}”状态,不能这样操作。请刷新后再办理。',
    en: 'This booking is now “{state}”; that is not possible. Refresh and act on the current state.',
    basis: null,
  },
  'booking.too-early-for-no-show': {
    kind: 'conflict',
    zh: '时段结束后还未过宽限时间,暂不能记为爽约。',
    en: 'The grace time after the slot has not passed; it is too early to call it a no-show.',
    basis: null,
  },
  'booking.publish-too-far': {
    kind: 'invalid',
    zh: '号源只能发布在今天之后 {days} 天以内。请更正时间。',
    en: 'Slots may be published within {days} days from today. Correct the time.',
    basis: null,
  },
  'booking.holder-not-primary': {
    kind: 'invalid',
    zh: '凭证只能划给另一家在业的基层机构(乡镇、社区或村级)。请另选机构。',
    en: 'Vouchers are lent to another, open institution of primary care (township, community or village). Choose another.',
    basis: 'S4 为基层预留号源',
  },
  'booking.voucher-too-late': {
    kind: 'conflict',
    zh: '凭证须在就诊前 {hours} 小时、且预留号源释放前划出。请另选时段。',
    en: 'Vouchers are lent until {hours} hours before the visit, and before the reserve is released. Choose a later slot.',
    basis: null,
  },
  'booking.vouchers-too-many': {
    kind: 'conflict',
    zh: '一家机构在同一时段最多持有 {most} 张凭证,现有 {held} 张。请减少数量。',
    en: 'An institution holds at most {most} vouchers of one slot and has {held}. Lend fewer.',
    basis: null,
  },
  'booking.reserve-too-small': {
    kind: 'conflict',
    zh: '这个时段的预留号源只剩 {free} 个,不够划出 {units} 张凭证。请减少数量或另选时段。',
    en: 'Only {free} units of the reserve are left in this slot, not {units}. Lend fewer or choose another slot.',
    basis: null,
  },
  'booking.no-open-voucher': {
    kind: 'conflict',
    zh: '这批凭证已全部使用、退回或收回,无需再办。',
    en: 'These vouchers have all been used, returned or withdrawn; there is nothing left to do.',
    basis: null,
  },
  'booking.voucher-unknown': {
    kind: 'invalid',
    zh: '本机构没有这张号源凭证。请刷新凭证列表后重选。',
    en: 'One’s own institution holds no such voucher. Refresh the list of vouchers and choose again.',
    basis: null,
  },
  'booking.voucher-used': {
    kind: 'conflict',
    zh: '这张凭证已被先到的承诺使用。请从其他时段中另选,并电话告知患者。',
    en: 'An earlier promise has used this voucher. Choose another slot, and call the person.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A free slot as screens show it. */
export type ShownSlot = {
  org: string
  pool: string
  specialty: string
  kind: 'expert' | 'ordinary'
  doctor: { zh: string; en: string | null } | null
  place: { zh: string; en: string | null } | null
  startsAt: string
  endsAt: string
  free: number
  reservedFree: number
}
