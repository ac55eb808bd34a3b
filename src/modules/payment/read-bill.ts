import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { CaseWait, Decision, TraceEvent } from '../../platform/forms/form.ts'
import type { Act } from '../../platform/forms/form.ts'
import { plusHours } from '../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Name } from '../../kernel/words.ts'
import type { Queryable, Tx } from '../../platform/database/pool.ts'
import { nextState } from '../../shapes/case.ts'
import { institutionsOf } from '../organisations/index.ts'
import { findPersons } from '../residents/index.ts'
import type { ShownBill, ShownRefund, ShownSplit } from './contract.ts'
import type { RefundBack } from './ledger-store.ts'
import { lifecycle, WORKING, type Move } from './lifecycle.ts'
import type { Bill, BillId, BillState, KeptSplit } from './payment.ts'
import { lockBill, saveMove, type Found, type Moved } from './store.ts'

type Keyed = { readonly org: string; readonly bill: string }

/** A bill that the house would move, locked. */
export const readLocked = (tx: Tx, { org, bill }: Keyed): Promise<Found | null> => lockBill(tx, org as OrgId, bill as BillId)

export const subjectOfBill = ({ bill }: Pick<Found, 'bill'>): { person: PersonId; case: string } => ({
  person: bill.person,
  case: bill.id,
})

/** A step of a bill, ready to be written. */
export type Step = { readonly bill: Bill; readonly state: BillState; readonly moved: Moved; readonly at: Act['now'] }

export const billEvent = (bill: Bill, type: string, data: TraceEvent['data'] = {}, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'bill', org: bill.org, id: bill.id },
  person: bill.person,
  seenBy: [bill.org],
  ...(reason ? { reason } : {}),
  data,
})

const waitsOf = (bill: Bill, state: BillState, act: Act): readonly CaseWait[] => {
  const wait = lifecycle.states[state].wait
  if (!wait) return []
  const input = { org: bill.org, bill: bill.id }
  return [{ name: wait.move, command: 'payment.expire', input, dueAt: plusHours(act.now, act.policy(wait.policy)) }]
}

/** Where a move leads, with its event and its wait; refused when the table does not have it. */
export const step = (
  bill: Bill,
  move: Move,
  moved: Moved,
  act: Act,
  told: { type: string; data?: TraceEvent['data'] },
): Result<Decision<Step, { state: BillState }>> => {
  const state = nextState(lifecycle, bill.state, move)
  if (state === null) {
    const { words } = lifecycle.states[bill.state]
    const named = lifecycle.moves[move].words
    return refuse('platform.move-not-possible', { state: words.zh, state_en: words.en, move: named.zh, move_en: named.en })
  }
  const waits = [{ case: { kind: 'bill', org: bill.org, id: bill.id }, open: waitsOf(bill, state, act) }]
  return ok({
    change: { bill, state, moved, at: act.now },
    answer: { state },
    events: [billEvent(bill, told.type, { round: moved.round ?? bill.round, ...told.data }, moved.reason ?? undefined)],
    waits,
  })
}

/** Writes a step; the house takes the bill up at once where it is the house's turn. */
export const writeStep = (tx: Tx, { bill, state, moved, at }: Step): Promise<void> =>
  saveMove(tx, bill, state, moved, WORKING.includes(state), at)

const sum = (fen: readonly number[]): number => fen.reduce((whole, one) => whole + one, 0)

/** What the institutions and the persons of some bills are called, for whoever reads them. */
export type BillNames = { readonly places: ReadonlyMap<OrgId, Name>; readonly persons: ReadonlyMap<PersonId, Name> }

const NOBODY: Name = { zh: '—', en: '—' }

export const namesOfBills = async (
  tx: Queryable,
  of: readonly { readonly org: OrgId; readonly person: PersonId }[],
): Promise<BillNames> => {
  const places = await institutionsOf(tx, [...new Set(of.map(({ org }) => org))])
  const persons = await findPersons(
    tx,
    of.map(({ person }) => person),
  )
  return {
    places: new Map(places.map(({ id, name }) => [id, name])),
    persons: new Map([...persons].map(([id, { zh, en }]) => [id, { zh, en }])),
  }
}

const shownSplit = ({ funds, account, familyPool, hospital, cash, basis }: KeptSplit): ShownSplit => ({
  fundFen: sum(Object.values(funds)),
  accountFen: account,
  familyPoolFen: familyPool,
  hospitalFen: hospital,
  cashFen: cash,
  funds: Object.entries(funds).map(([code, fen]) => ({ code, fen })),
  basis: basis ?? null,
})

/** A refund as it is shown: what the institution bears itself was never paid, and goes nowhere. */
const shownRefund = ({ split }: Bill, back: RefundBack): ShownRefund | null =>
  split && { cashFen: split.cash, cashAt: back.cashAt, restFen: split.total - split.cash - split.hospital, restAt: back.restAt }

/** A bill as it goes to a page; `act` says how long a price is kept, `back` how far its refund is. */
export const shownBill = (
  { bill, lines }: Found,
  names: BillNames,
  act: Pick<Act, 'policy'>,
  back: RefundBack | null = null,
): ShownBill => {
  const { wait, words } = lifecycle.states[bill.state]
  return {
    org: bill.org,
    id: bill.id,
    place: names.places.get(bill.org) ?? NOBODY,
    person: bill.person,
    name: names.persons.get(bill.person) ?? NOBODY,
    state: bill.state,
    words,
    visitKind: bill.visitKind,
    channel: bill.channel,
    insuredType: bill.insuredType,
    totalFen: bill.totalFen,
    split: bill.split && shownSplit(bill.split),
    cashApp: bill.cashApp,
    payLink: bill.state === 'collecting' ? bill.payLink : null,
    settlementNo: bill.settlementNo,
    reason: bill.reason,
    openedAt: bill.openedAt,
    changedAt: bill.changedAt,
    payBy: wait ? plusHours(bill.changedAt, act.policy(wait.policy)) : null,
    lines: lines.map((line) => ({ ...line })),
    refund: back && shownRefund(bill, back),
  }
}
