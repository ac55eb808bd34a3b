import { instant, plusHours, type Instant } from '../../kernel/clock.ts'
import { assert } from '../../kernel/assert.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import { nextState } from '../../shapes/case.ts'
import type { Act, CaseKey, CaseWait, Decision, TraceEvent } from '../../platform/forms/form.ts'
import type { Booking, Drawn } from '../booking/index.ts'
import type { Person } from '../residents/index.ts'
import { eventOf, lifecycle, type Move } from './lifecycle.ts'
import type { Referral, ReferralId, RejectReason, Task, TaskKind } from './referral.ts'
import { waitOf } from './rules/wait-of.ts'

/** What one act does to one referral; written by the store in one go. */
export type Change = {
  readonly before: Referral | null
  readonly after: Referral
  /** A unit drawn for the case. */
  readonly draw?: Drawn
  /** A unit of the case that is moved on: confirmed, given up, attended, missed. */
  readonly move?: readonly { readonly booking: Booking; readonly state: Booking['state'] }[]
  /** A unit that its person has got outside the case, and that is the case's from now on. */
  readonly takes?: Booking
  /** A unit of the case that stays held for longer. */
  readonly prolongs?: { readonly booking: Booking; readonly until: Instant }
  /** The record package travels, sealed as it is now. */
  readonly sealsPackage?: boolean
  /** The person as this act has read it already, so that sealing need not ask again. */
  readonly known?: { readonly person: Person; readonly persons: readonly PersonId[] } | undefined
  readonly opensTasks?: readonly Task[]
  readonly endsTasks?: readonly TaskKind[]
  /** The coded reason of a return, for the receiver's own counts. */
  readonly returnedFor?: RejectReason
}

export type ShownMove = { referral: string; slipNo: string; state: Referral['state']; version: number; waitUntil: Instant | null }

/** Moves that begin no new wait: the one that runs goes on. */
const KEEPS_WAIT: readonly Move[] = ['complete', 'change-unit']

/** One move, with what it changes besides the state. */
export type Step = {
  readonly move: Move
  readonly patch?: Partial<Referral>
  readonly reason?: string | null | undefined
  readonly occurredAt?: Instant | null | undefined
  readonly data?: TraceEvent['data']
}

export const caseOf = (referral: Pick<Referral, 'org' | 'id'>): CaseKey => ({ kind: 'referral', org: referral.org, id: referral.id })

/** Institutions that are party to a referral as it stands. A draft is nobody's business but the sender's. */
export const partiesOf = (referral: Referral): OrgId[] => {
  if (referral.state === 'draft') return [referral.org]
  const care = referral.careOrg ? [referral.careOrg] : []
  // Nothing was sent: the receiver never hears of it.
  if (referral.state === 'not-agreed') return [...new Set([referral.org, ...care])]
  return [...new Set([referral.org, referral.receiver, ...care, ...referral.supervisors])]
}

/** The institution that must act next; null at an end. */
export const holderOf = (referral: Referral): OrgId | null => {
  const { holder } = lifecycle.states[referral.state]
  switch (holder) {
    case 'sender':
      return referral.org
    case 'receiver':
      return referral.receiver
    case 'care-team':
      return referral.careOrg ?? referral.org
    case 'none':
      return null
  }
}

/**
 * Takes a referral through one or more moves of the table in one act, each with its own event, and sets the wait of the
 * state that it ends in. Refuses a move that the table does not have from there.
 */
