import { millisecondsBetween, plusMilliseconds, plusMinutes, type Instant } from '../../../kernel/clock.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import type { GreenCase, NodeTimes, Target } from '../green-channel.ts'

/**
 * `waiting`: its first moment has not come, or it is not asked of this patient. `ok`, `soon`, `late`: it runs, or has ended in
 * time or too late. `unknown`: it ended or was due without one of its moments. A late one stays late.
 */
export type TargetState = 'waiting' | 'ok' | 'soon' | 'late' | 'unknown'

export type TargetClock = {
  readonly target: Target
  readonly minutes: number
  readonly state: TargetState
  readonly isRunning: boolean
  readonly startedAt: Instant | null
  readonly warnAt: Instant | null
  readonly dueAt: Instant | null
  readonly doneAt: Instant | null
  /** Whole minutes from the one moment to the other; null until both are known. */
  readonly tookMinutes: number | null
}

export type ClockFacts = Pick<GreenCase, 'channel' | 'state' | 'choice' | 'onward'> & { readonly times: NodeTimes }
export type MinutesOf = (target: Target) => number

/** Whether a target is asked of this patient. */
export const isAsked = ({ runs }: Target, { choice, onward }: Pick<GreenCase, 'choice' | 'onward'>): boolean => {
  if (runs === 'always') return true
  return runs === 'onward' ? onward !== null : choice.treatment === runs
}

/** Every target of a case as it stands now. `warnShare` is in basis points of the time allowed. */
export const clockOf = (facts: ClockFacts, minutesOf: MinutesOf, warnShare: number, now: Instant): TargetClock[] =>
  CHANNEL_SHAPES[facts.channel].targets.map((target) => {
    const minutes = minutesOf(target)
    const startedAt = facts.times[target.from] ?? null
    const doneAt = facts.times[target.to] ?? null
    const dueAt = startedAt && plusMinutes(startedAt, minutes)
    const warnAt =
      startedAt && dueAt && plusMilliseconds(startedAt, Math.round((millisecondsBetween(startedAt, dueAt) * warnShare) / WHOLE))
    const isRunning = startedAt !== null && doneAt === null && facts.state === 'open' && isAsked(target, facts)
    const state = stateOf(
      { isAsked: isAsked(target, facts), isOpen: facts.state === 'open', startedAt, doneAt, dueAt, warnAt },
      now,
    )
    const tookMinutes = startedAt && doneAt ? Math.floor(millisecondsBetween(startedAt, doneAt) / 60_000) : null
    return { target, minutes, state, isRunning, startedAt, warnAt, dueAt, doneAt, tookMinutes }
  })

type Moments = { readonly isAsked: boolean; readonly isOpen: boolean } & Readonly<
  Record<'startedAt' | 'doneAt' | 'dueAt' | 'warnAt', Instant | null>
>

const stateOf = ({ isAsked: asked, isOpen, startedAt, doneAt, dueAt, warnAt }: Moments, now: Instant): TargetState => {
  if (doneAt !== null) {
    if (dueAt !== null) return doneAt <= dueAt ? 'ok' : 'late'
    return asked ? 'unknown' : 'waiting'
  }
  if (!asked) return 'waiting'
  if (!isOpen) return 'unknown'
  if (startedAt === null || dueAt === null || warnAt === null) return 'waiting'
  if (now > dueAt) return 'late'
  return now >= warnAt ? 'soon' : 'ok'
}

/** The running target that is due first; null when none runs. One that is past stays in front until its moment is written. */
export const nextTarget = (clocks: readonly TargetClock[]): TargetClock | null =>
  clocks
    .filter(({ isRunning }) => isRunning)
    .reduce<TargetClock | null>(
      (first, one) => (first === null || (one.dueAt as Instant) < (first.dueAt as Instant) ? one : first),
      null,
    )

/** What the house must still tell of a case: of each running target that it is near, then that it is past. */
export const noticesOf = (
  clocks: readonly TargetClock[],
  told: GreenCase['told'],
  now: Instant,
): { key: string; what: 'soon' | 'late'; dueAt: Instant }[] =>
  clocks.flatMap(({ target: { key }, isRunning, warnAt, dueAt }) => {
    if (!isRunning || warnAt === null || dueAt === null || told[key] === 'late') return []
    // What is past already is said once, as late; a warning would come after the fact.
    const soon = told[key] === 'soon' || dueAt <= now ? [] : [{ key, what: 'soon' as const, dueAt: warnAt }]
    return [...soon, { key, what: 'late' as const, dueAt: plusMilliseconds(dueAt, 1) }]
  })
