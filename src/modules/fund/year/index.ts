import { adoptMeasure } from './adopt-command.ts'
import { decideClose, enterIndicator, objectToClose, proposeClose } from './close-commands.ts'
import { noteRecovery, recoveryReactions } from './recovery-commands.ts'
import { yearEndForm } from './queries.ts'
import { noteSpend, spendReactions, takeUpSpend } from './spend-commands.ts'

export { insertFundYear } from './insert-year.ts'
export { yearRefusals } from './refusals.ts'
export { nextTakeUp, yearCase } from './spend-commands.ts'

/** What the fund hears of. */
export const fundReactions = [...spendReactions, ...recoveryReactions]

/** How a consortium's year is filled and closed. */
export const yearForms = {
  'fund.note-spend': noteSpend,
  'fund.note-recovery': noteRecovery,
  'fund.take-up-spend': takeUpSpend,
  'fund.enter-indicator': enterIndicator,
  'fund.adopt-measure': adoptMeasure,
  'fund.propose-close': proposeClose,
  'fund.object-to-close': objectToClose,
  'fund.decide-close': decideClose,
  'fund.year-end': yearEndForm,
} as const
