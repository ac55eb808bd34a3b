import { decideClose, enterIndicator, objectToClose, proposeClose } from './close-commands.ts'
import { yearEndForm } from './queries.ts'
import { noteSpend, takeUpSpend } from './spend-commands.ts'

export { insertFundYear } from './insert-year.ts'
export { yearRefusals } from './refusals.ts'
export { fundReactions, nextTakeUp, yearCase } from './spend-commands.ts'

/** How a consortium's year is filled and closed. */
export const yearForms = {
  'fund.note-spend': noteSpend,
  'fund.take-up-spend': takeUpSpend,
  'fund.enter-indicator': enterIndicator,
  'fund.propose-close': proposeClose,
  'fund.object-to-close': objectToClose,
  'fund.decide-close': decideClose,
  'fund.year-end': yearEndForm,
} as const
