import { plusMilliseconds, type Instant } from '../../../kernel/clock.ts'
import { refuse, refuseAll } from '../../../kernel/result.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import { holdUntilAfter, type Booking } from '../../booking/index.ts'
import { askMoreInput, supplementInput } from '../contract.ts'
import { lockForMove, relationOfMove, subjectOfMove } from '../facts.ts'
import type { Referral } from '../referral.ts'
import { asksSinceSent } from '../rules/asks-since-sent.ts'
import { papersOwed } from '../rules/may-refer.ts'
import { letterWith } from '../rules/letter-with.ts'
import * as store from '../store.ts'
import { takeSteps, type Change } from '../step.ts'
import { traceOf } from '../worklist.ts'
import { ANSWERERS } from './receive.ts'
import { OF_SENDER } from './send.ts'

/**
 * The unit held for the case stays held through a wait and all its escalations, but never past its own start: what was
 * promised to the patient is not lost because the two sides talk.
 */
const held = (referral: Referral, booking: Booking | null, policy: string, act: Act): Pick<Change, 'prolongs'> => {
  if (booking?.state !== 'held') return {}
  const waits = 1 + act.policy('referral.escalation-levels')
  const until = holdUntilAfter(plusMilliseconds(act.now, act.policy(policy, referral.urgency) * 3_600_000 * waits))
  return { prolongs: { booking, until: notPast(until, referral.appointmentAt) } }
}

const notPast = (until: Instant, start: Instant | null): Instant => (start && start < until ? start : until)

export const askMore = command({
  name: 'referral.ask-more',
  by: ANSWERERS,
  basis: 'S0 患者转诊病历信息共享调阅; 先补充后答复,不因缺一份资料退回 (设计值)',
  does: {
    zh: '接收前请转出方补充资料:写明缺什么;棒回到转出方,保留的号源继续保留。',
    en: 'Asks the sender for what is missing before deciding: the baton goes to the sender, the unit stays held.',
  },
  input: askMoreInput,
  read: async (tx, input) => {
    const move = await lockForMove(tx, input)
    return move && { ...move, asks: asksSinceSent((await traceOf(tx, move.referral)).map(({ type }) => type)) }
  },
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, booking, asks }, input, act) => {
    const most = act.policy('referral.asks-most')
    const step = { move: 'ask-more' as const, reason: input.reason, data: { why: [...new Set(input.what)].join(',') } }
    const moved = takeSteps(referral, referral, [step], act, held(referral, booking, 'referral.supplement-within', act))
    return moved.ok && asks >= most ? refuse('referral.asked-enough', { times: asks }) : moved
  },
  write: store.saveChange,
})

export const supplement = command({
  name: 'referral.supplement',
  by: OF_SENDER,
  basis: 'S0 患者转诊病历信息共享调阅',
  does: {
    zh: '补充接收方索要的资料:可改转诊单内容,病历资料包按现在重新封存;接收方的答复时限重新开始。',
    en: 'Adds what was asked for: the letter may change, the record package is sealed anew, the receiver’s clock starts again.',
  },
  input: supplementInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, booking }, input, act) => {
    const letter = letterWith(referral.letter, input.letter ?? {})
    const step = { move: 'supplement' as const, reason: input.note || null, patch: { letter } }
    const moved = takeSteps(referral, referral, [step], act, {
      ...held(referral, booking, 'referral.answer-within', act),
      sealsPackage: true,
    })
    const owed = papersOwed(letter, true)
    return moved.ok && owed.length > 0 ? refuseAll(owed) : moved
  },
  write: store.saveChange,
})
