import type { Composition, CompositionSection } from '@medplum/fhirtypes'
import type { Instant } from '../../../kernel/clock.ts'
import type { Name } from '../../../kernel/words.ts'
import { patientOfPerson, TEST_DATA, type PatientFacts } from '../fhir.ts'
import type { Chosen } from './choose-for-package.ts'
import { parseExact } from './exact-json.ts'
import { conceptOf, timeOf, wordsOf, type Resource } from './fhir-reading.ts'
import { targetOf, withReferences } from './references.ts'
import { patientOf } from './resource-faults.ts'

/** What the sending doctor writes. */
export type Letter = {
  /** Why the person is handed on. */
  readonly reason: string
  /** What was found and done so far. */
  readonly findings?: string | null
  /** What is asked of the receiver. */
  readonly request?: string | null
  readonly diagnosis?: { readonly icd10: string | null; readonly name: Name } | null
  readonly sender: { readonly institution: Name; readonly doctor: Name }
  readonly receiver?: { readonly institution: Name } | null
}

/** A stored resource with its body, as it stands in the record. */
export type StoredResource = {
  readonly id: string
  readonly type: string
  readonly source: string
  readonly sourceId: string | null
  readonly body: string
}

export type Bundle = {
  readonly resourceType: 'Bundle'
  readonly type: 'document'
  readonly timestamp: Instant
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[]
  readonly [element: string]: unknown
}

export type PackageFacts = {
  readonly person: PatientFacts
  readonly chosen: Chosen
  /** What was chosen and what that refers to. */
  readonly resources: readonly StoredResource[]
  readonly letter: Letter
  readonly case: string
  readonly at: Instant
  readonly zone: string
  /** Ids of the parts that this document alone has. */
  readonly newId: () => string
}

type Entry = { readonly fullUrl: string; readonly resource: Resource }
const urn = (id: string): string => `urn:uuid:${id}`

/**
 * The package that travels with a case: a FHIR R4 document. The Composition (LOINC 57133-1, referral note) comes first,
 * then the patient, sender and everything that its sections name. References lead to addresses inside the document; what
 * lies outside is named by its identifier. Write it with `JSON.stringify`: numbers keep the digits that they came with.
 */
export const buildPackage = (facts: PackageFacts): Bundle => {
  const [bundleId, patientId, doctorId, institutionId, compositionId] = Array.from({ length: 5 }, facts.newId) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const { letter, person } = facts
  const patient = { fullUrl: urn(patientId), resource: patientOfPerson(person) as unknown as Resource }
  const doctor = {
    fullUrl: urn(doctorId),
    resource: { resourceType: 'Practitioner', id: doctorId, name: [{ text: both(letter.sender.doctor) }] },
  }
  const institution = {
    fullUrl: urn(institutionId),
    resource: { resourceType: 'Organization', id: institutionId, name: both(letter.sender.institution) },
  }
  const records = recordEntries(facts, patient.fullUrl)
  const composition: Composition = {
    ...compositionHead(facts, compositionId),
    subject: { reference: patient.fullUrl },
    author: [{ reference: doctor.fullUrl }],
    custodian: { reference: institution.fullUrl },
    section: [letterSection(letter), ...recordSections(facts, records)],
  }
  const first = { fullUrl: urn(compositionId), resource: composition as unknown as Resource }
  return {
    resourceType: 'Bundle',
    id: bundleId,
    ...(person.synthetic ? { meta: { tag: [TEST_DATA] } } : {}),
    identifier: { system: 'urn:ietf:rfc:3986', value: urn(bundleId) },
    type: 'document',
    timestamp: facts.at,
    entry: [first, patient, doctor, institution, ...records.values()],
  }
}

const compositionHead = (facts: PackageFacts, id: string): Omit<Composition, 'subject' | 'author' | 'custodian' | 'section'> => ({
  resourceType: 'Composition',
  id,
  language: 'zh-CN',
  identifier: { system: 'urn:ietf:rfc:3986', value: urn(facts.case) },
  status: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '57133-1', display: 'Referral note' }], text: '转诊单' },
  date: facts.at,
  title: '转诊资料包 · Referral package',
})

