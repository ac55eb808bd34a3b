import { fundRefusals as ownRefusals } from './contract.ts'
import { book, reverse, setBudget } from './commands.ts'
import { dipForms, dipRefusals, pageReactions } from './dip/index.ts'
import { headsForms, headsRefusals } from './heads/index.ts'
import { methodsForms, methodsRefusals } from './methods/index.ts'
import { measureForms, measureRefusals } from './measures/index.ts'
import { pointsForms, pointsRefusals } from './points/index.ts'
import { budgets, ledger } from './queries.ts'
import { fundReactions as yearReactions, yearForms, yearRefusals } from './year/index.ts'

export { headBooks, type HeadContract, type HeadEntry } from './heads/index.ts'
export { headResult } from './rules/head-contract.ts'
export { pointBooks, type PointYear } from './points/index.ts'
export { saveFacts, type CaseFact } from './methods/index.ts'
export { measureByRulebook, saveCount, type EnteredCount } from './measures/index.ts'

export { ageAtAdmission } from './rules/dip/page.ts'
export { insertDipYears, receivePages, type ReceivedPage } from './dip/index.ts'
export { insertFundYear } from './year/index.ts'

/** What the fund hears of. */
export const fundReactions = [...yearReactions, ...pageReactions]

/** Every reason of the module to refuse. */
export const fundRefusals = {
  ...ownRefusals,
  ...dipRefusals,
  ...measureRefusals,
  ...headsRefusals,
  ...methodsRefusals,
  ...pointsRefusals,
  ...yearRefusals,
} as const

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
  ...methodsForms,
  ...pointsForms,
  ...yearForms,
} as const
