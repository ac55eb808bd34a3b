import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { CALENDAR_KINDS, PLAN_UNIT_KINDS } from './plans.ts'

const orgKey = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为 HH:MM|A time of day, HH:MM')
const weekday = z.number().int().min(1).max(7)
const capacity = z.number().int().min(1).max(1000)
const reason = z.string().trim().min(2).max(200)
const name = z.strictObject({ zh: z.string().trim().min(1).max(100), en: z.string().trim().max(200).nullish() })

export const calendarKey = z.strictObject({ org: orgKey, id: z.uuid() })
const session = z.strictObject({ weekday, from: time, to: time, capacity })

export const saveCalendarInput = z.strictObject({
  calendar: z.uuid().optional(),
  kind: z.enum(CALENDAR_KINDS),
  name,
  specialty: specialty.nullish(),
  staff: orgKey.nullish(),
  /** Other institutions that may plan with it. */
  sharedWith: z.array(orgKey).max(20).default([]),
})

/** What of a plan is written; `dryRun` only answers what it would do. `stopReason` allows that clinics are stopped which people have booked. */
export const savePlanInput = z.strictObject({
  plan: z.uuid().optional(),
  /** The version that was edited; another in between refuses. */
  version: z.number().int().min(1).optional(),
  unitKind: z.enum(PLAN_UNIT_KINDS).default('visit'),
  kind: z.enum(['expert', 'ordinary']),
  specialty,
  service: name.nullish(),
  calendar: calendarKey.nullish(),
  minutes: z.number().int().min(1).max(480).optional(),
  place: name.nullish(),
  validFrom: day.optional(),
  validUntil: day.nullish(),
  daysAhead: z.number().int().min(1).max(366).optional(),
  makeUpWeekday: weekday.nullish(),
  worksOnHolidays: z.boolean().default(false),
  sessions: z.array(session).max(70),
  stopReason: reason.optional(),
  dryRun: z.boolean().default(false),
})

export const copyPlanInput = z.strictObject({ plan: z.uuid(), calendar: calendarKey.nullish(), validFrom: day.optional() })
export const endPlanInput = z.strictObject({
  plan: z.uuid(),
  /** The first day on which it no longer holds. */
  on: day,
  stopReason: reason.optional(),
  dryRun: z.boolean().default(false),
})

const ofDay = { day, reason, stopSold: z.boolean().default(false), dryRun: z.boolean().default(false) }
/** A day that is not as the week says; `closed` and `worked` without a plan are of the whole institution. */
export const addExceptionInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('closed'), plan: z.uuid().nullish(), ...ofDay }),
  z.strictObject({ kind: z.literal('worked'), plan: z.uuid().nullish(), asWeekday: weekday, ...ofDay }),
  z.strictObject({ kind: z.literal('extra'), plan: z.uuid(), from: time, to: time, capacity, ...ofDay }),
  z.strictObject({ kind: z.literal('substitute'), plan: z.uuid(), calendar: calendarKey, ...ofDay }),
])
export const removeExceptionInput = z.strictObject({
  exception: z.uuid(),
  stopSold: z.boolean().default(false),
  dryRun: z.boolean().default(false),
})

/** Days of the institution's plans, or of one. Flat: it comes from a query string. */
export const planDaysInput = z.strictObject({
  plan: z.uuid().optional(),
  from: day.optional(),
  days: z.number().int().min(1).max(62).default(31),
})

/** What is stopped: one pool; or the pools of a plan, of a calendar or of the whole institution from one day until another, which is not counted. */
export const stopInput = z.strictObject({
  pool: z.uuid().optional(),
  plan: z.uuid().optional(),
  calendar: z.uuid().optional(),
  from: day.optional(),
  until: day.optional(),
})
export const stopClinicInput = z.strictObject({
  ...stopInput.shape,
  reason,
  /** As many people as the preview showed: refused when more or fewer have booked since. */
  people: z.number().int().min(0).optional(),
})

const conflict = (zh: string, en: string) => ({ kind: 'conflict', zh, en, basis: null }) as const
const invalid = (zh: string, en: string, basis: string | null = null) => ({ kind: 'invalid', zh, en, basis }) as const

