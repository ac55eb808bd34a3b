import type { Instant } from '../../../kernel/clock.ts'
import { newId, type OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Transfer } from '../fund.ts'
import { postings } from '../rules/books.ts'
import { budgetOf } from '../rules/budget.ts'
import { saveBudget, saveTransfer } from '../store.ts'
import * as store from './store.ts'
import { INDICATORS, type IndicatorName } from './year.ts'

type Booked = Pick<Transfer, 'month' | 'institution'> & {
  readonly kind: 'prepay' | 'inside' | 'outside' | 'deduct'
  readonly fen: number
}

/** A consortium's year as it would stand after its forms: last year's budget with growth, what was booked, and indicators of the assessment. */
export type YearToInsert = {
  readonly org: OrgId
  readonly year: number
  readonly consortium: string
  readonly lastFen: number
  readonly growth: number
  readonly booked: readonly Booked[]
  readonly values: Partial<Readonly<Record<IndicatorName, number>>>
  readonly evidence: string
}

/** Keeps a year by nobody's account. */
export const insertFundYear = async (
  tx: Tx,
  one: YearToInsert,
  { now, rulebookHash }: { readonly now: Instant; readonly rulebookHash: string },
): Promise<void> => {
  const { org, year } = one
  const sources = { method: 'last-budget', lastFen: one.lastFen, growth: one.growth } as const
  const budget = budgetOf(sources)
  await saveBudget(tx, {
    org,
    year,
    consortium: one.consortium,
    sources,
    bundled: {},
    ...budget,
    rulebookHash,
    setBy: null,
    setAt: now,
  })
  const keep = (month: number, kind: 'grant' | Booked['kind'], institution: OrgId | null, fen: number) =>
    saveTransfer(tx, { org, id: newId(), year, month, kind, institution, ...postings(kind, fen, institution), reverses: null, note: null, source: null, of: null, hit: null, head: null, by: null, at: now }) // prettier-ignore
  await keep(1, 'grant', null, budget.totalFen)
  for (const { month, kind, institution, fen } of one.booked) await keep(month, kind, institution, fen)
  for (const indicator of INDICATORS) {
    const value = one.values[indicator]
    if (value !== undefined)
      await store.saveAssessed(tx, {
        org,
        id: newId(),
        year,
        indicator,
        value,
        evidence: one.evidence,
        steps: null,
        by: null,
        at: now,
      })
  }
}
