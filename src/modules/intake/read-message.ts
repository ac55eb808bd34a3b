import type { Instant } from '../../kernel/clock.ts'
import type { ContentFault } from './draft.ts'
import { fhirMoment } from './draft.ts'
import { readDocument } from './cda/document.ts'
import { contentOf, draftsOf, isUnderstood } from './hl7/content.ts'
import { headerOf } from './hl7/header.ts'
import { readHl7, type Hl7Message } from './hl7/reading.ts'
import { decodeHl7, type Charset } from './hl7/text.ts'
import { visitKeyOf } from './hl7/visit.ts'
import type { ReceivedKind } from './intake.ts'
import type { Content } from './take.ts'

/** What is known of a message by looking at its head: enough to keep it under the right names. */
export type Head = {
  readonly facility: string
  readonly controlId: string
  readonly messageType: string
  readonly sentAt: Instant | null
  readonly visit: string | null
  /** Why it will never be understood; null when it may be. */
  readonly fault: string | null
  readonly message: Hl7Message | null
  readonly charset: Charset
}

const NOTHING = {
  facility: '',
  controlId: '',
  messageType: '',
  sentAt: null,
  visit: null,
  message: null,
  charset: 'utf-8',
} as const

/** The head of an HL7 message. */
export const headOfHl7 = (bytes: Buffer, zone: string): Head => {
  const decoded = decodeHl7(bytes)
  if (!decoded) return { ...NOTHING, fault: 'no-text' }
  const message = readHl7(decoded.text)
  if ('fault' in message) return { ...NOTHING, charset: decoded.charset, fault: message.fault }
  const header = headerOf(message)
  const sentAt = fhirMoment(header.sentAt, zone)
  return {
    facility: (header.facility ?? '').slice(0, 180),
    controlId: (header.controlId ?? '').slice(0, 199),
    messageType: [header.type, header.event].filter(Boolean).join('^').slice(0, 40),
    sentAt: sentAt?.includes('T') ? (sentAt as Instant) : null,
    visit: visitKeyOf(message),
    fault: isUnderstood(header) ? null : 'not-understood',
    message,
    charset: decoded.charset,
  }
}

/** The head of anything that can be received by itself. */
export const headOf = (kind: ReceivedKind, bytes: Buffer, zone: string): Head => {
  if (kind === 'hl7') return headOfHl7(bytes, zone)
  if (kind === 'front-page') return { ...NOTHING, fault: null }
  const document = readDocument(bytes)
  if ('fault' in document) return { ...NOTHING, fault: document.fault }
  return { ...NOTHING, controlId: document.number.slice(0, 199), messageType: document.template.slice(0, 40), fault: null }
}

/** The whole of a message that a record can be made of, or why it cannot. */
export const contentIn = (
  kind: Exclude<ReceivedKind, 'front-page'>,
  bytes: Buffer,
  skipsVisit: boolean,
): Content | ContentFault => {
  if (kind === 'cda') {
    const document = readDocument(bytes)
    return 'fault' in document ? document : document.content
  }
  const decoded = decodeHl7(bytes)
  const message = decoded ? readHl7(decoded.text) : ({ fault: 'no-text' } as const)
  if ('fault' in message) return { fault: message.fault, place: 'MSH' }
  const header = headerOf(message)
  if (!isUnderstood(header)) return { fault: 'not-understood', place: 'MSH^1^9' }
  const content = contentOf(message, header)
  if ('fault' in content) return content
  return {
    ...content,
    drafts: (origin) => {
      const drafts = draftsOf(message, header, origin)
      // A later message of this visit is in the record: what this one says of the visit itself is past.
      return 'fault' in drafts || !skipsVisit ? drafts : drafts.filter(({ type }) => type !== 'Encounter')
    },
  }
}
