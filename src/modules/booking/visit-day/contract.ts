import { z } from 'zod'
import type { RefusalTable } from '../../../platform/refusals.ts'
import type { TicketState } from './visit-day.ts'

const orgKey = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const reason = z.string().trim().min(2).max(200)
const words = (most: number) => z.string().trim().min(1).max(most)

export const checkInInput = z.strictObject({ org: orgKey, booking: z.uuid() })
export const findArrivalInput = z.strictObject({
  /** What a scanner or a person typed; empty when the person is known by a card already. */
  text: z.string().trim().max(120).default(''),
  person: orgKey.optional(),
})
export const openQueueInput = z.strictObject({
  specialty,
  doctor: words(60).nullish(),
  place: words(100).nullish(),
})
export const queueInput = z.strictObject({ queue: z.uuid() })
export const ticketInput = z.strictObject({ org: orgKey, ticket: z.uuid() })
export const leaveInput = z.strictObject({ org: orgKey, ticket: z.uuid(), reason: reason.optional() })
export const takeTicketInput = z.strictObject({
  queue: z.uuid(),
  person: orgKey.nullish(),
  /** The desk sees that somebody unknown is old. */
  elderly: z.boolean().default(false),
  /** Why it is an emergency; given only when it is one. */
  emergency: reason.nullish(),
})
export const openScreenInput = z.strictObject({
  title: words(60),
  specialties: z.array(specialty).max(20).default([]),
})
export const screenInput = z.strictObject({ screen: z.uuid() })
export const remindInput = z.strictObject({ org: orgKey, queue: z.uuid() })
export const nothingInput = z.strictObject({})
/** The secret in the address of a waiting-room screen, behind the institution that it belongs to. */
export const screenKey = z.string().regex(/^\d{1,18}-[A-Za-z0-9_-]{22}$/, '应为候诊屏地址|The address of a waiting-room screen')

export const visitDayRefusals = {
  'booking.visit-not-today': {
    kind: 'conflict',
    zh: '这个预约不是今天的，不能签到。请按预约日期前来。',
    en: 'This booking is not for today and cannot be checked in. Come on the day that it says.',
    basis: null,
  },
  'booking.check-in-too-early': {
    kind: 'conflict',
    zh: '就诊前 {minutes} 分钟起才能用手机签到。请到时再签到，或到窗口签到。',
    en: 'Checking in by telephone begins {minutes} minutes before the visit. Try again then, or check in at the desk.',
    basis: null,
  },
  'booking.queue-closed': {
    kind: 'conflict',
    zh: '这个候诊队列今天已结束。请到窗口问询；窗口可以重新开启。',
    en: 'This queue has ended for today. Ask at the desk, which may open it again.',
    basis: null,
  },
  'booking.waits-already': {
    kind: 'conflict',
    zh: '此人已在这个队列中候诊，不再另取号。',
    en: 'This person waits in this queue already and needs no second number.',
    basis: null,
  },
  'booking.queue-empty': {
    kind: 'conflict',
    zh: '现在没有人候诊。',
    en: 'Nobody is waiting now.',
    basis: null,
  },
  'booking.somebody-called': {
    kind: 'conflict',
    zh: '{number} 号已呼叫还未进诊室。请先登记进入、过号或离开，再叫下一位。',
    en: 'Number {number} has been called and is not inside yet. Record that they came in, passed or left, then call the next.',
    basis: null,
  },
  'booking.ticket-state-otherwise': {
    kind: 'conflict',
    zh: '这个号现在是“{state}”状态，不能这样操作。请刷新后再办理。',
    en: 'This number is now “{state}”; that is not possible. Refresh and act on the current state.',
    basis: null,
  },
  'booking.people-still-wait': {
    kind: 'conflict',
    zh: '还有 {count} 人候诊或就诊中，不能结束队列。请先接诊完，或逐一登记离开。',
    en: '{count} people are still waiting or inside; the queue cannot be closed. See them first, or record that they left.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A name that may be without English. */
export type ShownName = { zh: string; en: string | null }
/** A queue as desks show it. */
export type ShownQueue = {
  id: string
  specialty: string
  doctor: ShownName | null
  place: ShownName | null
  waiting: number
  served: number
  called: number | null
  closed: boolean
}
/** A number as whoever calls sees it, in the order of calling. */
export type ShownTicket = {
  id: string
  number: number
  state: TicketState
  name: ShownName | null
  rank: number
  isElderly: boolean
  isBooked: boolean
  windowAt: string
  takenAt: string
  calls: number
  passes: number
  calledAt: string | null
}
/** One's own number as the telephone shows it. */
export type MyTicket = {
  org: string
  ticket: string
  booking: string | null
  number: number
  state: TicketState
  specialty: string
  doctor: ShownName | null
  place: ShownName | null
  /** People called before; null once called. */
  ahead: number | null
  /** Minutes, most likely and between; null once called. */
  wait: { minutes: number; from: number; to: number } | null
  reminded: boolean
  takenAt: string
  calledAt: string | null
}
/** What a waiting-room screen shows: nothing of a person but a number and the first character of a name. */
export type ShownScreen = {
  title: string
  institution: ShownName
  asOf: string
  queues: {
    specialty: ShownName
    doctor: ShownName | null
    place: ShownName | null
    now: { number: number; name: string | null; isInside: boolean }[]
    next: { number: number; name: string | null }[]
    waiting: number
  }[]
}
