import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, Brand, OrgId, PersonId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import type { ReferralId } from '../referral/index.ts'

export type MessageId = Brand<string, 'MessageId'>
export type AttachmentId = Brand<string, 'AttachmentId'>

/** What may be attached: photographs and pictures that every screen shows, and documents. */
export const MEDIA_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

/** How the author of a message stood to the case when it was written. */
export const AUTHOR_SIDES = ['sender', 'receiver', 'care-team', 'supervisor'] as const
export type AuthorSide = (typeof AUTHOR_SIDES)[number]

/** One message of a case, its text still sealed; a withdrawn one has none. */
export type Message = {
  readonly org: OrgId
  readonly referral: ReferralId
  readonly seq: number
  readonly id: MessageId
  readonly person: PersonId
  readonly at: Instant
  readonly author: AccountId | null
  readonly authorOrg: OrgId
  readonly authorRole: string
  readonly authorSide: AuthorSide
  readonly authorName: Name
  readonly textSealed: Buffer | null
  readonly withdrawnAt: Instant | null
}

/** A file of a message without its content, its name still sealed. */
export type Attachment = {
  readonly id: AttachmentId
  readonly seq: number
  readonly mediaType: MediaType
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly nameSealed: Buffer
}

/** That an account had read up to a message, and when it first had. */
export type ReadMark = {
  readonly account: AccountId
  readonly seq: number
  readonly readerOrg: OrgId
  readonly readerName: Name
  readonly at: Instant
}
