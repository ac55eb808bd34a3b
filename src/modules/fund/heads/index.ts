import { closeHeads, decideHeads, enterHeads, proposeHeads, takeBackHeads } from './commands.ts'
import { headContract, heads } from './queries.ts'
import { decideContract, proposeClose, saveContract, saveEntry } from './store.ts'

export { headsRefusals } from './contract.ts'
export type { HeadContract, HeadEntry } from './heads.ts'

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

/** The books of contracts by the head, for who brings whole years in. */
export const headBooks = { saveContract, saveEntry, decideContract, proposeClose } as const
