import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, Refused, type TraceEvent } from '../../../platform/forms/form.ts'
import { findInstitution } from '../../organisations/index.ts'
import { lastDayOf } from '../dip/times.ts'
import { areMonthsPossible, headResult } from '../rules/head-contract.ts'
import { MONTHS } from '../rules/parts.ts'
import { closeHeadsInput, decideHeadsInput, enterHeadsInput, proposeHeadsInput, takeBackHeadsInput } from './contract.ts'
import type { HeadContract, HeadEntry, HeadState } from './heads.ts'
import * as store from './store.ts'

export const HEADS_BASIS = '按人头付费、结余留用、超支分担(天津糖尿病、湖州医疗保健集团实践)'

const eventOf = (
  { org, id }: { readonly org: OrgId; readonly id: string },
  type: string,
  data: NonNullable<TraceEvent['data']>,
): TraceEvent => ({ type, case: { kind: 'fund-heads', org, id }, person: null, seenBy: [org], data })

type Key = { readonly org: string; readonly contract: string }
const lockedWithEntries = async (tx: Tx, { org, contract }: Key) => {
  const one = await store.lockContract(tx, org as OrgId, contract)
  return one && { one, entries: await store.entriesOf(tx, [contract]) }
}

export const proposeHeads = command({
  name: 'fund.propose-heads',
  by: ['insurer@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '提出一份按人头付费协议:哪个机构、哪个人群、每人每年多少、结余和超支怎么分;由另一人决定后生效。',
    en: 'Proposes a contract by the head: institution, group, price a head and year, how surplus and overrun are shared; in force once another person agrees.',
  },
  input: proposeHeadsInput,
  read: async (tx, input) => ({ institution: await findInstitution(tx, input.org as OrgId) }),
  decide: ({ institution }, input, act) => {
    if (!institution || institution.until !== null) return refuse('fund.heads-of-nobody')
    const { year, zh, priceFen, surplusKept, overrunBorne, basis } = input
    const made: HeadContract = {
      org: institution.id,
      id: act.newId(),
      year,
      zh,
      en: input.en || null,
      priceFen,
      surplusKept,
      overrunBorne,
      basis,
      state: 'proposed',
      proposedBy: act.actor.account,
      proposedAt: act.now,
      decidedAt: null,
      decidedBecause: null,
      result: null,
      closeProposedBy: null,
      closeDecidedAt: null,
      closeBecause: null,
    }
    return ok({
      change: made,
      answer: { org: made.org, contract: made.id },
      events: [eventOf(made, 'fund.heads-proposed', { year, priceFen })],
    })
  },
  write: async (tx, made) => {
    if (!(await store.saveContract(tx, made))) throw new Refused('fund.heads-already')
  },
})

const AFTER: Readonly<Record<'agree' | 'return', Readonly<Partial<Record<HeadState, HeadState>>>>> = {
  agree: { proposed: 'running', closing: 'closed' },
  return: { proposed: 'returned', closing: 'running' },
}

export const decideHeads = command({
  name: 'fund.decide-heads',
  by: ['insurer@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '由另一位经办人员决定:协议生效或退回,年终结算通过或退回,写明理由。',
    en: 'Another person of the insurer decides: the contract is in force or returned, its close agreed or returned; with a reason.',
  },
  input: decideHeadsInput,
  read: (tx, { org, contract }) => store.lockContract(tx, org as OrgId, contract),
  decide: (one, { decision, why }, act) => {
    const state = AFTER[decision][one.state]
    if (state === undefined) return refuse('fund.heads-not-waiting')
    const proposer = one.state === 'closing' ? one.closeProposedBy : one.proposedBy
    if (proposer === act.actor.account) return refuse('fund.heads-second-person')
    return ok({
      change: { org: one.org, id: one.id, from: one.state, state, by: act.actor.account, at: act.now, why },
      answer: { contract: one.id, state },
      events: [{ ...eventOf(one, `fund.heads-${state}`, { year: one.year }), reason: why }],
    })
  },
  write: async (tx, decided) => {
    if (!(await store.decideContract(tx, decided))) throw new Refused('fund.heads-not-waiting')
  },
})

