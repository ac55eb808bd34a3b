import type { Instant } from '../../kernel/clock.ts'
import type { Brand, OrgId, PersonId } from '../../kernel/id.ts'

export type ReceivedId = Brand<string, 'ReceivedId'>

/** HL7 v2 messages, CDA documents, and tables of inpatient front pages. */
export const RECEIVED_KINDS = ['hl7', 'cda', 'front-page'] as const
export type ReceivedKind = (typeof RECEIVED_KINDS)[number]
export const CHANNELS = ['mllp', 'upload', 'file'] as const
export type IntakeChannel = (typeof CHANNELS)[number]

/** Kept: stored, not yet looked at. Taken: in the record. Stuck: somebody has to look. Solved: settled by hand, with why. */
export const RECEIVED_STATES = ['kept', 'taken', 'stuck', 'solved'] as const
export type ReceivedState = (typeof RECEIVED_STATES)[number]

/** What became of the lines of a table. */
export type LinesReport = {
  readonly lines: number
  readonly fresh: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: readonly { readonly line: number; readonly column: string; readonly fault: string }[]
}

/** A received message as it is kept; its text stays sealed. */
export type Received = {
  readonly org: OrgId
  readonly id: ReceivedId
  readonly kind: ReceivedKind
  readonly channel: IntakeChannel
  readonly facility: string
  readonly controlId: string
  readonly messageType: string
  readonly sentAt: Instant | null
  readonly visit: string | null
  readonly state: ReceivedState
  readonly fault: string | null
  readonly place: string | null
  readonly person: PersonId | null
  readonly resources: number
  readonly report: LinesReport | null
  readonly tries: number
  readonly bytes: number
  readonly receivedAt: Instant
  readonly settledAt: Instant | null
  readonly solvedBecause: string | null
  readonly wrappedKey: Buffer
  readonly bodySealed: Buffer
}
