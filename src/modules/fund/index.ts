import { fundRefusals as ownRefusals } from './contract.ts'
import { book, reverse, setBudget } from './commands.ts'
import { dipForms, dipRefusals } from './dip/index.ts'
import { headsForms, headsRefusals } from './heads/index.ts'
import { measureForms, measureRefusals } from './measures/index.ts'
import { budgets, ledger } from './queries.ts'

export { measureByRulebook, saveCount, type EnteredCount } from './measures/index.ts'

export { insertDipYears } from './dip/index.ts'

/** Every reason of the module to refuse. */
export const fundRefusals = { ...ownRefusals, ...dipRefusals, ...measureRefusals, ...headsRefusals } as const

/** Everything that can be asked about the fund's budgets. */
export const fundForms = {
  'fund.set-budget': setBudget,
  'fund.book': book,
  'fund.reverse': reverse,
  'fund.ledger': ledger,
  'fund.budgets': budgets,
  ...dipForms,
  ...measureForms,
  ...headsForms,
} as const
