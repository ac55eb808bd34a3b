import { instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import { z } from 'zod'
import { command, type Act, type Decision } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { supervisorsOf } from '../../organisations/index.ts'
import { noticeInput, referralInput } from '../contract.ts'
import type { GreenCase } from '../green-channel.ts'
import { NODE_SHAPES } from '../nodes.ts'
import * as store from '../store.ts'
import { clocksOf, eventOf, waitsOf } from '../watch.ts'
import { endedDecision, lockWithStamps, stampedDecision } from './stamp.ts'

const HOUSE = ['system@anyone'] as const
type Locked = NonNullable<Awaited<ReturnType<typeof lockWithStamps>>>
type Notice = { readonly target: string; readonly what: 'soon' | 'late'; readonly above: readonly OrgId[] }

/** Tells both desks of a target that is near or past; a late one also one level above the side that owes the moment. */
const told = (
  { green, stamps }: Locked,
  { target, what, above }: Notice,
  act: Act,
): Result<Decision<store.GreenChange, { case: string; told: string }>> => {
  const times = store.timesOf(stamps)
  const clock = clocksOf(green, times, act).find((one) => one.target.key === target)
  const isTold = green.told[target] === 'late' || green.told[target] === what
  const isDue = clock?.isRunning === true && (what === 'late' ? clock.state === 'late' : clock.state !== 'ok')
  if (!isDue || isTold) return refuse('green-channel.notice-not-due')
  const parties = [green.org, green.receiver, ...green.supervisors]
  const supervisors =
    what === 'late' ? [...green.supervisors, ...above.filter((org) => !parties.includes(org))] : green.supervisors
  const after: GreenCase = { ...green, version: green.version + 1, supervisors, told: { ...green.told, [target]: what } }
  const event = eventOf(what === 'late' ? 'target-late' : 'target-near', after, {
    data: { target, minutes: clock.minutes, dueAt: clock.dueAt },
  })
  return ok({
    change: { before: green, after, stamps: [] },
    answer: { case: green.id, told: `${target} ${what}` },
    events: [event],
    waits: [waitsOf(after, times, act)],
  })
}

export const warn = command({
  name: 'green-channel.warn',
  by: HOUSE,
  basis: '临近时限提醒双方 (设计值)',
  does: { zh: '某个时间目标将到,提醒双方。', en: 'A target is near: warns both desks.' },
  input: noticeInput,
  read: lockWithStamps,
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: (locked, input, act) => told(locked, { target: input.target, what: 'soon', above: [] }, act),
  write: store.saveGreen,
})

/** The institution that owes the moment that ends a target. */
const owes = (green: GreenCase, target: string, act: Act): OrgId => {
  const to = clocksOf(green, {}, act).find((one) => one.target.key === target)?.target.to
  return to && !NODE_SHAPES[to].sides.includes('sender') ? green.receiver : green.org
}

export const markLate = command({
  name: 'green-channel.mark-late',
  by: HOUSE,
  basis: '超时如实标记并上报一级 (设计值)',
  does: { zh: '某个时间目标已超时:如实标记,并告知上一级。', en: 'A target is past: it is marked as late and told one level up.' },
  input: noticeInput,
  read: async (tx: Tx, input, act) => {
    const locked = await lockWithStamps(tx, input)
    return locked && { ...locked, above: await supervisorsOf(tx, owes(locked.green, input.target, act), act.today) }
  },
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: ({ above, ...locked }, input, act) => told(locked, { target: input.target, what: 'late', above }, act),
  write: store.saveGreen,
})

const lockOfReferral = async (tx: Tx, input: { referral: string }): Promise<Locked | null> => {
  const green = await store.lockCaseOfReferral(tx, input.referral)
  return green && { green, stamps: await store.stampsOf(tx, [green]) }
}

export const followArrival = command({
  name: 'green-channel.follow-arrival',
  by: HOUSE,
  basis: '到诊登记即到院时间,不重复录入',
  does: {
    zh: '转诊单登记到诊后,补上到院大门时间。',
    en: 'When the referral says that the person has arrived, the door is written down too.',
  },
  input: z.strictObject({ referral: z.uuid(), at: z.string() }),
  read: lockOfReferral,
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: (locked, input, act) => {
    const written = stampedDecision(locked, { node: 'door-in', at: instant(input.at), reason: null }, act)
    return written.ok ? ok({ ...written.value, answer: { case: locked.green.id } }) : written
  },
  write: store.saveGreen,
})

export const followEnd = command({
  name: 'green-channel.follow-end',
  by: HOUSE,
  basis: '转诊终止则绿色通道随之结束',
  does: {
    zh: '转诊单撤销或终止后,绿色通道随之结束;转往上级的除外。',
    en: 'When the referral is cancelled or ends, so does the channel, unless the patient was sent on.',
  },
  input: referralInput,
  read: lockOfReferral,
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: (locked, _input, act) =>
    locked.green.onward
      ? refuse('green-channel.onward-already')
      : endedDecision(locked, 'referral-ended', '转诊单已终止', 'ended', act),
  write: store.saveGreen,
})