export const takeSteps = (
  before: Referral | null,
  fresh: Referral,
  steps: readonly Step[],
  act: Act,
  extra: Omit<Change, 'before' | 'after'> = {},
): Result<Decision<Change, ShownMove>> => {
  let current = fresh
  let from: Referral['state'] | 'start' = before?.state ?? 'start'
  const events: TraceEvent[] = []
  for (const step of steps) {
    const to = nextState(lifecycle, from, step.move)
    if (!to) return refuse('platform.move-not-possible', wordsOf(from, step.move))
    const hasMoved = to !== from || ['redirect', 'schedule', 'draft', 'go-with-unit'].includes(step.move)
    current = { ...current, ...step.patch, state: to, ...(hasMoved ? { stateSince: act.now, escalations: 0 } : {}) }
    events.push(eventFor(before, current, step))
    from = to
  }
  const wait = steps.every((step) => KEEPS_WAIT.includes(step.move)) ? 'unchanged' : waitOf(current, act.now, act.policy, act.policy('referral.escalation-levels'))
  const after: Referral = {
    ...current,
    version: (before?.version ?? 0) + 1,
    waitUntil: wait === 'unchanged' ? current.waitUntil : (wait?.dueAt ?? null),
  }
  const answer: ShownMove = { referral: after.id, slipNo: after.slipNo, state: after.state, version: after.version, waitUntil: after.waitUntil }
  const tasks = (extra.opensTasks ?? []).map((task) => ({ case: { kind: 'referral-task', org: task.org, id: task.id }, open: [overdue(task)] }))
  const own = wait === 'unchanged' ? [] : [{ case: caseOf(after), open: wait ? [waitRow(after.id, wait)] : [] }]
  return ok({ change: { before, after, ...extra }, answer, events, waits: [...own, ...tasks] })
}

const wordsOf = (from: Referral['state'] | 'start', move: Move) => {
  const state = from === 'start' ? { zh: '未开始', en: 'not begun' } : lifecycle.states[from].words
  const { words } = lifecycle.moves[move]
  return { state: state.zh, state_en: state.en, move: words.zh, move_en: words.en }
}

const eventFor = (before: Referral | null, now: Referral, step: Step): TraceEvent => {
  assert(lifecycle.moves[step.move].reason !== 'required' || step.reason, `the move ${step.move} needs a reason`)
  // Who has just lost the case, a receiver that redirected it for instance, still hears that it went.
  const seenBy = [...partiesOf(now), ...(before && before.state !== 'draft' ? partiesOf(before) : [])]
  return {
    type: eventOf[step.move],
    case: caseOf(now),
    person: now.person,
    seenBy,
    ...(step.reason ? { reason: step.reason } : {}),
    ...(step.occurredAt ? { occurredAt: step.occurredAt } : {}),
    data: { state: now.state, holder: holderOf(now), receiver: now.receiver, ...asItStands(now), ...step.data },
  }
}

// What others are told of this moment must not depend on when they are told.
const asItStands = ({ direction, urgency, specialty, appointmentAt, appointmentEndsAt }: Referral) => ({ direction, urgency, specialty, appointmentAt, appointmentEndsAt })

const waitRow = (id: ReferralId, wait: { move: Move; dueAt: Instant }): CaseWait => ({
  name: wait.move,
  command: `referral.${wait.move}`,
  input: { referral: id },
  dueAt: wait.dueAt,
})

const overdue = (task: Task): CaseWait => ({ name: 'task', command: 'referral.tell-overdue-task', input: { task: task.id }, dueAt: task.dueAt })

/** The task that a step opens for the person's family doctor; none where the person has no family doctor. */
export const taskFor = (kind: TaskKind, referral: Referral, act: Act): Task[] =>
  referral.careOrg === null
    ? []
    : [
        {
          org: referral.careOrg,
          id: act.newId(),
          kind,
          referral: referral.id,
          caseOrg: referral.org,
          person: referral.person,
          openedAt: act.now,
          dueAt: plusHours(act.now, act.policy('referral.task-within', kind)),
          doneAt: null,
        },
      ]

/** The moment an event really happened, if it was entered late; refuses the future. */
export const occurred = (text: string | null | undefined, act: Act): Result<Instant | null, 'referral.occurred-in-future'> => {
  if (!text) return ok(null)
  const moment = instant(text)
  return moment > act.now ? refuse('referral.occurred-in-future') : ok(moment)
}
