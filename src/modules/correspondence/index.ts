import type { Reaction } from '../../platform/forms/form.ts'
import { readUntil, supplementWithMessage, withdraw, write } from './commands.ts'
import { attachment, thread, unread } from './queries.ts'

export { correspondenceRefusals } from './contract.ts'
export { filesOf, messageById, messagesByTime } from './fhir-store.ts'
export type { Attachment, Message } from './correspondence.ts'
export type { ShownAttachment, ShownMessage, ShownThread } from './contract.ts'

/** What happens here when something happens elsewhere, once for each event: nothing; a thread only listens to its writers. */
export const correspondenceReactions: readonly Reaction[] = []

/** Everything that can be asked of the messages of a case. */
export const correspondenceForms = {
  'correspondence.write': write,
  'correspondence.supplement': supplementWithMessage,
  'correspondence.read-until': readUntil,
  'correspondence.withdraw': withdraw,
  'correspondence.thread': thread,
  'correspondence.attachment': attachment,
  'correspondence.unread': unread,
} as const
