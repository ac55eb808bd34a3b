import type { Instant } from '../../../kernel/clock.ts'
import type { Name, Words } from '../../../kernel/words.ts'
import type { Message, MessageKind } from '../docking.ts'

export type PlaceFacts = { readonly code: string; readonly name: Name; readonly phone: string | null }
export type PersonFacts = {
  readonly id: string
  readonly zh: string
  readonly sex: 'male' | 'female' | 'unknown' | 'other'
  readonly bornOn: string | null
  readonly idNumber: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly insurance: string
  readonly synthetic: boolean
}
export type ReferralFacts = {
  readonly slipNo: string
  readonly openedAt: Instant
  readonly doctor: Name
  readonly condition: string
  readonly conditionWords: Words
  readonly returned: {
    readonly diagnosis: string
    readonly findings: string
    readonly treatment: string
    readonly plan: string
    readonly medication: string
  } | null
  readonly followUp: { readonly way: string; readonly outcome: string; readonly note: string } | null
}

/** What a message is made of: what stood at the event, and who and where. */
export type MessageFacts = {
  readonly message: Message
  /** The sequence that the platform acknowledged before this one. */
  readonly after: number
  readonly words: Words
  readonly referral: ReferralFacts
  readonly person: PersonFacts
  readonly sender: PlaceFacts
  readonly receiver: PlaceFacts
  /** The sealed record as it stood at the event, its text untouched; only a record message has one. */
  readonly record: { readonly body: string; readonly hash: string; readonly madeAt: Instant } | null
}

type Resource = { readonly resourceType: string; readonly id: string; readonly [element: string]: unknown }

const OWN = 'urn:jieli'
const STATUS: Readonly<Record<MessageKind, string>> = {
  request: 'proposed',
  record: 'proposed',
  question: 'pending',
  supplement: 'proposed',
  'answer-yes': 'pending',
  'answer-no': 'cancelled',
  appointment: 'booked',
  redirect: 'proposed',
  arrival: 'arrived',
  'no-show': 'noshow',
  admission: 'checked-in',
  discharge: 'fulfilled',
  'hand-back': 'fulfilled',
  'received-back': 'fulfilled',
  'follow-up': 'fulfilled',
  closing: 'fulfilled',
  cancellation: 'cancelled',
}
// Appointment.priority as iCalendar counts: 1 is highest, 5 is normal.
const PRIORITY: Readonly<Record<string, number>> = { emergency: 1, 'green-channel': 2, ordinary: 5 }
const MARK = '@@the sealed record@@'

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const when = (data: Message['data']) => {
  const [start, end] = [textOf(data['appointmentAt']), textOf(data['appointmentEndsAt'])]
  return { ...(start ? { start } : {}), ...(end ? { end } : {}) }
}

const appointment = ({ message, words, referral }: MessageFacts): Resource => {
  const { data, corrections, kind } = message
  const specialty = corrections.specialty ?? textOf(data['specialty'])
  const why = textOf(data['why'])
  return {
    resourceType: 'Appointment',
    id: message.caseId,
    identifier: [{ system: `${OWN}:slip`, value: referral.slipNo }],
    status: STATUS[kind],
    ...(why ? { cancelationReason: { coding: [{ system: `${OWN}:reject-reason`, code: why }] } } : {}),
    serviceCategory: [{ coding: [{ system: `${OWN}:direction`, code: textOf(data['direction']) }] }],
    specialty: [{ coding: [{ system: 'urn:cn:specialty', code: specialty }] }],
    priority: PRIORITY[textOf(data['urgency']) ?? ''] ?? PRIORITY['ordinary'],
    reasonCode: [
      {
        coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: corrections.conditionCode ?? referral.condition }],
        text: referral.conditionWords.zh,
      },
    ],
    description: words.zh,
    ...when(data),
    created: referral.openedAt,
    ...(message.reason ? { comment: message.reason } : {}),
    participant: ['Patient/person', 'PractitionerRole/sender', 'HealthcareService/receiver'].map((reference) => ({
      actor: { reference },
      status: 'accepted',
    })),
  }
}

