import { enterCount } from './commands.ts'
import { measures } from './queries.ts'

export { measureRefusals } from './contract.ts'
export { measuredOf, readMeasured } from './queries.ts'
export { measureByRulebook } from './definitions.ts'
export { saveCount, type EnteredCount } from './store.ts'

/** Everything that can be asked about the five checks and the fund's measures. */
export const measureForms = { 'fund.enter-count': enterCount, 'fund.measures': measures } as const
