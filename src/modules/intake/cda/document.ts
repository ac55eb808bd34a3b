import { fhirMoment, idOf, type ContentFault, type Draft, type Elements, type Origin } from '../draft.ts'
import { instantAt, isDay, type Day } from '../../../kernel/day.ts'
import type { Content } from '../take.ts'
import { draftsOfSection } from './entries.ts'
import { personOfDocument } from './person.ts'
import { attributeAt, everyNode, nodesAt, readXml, textIn, type XmlNode } from './xml.ts'

/** A shared document (WS/T 500) or a C-CDA one, as far as it is read before anything is looked up. */
export type ReadDocument = { readonly number: string; readonly template: string; readonly content: Content }

/** Reads a document; what cannot be one is a fault. Whether its person is known is asked later. */
export const readDocument = (bytes: Buffer): ReadDocument | ContentFault => {
  const root = readXml(bytes)
  if ('fault' in root && typeof root['fault'] === 'string') return { fault: root['fault'], place: '' }
  const [document] = nodesAt(root as XmlNode, 'ClinicalDocument')
  if (!document) return { fault: 'not-a-document', place: '/' }
  const number = [attributeAt(document, 'id', 'root'), attributeAt(document, 'id', 'extension')].filter(Boolean).join('|')
  if (number === '') return { fault: 'document-unnumbered', place: 'ClinicalDocument/id' }
  const person = personOfDocument(document)
  if (!person) return { fault: 'person-unnumbered', place: 'recordTarget/patientRole/id' }
  if (person.zh === null) return { fault: 'person-nameless', place: 'recordTarget/patientRole/patient/name' }
  const template = attributeAt(document, 'code', 'code') ?? attributeAt(document, 'templateId', 'root') ?? ''
  return { number, template, content: { person, mergedIds: [], drafts: (origin) => draftsOf(document, number, bytes, origin) } }
}

/** A moment with its time, as Composition.date and DocumentReference.date ask for it. */
const momentOf = (document: XmlNode, zone: string): string | null => {
  const moment = fhirMoment(attributeAt(document, 'effectiveTime', 'value'), zone)
  if (moment === null || moment.includes('T')) return moment
  return isDay(moment) ? instantAt(moment as Day, '00:00', zone) : null
}

const typeOf = (document: XmlNode, { org }: Origin): Elements => {
  const code = attributeAt(document, 'code', 'code')
  const system = attributeAt(document, 'code', 'codeSystem')
  const title = textIn(document, 'title') ?? attributeAt(document, 'code', 'displayName') ?? '文档'
  const isLoinc = system === '2.16.840.1.113883.6.1'
  return {
    ...(code
      ? { coding: [{ system: isLoinc ? 'http://loinc.org' : system ? `urn:oid:${system}` : `urn:jieli:${org}:document`, code }] }
      : {}),
    text: title,
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const xhtml = (text: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] as string)}</div>`

const authorsOf = (document: XmlNode, { org }: Origin): Elements[] => {
  const names = nodesAt(document, 'author/assignedAuthor/assignedPerson/name').flatMap((one) => textIn(one, '') ?? [])
  return names.length > 0 ? names.map((display) => ({ display })) : [{ reference: `Organization/${org}` }]
}

/** The document as a whole: the original word for word, where it is found, its sections as text, and what its coded entries say. */
const draftsOf = (document: XmlNode, number: string, bytes: Buffer, origin: Origin): Draft[] => {
  const sections = everyNode(document, ['section']).map(({ node }) => node)
  const entries = sections.map((section) => ({ section, drafts: draftsOfSection(section, origin) }))
  const date = momentOf(document, origin.zone)
  const type = typeOf(document, origin)
  const subject = { reference: `Patient/${origin.person}` }
  const author = authorsOf(document, origin)
  const binary: Draft = {
    type: 'Binary',
    key: number,
    elements: { contentType: 'application/xml', data: bytes.toString('base64'), securityContext: subject },
  }
  const url = `Binary/${idOf(origin, 'Binary', number)}`
  const reference: Draft = {
    type: 'DocumentReference',
    key: number,
    elements: {
      masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:jieli:document:${encodeURIComponent(number)}` },
      status: 'current',
      type,
      subject,
      ...(date ? { date } : {}),
      author,
      custodian: { reference: `Organization/${origin.org}` },
      content: [{ attachment: { contentType: 'application/xml', url, size: bytes.length, title: type['text'] } }],
    },
  }
  const composition: Draft = {
    type: 'Composition',
    key: number,
    elements: {
      status: 'final',
      type,
      subject,
      date,
      author,
      title: type['text'],
      custodian: { reference: `Organization/${origin.org}` },
      section: entries.map(({ section, drafts }) => sectionOf(section, drafts, origin)),
    },
  }
  return [binary, reference, ...(date ? [composition] : []), ...entries.flatMap(({ drafts }) => drafts)]
}

const sectionOf = (section: XmlNode, drafts: readonly Draft[], origin: Origin): Elements => {
  const title =
    textIn(section, 'title') ?? attributeAt(section, 'code', 'displayName') ?? attributeAt(section, 'code', 'code') ?? '章节'
  const text = textIn(section, 'text')
  return {
    title,
    text: { status: 'generated', div: xhtml(text ?? title) },
    ...(drafts.length > 0 ? { entry: drafts.map(({ type, key }) => ({ reference: `${type}/${idOf(origin, type, key)}` })) } : {}),
  }
}
