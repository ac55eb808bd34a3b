import { book, reverse, setBudget } from './commands.ts'
import { budgets, ledger } from './queries.ts'

export { fundRefusals } from './contract.ts'

/** Everything that can be asked about the fund's budgets. */
export const fundForms = {
  'fund.set-budget': setBudget,
  'fund.book': book,
  'fund.reverse': reverse,
  'fund.ledger': ledger,
  'fund.budgets': budgets,
} as const