export const enterHeads = command({
  name: 'fund.enter-heads',
  by: ['insurer@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '记一个月:新增和退出的人数、这群人的实际费用(不论在何处就医),写明来源;同月可多次记,相加。',
    en: 'Enters a month: who joined and left, what the group cost wherever it was treated, with its evidence; entries of a month add up.',
  },
  input: enterHeadsInput,
  read: (tx, input) => lockedWithEntries(tx, input),
  decide: ({ one, entries }, { month, joins, leaves, spendFen, evidence }, act) => {
    if (one.state !== 'running') return refuse('fund.heads-not-running')
    if (lastDayOf(one.year, month) >= act.today) return refuse('fund.heads-month-not-over')
    if (joins + leaves + spendFen === 0) return refuse('fund.heads-nothing-entered')
    const made: HeadEntry = { org: one.org, id: act.newId(), contract: one.id, month, joins, leaves, spendFen, evidence, reverses: null, by: act.actor.account, at: act.now } // prettier-ignore
    if (!areMonthsPossible([...entries, made])) return refuse('fund.heads-impossible')
    return ok({
      change: made,
      answer: { entry: made.id },
      events: [eventOf(one, 'fund.heads-entered', { month, joins, leaves, spendFen })],
    })
  },
  write: async (tx, made) => void (await store.saveEntry(tx, made)),
})

export const takeBackHeads = command({
  name: 'fund.take-back-heads',
  by: ['insurer@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '冲销记错的一笔:另记一笔相反的并写明原因,原来的一笔不改。',
    en: 'Takes a wrong entry back by one of its own that says why; the first stays as it is.',
  },
  input: takeBackHeadsInput,
  read: async (tx, input) => {
    const found = await lockedWithEntries(tx, input)
    const entry = found?.entries.find(({ id }) => id === input.entry)
    return found && entry ? { ...found, entry } : null
  },
  decide: ({ one, entries, entry }, { why }, act) => {
    if (one.state !== 'running') return refuse('fund.heads-not-running')
    if (entry.reverses !== null || entries.some(({ reverses }) => reverses === entry.id)) return refuse('fund.heads-already-back')
    const made: HeadEntry = {
      ...entry,
      id: act.newId(),
      joins: 0 - entry.joins,
      leaves: 0 - entry.leaves,
      spendFen: 0 - entry.spendFen,
      evidence: why,
      reverses: entry.id,
      by: act.actor.account,
      at: act.now,
    }
    if (!areMonthsPossible([...entries, made])) return refuse('fund.heads-impossible')
    return ok({
      change: made,
      answer: { entry: made.id },
      events: [{ ...eventOf(one, 'fund.heads-taken-back', { month: entry.month, of: entry.id }), reason: why }],
    })
  },
  write: async (tx, made) => {
    if (!(await store.saveEntry(tx, made))) throw new Refused('fund.heads-already-back')
  },
})

export const closeHeads = command({
  name: 'fund.close-heads',
  by: ['insurer@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '年末之后提请结算:按协议算出结余留用或超支分担并逐步留痕,由另一人决定。',
    en: 'Proposes to close a year that is over: what is kept or borne by the contract, step by step; another person decides.',
  },
  input: closeHeadsInput,
  read: (tx, input) => lockedWithEntries(tx, input),
  decide: ({ one, entries }, _input, act) => {
    if (one.state !== 'running') return refuse('fund.heads-not-running')
    if (lastDayOf(one.year, MONTHS) >= act.today) return refuse('fund.heads-year-not-over')
    const result = headResult(one, entries, MONTHS)
    const { keptFen, borneFen } = result
    return ok({
      change: { org: one.org, id: one.id, result, hash: act.rulebookHash, by: act.actor.account, at: act.now },
      answer: { contract: one.id, keptFen, borneFen },
      events: [eventOf(one, 'fund.heads-closing', { year: one.year, keptFen, borneFen })],
    })
  },
  write: async (tx, closing) => {
    if (!(await store.proposeClose(tx, closing))) throw new Refused('fund.heads-not-running')
  },
})
