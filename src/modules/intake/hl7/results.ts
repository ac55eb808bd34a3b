import type { Concept } from '../codes.ts'
import {
  exactNumber,
  fhirMoment,
  quantityOf,
  refTo,
  valueOf,
  type ContentFault,
  type Draft,
  type Elements,
  type Origin,
} from '../draft.ts'
import { componentOf, rawField, repetitionsOf, textAt, unescaped, valueAt, type Hl7Message, type Segment } from './reading.ts'
import { conceptAt, conceptIn, visitKeyOf } from './visit.ts'

/** One order of a result message: its OBR, and the OBX that belong to it. */
type Order = { readonly obr: Segment; readonly at: number; readonly results: readonly Segment[] }

const ordersOf = ({ segments }: Hl7Message): Order[] => {
  const orders: { obr: Segment; at: number; results: Segment[] }[] = []
  for (const segment of segments) {
    if (segment.name === 'OBR') orders.push({ obr: segment, at: orders.length + 1, results: [] })
    if (segment.name === 'OBX') orders.at(-1)?.results.push(segment)
  }
  return orders
}

const REPORT_STATES: Readonly<Record<string, string>> = {
  F: 'final',
  C: 'corrected',
  P: 'preliminary',
  R: 'preliminary',
  A: 'partial',
  I: 'registered',
  O: 'registered',
  S: 'registered',
  X: 'cancelled',
}
const RESULT_STATES: Readonly<Record<string, string>> = {
  F: 'final',
  C: 'corrected',
  P: 'preliminary',
  R: 'preliminary',
  S: 'preliminary',
  I: 'registered',
  X: 'cancelled',
  D: 'entered-in-error',
  W: 'entered-in-error',
}
const INTERPRETATIONS = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
const INTERPRETED = ['H', 'HH', 'HU', 'L', 'LL', 'LU', 'N', 'A', 'AA', 'POS', 'NEG', 'S', 'R', 'I']
const ARROWS: Readonly<Record<string, string>> = { '↑': 'H', '↑↑': 'HH', '↓': 'L', '↓↓': 'LL' }
const CATEGORIES: Readonly<Record<string, readonly [string, string]>> = {
  RAD: ['imaging', 'RAD'],
  IMG: ['imaging', 'RAD'],
  RUS: ['imaging', 'RUS'],
  CUS: ['imaging', 'CUS'],
  CT: ['imaging', 'CT'],
  EC: ['procedure', 'EC'],
  PAT: ['procedure', 'PAT'],
}

/** What a result says, by the kind of value that OBX-2 names. */
const valueOfResult = (message: Hl7Message, obx: Segment, origin: Origin): Elements => {
  const kind = (valueAt(message, obx, 2) ?? 'ST').toUpperCase()
  const unit = valueAt(message, obx, 6) ?? valueAt(message, obx, 6, 2)
  const [written = ''] = repetitionsOf(message, obx, 5)
  if (written === '')
    return {
      dataAbsentReason: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }] },
    }
  switch (kind) {
    case 'NM':
      return valueOf(unescaped(written, message.delimiters), unit)
    case 'SN':
      return structured(message, written, unit)
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'IS': {
      const concept = conceptIn(message, written, origin)
      return concept ? { valueCodeableConcept: concept } : { valueString: unescaped(written, message.delimiters) }
    }
    case 'DT':
    case 'TS':
    case 'DTM': {
      const moment = fhirMoment(componentOf(message, written), origin.zone)
      return moment ? { valueDateTime: moment } : { valueString: unescaped(written, message.delimiters) }
    }
    default:
      return { valueString: (textAt(message, obx, 5) ?? '').replaceAll(message.delimiters.component, ' ') }
  }
}

const COMPARATORS = ['<', '<=', '>', '>=']

/** SN: comparator, number, separator, number. A ratio or range stays a text. */
const structured = (message: Hl7Message, written: string, unit: string | null): Elements => {
  const [comparator, first, separator, second] = [1, 2, 3, 4].map((at) => componentOf(message, written, at))
  const number = first ? exactNumber(first) : null
  const isPlain =
    number !== null && !separator && !second && (!comparator || comparator === '=' || COMPARATORS.includes(comparator))
  if (isPlain) return { valueQuantity: quantityOf(number, unit, comparator && comparator !== '=' ? comparator : null) }
  return { valueString: [comparator, first, separator, second].filter(Boolean).join('') }
}

