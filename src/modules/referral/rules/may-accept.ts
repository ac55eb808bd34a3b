import { ok, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Urgency } from '../referral.ts'

export type AcceptFacts = {
  readonly personIsDead: boolean
  readonly hasPackage: boolean
  readonly receiverHasSpecialty: boolean
  /** Why the unit cannot be given; empty when it can, null when none is asked for. */
  readonly unitRefusals: readonly Refusal[] | null
  readonly queue: string | null
  readonly urgency: Urgency
  readonly isDown: boolean
}

/**
 * Everything that speaks against accepting, all at once: accepting binds case, unit and record package, or nothing.
 * A person accepted has a place: a unit, or a named queue; one referred down goes home to primary care and needs neither.
 */
export const mayAccept = (facts: AcceptFacts): Result<'allowed'> => {
  const refusals: Refusal[] = []
  if (facts.personIsDead) refusals.push({ code: 'referral.person-dead' })
  if (!facts.hasPackage) refusals.push({ code: 'referral.package-missing' })
  if (!facts.receiverHasSpecialty) refusals.push({ code: 'referral.receiver-without-specialty' })
  if (facts.unitRefusals) refusals.push(...facts.unitRefusals)
  else if (!facts.queue && !facts.isDown) refusals.push({ code: 'referral.no-place', field: 'unit' })
  return refusals.length === 0 ? ok('allowed') : refuseAll(refusals)
}
