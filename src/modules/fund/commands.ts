import { plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, Refused, type Act, type TraceEvent } from '../../platform/forms/form.ts'
import { consortiumOf, memberIdsOf } from '../organisations/index.ts'
import { bookInput, reverseInput, setBudgetInput } from './contract.ts'
import type { SetBudget, Transfer, TransferKind } from './fund.ts'
import { balances, postings, reversed, spentAt } from './rules/books.ts'
import { budgetOf, type BudgetSources } from './rules/budget.ts'
import { partOf } from './rules/parts.ts'
import * as store from './store.ts'
import { nextTakeUp, yearCase } from './year/spend-commands.ts'
import { isClosed } from './year/store.ts'

const BASIS = '十部门县域医共体意见:医保基金总额付费、结余留用、合理超支分担'

const eventOf = (org: OrgId, id: string, type: string, data: TraceEvent['data'] = {}): TraceEvent => ({
  type,
  case: { kind: 'fund-year', org, id },
  person: null,
  seenBy: [org],
  data,
})

const transferOf = (
  act: Act,
  of: Pick<Transfer, 'org' | 'year' | 'month' | 'kind' | 'accounts' | 'fen'> &
    Partial<Pick<Transfer, 'institution' | 'reverses' | 'note'>>,
): Transfer => ({
  institution: null,
  reverses: null,
  note: null,
  source: null,
  of: null,
  hit: null,
  head: null,
  ...of,
  id: act.newId(),
  by: act.actor.account,
  at: act.now,
})

/** Whether what was given can be true: nobody covers more people than are insured, nothing is kept back that did not come in. */
const isPossible = (sources: BudgetSources): boolean => {
  if (sources.method !== 'income') return true
  const { incomeFen, riskShare, seriousIllnessFen, otherFen, covered, insured } = sources
  return covered <= insured && incomeFen - partOf(incomeFen, riskShare) - seriousIllnessFen - otherFen >= 0
}

export const setBudget = command({
  name: 'fund.set-budget',
  by: ['insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '设定一个医共体一年的总额预算:按来源计算,逐步留痕,划入账本。',
    en: 'Sets the budget of a consortium’s year: worked out from its sources step by step, and granted in the books.',
  },
  input: setBudgetInput,
  read: async (tx, input, act) => ({
    consortium: await consortiumOf(tx, input.org as OrgId, act.today),
    existing: await store.findBudget(tx, input.org as OrgId, input.year),
  }),
  decide: ({ consortium, existing }, { org, year, sources: given, bundled }, act) => {
    if (!consortium || consortium.lead !== org) return refuse('fund.no-consortium')
    if (existing) return refuse('fund.budget-already-set')
    const sources: BudgetSources =
      given.method === 'income' ? { ...given, riskShare: given.riskShare ?? act.policy('fund.risk-share') } : given
    if (!isPossible(sources)) return refuse('fund.nobody-covered')
    const budget = budgetOf(sources, bundled)
    const made: SetBudget = {
      org: org as OrgId,
      year,
      consortium: consortium.id,
      sources,
      bundled,
      ...budget,
      rulebookHash: act.rulebookHash,
      setBy: act.actor.account,
      setAt: act.now,
    }
    const grant =
      budget.totalFen === 0
        ? null
        : transferOf(act, { org: made.org, year, month: 1, kind: 'grant', ...postings('grant', budget.totalFen, null) })
    const answer = { org, year, fundFen: budget.fundFen, totalFen: budget.totalFen }
    return ok({
      change: { made, grant },
      answer,
      events: [eventOf(made.org, act.newId(), 'fund.budget-set', { year, totalFen: budget.totalFen })],
      waits: [{ case: yearCase(made.org, year), open: nextTakeUp(act, made.org, year) }],
    })
  },
  write: async (tx, { made, grant }) => {
    if (!(await store.saveBudget(tx, made))) throw new Refused('fund.budget-already-set')
    if (grant) await store.saveTransfer(tx, grant)
  },
})

