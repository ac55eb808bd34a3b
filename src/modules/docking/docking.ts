import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { Brand, OrgId, PersonId } from '../../kernel/id.ts'
import type { Words } from '../../kernel/words.ts'
import type { Json } from '../../platform/forms/form.ts'

export type MessageId = Brand<string, 'MessageId'>

/** What the provincial platform is told of a referral; the order of the Chinese message flow, then what follows it. */
export const MESSAGE_KINDS = [
  'request',
  'record',
  'question',
  'supplement',
  'answer-yes',
  'answer-no',
  'appointment',
  'redirect',
  'arrival',
  'no-show',
  'admission',
  'discharge',
  'hand-back',
  'received-back',
  'follow-up',
  'closing',
  'cancellation',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

export const MESSAGE_STATES = ['waiting', 'acknowledged', 'stuck', 'given-up'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** What of a message staff may correct before it is sent again; the referral itself stays as it is. */
export type Corrections = {
  readonly specialty?: string | undefined
  readonly conditionCode?: string | undefined
  readonly senderCode?: string | undefined
  readonly receiverCode?: string | undefined
}

/** One message of a case's line. `data` is what stood at the event. */
export type Message = {
  readonly org: OrgId
  readonly caseId: string
  readonly seq: number
  readonly id: MessageId
  readonly kind: MessageKind
  readonly at: Instant
  readonly occurredAt: Instant
  readonly data: { readonly [key: string]: Json | undefined }
  readonly reason: string | null
  readonly corrections: Corrections
  readonly state: MessageState
  readonly tries: number
  readonly refusedCode: string | null
  readonly refusedWords: Words | null
}

/** A case's line of messages: whose it is, and how far it is numbered. */
export type Line = {
  readonly org: OrgId
  readonly caseId: string
  readonly person: PersonId
  readonly receiver: OrgId
  readonly lastSeq: number
}

/** One case in a day's book: the last sequence that was acknowledged on that day, and the hash over that day's messages. */
export type BookEntry = { readonly caseId: string; readonly lastSeq: number; readonly hash: string }

export const DIFFERENCE_KINDS = ['missing-there', 'unknown-here', 'ahead-there', 'differs'] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** Where the two books of a day do not say the same. */
export type Difference = {
  readonly kind: DifferenceKind
  readonly caseId: string
  readonly seqHere: number | null
  readonly seqThere: number | null
}

/** What a comparison of a day came to; `underWay` cases still have messages to send. */
export type Comparison = {
  readonly day: Day
  readonly casesHere: number
  readonly casesThere: number
  readonly underWay: number
  readonly differences: number
}
