import { componentOf, rawField, repetitionsOf, valueAt, type Hl7Message } from './reading.ts'

/** Who sends what: the first segment of a message, read. */
export type Hl7Header = {
  readonly application: string | null
  /** MSH-4, which the register of sources ties to an institution. */
  readonly facility: string | null
  readonly receivingApplication: string | null
  readonly receivingFacility: string | null
  /** MSH-9: `ADT`, `ORU`, `SIU` … */
  readonly type: string
  /** `A01`, `R01`, `S12` …; empty when the sender leaves it out. */
  readonly event: string
  readonly controlId: string | null
  readonly sentAt: string | null
  readonly processing: string | null
  readonly version: string | null
  readonly charset: string | null
}

/** The header of a message. A type without its event is taken from the event segment EVN. */
export const headerOf = (message: Hl7Message): Hl7Header => {
  const header = message.segments[0]
  const at = (field: number, component = 1): string | null => valueAt(message, header, field, component)
  const evn = message.segments.find(({ name }) => name === 'EVN')
  return {
    application: at(3),
    facility: at(4),
    receivingApplication: at(5),
    receivingFacility: at(6),
    type: (at(9) ?? '').toUpperCase(),
    event: (at(9, 2) ?? valueAt(message, evn, 1) ?? '').toUpperCase(),
    controlId: at(10),
    sentAt: at(7),
    processing: at(11),
    version: at(12),
    charset: repetitionsOf(message, header, 18)[0] ?? null,
  }
}

/** AA: stored and used. AE: understood, but its content cannot be used; kept for somebody to look at. AR: not understood; kept too. */
export type AckCode = 'AA' | 'AE' | 'AR'
/** CA: kept for good. CR: not understood; nothing more is answered to it. */
export type AcceptCode = 'CA' | 'CR'

/** What is answered to a message that could be read or not. */
export type Ack = {
  readonly code: AckCode | AcceptCode
  readonly id: string
  /** `YYYYMMDDHHMMSS+ZZZZ`. */
  readonly at: string
  /** In Latin letters: many senders show nothing else. */
  readonly says: string
  /** `PID^1^3`: which place of the message is meant; null when none. */
  readonly place: string | null
}

const FALLBACK = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' } as const
const HL7_ERRORS: Readonly<Record<Ack['code'], string>> = { AA: '0', AE: '207', AR: '200', CA: '0', CR: '200' }

/**
 * The acknowledgement of a message, in the sender's own signs and version, addressed back to it; MSA-2 is its control id.
 * A text that is no message is answered in the usual signs without a control id.
 */
export const ackOf = (message: Hl7Message | null, { code, id, at, says, place }: Ack): string => {
  const signs = message?.delimiters ?? FALLBACK
  const { field, component, repetition, escape, subcomponent } = signs
  const header = message?.segments[0]
  const version = message ? rawField(header, 12) || '2.4' : '2.4'
  const processing = message ? rawField(header, 11) || 'P' : 'P'
  const event = message ? componentOf(message, rawField(header, 9), 2) : null
  const type = ['ACK', ...(event ? [event, 'ACK'] : [])].join(component)
  const [from, to] = [rawField(header, 5) || 'JIELI', rawField(header, 6) || 'JIELI']
  const charset = rawField(header, 18)
  const msh = ['MSH', `${component}${repetition}${escape}${subcomponent}`, from, to, rawField(header, 3), rawField(header, 4), at, '', type, id, processing, version]
  const whole = charset ? [...msh, '', '', '', '', '', charset] : msh
  const clean = escapedFor(says, signs)
  const msa = ['MSA', code, message ? rawField(header, 10) : '', clean]
  const err = HL7_ERRORS[code] === '0' ? [] : [['ERR', '', place ? place.split('^').join(component) : '', HL7_ERRORS[code], 'E', '', '', '', clean].join(field)]
  return [whole.join(field), msa.join(field), ...err].map((line) => `${line}\r`).join('')
} // prettier-ignore

/**
 * Which acknowledgements the sender of a message asks for, in their order. Original mode (neither MSH-15 nor MSH-16): the one of
 * the content. Enhanced mode: MSH-15 says when it wants to hear that the message is kept, MSH-16 what became of its content: AL
 * always, ER only of a fault, SU only without one, NE or nothing never.
 */
export const acksAskedFor = (message: Hl7Message | null, code: AckCode): readonly Ack['code'][] => {
  const header = message?.segments[0]
  const [accept, application] = [15, 16].map((field) => rawField(header, field).trim().toUpperCase()) as [string, string]
  if (accept === '' && application === '') return [code]
  const wants = (when: string, isWell: boolean): boolean => when === 'AL' || when === (isWell ? 'SU' : 'ER')
  const isKept = code !== 'AR'
  const accepted: Ack['code'][] = wants(accept, isKept) ? [isKept ? 'CA' : 'CR'] : []
  // A sender that has heard CR waits for nothing more; one that wants no word of it hears of the fault here.
  const isTold = accepted[0] === 'CR'
  return [...accepted, ...(!isTold && wants(application, code === 'AA') ? [code] : [])]
}

const escapedFor = (text: string, { field, component, repetition, escape, subcomponent }: Hl7Message['delimiters']): string => {
  const codes = new Map([
    [escape, 'E'],
    [field, 'F'],
    [component, 'S'],
    [repetition, 'R'],
    [subcomponent, 'T'],
  ])
  return [...text].map((sign) => (codes.has(sign) ? `${escape}${codes.get(sign) as string}${escape}` : sign)).join('')
}

/** The acknowledgements of a batch, between a header and a trailer that counts them. */
export const ackBatch = (acks: readonly string[], header: string): string => {
  const field = header[3] ?? '|'
  const [, signs = '^~\\&', application = '', facility = '', toApplication = '', toFacility = '', , , , , id = ''] = header.split(field)
  const bhs = ['BHS', signs, toApplication, toFacility, application, facility, '', '', '', '', '', id].join(field)
  return `${bhs}\r${acks.join('')}BTS${field}${acks.length}\r`
} // prettier-ignore
