import type { Named } from '../../api/api-types.ts'
import type { ShownReferral, ShownStep } from '../../../src/modules/referral/contract.ts'
import type { RejectReason } from '../../../src/modules/referral/referral.ts'
import type { TimelineStep } from '../../ui/timeline.tsx'
import type { ReferralWords } from './referral-words.ts'

type Told = {
  words: ReferralWords
  pick: (name: Named) => string
  /** An instant as the resident reads it. */
  say: (instant: string) => string
}

/** The states in which the resident still has to go somewhere. */
export const isAhead = ({ state }: Pick<ShownReferral, 'state'>): boolean =>
  ['submitted', 'asked', 'accepted', 'scheduled'].includes(state)

/** Whether the referral is over. */
export const isEnded = ({ state }: Pick<ShownReferral, 'state'>): boolean =>
  ['closed', 'cancelled', 'ended-elsewhere', 'not-agreed'].includes(state)

const doneTitle = (step: ShownStep, referral: ShownReferral, { words, pick }: Told): string | null => {
  const key = step.type.replace(/^referral\./, '')
  if (!(key in words.done)) return null
  const sentence = words.done[key as keyof ReferralWords['done']]
  // An answer is told by who gave it; the arrival by the place where the resident came.
  const who = key === 'arrived' ? referral.receiver.name : (step.institution ?? referral.receiver.name)
  return typeof sentence === 'string' ? sentence : sentence(pick(who))
}

/** Why a hospital could not take the resident, in plain words, and what it said; null where nothing was said. */
export const returnedBecause = ({ why, reason }: Pick<ShownStep, 'why' | 'reason'>, words: ReferralWords): string | null => {
  const because = why !== null && why in words.returnedBecause ? words.returnedBecause[why as RejectReason] : null
  // The hospital may have ended its own sentence.
  const said = reason === null ? null : words.theySay(reason.replace(/[。.]\s*$/, ''))
  const sentences = [because, said].filter((one) => one !== null)
  return sentences.length === 0
    ? null
    : sentences
        .map((one) => words.aloud.sentence(one))
        .join('')
        .trim()
}

const nowTitle = (referral: ShownReferral, { words, pick, say }: Told): string | null => {
  const { state, receiver, sender, care, queue, appointment } = referral
  const { now } = words
  switch (state) {
    case 'draft':
    case 'arrived':
    case 'in-treatment':
    case 'discharged':
    case 'received':
    case 'followed-up':
      return now[state]
    case 'submitted':
      return now.submitted(pick(receiver.name))
    case 'asked':
      return now.asked(pick(sender.name))
    case 'accepted':
      return queue === null ? now.accepted(pick(receiver.name)) : words.queue(queue)
    case 'scheduled':
      return appointment === null
        ? now.accepted(pick(receiver.name))
        : now.scheduled(say(appointment.startsAt), pick(receiver.name))
    case 'handed-back':
      return now['handed-back'](pick((care ?? sender).name))
    case 'rejected':
    case 'expired':
    case 'no-show':
      return now.elsewhere(pick(sender.name))
    case 'closed':
    case 'cancelled':
    case 'ended-elsewhere':
    case 'not-agreed':
      return null
  }
}

const waysOn = ['accept', 'arrive', 'treat', 'back'] as const
const waysDown = ['accept', 'receive', 'follow'] as const
type Way = (typeof waysOn)[number] | (typeof waysDown)[number]

/** What is still to come, after what is awaited now. */
const waysFrom = ({ state, direction }: Pick<ShownReferral, 'state' | 'direction'>): readonly Way[] => {
  const ways = direction === 'down' ? waysDown : waysOn
  switch (state) {
    case 'draft':
    case 'rejected':
    case 'expired':
    case 'no-show':
      return ways
    case 'submitted':
    case 'asked':
    case 'accepted':
      return ways.slice(1)
    case 'scheduled':
      return direction === 'down' ? ['receive', 'follow'] : ['treat', 'back']
    case 'arrived':
      return direction === 'down' ? ['receive', 'follow'] : ['treat', 'back']
    case 'in-treatment':
    case 'discharged':
      return ['back']
    case 'handed-back':
      return ['follow']
    case 'received':
    case 'followed-up':
    case 'closed':
    case 'cancelled':
    case 'ended-elsewhere':
    case 'not-agreed':
      return []
  }
}

/** How far a referral has come, told to the resident: what was done, what is awaited now, what comes after. */
export const stepsOf = (referral: ShownReferral, told: Told): TimelineStep[] => {
  const done = referral.trace.flatMap((step): TimelineStep[] => {
    const title = doneTitle(step, referral, told)
    if (title === null) return []
    const detail = step.type === 'referral.rejected' ? returnedBecause(step, told.words) : null
    return [{ id: `done-${step.seq}`, state: 'done', title, at: step.occurredAt, ...(detail === null ? {} : { detail }) }]
  })
  const title = nowTitle(referral, told)
  const now: TimelineStep[] = title === null ? [] : [{ id: 'now', state: 'now', title }]
  const next = waysFrom(referral).map((way): TimelineStep => ({ id: way, state: 'next', title: told.words.next[way] }))
  return [...done, ...now, ...next]
}
