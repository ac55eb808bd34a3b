import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { orgKey } from '../contract.ts'
import { BED_SEXES } from './beds.ts'

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const short = z.string().trim().min(1).max(20)
const reason = z.string().trim().min(2).max(200)
const name = z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().max(120).nullish() })

/** Days that a stay may be planned for at once; longer stays are extended while they last. */
const NIGHTS_MOST = 60
const UNITS_MOST = 10
const BEDS_AT_ONCE = 200

const beds = z
  .array(z.strictObject({ room: short, label: short, sex: z.enum(BED_SEXES), isolation: z.boolean().default(false) }))
  .min(1)
  .max(BEDS_AT_ONCE)
export const openWardInput = z.strictObject({ name, specialty, beds })
export const addBedsInput = z.strictObject({ org: orgKey, ward: z.uuid(), beds })
export const bedInput = z.strictObject({ org: orgKey, bed: z.uuid() })
export const closeBedInput = z.strictObject({ org: orgKey, bed: z.uuid(), reason })

export const bookTogetherInput = z.strictObject({
  org: orgKey,
  person: z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits'),
  /** Visits, exams and sessions, each by its pool. */
  units: z.array(z.uuid()).max(UNITS_MOST).default([]),
  stay: z
    .strictObject({
      ward: z.uuid(),
      from: day,
      nights: z.number().int().min(1).max(NIGHTS_MOST),
      isolation: z.boolean().default(false),
    })
    .nullish(),
  channel: z.enum(['referral', 'emergency', 'direct']).default('referral'),
  /** True: held for a while and given back unless confirmed. */
  hold: z.boolean().default(false),
})
export type TogetherInput = z.output<typeof bookTogetherInput>

export const groupInput = z.strictObject({ org: orgKey, group: z.uuid() })
export const cancelGroupInput = z.strictObject({ org: orgKey, group: z.uuid(), reason })
export const stayInput = z.strictObject({ org: orgKey, stay: z.uuid() })
export const admitInput = z.strictObject({ org: orgKey, stay: z.uuid(), bed: z.uuid().nullish() })
export const giveBedInput = z.strictObject({ org: orgKey, stay: z.uuid(), bed: z.uuid() })
export const expectDischargeInput = z.strictObject({ org: orgKey, stay: z.uuid(), on: day })
export const personsHereInput = z.strictObject({
  /** Name, pinyin, initials, or the last four characters of the identity number. */
  text: z.string().trim().min(1).max(60),
  limit: z.number().int().min(1).max(20).default(6),
})
export const bedsBoardInput = z.strictObject({ ward: z.uuid().optional() })
export const freeBedsInput = z.strictObject({
  org: orgKey.optional(),
  specialty: specialty.optional(),
  from: day.optional(),
  days: z.coerce.number().int().min(1).max(31).default(7),
})

const conflict = (zh: string, en: string, basis: string | null = null) => ({ kind: 'conflict', zh, en, basis }) as const

