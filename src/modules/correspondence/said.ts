import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse, refuseAll, type Result } from '../../kernel/result.ts'
import { present } from '../../kernel/assert.ts'
import type { Relation } from '../../platform/access.ts'
import type { Act, Decision, TraceEvent } from '../../platform/forms/form.ts'
import type { Queryable, Tx } from '../../platform/database/pool.ts'
import { lifecycle, lockReferral, partiesOf, relationsToReferral, type Referral, type ReferralId } from '../referral/index.ts'
import { keyOfPerson } from '../residents/index.ts'
import { AUTHOR_SIDES, type AttachmentId, type AuthorSide, type MediaType, type MessageId } from './correspondence.ts'
import { readFile } from './files/read-file.ts'
import { faultsOfFiles, readFiles, type SentFile } from './rules/may-attach.ts'
import { mayWrite } from './rules/may-write.ts'
import { nextSeq, type NewAttachment, type Written } from './store.ts'

/** Text and files as they were sent. */
export type Said = {
  readonly text: string
  readonly attachments: readonly { readonly name: string; readonly mediaType: MediaType; readonly base64: string }[]
}

/** The case locked, the key of its person, and the number that the next message gets. */
export type WriteMoment = { readonly referral: Referral; readonly key: Buffer | null; readonly seq: number }

export const lockThread = async (tx: Tx, input: { referral: string }): Promise<WriteMoment | null> => {
  const referral = await lockReferral(tx, input.referral as ReferralId)
  return referral && momentOf(tx, referral)
}

/** The same for a case that is locked already. */
export const momentOf = async (tx: Tx, referral: Referral): Promise<WriteMoment> => ({
  referral,
  key: await keyOfPerson(tx, referral.person),
  seq: await nextSeq(tx, referral),
})

/** What writing needs to know of a case, besides who writes. */
export const writeFacts = (referral: Referral, key: Buffer | null) => ({
  isDraft: referral.state === 'draft',
  isErased: key === null,
  endedAt: lifecycle.states[referral.state].end ? referral.stateSince : null,
})

/** Whether there is anything in what was said. */
export const isSaying = (said: Said): boolean => said.text !== '' || said.attachments.length > 0

/** An event of a thread: told to the parties of the case under a kind of its own, without a word of what was written. */
export const threadEvent = (type: string, referral: Referral, data: NonNullable<TraceEvent['data']>): TraceEvent => ({
  type,
  case: { kind: 'correspondence', org: referral.org, id: referral.id },
  // The person reads the trace of the case, not that its doctors talk: the event is not the person’s.
  person: null,
  seenBy: partiesOf(referral),
  data,
})

const sideOf = (relations: readonly Relation[]): AuthorSide =>
  present(
    AUTHOR_SIDES.find((side) => relations.includes(side)),
    'the side of an author',
  )

export type ShownWritten = { message: string; at: string; attachments: { id: string; mediaType: MediaType; bytes: number }[] }

/** Decides on a message: all reasons why not at once; otherwise sealed and ready to be written. */
export const written = ({ referral, key, seq }: WriteMoment, said: Said, act: Act): Result<Decision<Written, ShownWritten>> => {
  const may = mayWrite(writeFacts(referral, key), act.now, act.policy('correspondence.open-days-after-end'))
  if (!may.ok || key === null) return may.ok ? refuse('correspondence.person-erased') : may
  if (!isSaying(said)) return refuse('correspondence.nothing-written')
  const sent = said.attachments.map(({ mediaType, base64 }, at): SentFile => {
    const bytes = Buffer.from(base64, 'base64')
    return { at: at + 1, sentBytes: bytes.length, read: readFile(mediaType, bytes) }
  })
  const faults = faultsOfFiles(sent, {
    fileBytes: act.policy('correspondence.file-bytes-most'),
    filesBytes: act.policy('correspondence.files-bytes-most'),
    picturePixels: act.policy('correspondence.picture-pixels-most'),
  })
  if (faults.length > 0) return refuseAll(faults)
  const attachments = readFiles(sent).map(({ mediaType, bytes, width, height }, at): NewAttachment => ({
    id: act.newId<AttachmentId>(),
    mediaType,
    bytes: bytes.length,
    width,
    height,
    nameSealed: act.cipher.encrypt(key, plainName(said.attachments[at]?.name ?? '')),
    bodySealed: act.cipher.encrypt(key, bytes.toString('base64')),
  }))
  return ok(
    decisionOf(referral, { seq, textSealed: said.text === '' ? null : act.cipher.encrypt(key, said.text), attachments }, act),
  )
}

const decisionOf = (
  referral: Referral,
  { seq, textSealed, attachments }: { seq: number; textSealed: Buffer | null; attachments: readonly NewAttachment[] },
  act: Act,
): Decision<Written, ShownWritten> => {
  const id = act.newId<MessageId>()
  const message = {
    org: referral.org,
    referral: referral.id,
    seq,
    id,
    person: referral.person,
    at: act.now,
    author: act.actor.account,
    authorOrg: act.actor.org as OrgId,
    authorRole: act.actor.role,
    authorSide: sideOf(relationsToReferral(act.actor, referral)),
    authorName: act.actor.name,
    textSealed,
    withdrawnAt: null,
  }
  return {
    change: { message, attachments, parties: partiesOf(referral) },
    answer: {
      message: id,
      at: act.now,
      attachments: attachments.map(({ id: file, mediaType, bytes }) => ({ id: file, mediaType, bytes })),
    },
    events: [threadEvent('correspondence.written', referral, { message: id, attachments: attachments.length })],
  }
}

/** The name of a file without a path and without characters that no name needs. */
const plainName = (name: string): string =>
  name
    .split(/[\\/]/)
    .at(-1)
    ?.replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim() || 'file'

/** The key that opens what was sealed for the person of a case. */
export const keyOf = (db: Queryable, referral: Referral): Promise<Buffer | null> => keyOfPerson(db, referral.person)
