import type { Channel } from '../../booking.ts'

/** The order in which people who wait for the same thing are served, the first first. */
export const PRIORITY_CLASSES = ['emergency', 'signed-and-referred', 'referred', 'signed', 'elderly', 'ordinary'] as const
export type PriorityClass = (typeof PRIORITY_CLASSES)[number]

/** What a person's place in an order depends on; facts that the caller knows, none is looked up. */
export type Precedence = {
  readonly channel: Channel | null
  /** In an emergency or on a green channel, by whatever channel it was booked. */
  readonly isEmergency?: boolean
  /** Signed with a family doctor on the day. */
  readonly isSigned: boolean
  /** Old enough to be let go before others, by the age of `booking.elderly-from-years` on the day. */
  readonly isElderly: boolean
}

/**
 * The priority class of a person, and its rank: 0 is served first, among equals the one who came first.
 * Emergencies before everybody; then whom the own family doctor has referred, then the referred, the signed, the old.
 * Source: S3 优先就诊、优先检查、优先住院 for the signed and referred; the rest of the order is design.
 */
export const priorityOf = (facts: Precedence): { readonly class: PriorityClass; readonly rank: number } => {
  const found = classOf(facts)
  return { class: found, rank: PRIORITY_CLASSES.indexOf(found) }
}

const classOf = ({ channel, isEmergency = false, isSigned, isElderly }: Precedence): PriorityClass => {
  if (isEmergency || channel === 'emergency') return 'emergency'
  if (channel === 'referral') return isSigned ? 'signed-and-referred' : 'referred'
  if (isSigned) return 'signed'
  return isElderly ? 'elderly' : 'ordinary'
}