export const planRefusals = {
  'booking.slot-length': invalid(
    '每个时段应为 {least} 至 {most} 分钟。请更正时段长度。',
    'A slot has {least} to {most} minutes. Correct its length.',
    'S2 预约时段精确到1小时以内',
  ),
  'booking.plan-ends-early': invalid(
    '排班的结束日应晚于开始日。请更正日期。',
    'A plan ends after the day on which it begins. Correct the days.',
  ),
  'booking.session-ends-early': invalid(
    '星期{weekday} {from}–{to}:结束时间应晚于开始时间。请更正。',
    'Weekday {weekday}, {from}–{to}: a session ends after it begins. Correct the times.',
  ),
  'booking.session-not-whole-slots': invalid(
    '星期{weekday} {from}–{to} 不是 {minutes} 分钟的整数倍。请调整起止时间或时段长度。',
    'Weekday {weekday}, {from}–{to} is no whole number of slots of {minutes} minutes. Change the times or the length of a slot.',
  ),
  'booking.sessions-overlap': invalid(
    '星期{weekday} {from}–{to} 与同日另一段出诊重叠。请错开时间。',
    'Weekday {weekday}, {from}–{to} overlaps another session of that day. Move one of them.',
  ),
  'booking.calendar-not-usable': invalid(
    '本机构没有这位医生或设备的日历,也没有获准使用。请先建立日历,或请其所属机构共享。',
    'This calendar is not one’s own institution’s, nor shared with it. Make one, or ask its owner to share it.',
  ),
  'booking.calendar-of-staff-exists': conflict(
    '这名工作人员在本机构已有日历。请使用原有日历。',
    'This member of staff has a calendar here already. Use that one.',
  ),
  'booking.calendar-taken': conflict(
    '{day} {from}–{to} 这位医生或设备已在“{place}”排班。请错开时间。',
    'On {day}, {from}–{to}, this doctor or device is planned at “{place_en}” already. Choose another time.',
  ),
  'booking.plan-changed-meanwhile': conflict(
    '排班刚被同事改过(现为第 {version} 版)。请刷新后在新版上修改。',
    'A colleague has changed this plan meanwhile (it is version {version} now). Refresh, and change the new one.',
  ),
  'booking.plan-below-sold': conflict(
    '{day} {from} 已约出 {sold} 个号,不能减到 {asked} 个。请保留足够号源,或先停诊并改约。',
    'On {day} at {from} {sold} units are sold; the capacity cannot shrink to {asked}. Keep enough, or stop that clinic first.',
  ),
  'booking.plan-would-stop': conflict(
    '这样修改会停掉 {slots} 个已约时段,影响 {people} 位患者。请写明停诊原因并确认,系统会逐一通知并改约。',
    'This would stop {slots} booked slots of {people} people. Give the reason and confirm; each is told and offered another time.',
  ),
  'booking.plan-has-ended': conflict(
    '这份排班已经结束,不能再修改。请复制为新排班。',
    'This plan has ended and cannot be changed. Copy it to a new one.',
  ),
  'booking.exception-exists': conflict(
    '这一天已有同样的例外安排。请先删除原安排。',
    'This day has such an exception already. Remove that one first.',
  ),
  'booking.exception-in-past': invalid(
    '例外只能安排在今天或以后。请更正日期。',
    'Exceptions are for today or later. Correct the day.',
  ),
  'booking.nothing-to-publish': conflict('没有需要发布的排班。', 'No plan has anything to publish now. There is nothing to do.'),
  'booking.nothing-to-stop': conflict(
    '这个范围内没有可停的时段:没有排班,或已经开始、已经停诊。请核对范围。',
    'There is nothing to stop here: no slots, or they have begun or are stopped already. Check the range.',
  ),
  'booking.stop-range': invalid(
    '请指定一个时段;或指定开始日,结束日应晚于开始日,最多 {days} 天。',
    'Name one slot; or a first day, and a last one after it, at most {days} days.',
  ),
  'booking.stop-people-changed': conflict(
    '受影响人数已变为 {people} 人。请重新核对后再停诊。',
    'The number of people affected is {people} now. Look again before you stop it.',
  ),
} as const satisfies RefusalTable

export type ShownSession = { weekday: number; from: string; to: string; capacity: number }

/** What a change of a plan does to what is published. Counts of slots, units, people. */
export type ShownEffect = {
  slotsOpened: number
  unitsOpened: number
  reserved: number
  emergency: number
  slotsChanged: number
  slotsGivenUp: number
  slotsStopped: number
  people: number
  /** People whose doctor or device changes. */
  peopleMoved: number
  publishedThrough: string | null
}
