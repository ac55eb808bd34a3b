import { followArrival, followEnd, markLate, warn } from './commands/house.ts'
import { sendOnward } from './commands/onward.ts'
import { end, lapse, stamp } from './commands/stamp.ts'
import { start } from './commands/start.ts'
import { greenChannelRefusals as ownRefusals } from './contract.ts'
import { board, get, ofReferral, quality } from './queries.ts'
import { centres } from './registers.ts'

export { greenChannelReactions } from './reactions.ts'
export type { CentreBody } from './registers.ts'
export type { Capability, Channel } from './green-channel.ts'

/** Every reason of the module to refuse, those of its register included. */
export const greenChannelRefusals = { ...ownRefusals, ...centres.refusals } as const

/** Everything that can be asked of green channels. */
export const greenChannelForms = {
  'green-channel.start': start,
  'green-channel.stamp': stamp,
  'green-channel.end': end,
  'green-channel.send-onward': sendOnward,
  'green-channel.warn': warn,
  'green-channel.mark-late': markLate,
  'green-channel.lapse': lapse,
  'green-channel.follow-arrival': followArrival,
  'green-channel.follow-end': followEnd,
  'green-channel.get': get,
  'green-channel.of-referral': ofReferral,
  'green-channel.board': board,
  'green-channel.quality': quality,
  ...centres.forms,
} as const
