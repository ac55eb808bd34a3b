import { z } from 'zod'
import { isDay } from '../../../kernel/day.ts'
import type { RefusalTable } from '../../../platform/refusals.ts'
import { orgKey } from '../contract.ts'
import { CHANNELS } from '../booking.ts'
import { WAITED_KINDS } from './waiting.ts'

const personKey = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const reason = z.string().trim().min(2).max(200)
const places = z.array(orgKey).min(1).max(100)
/** More nights than anybody could mean; how many may be waited for is the rulebook's. */
const NIGHTS_SAID_MOST = 366
/** Whom it is about; a resident acts for oneself and leaves it out. */
const person = personKey.optional()

/** An entry for the waiting list: what for, where it may be, on which days. Staff wait by referral unless they say otherwise. */
export const joinInput = z.strictObject({
  person,
  specialty,
  unitKind: z.enum(WAITED_KINDS).default('visit'),
  orgs: places,
  from: day,
  until: day,
  channel: z.enum(['referral', 'direct']).default('referral'),
  referral: z.uuid().optional(),
  /** Of a bed: nights that the stay is expected to last, the rulebook's where it is left out; and whether it must be an isolation bed. */
  nights: z.number().int().min(1).max(NIGHTS_SAID_MOST).optional(),
  isolation: z.boolean().default(false),
})
/** Whose entries. */
export const entryOf = z.strictObject({ person })
/** One entry of the waiting list. */
export const entryInput = z.strictObject({ person, waiting: z.uuid() })
export const leaveInput = z.strictObject({ person, waiting: z.uuid(), reason: reason.optional() })
export const placesInput = z.strictObject({ person, waiting: z.uuid(), orgs: places, reason: reason.optional() })
/** A unit that is offered: the booking that holds it. */
export const offerInput = z.strictObject({ person, org: orgKey, booking: z.uuid() })
/** A given unit for a given entry; `reason` where somebody else stands before. */
export const offerUnitInput = z.strictObject({
  person: personKey,
  waiting: z.uuid(),
  org: orgKey,
  pool: z.uuid(),
  reason: reason.optional(),
})
/** A pool with freed units, or an offer whose booking has moved on. */
export const freedInput = z.strictObject({ org: orgKey, pool: z.uuid().optional(), booking: z.uuid().optional() })
/** Where freed beds are looked at: a specialty of an institution, the place of a stay, or all places that an entry accepts. */
export const offerStayInput = z.strictObject({
  org: orgKey.optional(),
  specialty: specialty.optional(),
  group: z.uuid().optional(),
  person,
  waiting: z.uuid().optional(),
})
export type OfferStayInput = z.output<typeof offerStayInput>
export const joinedInput = z.strictObject({ person: personKey, waiting: z.uuid() })
/** A booking whose doctor has changed, and the event that told so. */
export const substituteInput = z.strictObject({ org: orgKey, booking: z.uuid(), change: z.uuid() })
export const rehomeInput = z.strictObject({ org: orgKey, pool: z.uuid() })
export const worklistInput = z.strictObject({
  specialty: specialty.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
})
export const unitsForInput = z.strictObject({ person: personKey, waiting: z.uuid() })
export const shortageInput = z.strictObject({
  specialty,
  unitKind: z.enum(WAITED_KINDS).default('visit'),
  channel: z.enum(CHANNELS).default('direct'),
  org: orgKey.optional(),
})
export const noInput = z.strictObject({})