/** The members of a consortium in a month of a year: of its last day, or of today while it has not come. */
const membersIn = (tx: Tx, consortium: string, year: number, month: number, today: Day): Promise<OrgId[]> => {
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
  const last = plusDays(next as Day, -1)
  return memberIdsOf(tx, consortium, last < today ? last : today)
}

export const book = command({
  name: 'fund.book',
  by: ['insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '记一笔账:按月预付、县域内支出、县域外支出或审核扣减;每笔借贷相抵。',
    en: 'Books a transfer: a prepayment, spend inside or outside, or an audit deduction; each sums to zero.',
  },
  input: bookInput,
  read: async (tx, input, act) => {
    const org = input.org as OrgId
    await store.lockBooks(tx, org)
    const budget = await store.findBudget(tx, org, input.year)
    const members = budget ? await membersIn(tx, budget.consortium, input.year, input.month, act.today) : []
    const transfers = budget && input.kind === 'deduct' ? await store.transfersOf(tx, org, input.year) : []
    return { budget, members, transfers, isOver: await isClosed(tx, org, input.year) }
  },
  decide: ({ budget, members, transfers, isOver }, input, act) => {
    if (!budget) return refuse('fund.no-budget')
    if (isOver) return refuse('fund.year-closed')
    const needsMember = input.kind === 'inside' || input.kind === 'deduct'
    const institution = needsMember ? ((input.institution as OrgId | null | undefined) ?? null) : null
    if (needsMember && (institution === null || !members.includes(institution))) return refuse('fund.not-a-member')
    if (institution !== null && input.kind === 'deduct' && spentIn(transfers, input.month, institution) < input.fen)
      return refuse('fund.deducts-too-much')
    const { year, month, kind, fen, note } = input
    const made = transferOf(act, {
      org: budget.org,
      year,
      month,
      kind,
      institution,
      note: note ?? null,
      ...postings(kind, fen, institution),
    })
    return ok({
      change: made,
      answer: { transfer: made.id },
      events: [eventOf(budget.org, made.id, 'fund.booked', { year, month, kind, fen })],
    })
  },
  write: async (tx, made) => void (await store.saveTransfer(tx, made)),
})

const spentIn = (transfers: readonly Transfer[], month: number, institution: string): number =>
  balances(transfers.filter((one) => one.month === month)).get(spentAt(institution)) ?? 0

export const reverse = command({
  name: 'fund.reverse',
  by: ['insurer@anyone'],
  basis: BASIS,
  does: {
    zh: '冲销一笔记错的账:另记一笔相反的账并写明原因,原账不改。',
    en: 'Takes a wrong transfer back by one of its own that says why; the first stays as it is.',
  },
  input: reverseInput,
  read: async (tx, input) => {
    const org = input.org as OrgId
    await store.lockBooks(tx, org)
    const found = await store.findTransfer(tx, org, input.transfer)
    return (
      found && {
        ...found,
        transfers: await store.transfersOf(tx, org, found.one.year),
        isOver: await isClosed(tx, org, found.one.year),
      }
    )
  },
  decide: ({ one, isReversed, transfers, isOver }, { note }, act) => {
    if (isOver) return refuse('fund.year-closed')
    if (isReversed) return refuse('fund.already-reversed')
    const irreversible: readonly TransferKind[] = ['grant', 'reverse']
    const taken = one.fen[1] ?? 0
    if (irreversible.includes(one.kind) || one.source !== null) return refuse('fund.not-reversible')
    if (one.kind === 'inside' && one.institution && spentIn(transfers, one.month, one.institution) < taken)
      return refuse('fund.not-reversible')
    const { org, year, month, institution } = one
    const made = transferOf(act, { org, year, month, kind: 'reverse', institution, reverses: one.id, note, ...reversed(one) })
    return ok({
      change: made,
      answer: { transfer: made.id },
      events: [eventOf(org, made.id, 'fund.reversed', { year, month, of: one.id })],
    })
  },
  write: async (tx, made) => {
    if (!(await store.saveTransfer(tx, made))) throw new Refused('fund.already-reversed')
  },
})
