import { compare, correctAndRetry, giveUp, queue, retry } from './commands.ts'
import { books, stuck } from './queries.ts'

export { dockingRefusals } from './contract.ts'
export type { ShownStuck } from './contract.ts'
export { dockingReactions } from './reactions.ts'
export { fetchBook, type Platform } from './platform.ts'
export { compareDay, startDocking, type Docking } from './run.ts'
export { startSender, type Sender } from './sender.ts'
export { countWaiting } from './store.ts'

export const dockingForms = {
  'docking.queue': queue,
  'docking.retry': retry,
  'docking.correct-and-retry': correctAndRetry,
  'docking.give-up': giveUp,
  'docking.compare': compare,
  'docking.stuck': stuck,
  'docking.books': books,
} as const
