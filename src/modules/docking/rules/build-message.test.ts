import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { MESSAGE_KINDS, type Message, type MessageId, type MessageKind } from '../docking.ts'
import { WORDS_OF_KIND } from '../message-kinds.ts'
import { buildMessage, type MessageFacts } from './build-message.ts'

const AT = '2026-11-20T01:00:00.000Z' as Instant

const message = (kind: MessageKind, more: Partial<Message> = {}): Message => ({
  org: '10' as OrgId,
  caseId: '019a0000-0000-7000-8000-000000000001',
  seq: 3,
  id: '019a0000-0000-7000-8000-000000000002' as MessageId,
  kind,
  at: AT,
  occurredAt: AT,
  data: {
    state: 'scheduled',
    receiver: '20',
    direction: 'up',
    urgency: 'ordinary',
    specialty: '0304',
    appointmentAt: AT,
    appointmentEndsAt: AT,
  },
  reason: null,
  corrections: {},
  state: 'waiting',
  tries: 1,
  refusedCode: null,
  refusedWords: null,
  ...more,
})

const facts = (kind: MessageKind, more: Partial<Message> = {}): MessageFacts => ({
  message: message(kind, more),
  after: 2,
  words: WORDS_OF_KIND[kind],
  referral: {
    slipNo: 'Z-1', openedAt: AT, doctor: { zh: '演示医生' }, condition: 'I10', conditionWords: { zh: '高血压', en: 'Hypertension' },
    returned: { diagnosis: '演示诊断', findings: '演示检查', treatment: '演示治疗', plan: '演示方案', medication: '演示用药' }, followUp: null,
  },
  person: { id: '7', zh: '演示居民', sex: 'female', bornOn: '1960-01-01', idNumber: '990000196001010018', phone: null, address: null, insurance: 'resident', synthetic: true },
  sender: { code: 'SENDER001', name: { zh: '演示镇卫生院' }, phone: null },
  receiver: { code: 'RECEIVER1', name: { zh: '演示县医院' }, phone: null },
  record: kind === 'record' ? { body: '{"resourceType":"Bundle","type":"document","value":1.500}', hash: 'abc', madeAt: AT } : null,
}) // prettier-ignore

type Entry = { resource: { resourceType: string; id: string; [element: string]: any } } // oxlint-disable-line no-explicit-any
const read = (text: string) => {
  const { message: envelope, bundle } = JSON.parse(text) as { message: Record<string, unknown>; bundle: { entry: Entry[] } }
  return {
    envelope,
    find: (type: string, id?: string) =>
      bundle.entry.map(({ resource }) => resource).find((one) => one.resourceType === type && (!id || one.id === id)),
  }
}

// kind | Appointment.status | the step of the flow
const STATUS: [MessageKind, string, string][] = [
  ['request', 'proposed', '转诊预约申请 proposes'],
  ['answer-yes', 'pending', '同意 without a time is pending'],
  ['appointment', 'booked', 'a time is booked'],
  ['answer-no', 'cancelled', '不同意 cancels'],
  ['arrival', 'arrived', '患者到诊应答'],
  ['no-show', 'noshow', 'the person did not come'],
  ['hand-back', 'fulfilled', '回转 after the visit was fulfilled'],
]
for (const [kind, status, why] of STATUS)
  test(`A message: ${why}`, () => assert.equal(read(buildMessage(facts(kind))).find('Appointment')?.['status'], status))

test('Every kind can be made and names its event in the header', () => {
  for (const kind of MESSAGE_KINDS)
    assert.equal(read(buildMessage(facts(kind))).find('MessageHeader')?.['eventCoding'].code, kind)
})

test('The envelope orders it: its number, and the one acknowledged before it', () => {
  const { envelope } = read(buildMessage(facts('arrival')))
  assert.deepEqual(
    [envelope['seq'], envelope['after'], envelope['case'], envelope['slip']],
    [3, 2, '019a0000-0000-7000-8000-000000000001', 'Z-1'],
  )
})

test('What was corrected takes the place of what the platform does not know; nothing else changes', () => {
  const corrections = { specialty: '030401', conditionCode: 'I10.x00', senderCode: 'PLATFORM001', receiverCode: 'PLATFORM002' }
  const { find } = read(buildMessage(facts('request', { corrections })))
  assert.equal(find('Appointment')?.['specialty'][0].coding[0].code, '030401')
  assert.equal(find('Appointment')?.['reasonCode'][0].coding[0].code, 'I10.x00')
  assert.equal(find('Organization', 'sending')?.['identifier'][0].value, 'PLATFORM001')
  assert.equal(find('Organization', 'receiving')?.['identifier'][0].value, 'PLATFORM002')
  assert.equal(find('Organization', 'receiving')?.['name'], '演示县医院')
})

test('The record travels as it was sealed, digit for digit, and only with a record message', () => {
  assert.ok(buildMessage(facts('record')).includes('{"resourceType":"Bundle","type":"document","value":1.500}'))
  assert.equal(read(buildMessage(facts('record'))).find('List')?.['identifier'][0].value, 'abc')
  assert.equal(read(buildMessage(facts('request'))).find('List'), undefined)
})

test('The return slip goes with the hand back alone', () => {
  assert.equal(read(buildMessage(facts('hand-back'))).find('ClinicalImpression')?.['summary'], '演示诊断')
  assert.equal(read(buildMessage(facts('discharge'))).find('ClinicalImpression'), undefined)
})

test('A synthetic person is marked as test data', () => {
  assert.equal(read(buildMessage(facts('request'))).find('Patient')?.['meta'].tag[0].code, 'HTEST')
})
