import type { Commands } from '../../api/api-types.ts'
import type { QueuedCommand } from '../../api/queue.ts'

type Sent = Commands['referral.send']['answer']
/** A referral that the server took as a draft only, because the unit promised to the person is gone. */
export type LostPromise = {
  referral: string
  receiver: string
  specialty: string
  person: string
  alternatives: NonNullable<Sent['promise']>['alternatives']
}

/** The lost promise that a sent command came to; null for everything else. */
export const lostPromiseOf = (entry: QueuedCommand): LostPromise | null => {
  if (entry.name !== 'referral.send' || entry.state !== 'sent') return null
  const answer = entry.answer as Sent | null
  if (answer?.promise == null || answer.promise.kept) return null
  const { receiver, specialty, person } = entry.body as Commands['referral.send']['input']
  return { referral: answer.referral, receiver, specialty, person, alternatives: answer.promise.alternatives }
}
