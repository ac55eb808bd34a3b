import { keep, raw, retry, solve, take, upload } from './commands.ts'
import { intakeRefusals as ownRefusals } from './contract.ts'
import { list } from './queries.ts'
import { sources } from './registers.ts'

export { lineFaultWords } from './faults.ts'
export { intakeReactions } from './reactions.ts'
export { startMllp, type Mllp, type MllpSettings } from './mllp/server.ts'
export type { ShownReceived } from './contract.ts'

/** Every reason of the module to refuse, those of its register included. */
export const intakeRefusals = { ...ownRefusals, ...sources.refusals } as const

/** Everything that can be asked of what other systems send. */
export const intakeForms = {
  'intake.keep': keep,
  'intake.take': take,
  'intake.upload': upload,
  'intake.retry': retry,
  'intake.solve': solve,
  'intake.raw': raw,
  'intake.list': list,
  ...sources.forms,
} as const
