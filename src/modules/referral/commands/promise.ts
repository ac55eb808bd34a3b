import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { Act, Decision } from '../../../platform/forms/form.ts'
import { shownSlot, type PromiseFacts, type ShownSlot } from '../../booking/index.ts'
import type { Referral, Task } from '../referral.ts'
import { takeSteps, type Change, type ShownMove } from '../step.ts'

/** What became of a promise; alternatives are the nearest slots that have a unit when the promised one is gone. */
export type ShownPromise = { kept: boolean; why: string | null; alternatives: ShownSlot[] }
export type ShownSent = ShownMove & { promise?: ShownPromise }

const LOST: readonly string[] = [
  'booking.voucher-used',
  'booking.slot-has-begun',
  'booking.no-unit-left',
  'booking.only-reserved-left',
]

/**
 * What was promised to a person's face is never refused into nothing: when the promised unit is gone, the letter is kept as a
 * draft and the doctor gets a task to call the person with the alternatives. Any other reason against sending refuses as ever.
 */
export const keptOrCalled = (
  sent: Result<Decision<Change, ShownMove>>,
  fresh: Referral,
  { pool, voucher, alternatives }: PromiseFacts,
  act: Act,
  occurredAt: Instant | null,
): Result<Decision<Change, ShownSent>> => {
  if (sent.ok)
    return ok({ ...sent.value, answer: { ...sent.value.answer, promise: { kept: true, why: null, alternatives: [] } } })
  const why = sent.refusals[0]?.code ?? null
  if (sent.refusals.some(({ code }) => !LOST.includes(code))) return sent
  const step = { move: 'draft' as const, occurredAt, data: { promise: 'lost', why, pool: pool.id, voucher: voucher.state } }
  const kept = takeSteps(null, fresh, [step], act, { opensTasks: [callTask(fresh, act)] })
  if (!kept.ok) return kept
  const promise = { kept: false, why, alternatives: alternatives.map((slot) => shownSlot(slot, act.now)) }
  return ok({ ...kept.value, answer: { ...kept.value.answer, promise } })
}

// The task belongs to whoever made the promise, not to the family doctor.
const callTask = ({ org, id, person }: Referral, act: Act): Task => ({
  org,
  id: act.newId(),
  kind: 'call',
  referral: id,
  caseOrg: org,
  person,
  openedAt: act.now,
  dueAt: plusHours(act.now, act.policy('referral.task-within', 'call')),
  doneAt: null,
})