const patient = ({ person }: MessageFacts): Resource => ({
  resourceType: 'Patient',
  id: 'person',
  ...(person.synthetic
    ? { meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] } }
    : {}),
  identifier: [
    { system: `${OWN}:person`, value: person.id },
    ...(person.idNumber ? [{ system: 'urn:cn:id-number', value: person.idNumber }] : []),
  ],
  name: [{ text: person.zh }],
  ...(person.phone ? { telecom: [{ system: 'phone', value: person.phone }] } : {}),
  gender: person.sex,
  ...(person.bornOn ? { birthDate: person.bornOn } : {}),
  ...(person.address ? { address: [{ text: person.address }] } : {}),
  extension: [{ url: `${OWN}:insurance`, valueCode: person.insurance }],
})

const organisation = (id: string, { code, name, phone }: PlaceFacts, corrected: string | undefined): Resource => ({
  resourceType: 'Organization',
  id,
  identifier: [{ system: 'urn:cn:ws218', value: corrected ?? code }],
  name: name.zh,
  ...(phone ? { telecom: [{ system: 'phone', value: phone }] } : {}),
})

const note = (title: string, text: string): { text: string } => ({ text: `${title}:${text}` })

/** What the return slip or the follow-up says in words. */
const impression = ({ message, referral }: MessageFacts): Resource[] => {
  const common = {
    resourceType: 'ClinicalImpression',
    id: 'impression',
    status: 'completed',
    subject: { reference: 'Patient/person' },
  }
  const { returned, followUp } = referral
  if (message.kind === 'hand-back' && returned)
    return [
      {
        ...common,
        summary: returned.diagnosis,
        note: [
          note('主要检查结果', returned.findings),
          note('治疗经过', returned.treatment),
          note('下一步治疗方案及康复建议', returned.plan),
          note('用药', returned.medication),
        ],
      },
    ]
  if (message.kind === 'follow-up' && followUp)
    return [{ ...common, summary: followUp.outcome, note: [note(followUp.way, followUp.note)] }]
  return []
}

const recordList = ({ record }: MessageFacts): Resource[] =>
  record
    ? [
        { resourceType: 'List', id: 'record', status: 'current', mode: 'snapshot', title: '完整病历', date: record.madeAt, subject: { reference: 'Patient/person' },
          identifier: [{ system: `${OWN}:sha256`, value: record.hash }], entry: [{ item: { reference: 'Bundle/document' } }] },
      ]
    : [] // prettier-ignore

/**
 * The text of one message: an envelope that orders it within its case, and a FHIR R4 message. Up and down use the same
 * resource, an Appointment; the whole record is named by a List and packed as the sealed document, byte for byte.
 * Source: Chinese FHIR referral guide (facts 2.1); field names of docs/docking.md.
 */
export const buildMessage = (facts: MessageFacts): string => {
  const { message, after, words, referral, sender, receiver, record } = facts
  const { id, kind, caseId, seq, at, occurredAt, corrections } = message
  const header = {
    resourceType: 'MessageHeader',
    id,
    eventCoding: { system: `${OWN}:referral`, code: kind, display: words.zh },
    source: { endpoint: OWN },
    focus: [{ reference: `Appointment/${caseId}` }],
  }
  const parts: Resource[] = [
    header,
    appointment(facts),
    patient(facts),
    organisation('sending', sender, corrections.senderCode),
    organisation('receiving', receiver, corrections.receiverCode),
    {
      resourceType: 'PractitionerRole',
      id: 'sender',
      practitioner: { display: referral.doctor.zh },
      organization: { reference: 'Organization/sending' },
    },
    { resourceType: 'HealthcareService', id: 'receiver', providedBy: { reference: 'Organization/receiving' } },
    ...impression(facts),
    ...recordList(facts),
  ]
  const entry = [
    ...parts.map((resource) => ({ fullUrl: `${OWN}:${resource.resourceType}/${resource.id}`, resource: resource as unknown })),
    ...(record ? [{ fullUrl: `${OWN}:Bundle/document`, resource: MARK }] : []),
  ]
  const text = JSON.stringify({
    message: { id, kind, case: caseId, slip: referral.slipNo, seq, after, at, occurredAt },
    bundle: { resourceType: 'Bundle', id, type: 'message', timestamp: at, entry },
  })
  return record ? text.replace(JSON.stringify(MARK), () => record.body) : text
}
