import type { Instant } from '../../kernel/clock.ts'
import { instantAt } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act, Decision, TraceEvent } from '../../platform/forms/form.ts'
import { nextState } from '../../shapes/case.ts'
import { afterWorkDays } from '../record-access/index.ts'
import type { HitId, HitState, KeptHit } from './audit-rules.ts'
import { lifecycle, type HitMove } from './lifecycle.ts'
import type { RecoveryTransfer } from './rules/recovery.ts'
import { findHit, lockHit, saveHitMove, saveTransfers, type MovedHit } from './store.ts'

type Keyed = { readonly org: string; readonly hit: string }

/** A hit that somebody would move, locked. */
export const readLocked = (tx: Tx, { org, hit }: Keyed): Promise<KeptHit | null> => lockHit(tx, org as OrgId, hit as HitId)

/** A hit that somebody looks at. */
export const readHit = (tx: Tx, { org, hit }: Keyed): Promise<KeptHit | null> => findHit(tx, org as OrgId, hit as HitId)

/** How somebody stands to a hit: the institution that billed it. */
export const relationsToHit = (hit: KeptHit, { actor }: { readonly actor: Actor }): Relation[] =>
  hit.org === actor.org ? ['own'] : []

export const subjectOfHit = ({ person, id }: KeptHit): { case: string; person?: PersonId } =>
  person === null ? { case: id } : { case: id, person }

export type HitStep = {
  readonly hit: KeptHit
  readonly state: HitState
  readonly dueAt: Act['now'] | null
  readonly moved: MovedHit
  readonly at: Act['now']
  readonly by: Act['actor']['account']
  /** What it moves in the books of recovery. */
  readonly transfers: readonly RecoveryTransfer[]
}

const KIND = 'audit-hit'
/** Where a decision was made; an institution hears of a fraud case from then on. */
const DECIDED: ReadonlySet<HitState> = new Set(['recovering', 'closed'])
/** The institution hears of a hit once it was told, and of a fraud case once it is decided. */
const seenBy = (hit: KeptHit, state: HitState, isFraudCase: boolean): OrgId[] =>
  state === 'found' || (isFraudCase && !DECIDED.has(state) && !DECIDED.has(hit.state)) ? [] : [hit.org]

/** The last minute of a day, so that it is shown as of that day. */
const DAY_ENDS = '23:59'

/** The end of the day that lies so many working days ahead. */
export const endOfWorkDay = ({ today, zone }: Pick<Act, 'today' | 'zone'>, workDays: number): Instant =>
  instantAt(afterWorkDays(today, workDays), DAY_ENDS, zone)
/** When an institution is told that a time is nearly up: as its day begins. */
const DAY_BEGINS = '08:00'

type DueStep = { readonly name: HitMove; readonly dueAt: Instant }

/**
 * Until when a hit waits where it comes to, and what the house does then. A reminder moves no time: what is late stays late, and is told of
 * again after as long as before. Institutions are told some working days before.
 */
const timesOf = (hit: KeptHit, state: HitState, move: HitMove, act: Act): { dueAt: Instant | null; open: readonly DueStep[] } => {
  const { wait } = lifecycle.states[state]
  if (!wait) return { dueAt: null, open: [] }
  const workDays = act.policy(wait.policy)
  const ends = endOfWorkDay(act, workDays)
  if (move === 'near' || move === 'remind') {
    const dueAt = hit.dueAt ?? ends
    return { dueAt, open: [{ name: wait.move, dueAt: move === 'near' ? dueAt : ends }] }
  }
  const main = { name: wait.move, dueAt: ends }
  const ahead = workDays - act.policy('audit-rules.near-workdays')
  if (ahead < 1 || !lifecycle.moves.near.from.includes(state)) return { dueAt: ends, open: [main] }
  return { dueAt: ends, open: [main, { name: 'near', dueAt: instantAt(afterWorkDays(act.today, ahead), DAY_BEGINS, act.zone) }] }
}

/** Where a move leads, with its event and its wait; refused when the table does not have it. */
export const stepOf = (
  hit: KeptHit,
  move: HitMove,
  moved: MovedHit,
  act: Act,
  data: TraceEvent['data'] = {},
  transfers: readonly RecoveryTransfer[] = [],
): Result<Decision<HitStep, { state: HitState }>> => {
  const state = nextState(lifecycle, hit.state, move)
  if (state === null) {
    const { words } = lifecycle.states[hit.state]
    const named = lifecycle.moves[move].words
    return refuse('platform.move-not-possible', { state: words.zh, state_en: words.en, move: named.zh, move_en: named.en })
  }
  const key = { kind: KIND, org: hit.org, id: hit.id }
  const times = timesOf(hit, state, move, act)
  const { dueAt } = times
  const open = times.open.map((one) => ({
    ...one,
    command: 'audit-rules.lapse',
    input: { org: hit.org, hit: hit.id, move: one.name },
  }))
  const event: TraceEvent = {
    type: `audit-rules.hit-${move}`,
    case: key,
    person: hit.person,
    seenBy: seenBy(hit, state, moved.isFraudCase ?? hit.isFraudCase),
    ...(moved.note ? { reason: moved.note } : {}),
    data: { rule: hit.rule, ...data },
  }
  return ok({
    change: { hit, state, dueAt, moved, at: act.now, by: act.actor.account, transfers },
    answer: { state },
    events: [event],
    waits: [{ case: key, open }],
  })
}

export const writeStep = async (tx: Tx, { hit, transfers, by, ...to }: HitStep): Promise<void> => {
  await saveHitMove(tx, hit, to)
  await saveTransfers(tx, hit, transfers, { by, at: to.at })
}