const both = ({ zh, en }: Name): string => (en && en !== zh ? `${zh} · ${en}` : zh)

/** The stored resources by their id, with references of the document. */
const recordEntries = ({ resources }: PackageFacts, patientUrl: string): Map<string, Entry> => {
  const addresses = new Map<string, string>()
  for (const { id, type, source, sourceId } of resources) {
    for (const key of [id, sourceId ?? id]) for (const kind of [type, '']) addresses.set(`${source}|${kind}/${key}`, urn(id))
  }
  const entries = resources.map(({ id, source, body }): [string, Entry] => {
    const resource = parseExact(body) as Resource
    const about = patientOf(resource)
    const addressOf = (reference: string): string | null => {
      if (about !== 'nobody' && 'reference' in about && about.reference === reference) return patientUrl
      const target = targetOf(reference)
      return target && (addresses.get(`${source}|${target.type}/${target.id}`) ?? null)
    }
    return [id, { fullUrl: urn(id), resource: withReferences(resource, addressOf) as Resource }]
  })
  return new Map(entries)
}

const escaped = (text: string): string => text.replace(/[<>&"]/g, (sign) => `&#${sign.codePointAt(0)};`)
const narrative = (inner: string): { status: 'generated'; div: string } => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml" lang="zh-CN">${inner}</div>`,
})
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] })

const letterSection = ({ reason, findings, request, diagnosis, receiver }: Letter): CompositionSection => {
  const lines: [string, string | null | undefined][] = [
    ['转诊原因 Reason', reason],
    ['初步诊断 Diagnosis', diagnosis ? [both(diagnosis.name), diagnosis.icd10].filter(Boolean).join(' ') : null],
    ['病情与处理 Findings and care so far', findings],
    ['请求 Request', request],
    ['接收机构 Receiver', receiver ? both(receiver.institution) : null],
  ]
  const said = lines.flatMap(([label, text]) => (text ? [`<p><b>${label}</b> ${escaped(text)}</p>`] : []))
  return { title: '转诊信 · Letter', code: loinc('42349-1', 'Reason for referral (narrative)'), text: narrative(said.join('')) }
}

const SECTIONS = [
  ['problems', '诊断与健康问题 · Problems', loinc('11450-4', 'Problem list - Reported')],
  ['medicines', '用药 · Medicines', loinc('10160-0', 'History of Medication use Narrative')],
  ['allergies', '过敏 · Allergies', loinc('48765-2', 'Allergies and adverse reactions Document')],
  [
    'observations',
    '近期测量与检验 · Recent observations',
    loinc('30954-2', 'Relevant diagnostic tests/laboratory data Narrative'),
  ],
  ['reports', '检查检验报告 · Reports', null],
] as const

const NOTHING = {
  emptyReason: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'unavailable', display: 'Unavailable' }],
    text: '本平台没有记录,不等于没有 · Nothing on record here, which does not mean none',
  },
}

const recordSections = ({ chosen, zone }: PackageFacts, records: ReadonlyMap<string, Entry>): CompositionSection[] =>
  SECTIONS.map(([part, title, code]) => {
    const entries = chosen[part].flatMap((id) => records.get(id) ?? [])
    const head = { title, ...(code ? { code } : {}) }
    if (entries.length === 0) return { ...head, text: narrative(`<p>${NOTHING.emptyReason.text}</p>`), ...NOTHING }
    const items = entries.map(({ resource }) => `<li>${escaped(lineOf(resource, zone))}</li>`)
    return {
      ...head,
      text: narrative(`<ul>${items.join('')}</ul>`),
      entry: entries.map(({ fullUrl }) => ({ reference: fullUrl })),
    }
  })

const lineOf = (resource: Resource, zone: string): string => {
  const words = wordsOf(conceptOf(resource))
  return [timeOf(resource, zone)?.slice(0, 10), words ? both(words) : null].filter(Boolean).join(' ')
}
