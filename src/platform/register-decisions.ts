import type { Day } from '../kernel/day.ts'
import { ok, refuse, refuseAll, type Result } from '../kernel/result.ts'
import { placeCorrection, placeNew, type Version } from '../shapes/register.ts'
import type { Act, Decision } from './forms/form.ts'
import type { Judge } from './register-declaration.ts'
import type { Step } from './register-import.ts'
import type { NewVersion, Of } from './register-store.ts'

export type Saved = { readonly entry: string; readonly version: number; readonly state: Version<unknown>['state'] }
export type Facts<Body> = { readonly of: Of; readonly versions: readonly Version<Body>[]; readonly judge: Judge<Body> }
export type Change = { readonly of: Of; readonly steps: readonly Step[] }

export type Context<Body> = { readonly name: string; readonly fourEyes: boolean; readonly keyOf: (body: Body) => string }

const nextVersion = (versions: readonly Version<unknown>[]): number => 1 + Math.max(0, ...versions.map((one) => one.version))

export type Proposal<Body> = { readonly from: string; readonly until: string | null; readonly body: Body }
export type Correction<Body> = { readonly entry: string; readonly from: string; readonly body: Body; readonly reason: string }
type Decided = Result<Decision<Change, Saved>>

/** A new entry in a period of its own. */
export const decideProposal = <Body>(
  context: Context<Body>,
  { of, versions, judge }: Facts<Body>,
  input: Proposal<Body>,
): Decided => {
  const period = { from: input.from as Day, until: input.until as Day | null }
  if (period.until !== null && period.until <= period.from) return refuse(`${context.name}-ends-before-begin`)
  const placed = placeNew(versions, period)
  if ('inTheWay' in placed)
    return refuse(`${context.name}-period-taken`, { version: placed.inTheWay.version, from: placed.inTheWay.from })
  const faults = judge({ ...period, entry: context.keyOf(input.body), body: input.body })
  if (faults.length > 0) return refuseAll(faults)
  return decidedAs(
    context,
    of,
    {
      entry: context.keyOf(input.body),
      version: nextVersion(versions),
      ...period,
      body: input.body,
      isCorrection: false,
      reason: null,
    },
    [],
  )
}

/** A new text of an entry from a day on. */
export const decideCorrection = <Body>(
  context: Context<Body>,
  { of, versions, judge }: Facts<Body>,
  input: Correction<Body>,
): Decided => {
  const key = context.keyOf(input.body)
  if (key !== input.entry) return refuse(`${context.name}-key-differs`, { key })
  const placed = placeCorrection(versions, input.from as Day)
  if (!placed) return refuse(`${context.name}-not-in-force`, { day: input.from })
  const faults = judge({ ...placed.period, entry: input.entry, body: input.body })
  if (faults.length > 0) return refuseAll(faults)
  const fresh = {
    entry: input.entry,
    version: nextVersion(versions),
    ...placed.period,
    body: input.body,
    isCorrection: true,
    reason: input.reason,
  }
  return decidedAs(context, of, fresh, placed.ends)
}

// What waits for the second pair of eyes ends nothing yet.
const decidedAs = <Body>(context: Context<Body>, of: Of, fresh: Omit<NewVersion, 'state'>, ends: Step['ends']): Decided => {
  const state = context.fourEyes ? ('proposed' as const) : ('in-force' as const)
  const step: Step = { fresh: { ...fresh, state }, ends: context.fourEyes ? [] : ends }
  return ok({ change: { of, steps: [step] }, answer: { entry: fresh.entry, version: fresh.version, state } })
}

export type Verdict = {
  readonly of: Of
  readonly ends: Step['ends']
  readonly decided: Pick<NewVersion, 'entry' | 'version' | 'state' | 'until'>
}

/** What the second pair of eyes comes to; nobody approves what is one’s own. */
export const decideVerdict = <Body>(
  context: Context<Body>,
  { of, versions, judge }: Facts<Body>,
  input: { version: number; verdict: 'approve' | 'reject' },
  act: Act,
): Result<Decision<Verdict, Saved>> => {
  const proposed = versions.find((one) => one.version === input.version && one.state === 'proposed')
  if (!proposed) return refuse(`${context.name}-nothing-proposed`, { version: input.version })
  if (proposed.recordedBy !== null && proposed.recordedBy === act.actor.account)
    return refuse(`${context.name}-approver-is-proposer`)
  const { entry: key, version, from } = proposed
  if (input.verdict === 'reject') {
    return ok({
      change: { of, ends: [], decided: { entry: key, version, state: 'rejected', until: proposed.until } },
      answer: { entry: key, version, state: 'rejected' },
    })
  }
  const placed = proposed.isCorrection ? placeCorrection(versions, from) : placeNew(versions, proposed)
  if (!placed) return refuse(`${context.name}-not-in-force`, { day: from })
  if ('inTheWay' in placed)
    return refuse(`${context.name}-period-taken`, { version: placed.inTheWay.version, from: placed.inTheWay.from })
  // What was in order when it was proposed may no longer be.
  const faults = judge({ ...placed.period, entry: key, body: proposed.body })
  if (faults.length > 0) return refuseAll(faults)
  const decided = { entry: key, version, state: 'in-force' as const, until: placed.period.until }
  return ok({ change: { of, ends: placed.ends, decided }, answer: { entry: key, version, state: 'in-force' } })
}
