import { z } from 'zod'
import { isUuid } from '../../kernel/id.ts'
import { isDay, type Day } from '../../kernel/day.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import { command, Refused, type Act, type Decision } from '../../platform/forms/form.ts'
import { constraintOf, type Tx } from '../../platform/database/pool.ts'
import { book, bookedKinds, saveSettlement, saveVoided, type KeptSettlement } from './ledger-store.ts'
import type { Bill, BillState, KeptSplit, TransferKind } from './payment.ts'
import { removePastLines } from '../audit-rules/index.ts'
import { billEvent, readLocked, step, subjectOfBill, writeStep, type Step } from './read-bill.ts'
import {
  collectPostings,
  giveBackPostings,
  returnPostings,
  reversePostings,
  settlePostings,
  type Posted,
} from './rules/postings.ts'
import { releaseLines } from './store.ts'

const fen = z.number().int().min(0)
const text = z.string().max(300)
const day = z.string().refine(isDay)
const split = z.strictObject({
  total: fen,
  funds: z.record(z.string(), fen),
  account: fen,
  familyPool: fen,
  hospital: fen,
  cash: fen,
  basis: z.strictObject({ own: fen, overLimit: fen, first: fen, inScope: fen }).optional(),
})

const voided = z.strictObject({
  settlementNo: text,
  insuredType: text,
  total: fen,
  fund: fen,
  account: fen,
  settledOn: day,
  voidedOn: day,
})

/** What the house has learnt of a bill that it is at work on. */
const learnt = z.discriminatedUnion('learnt', [
  z.strictObject({
    learnt: z.literal('quoted'),
    split,
    psnNo: text,
    insuredType: text,
    visitNo: text.nullable(),
    orderNo: text.nullable(),
    orderToken: text.nullable(),
  }),
  z.strictObject({ learnt: z.literal('declined'), says: text }),
  z.strictObject({ learnt: z.literal('collected') }),
  z.strictObject({ learnt: z.literal('settled'), settlementNo: text, day }),
  z.strictObject({ learnt: z.literal('failed'), says: text }),
  z.strictObject({ learnt: z.literal('cash-returned') }),
  z.strictObject({ learnt: z.literal('reversed'), day }),
  z.strictObject({ learnt: z.literal('withdrawn'), cashCame: z.boolean(), voided: voided.nullable() }),
])
export type Learnt = z.output<typeof learnt>

export const noteInput = z.strictObject({ org: z.string(), bill: z.string().refine(isUuid), round: z.number().int(), of: learnt })

type SettlementNoted =
  | { readonly kept: KeptSettlement; readonly voidedOn: Day | null }
  | { readonly voided: string; readonly on: Day }
  | null
type Noted = {
  readonly step: Step | null
  readonly bill: Bill
  readonly posted: readonly Posted[]
  readonly day: Day
  readonly release: 'yes' | 'no' | 'same'
  /** What the platform settled or voided by it. */
  readonly settlement: SettlementNoted
  readonly at: Act['now']
}
type Facts = { readonly bill: Bill; readonly booked: readonly TransferKind[] }

const sidesOf = (bill: Bill) => ({
  org: bill.org,
  person: bill.person,
  app: bill.cashApp ?? ('window' as const),
  split: bill.split as KeptSplit,
})

/** What of these is not in the books yet. */
const missing = (posted: readonly Posted[], booked: readonly TransferKind[]): Posted[] =>
  posted.filter(({ kind }) => !booked.includes(kind))

const noted = (
  bill: Bill,
  made: Result<Decision<Step, { state: BillState }>>,
  act: Act,
  more: Partial<Pick<Noted, 'posted' | 'release' | 'day' | 'settlement'>> = {},
): Result<Decision<Noted, { state: BillState }>> =>
  made.ok
    ? ok({
        ...made.value,
        change: {
          step: made.value.change,
          bill: { ...bill, ...made.value.change.moved },
          posted: [],
          day: act.today,
          release: 'same',
          settlement: null,
          at: act.now,
          ...more,
        },
      })
    : made

