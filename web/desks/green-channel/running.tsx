import type { ReactNode } from 'react'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import type { Queries } from '../../api/api-types.ts'
import { clockFigures } from './clock-times.ts'
import { useGreenWords } from './words.ts'

export type Clock = NonNullable<Queries['green-channel.of-referral']['answer']['clock']>
export type Target = Clock['targets'][number]
export type TargetState = Target['state']

const look: Record<TargetState, { tone: ChipTone; icon: IconName }> = {
  waiting: { tone: 'quiet', icon: 'clock' },
  ok: { tone: 'good', icon: 'check' },
  soon: { tone: 'warning', icon: 'clock' },
  late: { tone: 'danger', icon: 'warning' },
  unknown: { tone: 'quiet', icon: 'info' },
}

/** The state of a target as it is at this second: what runs changes by itself, what is done stays. */
export const liveState = ({ state, isRunning, warnAt, dueAt }: Target, now: number): TargetState => {
  if (!isRunning || warnAt === null || dueAt === null) return state
  if (now > Date.parse(dueAt)) return 'late'
  return now >= Date.parse(warnAt) ? 'soon' : 'ok'
}

/** A target's state in a word and a picture. */
export const TargetChip = ({ target, children }: { target: Target; children?: ReactNode }) => {
  const words = useGreenWords()
  const state = liveState(target, useServerNow())
  return (
    <Chip {...look[state]}>
      {words.states[state]}
      {children}
    </Chip>
  )
}

/** A clock that counts up from an instant, by the server's time. Screen readers read it when they come to it. */
export const Elapsed = ({ since }: { since: string }) => {
  const now = useServerNow()
  return (
    <span className="figures big-clock" role="timer" aria-live="off">
      {clockFigures(now - Date.parse(since))}
    </span>
  )
}

/** A clock that counts down to an instant and, past it, up with a sign. */
export const Left = ({ until }: { until: string }) => {
  const left = Date.parse(until) - useServerNow()
  return (
    <span className={left < 0 ? 'figures big-clock over' : 'figures big-clock'} role="timer" aria-live="off">
      {left < 0 ? `+${clockFigures(-left)}` : clockFigures(left)}
    </span>
  )
}

const minuteMs = 60_000

/** When the patient is expected at the door, by the estimate of the road; null once the door is written down. */
const expectedAt = ({ nodes, startedAt, travelMinutes, state }: Clock): string | null =>
  state !== 'open' || nodes.some(({ node, at }) => node === 'door-in' && at !== null)
    ? null
    : new Date(Date.parse(startedAt) + travelMinutes * minuteMs).toISOString()

/** What comes next: the running target that is due first; while the patient is on the way, the expected arrival. */
export const useNext = (clock: Clock): { label: string; figures: ReactNode } => {
  const words = useGreenWords()
  const pick = usePick()
  const { next } = clock
  const expected = expectedAt(clock)
  if (next !== null && next.dueAt !== null) {
    const figures = (
      <span className="along">
        <Left until={next.dueAt} /> <TargetChip target={next} />
      </span>
    )
    return { label: `${words.next} · ${pick(next.words)}`, figures }
  }
  if (expected === null) return { label: words.next, figures: <span className="soft">{words.nextNone}</span> }
  const figures = (
    <span className="along">
      <Left until={expected} /> <Chip tone="calm">{words.onTheWay}</Chip>
    </span>
  )
  return { label: words.arrives, figures }
}