const RANGE = /^\s*([+-]?\d*\.?\d+)\s*(?:-|--|~|～|—)\s*([+-]?\d*\.?\d+)\s*$/

const rangeOf = (text: string | null, unit: string | null): Elements => {
  if (text === null) return {}
  const [, low, high] = RANGE.exec(text) ?? []
  const [from, to] = [low, high].map((one) => (one === undefined ? null : exactNumber(one)))
  const bounds = from !== null && to !== null ? { low: quantityOf(from, unit), high: quantityOf(to, unit) } : {}
  return { referenceRange: [{ ...bounds, text }] }
}

const interpretationOf = (message: Hl7Message, obx: Segment): Elements => {
  const codes = repetitionsOf(message, obx, 8).map((one) => ARROWS[one] ?? (componentOf(message, one) ?? '').toUpperCase())
  const known = codes.filter((code) => INTERPRETED.includes(code))
  return known.length === 0 ? {} : { interpretation: known.map((code) => ({ coding: [{ system: INTERPRETATIONS, code }] })) }
}

const keyOfConcept = ({ coding, text }: Concept): string =>
  ((coding?.[0] as { code?: string } | undefined)?.code ?? text ?? '').trim()

const TEXT_KINDS = ['TX', 'FT', 'ST']
const FILE_KINDS = ['ED', 'RP']

/** Lines of a report come as many OBX of the same item; they are one text. */
const joinedLines = (message: Hl7Message, results: readonly Segment[]): Segment[] => {
  const joined: Segment[] = []
  for (const obx of results) {
    const before = joined.at(-1)
    const isText = TEXT_KINDS.includes((valueAt(message, obx, 2) ?? '').toUpperCase())
    const isSame = before && isText && [2, 3, 4].every((field) => rawField(before, field) === rawField(obx, field))
    if (before && isSame) {
      const fields = [...before.fields]
      fields[4] = `${fields[4] ?? ''}${message.delimiters.escape}.br${message.delimiters.escape}${rawField(obx, 5)}`
      joined[joined.length - 1] = { ...before, fields }
    } else joined.push(obx)
  }
  return joined
}

type Ordered = {
  readonly key: string
  readonly when: string | null
  readonly visit: string | null
  readonly category: readonly [string, string]
  readonly site: string | null
}

const observationOf = (message: Hl7Message, obx: Segment, at: number, of: Ordered, origin: Origin): Draft | ContentFault => {
  const code = conceptAt(message, obx, 3, origin)
  if (!code) return { fault: 'result-without-item', place: `OBX^${at}^3` }
  const sub = valueAt(message, obx, 4)
  const unit = valueAt(message, obx, 6) ?? valueAt(message, obx, 6, 2)
  const when = fhirMoment(valueAt(message, obx, 14), origin.zone) ?? of.when
  const method = conceptAt(message, obx, 17, origin)
  return {
    type: 'Observation',
    key: `${of.key}|${keyOfConcept(code)}|${sub ?? ''}`,
    elements: {
      status: RESULT_STATES[(valueAt(message, obx, 11) ?? 'F').toUpperCase()] ?? 'registered',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: of.category[0] }] }],
      code,
      subject: { reference: `Patient/${origin.person}` },
      ...(of.visit ? { encounter: refTo(origin, 'Encounter', of.visit) } : {}),
      ...(when ? { effectiveDateTime: when } : {}),
      performer: [{ reference: `Organization/${origin.org}` }],
      ...valueOfResult(message, obx, origin),
      ...interpretationOf(message, obx),
      ...(of.site ? { bodySite: { text: of.site } } : {}),
      ...(method ? { method } : {}),
      ...rangeOf(valueAt(message, obx, 7), unit),
    },
  }
}

