import { sendCaseFacts } from './commands.ts'
import { methods, methodsCase } from './queries.ts'

export { methodsRefusals } from './contract.ts'
export { saveFacts, type CaseFact } from './store.ts'

/** Everything that can be asked about the ways to pay side by side. */
export const methodsForms = {
  'fund.send-case-facts': sendCaseFacts,
  'fund.methods': methods,
  'fund.methods-case': methodsCase,
} as const
