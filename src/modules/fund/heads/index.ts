import { closeHeads, decideHeads, enterHeads, proposeHeads, takeBackHeads } from './commands.ts'
import { headContract, heads } from './queries.ts'

export { headsRefusals } from './contract.ts'

/** Everything that can be asked about contracts by the head. */
export const headsForms = {
  'fund.propose-heads': proposeHeads,
  'fund.decide-heads': decideHeads,
  'fund.enter-heads': enterHeads,
  'fund.take-back-heads': takeBackHeads,
  'fund.close-heads': closeHeads,
  'fund.heads': heads,
  'fund.head-contract': headContract,
} as const
