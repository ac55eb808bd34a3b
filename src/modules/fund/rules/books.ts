import type { TransferKind } from '../fund.ts'
import { MONTHS } from './parts.ts'

/** The accounts of the books: what the fund holds, what is left of the budget, what was prepaid, and what was spent where. */
export const spentAt = (institution: string): string => `inside:${institution}`

/** Who gets and who gives in a transfer of a kind; sums to zero. `fen` above zero. */
export const postings = (
  kind: Exclude<TransferKind, 'reverse'>,
  fen: number,
  institution: string | null,
): { accounts: string[]; fen: number[] } => {
  const pair = (from: string, to: string) => ({ accounts: [from, to], fen: [-fen, fen] })
  switch (kind) {
    case 'grant':
      return pair('pool', 'budget')
    case 'prepay':
      return pair('cash', 'prepaid')
    case 'inside':
      return pair('budget', spentAt(institution ?? ''))
    case 'outside':
      return pair('budget', 'outside')
    case 'deduct':
      return pair(spentAt(institution ?? ''), 'budget')
  }
}

/** The transfer that takes another back. */
export const reversed = (one: {
  readonly accounts: readonly string[]
  readonly fen: readonly number[]
}): { accounts: string[]; fen: number[] } => ({
  accounts: [...one.accounts],
  fen: one.fen.map((fen) => -fen),
})

/** What stands on each account after transfers, fen. */
export const balances = (
  transfers: readonly { readonly accounts: readonly string[]; readonly fen: readonly number[] }[],
): Map<string, number> => {
  const found = new Map<string, number>()
  for (const { accounts, fen } of transfers)
    for (const [at, account] of accounts.entries()) found.set(account, (found.get(account) ?? 0) + (fen[at] ?? 0))
  return found
}

type Booked = {
  readonly id: string
  readonly month: number
  readonly kind: TransferKind
  readonly accounts: readonly string[]
  readonly fen: readonly number[]
}

/** What was spent in each month, inside and outside, less what was deducted; a transfer that was taken back does not count. Fen. */
export const monthsOf = (
  transfers: readonly Booked[],
): { readonly insideFen: number; readonly outsideFen: number; readonly prepaidFen: number }[] =>
  Array.from({ length: MONTHS }, (_, at) => {
    const month = balances(transfers.filter((one) => one.month === at + 1))
    const inside = [...month].filter(([account]) => account.startsWith('inside:')).reduce((sum, [, fen]) => sum + fen, 0)
    return { insideFen: inside, outsideFen: month.get('outside') ?? 0, prepaidFen: month.get('prepaid') ?? 0 }
  })

/** The last month in which anything was spent, 0 for none. */
export const lastMonth = (months: readonly { readonly insideFen: number; readonly outsideFen: number }[]): number =>
  months.findLastIndex(({ insideFen, outsideFen }) => insideFen + outsideFen !== 0) + 1
