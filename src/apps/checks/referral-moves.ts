import { eventOf, lifecycle, MOVES } from '../../modules/referral/lifecycle.ts'

/** A list of texts inside SQL. */
export const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ')
/** The states in which a case is over, as a list inside SQL. */
export const ENDS = quoted(Object.entries(lifecycle.states).flatMap(([state, { end }]) => (end ? [state] : [])))

/** The table of moves as rows, one for each state that a move may start from. */
export const MOVE_ROWS = MOVES.flatMap((move) => {
  const { from, to } = lifecycle.moves[move]
  return from.map((state) => `('${eventOf[move]}', '${state}', '${to === 'same' ? state : to}')`)
}).join(', ')
/** Events of moves that need a reason, as a list inside SQL. */
export const REASONED = quoted(MOVES.flatMap((move) => (lifecycle.moves[move].reason === 'required' ? [eventOf[move]] : [])))
/** Who holds the baton in each state, as rows. */
export const HOLDERS = Object.entries(lifecycle.states)
  .map(([state, { holder }]) => `('${state}', '${holder}')`)
  .join(', ')

/** Every step of every case, with the state before it and whether it is the newest. */
export const steps = `select e.org_id, e.case_id, e.seq, e.type, e.at, e.data->>'state' as state,
    e.data->>'level' as level, coalesce(lag(e.data->>'state') over by_case, 'start') as before, lead(e.seq) over by_case is null as is_last
  from platform.trace_event e where e.case_kind = 'referral' and e.type in (${quoted(Object.values(eventOf))})
  window by_case as (partition by e.org_id, e.case_id order by e.seq)`

// A rescue waits for no paper: it takes the guard of an earlier case over, and gives it back when it ends.
export const takenOver = `exists (select from referral.referral e where e.person_id = r.person_id and e.condition_key = r.condition_key
  and e.urgency <> 'ordinary' and e.state not in (${ENDS}) and e.id <> r.id)`