export const bedsRefusals = {
  'booking.bed-needs-stay': conflict(
    '床位按住院天数预约,不能单独约一天。请选择病区、入院日和天数。',
    'Beds are booked as a stay, not day by day. Choose a ward, the day of admission and how many nights.',
  ),
  'booking.nothing-asked': conflict(
    '没有选择任何号源或床位。请至少选择一项。',
    'Neither a unit nor a stay was chosen. Choose at least one.',
  ),
  'booking.direct-only-here': conflict(
    '直接预约由被约机构自己的转诊台办理。转诊请改用转诊渠道。',
    'A direct booking is made by the desk of the place itself. Use the referral channel instead.',
  ),
  'booking.sex-unknown': conflict(
    '住院按男女分房,该居民的性别未登记。请先补全登记信息。',
    'Rooms are for men or women, and this person’s sex is not on record. Complete the registration first.',
  ),
  'booking.together-unit': conflict(
    '第 {n} 项({when}):{why}最近可约:{next}。',
    'Item {n} ({when}): {why_en} Nearest: {next_en}.',
  ),
  'booking.together-stay': conflict(
    '住院 {from} 起 {nights} 天:没有连续空床,逐日原因见下。同病区最近可住:{next}。',
    'A stay of {nights} night(s) from {from}: no bed on every day; the reasons by day follow. Nearest in this ward: {next_en}.',
  ),
  'booking.bed-none-free': conflict(
    '{day}:该病区没有空床。请改期、换病区或登记候床。',
    '{day}: no bed of this ward is free. Choose another day or ward, or join the waiting list.',
  ),
  'booking.bed-only-reserved': conflict(
    '{day}:只剩为基层转诊预留的床位,释放前不能直接预约。请走转诊渠道或改期。',
    '{day}: only beds reserved for referrals are left until they are released. Use a referral or another day.',
    '紧密型县域医共体:住院床位预留20%以上;城市医疗集团:住院床位下沉至少1/4',
  ),
  'booking.bed-room-sex': conflict(
    '{day}:有空床,但都在异性房间里。请换病区或改期。',
    '{day}: beds are free, but only in rooms of the other sex. Choose another ward or day.',
  ),
  'booking.bed-not-published': conflict(
    '{day}:这一天的床位还没有开放预约。请选 {ahead} 天以内的日期。',
    '{day}: beds of that day are not open for booking yet. Choose a day within {ahead} days.',
  ),
  'booking.bed-day-over': conflict('{day}:这一天已过。请选今天或以后。', '{day} is over. Choose today or later.'),
  'booking.bed-person-elsewhere': conflict(
    '{day}:该居民这一天已占有一张床位。请先取消原住院安排。',
    '{day}: this person has a bed on that day already. Cancel that stay first.',
  ),
  'booking.no-such-class': conflict(
    '该病区没有适合的床位(性别或隔离要求)。请换病区。',
    'This ward has no beds for this person (sex, or isolation). Choose another ward.',
  ),
  'booking.part-of-group': conflict(
    '这一项与其他号源或床位是一次约定的,不能单独办理。请对整组确认或取消;住院天数请改预计出院日。',
    'This unit was decided together with others and is not acted on by itself. Confirm or cancel them together; for days of a stay change the expected discharge.',
  ),
  'booking.group-state-otherwise': conflict(
    '这一组预约现在不能这样办理(已结束、已入院或保留已过期)。请刷新后按最新状态办理。',
    'These bookings have ended, are admitted or their hold has run out; that is not possible. Refresh and act on the current state.',
  ),
  'booking.stay-state-otherwise': conflict(
    '这次住院现在是“{state}”状态,不能这样操作。请刷新后再办理。',
    'This stay is now “{state}”; that is not possible. Refresh and act on the current state.',
  ),
  'booking.stay-not-today': conflict(
    '这次住院从 {from} 到 {until},今天不能办理入院。请先改期。',
    'This stay is from {from} to {until}; it cannot be admitted today. Change its days first.',
  ),
  'booking.stay-unconfirmed': conflict(
    '这次住院还在保留中,没有确认。请先确认再办理入院。',
    'This stay is only held. Confirm it before admitting.',
  ),
  'booking.discharge-too-early': conflict(
    '预计出院日须晚于 {least}。当天离院请办理出院。',
    'The expected discharge must be after {least}. To leave today, discharge the stay.',
  ),
  'booking.bed-wanted': conflict('请选择一张床位。', 'Choose a bed.'),
  'booking.bed-not-fitting': conflict(
    '这张床位不适合(病区、性别或隔离要求不符)。请另选床位。',
    'This bed does not fit (ward, sex or isolation). Choose another.',
  ),
  'booking.bed-other-sex-room': conflict(
    '同房间已住或已排异性患者。请另选房间。',
    'Somebody of the other sex lies or is expected in that room. Choose another room.',
  ),
  'booking.room-needed': conflict(
    '{day}:这间房要留给已约的异性患者,否则男女房间安排不下。请另选房间。',
    '{day}: that room is needed for people of the other sex who are booked. Choose another room.',
  ),
  'booking.bed-closed': conflict('这张床位已停用。请另选床位。', 'This bed is closed. Choose another.'),
  'booking.bed-cleaning': conflict(
    '这张床位正在终末消毒或整理。请先标记为已备好,或另选床位。',
    'This bed is being made ready. Mark it ready, or choose another.',
  ),
  'booking.bed-taken-until': conflict(
    '这张床位从 {from} 到 {until} 已有人。请另选床位或改期。',
    'This bed is taken from {from} to {until}. Choose another bed or other days.',
  ),
  'booking.bed-taken': conflict('这张床位刚被占用。请刷新后另选床位。', 'That bed was just taken. Refresh and choose another.'),
  'booking.bed-occupied': conflict(
    '上一位患者还没有办理出院。请先办理出院或另选床位。',
    'The person before has not been discharged. Discharge first, or choose another bed.',
  ),
  'booking.bed-days-sold': conflict(
    '{day} 已约出 {sold} 张床,停用后只剩 {capacity} 张。请先移走或取消部分住院安排。',
    'On {day} {sold} bed(s) are booked and only {capacity} would be left. Move or cancel stays first.',
  ),
  'booking.rooms-would-not-hold': conflict(
    '{day} 停用后男女房间安排不下已约的患者。请先移走或取消部分住院安排。',
    'On {day} the rooms left would not hold the men and women who are booked. Move or cancel stays first.',
  ),
  'booking.bed-state-otherwise': conflict(
    '床位状态已变,不需要这样操作。请刷新。',
    'The bed is no longer in that state. Refresh.',
  ),
  'booking.room-mixed': conflict(
    '房间 {room} 的床位须同一性别要求和隔离要求。请更正后再提交。',
    'All beds of room {room} must be for the same sex and the same isolation. Correct them.',
  ),
  'booking.bed-twice': conflict(
    '房间 {room} 的 {label} 床已存在。请更正床号。',
    'Room {room} has a bed {label} already. Correct its name.',
  ),
  'booking.specialty-not-offered': conflict(
    '本机构没有登记这个诊疗科目。请先在机构登记中补充。',
    'This institution does not offer that specialty. Register it first.',
  ),
} as const satisfies RefusalTable