const decideNoted = ({ bill, booked }: Facts, of: Learnt, act: Act): Result<Decision<Noted, { state: BillState }>> => {
  switch (of.learnt) {
    case 'quoted': {
      const { learnt: _learnt, ...moved } = of
      return noted(bill, step(bill, 'note-quoted', moved, act, { type: 'payment.quoted' }), act)
    }
    case 'declined':
      return noted(bill, step(bill, 'note-declined', { reason: of.says }, act, { type: 'payment.declined' }), act)
    case 'collected':
      return noted(bill, step(bill, 'note-collected', { payLink: null }, act, { type: 'payment.collected' }), act, {
        posted: missing(collectPostings(sidesOf(bill)), booked),
        day: bill.cashOn ?? act.today,
      })
    case 'settled':
      return noted(
        bill,
        step(bill, 'note-settled', { settlementNo: of.settlementNo, settledOn: of.day as Day }, act, {
          type: 'payment.settled',
          data: { totalFen: bill.totalFen },
        }),
        act,
        {
          posted: settlePostings(sidesOf(bill)),
          day: of.day as Day,
          release: 'yes',
          settlement: { kept: ownSettlement(bill, of.settlementNo, of.day as Day), voidedOn: null },
        },
      )
    case 'failed':
      return noted(bill, step(bill, 'note-failed', { reason: of.says }, act, { type: 'payment.failed' }), act)
    case 'cash-returned': {
      if (bill.state !== 'returning') return refuse('platform.busy')
      const posted = missing(returnPostings(sidesOf(bill)), booked)
      return ok({
        change: { step: null, bill, posted, day: act.today, release: 'same', settlement: null, at: act.now },
        answer: { state: bill.state },
        // Told once: it is noted again each time that the rest did not come back.
        events: posted.map(() => billEvent(bill, 'payment.cash-returned')),
      })
    }
    case 'reversed':
      return noted(bill, step(bill, 'note-reversed', {}, act, { type: 'payment.reversed' }), act, {
        posted: reversePostings(sidesOf(bill)),
        day: of.day as Day,
        release: 'no',
        settlement: bill.settlementNo === null ? null : { voided: bill.settlementNo, on: of.day as Day },
      })
    case 'withdrawn':
      return noted(bill, step(bill, 'note-withdrawn', {}, act, { type: 'payment.withdrawn' }), act, {
        posted: of.cashCame ? withdrawnCash(bill, booked) : [],
        settlement: of.voided && withdrawnSettlement(of.voided),
      })
  }
}

/** Cash that came for nothing: it is booked as come, where nobody had noticed yet, and as given back. */
const withdrawnCash = (bill: Bill, booked: readonly TransferKind[]): Posted[] =>
  missing([...collectPostings(sidesOf(bill)), ...giveBackPostings(sidesOf(bill))], booked)

const ownSettlement = ({ split, insuredType, totalFen }: Bill, settlementNo: string, day: Day): KeptSettlement => ({
  settlementNo,
  insuredType: insuredType ?? '',
  total: totalFen,
  fund: Object.values(split?.funds ?? {}).reduce((sum, one) => sum + one, 0),
  account: (split?.account ?? 0) + (split?.familyPool ?? 0),
  settledOn: day,
})

const withdrawnSettlement = ({ voidedOn, ...kept }: z.output<typeof voided>): SettlementNoted => ({
  kept: { ...kept, settledOn: kept.settledOn as Day },
  voidedOn: voidedOn as Day,
})

/** Whether the person got nothing of the bill after all. */
const isUndone = (state: BillState): boolean => state === 'reversed' || state === 'cancelled'

const writeNoted = async (tx: Tx, { step: taken, bill, posted, day, release, settlement, at }: Noted): Promise<void> => {
  try {
    await book(tx, bill, posted, { now: at, day })
  } catch (error) {
    // Somebody has booked the same at this moment: what they wrote stands.
    if (constraintOf(error) === 'transfer_pkey') throw new Refused('platform.busy')
    throw error
  }
  if (settlement && 'kept' in settlement) await saveSettlement(tx, bill, settlement.kept, settlement.voidedOn)
  else if (settlement) await saveVoided(tx, bill, settlement.voided, settlement.on)
  if (release !== 'same') await releaseLines(tx, bill, release === 'yes' ? at : null)
  if (taken && isUndone(taken.state)) await removePastLines(tx, bill.person, bill.id)
  if (taken) await writeStep(tx, taken)
}

export const note = command({
  name: 'payment.note',
  by: ['system@anyone'],
  basis: 'S0 移动支付:诊间支付',
  does: {
    zh: '登记平台和支付应用的结果:过账、放行检查取药。',
    en: 'Notes what the platform or the payment app did: books it, and releases the lines.',
  },
  input: noteInput,
  read: async (tx, input) => {
    const found = await readLocked(tx, input)
    return found && found.bill.round === input.round ? { bill: found.bill, booked: await bookedKinds(tx, found.bill) } : null
  },
  subject: subjectOfBill,
  decide: (facts: Facts, { of }, act) => decideNoted(facts, of, act),
  write: writeNoted,
})
