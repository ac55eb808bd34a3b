import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { memberIdsOf } from '../../organisations/index.ts'
import { lastDayOf } from '../dip/times.ts'
import type { HeadKey, HitKey, YearMonth } from '../fund.ts'
import { MONTHS } from '../rules/parts.ts'
import { findBudget } from '../store.ts'
import { lackingOf, lateYears } from '../rules/take-up.ts'
import * as store from './store.ts'

/**
 * A change of the spend that the books lack, below zero where less was spent; `of` says the closed year and month that it belongs to, null
 * the year's own; `hit` the audit that asks it back, `head` the closed contract by the head that pays it; both null for settled bills.
 */
export type Lacking = ReturnType<typeof lackingOf>[number] & {
  readonly of: YearMonth | null
  readonly hit: HitKey | null
  readonly head: HeadKey | null
}

/** What closed contracts by the head of a year's members come to beyond what their groups cost, unless a budget has it. */
const lackingHeads = async (tx: Tx, org: OrgId, year: number) => {
  const budget = await findBudget(tx, org, year)
  const members = budget === null ? [] : await memberIdsOf(tx, budget.consortium, lastDayOf(year, MONTHS))
  return members.length === 0 ? [] : store.lackingHeads(tx, members, year)
}

const lackingIn = async (tx: Tx, org: OrgId, year: number, ofOf: (month: number) => YearMonth | null): Promise<Lacking[]> => {
  const settled = lackingOf(await store.spendOf(tx, org, year), await store.takenUpOf(tx, org, year))
  const audited = await store.lackingRecoveries(tx, org, year)
  const heads = await lackingHeads(tx, org, year)
  return [
    ...settled.map((one) => ({ ...one, hit: null, head: null })),
    ...audited.map((one) => ({ ...one, head: null })),
    ...heads.map((one) => ({ ...one, hit: null })),
  ].map((one) => ({ ...one, of: ofOf(one.month) }))
}

/** What the books of a year lack of settled spend and of what audits bring back: its own, and of closed years before it that changed since. */
export const lackingOfYear = async (tx: Tx, org: OrgId, year: number): Promise<Lacking[]> => {
  const found = await lackingIn(tx, org, year, () => null)
  for (const late of lateYears(await store.budgetYearsOf(tx, org), year))
    found.push(...(await lackingIn(tx, org, late, (month) => ({ year: late, month }))))
  return found
}