/** A document inside a result (ED): its bytes, base64, if they are that; RP points at a file that stays where it is. */
const attachmentOf = (message: Hl7Message, obx: Segment): Elements[] => {
  const [written] = repetitionsOf(message, obx, 5)
  if (written === undefined) return []
  const [kind, subtype, encoding, data] = [2, 3, 4, 5].map((at) => componentOf(message, written, at))
  const contentType = { PDF: 'application/pdf', XML: 'application/xml', JPEG: 'image/jpeg', RTF: 'text/rtf' }[
    (subtype ?? kind ?? '').toUpperCase()
  ]
  const title = valueAt(message, obx, 3, 2)
  if (encoding?.toUpperCase() !== 'BASE64' || !data || !/^[A-Za-z0-9+/\s]+=*$/.test(data)) return []
  return [{ ...(contentType ? { contentType } : {}), data: data.replaceAll(/\s/g, ''), ...(title ? { title } : {}) }]
}

/** Results of a message (ORU): for each order a report with its results. */
export const resultsOf = (message: Hl7Message, origin: Origin): { drafts: Draft[]; faults: ContentFault[] } => {
  const made = ordersOf(message).map((order) => ofOrder(message, order, origin))
  return { drafts: made.flatMap(({ drafts }) => drafts), faults: made.flatMap(({ faults }) => faults) }
}

const ofOrder = (
  message: Hl7Message,
  { obr, at, results }: Order,
  origin: Origin,
): { drafts: Draft[]; faults: ContentFault[] } => {
  const number = valueAt(message, obr, 3) ?? valueAt(message, obr, 2)
  const code = conceptAt(message, obr, 4, origin)
  if (number === null) return { drafts: [], faults: [{ fault: 'order-unnumbered', place: `OBR^${at}^3` }] }
  if (!code) return { drafts: [], faults: [{ fault: 'order-without-item', place: `OBR^${at}^4` }] }
  const section = (valueAt(message, obr, 24) ?? 'LAB').toUpperCase()
  const of: Ordered = {
    key: `${number}|${keyOfConcept(code)}`,
    when: fhirMoment(valueAt(message, obr, 7), origin.zone),
    visit: visitKeyOf(message),
    category: CATEGORIES[section] ?? ['laboratory', 'LAB'],
    site: valueAt(message, obr, 15, 4) ?? valueAt(message, obr, 46),
  }
  const lines = joinedLines(message, results)
  const files = lines.filter((obx) => FILE_KINDS.includes((valueAt(message, obx, 2) ?? '').toUpperCase()))
  const made = lines.filter((obx) => !files.includes(obx)).map((obx, index) => observationOf(message, obx, index + 1, of, origin))
  const drafts = unlikeKeys(made.filter((one): one is Draft => 'type' in one))
  const faults = made.filter((one): one is ContentFault => 'fault' in one)
  return { drafts: [reportOf(message, obr, code, of, drafts, files, origin), ...drafts], faults }
}

/** The same item twice in one order without a sub-id: the second is another result, not a correction of the first. */
const unlikeKeys = (drafts: readonly Draft[]): Draft[] => {
  const seen = new Map<string, number>()
  return drafts.map((draft) => {
    const times = (seen.get(draft.key) ?? 0) + 1
    seen.set(draft.key, times)
    return times === 1 ? draft : { ...draft, key: `${draft.key}#${times}` }
  })
}

const reportOf = (
  message: Hl7Message,
  obr: Segment,
  code: Concept,
  of: Ordered,
  results: readonly Draft[],
  files: readonly Segment[],
  origin: Origin,
): Draft => {
  const issued = fhirMoment(valueAt(message, obr, 22), origin.zone)
  const presentedForm = files.flatMap((obx) => attachmentOf(message, obx))
  return {
    type: 'DiagnosticReport',
    key: of.key,
    elements: {
      identifier: [{ system: `urn:jieli:${origin.org}:report`, value: of.key.split('|')[0] }],
      status: REPORT_STATES[(valueAt(message, obr, 25) ?? 'F').toUpperCase()] ?? 'unknown',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: of.category[1] }] }],
      code,
      subject: { reference: `Patient/${origin.person}` },
      ...(of.visit ? { encounter: refTo(origin, 'Encounter', of.visit) } : {}),
      ...(of.when ? { effectiveDateTime: of.when } : {}),
      ...(issued?.includes('T') ? { issued } : {}),
      performer: [{ reference: `Organization/${origin.org}` }],
      ...(results.length > 0 ? { result: results.map(({ key }) => refTo(origin, 'Observation', key)) } : {}),
      ...(presentedForm.length > 0 ? { presentedForm } : {}),
    },
  }
}
