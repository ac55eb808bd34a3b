import type { Words } from '../kernel/words.ts'

/** The side that holds the baton: who must act next. */
export type Side = 'sender' | 'receiver' | 'care-team' | 'none'

/**
 * How long a state may last: a rulebook value in hours, and the move that the house then makes by itself. A move that
 * stays in the state, an escalation, begins the wait anew until its levels are used up; then comes `lastly`, if any.
 */
export type Wait<Move extends string> = { readonly policy: string; readonly move: Move; readonly lastly?: Move }

export type StateOf<Move extends string> = {
  readonly words: Words
  readonly holder: Side
  /** Every state in which somebody waits has an "until when"; a state without is an end or somebody's free draft. */
  readonly wait?: Wait<Move>
  readonly end?: true
}

export type MoveOf<State extends string> = {
  readonly words: Words
  readonly from: readonly (State | 'start')[]
  /** `same`: the move is told and counted, but the state stays. */
  readonly to: State | 'same'
  readonly reason?: 'required'
}

/** Something that moves between parties: its states, its moves, and nothing else. */
export type CaseShape<State extends string, Move extends string> = {
  readonly kind: string
  readonly words: Words
  readonly states: Readonly<Record<State, StateOf<Move>>>
  readonly moves: Readonly<Record<Move, MoveOf<State>>>
}

/** Where a move leads from a state, or null when the table does not have it. */
export const nextState = <State extends string, Move extends string>(
  shape: CaseShape<State, Move>,
  from: State | 'start',
  move: Move,
): State | null => {
  const { from: allowed, to } = shape.moves[move]
  if (!allowed.includes(from)) return null
  return to === 'same' ? (from as State) : to
}

/** What may be done from a state, in the order of the table. */
export const movesFrom = <State extends string, Move extends string>(shape: CaseShape<State, Move>, from: State | 'start'): Move[] =>
  (Object.keys(shape.moves) as Move[]).filter((move) => shape.moves[move].from.includes(from))

/** What is wrong with a table of moves, in plain sentences; empty when nothing is. */
export const faultsOf = <State extends string, Move extends string>(shape: CaseShape<State, Move>): string[] => {
  const states = Object.keys(shape.states) as State[]
  const moves = Object.entries<MoveOf<State>>(shape.moves)
  const faults: string[] = []
  for (const state of states) {
    const { end, wait, holder } = shape.states[state]
    const leaves = moves.some(([, move]) => move.from.includes(state))
    if (!moves.some(([, move]) => move.to === state)) faults.push(`no move leads to ${state}`)
    if (end && leaves) faults.push(`${state} is an end but has a move out`)
    if (!end && !leaves) faults.push(`${state} is no end but has no move out`)
    if (end && holder !== 'none') faults.push(`${state} is an end but somebody holds the baton`)
    if (!end && holder === 'none') faults.push(`nobody holds the baton in ${state}`)
    for (const move of wait ? [wait.move, wait.lastly ?? wait.move] : []) {
      if (!shape.moves[move].from.includes(state)) faults.push(`the wait of ${state} ends in ${move}, a move that it does not have`)
    }
  }
  return faults
}
