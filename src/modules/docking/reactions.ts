import type { Reaction } from '../../platform/forms/form.ts'
import { TOLD } from './message-kinds.ts'

/** Every event that the platform is told of queues its messages, once. */
export const dockingReactions: readonly Reaction[] = Object.keys(TOLD).map((on) => ({
  consumer: 'docking.queue',
  on,
  command: 'docking.queue',
  input: ({ id, type, caseId, at }) => ({ event: id, type, caseId, at }),
}))