export const waitingRefusals = {
  'booking.waits-already': {
    kind: 'conflict',
    zh: '该居民已在候补同一科室的号源。请在原登记上增加机构,或先退出再登记。',
    en: 'This person waits for a unit of this service already. Add places to that entry, or leave it first.',
    basis: null,
  },
  'booking.has-unit-already': {
    kind: 'conflict',
    zh: '该居民在这段时间内已约好同一科室的号,不必候补。要换时间,请先取消原预约。',
    en: 'This person has a confirmed unit of this service in that time and need not wait. To change it, cancel that one first.',
    basis: null,
  },
  'booking.waiting-period': {
    kind: 'invalid',
    zh: '候补日期须从今天起、先后不倒置,且在 {days} 天以内。请更正日期。',
    en: 'The days to wait for begin today or later, do not end before they begin, and lie within {days} days. Correct the days.',
    basis: null,
  },
  'booking.waiting-places': {
    kind: 'invalid',
    zh: '候补最多接受 {most} 家机构,且每家都须在业并开设该科室。请调整机构。',
    en: 'An entry accepts at most {most} institutions, each open and offering this service. Change the institutions.',
    basis: null,
  },
  'booking.bed-wait-by-staff': {
    kind: 'conflict',
    zh: '住院须先由医生判断,等床由转诊的医生或医院代为登记。请联系家庭医生或医院转诊台。',
    en: 'A doctor decides on a stay first, so a wait for a bed is entered by the doctor who refers or by the hospital. Ask your family doctor or the referral desk.',
    basis: null,
  },
  'booking.waiting-wards': {
    kind: 'invalid',
    zh: '有的机构没有这个科室的病区,不能在那里等床。请只选有该科室病区的机构。',
    en: 'One of the institutions has no ward of this specialty, so nobody can wait for a bed there. Choose only those that have one.',
    basis: null,
  },
  'booking.waiting-bed-class': {
    kind: 'invalid',
    zh: '有的机构没有适合的床位(性别或隔离要求),在那里等不到。请换机构,或更改隔离要求。',
    en: 'One of the institutions has no beds for this person (sex, or isolation), so none will come free there. Choose another, or change the isolation.',
    basis: null,
  },
  'booking.waiting-nights': {
    kind: 'invalid',
    zh: '等床最多登记 {most} 晚。更长的住院,入院后可按预计出院日延长。请改少天数。',
    en: 'A bed can be waited for up to {most} nights; a longer stay is extended while it lasts. Enter fewer nights.',
    basis: null,
  },
  'booking.stay-not-offered': {
    kind: 'conflict',
    zh: '从这一天起在这个病区没有连续空床,或该居民不接受、曾婉拒。请另选病区或入院日。',
    en: 'From that day the ward has no bed on every night, or the person does not accept it or turned it down before. Choose another ward or first day.',
    basis: null,
  },
  'booking.waiting-over': {
    kind: 'conflict',
    zh: '这项候补已结束(现为“{state}”)。请刷新后查看;仍需候补请重新登记。',
    en: 'This entry of the waiting list is over (now “{state}”). Refresh; to wait again, make a new one.',
    basis: null,
  },
  'booking.offer-over': {
    kind: 'conflict',
    zh: '这个候补号源已答复或已过时限,已转给下一位。您仍在候补的,有号会再通知。',
    en: 'This offer has been answered or its time is over, and it went to the next in line. If you still wait, you are told of the next.',
    basis: null,
  },
  'booking.nobody-waits': {
    kind: 'conflict',
    zh: '没有候补者可以使用这个号源。',
    en: 'Nobody on the waiting list could take this unit.',
    basis: null,
  },
  'booking.unit-not-accepted': {
    kind: 'conflict',
    zh: '这个号源不在该居民接受的机构、日期或渠道内,或曾婉拒。请先与居民商定并修改候补登记。',
    en: 'This unit is not at a place, on a day or of a channel that the person accepts, or was offered before. Agree with the person and change the entry first.',
    basis: null,
  },
  'booking.order-needs-reason': {
    kind: 'invalid',
    zh: '前面还有 {before} 位候补者可以用这个号源。确需调整次序,请写明理由,理由会留痕。',
    en: '{before} who wait before could take this unit. To change the order, give the reason; it is kept on record.',
    basis: 'S3 优先就诊;候补次序公开',
  },
  'booking.offer-too-late': {
    kind: 'conflict',
    zh: '离就诊时间太近,来不及候补答复。请电话联系居民并直接办理预约。',
    en: 'The visit is too near for an offer to be answered. Call the person and book directly.',
    basis: null,
  },
  'booking.rehomed-already': {
    kind: 'conflict',
    zh: '停诊的受影响者都已安排并告知,无需再办。',
    en: 'Everybody affected by this stopped clinic has been told and offered another way already.',
    basis: null,
  },
  'booking.nothing-to-tell': {
    kind: 'conflict',
    zh: '预约已取消或就诊时间已过,无需再告知。',
    en: 'The booking was given back or its time has come: there is nothing left to tell.',
    basis: null,
  },
  'booking.places-need-reason': {
    kind: 'invalid',
    zh: '代居民修改候补机构,请写明如何征得其同意。',
    en: 'To change the places for a person, say how the person agreed.',
    basis: null,
  },
} as const satisfies RefusalTable
