import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { YearMonth } from '../fund.ts'
import { lackingOf, lateYears } from '../rules/take-up.ts'
import * as store from './store.ts'

/** A sum that the books lack; `of` says the closed year and month that it belongs to, null the year's own. */
export type Lacking = ReturnType<typeof lackingOf>[number] & { readonly of: YearMonth | null }

const lackingIn = async (tx: Tx, org: OrgId, year: number) =>
  lackingOf(await store.spendOf(tx, org, year), await store.takenUpOf(tx, org, year))

/** What the books of a year lack of settled spend: its own, and of bills of closed years before it that changed since. */
export const lackingOfYear = async (tx: Tx, org: OrgId, year: number): Promise<Lacking[]> => {
  const found: Lacking[] = (await lackingIn(tx, org, year)).map((one) => ({ ...one, of: null }))
  for (const late of lateYears(await store.budgetYearsOf(tx, org), year))
    for (const one of await lackingIn(tx, org, late)) found.push({ ...one, of: { year: late, month: one.month } })
  return found
}
