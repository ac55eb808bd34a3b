import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { institutionsOf } from '../organisations/index.ts'
import type { Referral } from '../referral/index.ts'
import type { CorrespondenceCode, ShownAttachment, ShownMessage, ShownThread } from './contract.ts'
import type { Attachment, Message, ReadMark } from './correspondence.ts'
import { withdrawUntil } from './rules/may-withdraw.ts'
import { closesAt, mayWrite } from './rules/may-write.ts'
import { readersOf } from './rules/readers-of.ts'
import { keyOf, writeFacts } from './said.ts'
import { attachmentsOf, messagesOf, readMarksOf } from './store.ts'

export type WholeThread = {
  readonly referral: Referral
  readonly key: Buffer | null
  readonly messages: readonly Message[]
  readonly attachments: readonly Attachment[]
  readonly marks: readonly ReadMark[]
  readonly places: ReadonlyMap<OrgId, Name>
}

/** A thread with all that its screen shows, still sealed. */
export const readThread = async (db: Queryable, referral: Referral): Promise<WholeThread> => {
  const messages = await messagesOf(db, referral)
  const marks = await readMarksOf(db, referral)
  const orgs = new Set([...messages.map((message) => message.authorOrg), ...marks.map((mark) => mark.readerOrg)])
  const places = new Map((await institutionsOf(db, [...orgs])).map((place) => [place.id, place.name]))
  return { referral, messages, marks, places, key: await keyOf(db, referral), attachments: await attachmentsOf(db, referral) }
}

const shownName = (name: Name | undefined): { zh: string; en: string | null } => ({ zh: name?.zh ?? '', en: name?.en ?? null })

/** A sealed text, opened; null when the key is gone. */
export const opened = (sealed: Buffer | null, key: Buffer | null, act: Act): string | null =>
  sealed && key ? act.cipher.decrypt(key, sealed) : null

const shownAttachment = (file: Attachment, key: Buffer | null, act: Act): ShownAttachment => ({
  id: file.id,
  name: opened(file.nameSealed, key, act) ?? '',
  mediaType: file.mediaType,
  bytes: file.bytes,
  width: file.width,
  height: file.height,
})

const shownMessage = (message: Message, { key, attachments, marks, places }: WholeThread, act: Act): ShownMessage => {
  const isMine = act.actor.account !== null && message.author === act.actor.account
  const until: Instant = withdrawUntil(message.at, act.policy('correspondence.withdraw-minutes'))
  return {
    id: message.id,
    at: message.at,
    author: {
      name: shownName(message.authorName),
      role: message.authorRole,
      side: message.authorSide,
      institution: { id: message.authorOrg, name: shownName(places.get(message.authorOrg)) },
    },
    isMine,
    isNew: !isMine && !marks.some((mark) => mark.account === act.actor.account && mark.seq >= message.seq),
    text: opened(message.textSealed, key, act),
    withdrawnAt: message.withdrawnAt,
    mayWithdrawUntil: isMine && !message.withdrawnAt && act.now < until ? until : null,
    attachments:
      key === null ? [] : attachments.filter((file) => file.seq === message.seq).map((file) => shownAttachment(file, key, act)),
    readBy: readersOf(message.seq, message.author, marks).map((mark) => ({
      name: shownName(mark.readerName),
      institution: shownName(places.get(mark.readerOrg)),
      at: mark.at,
    })),
  }
}

/** A thread as its parties see it. */
export const shownThread = (whole: WholeThread, act: Act): ShownThread => {
  const days = act.policy('correspondence.open-days-after-end')
  const facts = writeFacts(whole.referral, whole.key)
  const may = mayWrite(facts, act.now, days)
  return {
    messages: whole.messages.map((message) => shownMessage(message, whole, act)),
    isErased: whole.key === null,
    refused: may.ok ? null : ((may.refusals[0]?.code ?? null) as CorrespondenceCode | null),
    closesAt: closesAt(facts.endedAt, days),
  }
}
