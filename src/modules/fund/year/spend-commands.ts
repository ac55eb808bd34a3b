import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, type Act, type CaseKey, type CaseWait, type Reaction } from '../../../platform/forms/form.ts'
import { consortiumOfHome, isPharmacy, memberIdsOf } from '../../organisations/index.ts'
import { getPerson } from '../../residents/index.ts'
import { standingBill } from '../../settlement/index.ts'
import { monthOf } from '../dip/times.ts'
import type { Transfer } from '../fund.ts'
import { postings } from '../rules/books.ts'
import { MONTHS } from '../rules/parts.ts'
import { findBudget, lockBooks, saveTransfer } from '../store.ts'
import { noteSpendInput, takeUpInput } from './inputs.ts'
import { lackingOfYear, type Lacking } from './lacking.ts'
import * as store from './store.ts'
import type { Spend } from './year.ts'

export const YEAR_BASIS = '十部门县域医共体意见:医保基金总额付费、结余留用、合理超支分担'
const AT_NIGHT = '02:30'
// Bills of a year still come so many days into the next; after that somebody takes them up by hand.
const DAYS_AFTER = 180

const ID_LETTERS = 12

/** The case of a consortium-year, one id (of version 8, RFC 9562) for each year: its waits and its trace stand under it. */
export const yearCase = (org: OrgId, year: number): CaseKey => ({
  kind: 'fund-year',
  org,
  id: `00000000-0000-8000-8000-${String(year).padStart(ID_LETTERS, '0')}`,
})

/** The next night's taking up; none once the year lies long back. */
export const nextTakeUp = (act: Act, org: OrgId, year: number): CaseWait[] => {
  const tomorrow = plusDays(act.today, 1)
  if (tomorrow > plusDays(monthOf(year + 1, 1), DAYS_AFTER)) return []
  return [
    { name: 'take-up', command: 'fund.take-up-spend', input: { org, year }, dueAt: instantAt(tomorrow, AT_NIGHT, act.zone) },
  ]
}

/** Under whose name a place’s spend is booked: a member’s or a pharmacy’s own; null: outside. */
export const bookedPlace = (members: readonly OrgId[], org: OrgId): OrgId | null =>
  members.includes(org) || isPharmacy(org) ? org : null

export const noteSpend = command({
  name: 'fund.note-spend',
  by: ['system@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '记下一张已结算账单(结算、冲正、重算之后)占用居民所在医共体预算的金额;重复通知结果相同。',
    en: 'Notes what a settled bill costs the budget of the consortium at the person’s home, as the bill stands; told again it is the same.',
  },
  input: noteSpendInput,
  read: async (tx, { org, bill }, act) => {
    await store.lockSpend(tx, bill)
    const found = await standingBill(tx, org as OrgId, bill)
    if (!found) return { one: null }
    // Whose budget pays is settled by the home at the first note: who moves later takes no old bill along.
    const noted = await store.notedSpend(tx, found.org, bill)
    if (noted) return { one: { ...noted, fen: found.fundFen } }
    const { village } = await getPerson(tx, found.person)
    const consortium = village === null ? null : await consortiumOfHome(tx, village)
    if (!consortium) return { one: null }
    const members = await memberIdsOf(tx, consortium.id, found.day < act.today ? found.day : act.today)
    const [year, month] = found.day.split('-').map(Number) as [number, number]
    const institution = bookedPlace(members, found.org)
    const one: Spend = { org: consortium.lead, billOrg: found.org, bill, year, month, institution, fen: found.fundFen }
    return { one }
  },
  decide: ({ one }) => ok({ change: one, answer: { noted: one !== null } }),
  write: async (tx, one, act) => {
    if (one) await store.noteSpend(tx, one, act.now)
  },
})

/** The month in which an open year books what comes late: today's, or its first or last where the year has not begun or is over. */
const monthIn = (year: number, today: Day): number => {
  const [now, month] = today.split('-').map(Number) as [number, number]
  return now === year ? month : now < year ? 1 : MONTHS
}

/** The transfer that books what a year lacks: spend of settled bills as a sum, what an audit asks back of a member as a deduction. */
const takenUp = (act: Act, org: OrgId, year: number, { month, institution, fen, of, hit, head }: Lacking): Transfer => {
  // What pharmacies cost is no member's; it stands outside under their names, so that measures can leave it out.
  const isOutside = institution === null || isPharmacy(institution as OrgId)
  const kind = isOutside ? 'outside' : hit === null ? 'inside' : 'deduct'
  return {
    org,
    id: act.newId(),
    year,
    // What belongs to a closed year is booked where the open one stands.
    month: of === null ? month : monthIn(year, act.today),
    kind,
    institution: institution as OrgId | null,
    ...postings(kind, kind === 'deduct' ? 0 - fen : fen, institution),
    reverses: null,
    note: null,
    source: hit !== null ? 'audit' : head !== null ? 'heads' : 'settled',
    of: hit === null && head === null ? of : null,
    hit,
    head,
    by: act.actor.account,
    at: act.now,
  }
}

export const takeUpSpend = command({
  name: 'fund.take-up-spend',
  by: ['insurer@anyone', 'system@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '把已结算账单的支出按月、按机构取入账本:只补记差额,冲正的记负数;结账后才变动的账单记入下一个未结账年度并注明所属年月;审核追回逐笔抵减;已清算的按人头协议按结余留用或超支自担记一笔;每晚自动进行,也可随时取入。',
    en: 'Takes settled spend into the books by month and member: only what differs is booked, reversals below zero; what changes after its year was closed goes to the next open one, with the year and month it is of; what audits ask back is deducted hit by hit; a closed contract by the head is booked once, what is kept of its surplus or borne of its overrun; every night, or at once.',
  },
  input: takeUpInput,
  read: async (tx, input) => {
    const org = input.org as OrgId
    await lockBooks(tx, org)
    const budget = await findBudget(tx, org, input.year)
    if (!budget) return { budget, lacking: [], isClosed: false }
    return { budget, lacking: await lackingOfYear(tx, org, input.year), isClosed: await store.isClosed(tx, org, input.year) }
  },
  decide: ({ budget, lacking, isClosed }, { year }, act) => {
    if (!budget) return refuse('fund.no-budget')
    if (isClosed) return refuse('fund.year-closed')
    const made = lacking.map((one): Transfer => takenUp(act, budget.org, year, one))
    const fen = lacking.reduce((sum, one) => sum + one.fen, 0)
    return ok({
      change: made,
      answer: { transfers: made.length, fen },
      events: made.length === 0 ? [] : [{ type: 'fund.spend-taken-up', case: yearCase(budget.org, year), person: null, seenBy: [budget.org], data: { transfers: made.length, fen } }],
      waits: [{ case: yearCase(budget.org, year), open: nextTakeUp(act, budget.org, year) }],
    })
  }, // prettier-ignore
  write: async (tx, made) => {
    for (const one of made) await saveTransfer(tx, one)
  },
})

/** Whatever becomes of a settled bill, what it costs the budget is noted anew. */
export const spendReactions: readonly Reaction[] = ['settled', 'reversed', 'adjusted', 'to-settle-again'].map((what) => ({
  consumer: 'fund.note-spend',
  on: `settlement.${what}`,
  command: 'fund.note-spend',
  input: ({ org, caseId }) => ({ org, bill: caseId }),
}))
