import { definitions, type Element } from '../../src/modules/fhir/validation/definitions.ts'
import { validateResource } from '../../src/modules/fhir/validation/index.ts'
import { SAMPLES } from './fhir-samples.ts'

type Fields = Record<string, unknown>

const PRIMITIVES: Readonly<Record<string, unknown>> = {
  boolean: true,
  string: '演示 text',
  markdown: '**演示**',
  code: 'x',
  id: 'a-1',
  uri: 'http://example.org/uri',
  url: 'http://example.org/url',
  canonical: 'http://example.org/canonical|1',
  oid: 'urn:oid:1.2.3',
  uuid: 'urn:uuid:0c3c7b3e-5d06-4c61-9f0a-2b1a3d2c4e5f',
  date: '2026-03-01',
  dateTime: '2026-03-01T08:00:00+08:00',
  instant: '2026-03-01T08:00:00.120+08:00',
  time: '08:30:00',
  integer: 3,
  unsignedInt: 2,
  positiveInt: 1,
  decimal: 12.5,
  base64Binary: 'YWJj',
  xhtml: '<div xmlns="http://www.w3.org/1999/xhtml"><p>演示 &amp; text</p></div>',
}
const AMOUNT = { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' }
const YEARS = { ...AMOUNT, unit: 'a', code: 'a' }

// Types whose parts speak of each other; all others are filled from their definitions.
const VALUES: Readonly<Record<string, unknown>> = {
  Quantity: AMOUNT,
  Age: YEARS,
  Duration: YEARS,
  Distance: { ...AMOUNT, unit: 'm', code: 'm' },
  Count: { ...AMOUNT, unit: '1', code: '1' },
  Money: { value: 12.5, currency: 'CNY' },
  Range: { low: AMOUNT, high: { ...AMOUNT, value: 9 } },
  Ratio: { numerator: AMOUNT, denominator: AMOUNT },
  Period: { start: '2026-03-01', end: '2026-03-02T10:00:00Z' },
  SampledData: { origin: { value: 0 }, period: 10, dimensions: 1, data: '1 2 E' },
  Attachment: { contentType: 'text/plain', language: 'zh-CN', data: 'YWJj', size: 3, title: '演示' },
  Coding: { system: 'http://example.org/codes', code: 'x-1', display: '演示' },
  CodeableConcept: { coding: [{ system: 'http://example.org/codes', code: 'x-1' }], text: '演示' },
  ContactPoint: { system: 'phone', value: '0731 1', use: 'work', rank: 1 },
  Identifier: { use: 'official', system: 'http://example.org/ids', value: 'X-1' },
  Extension: { url: 'http://example.org/full', valueString: '演示' },
  Narrative: { status: 'generated', div: PRIMITIVES['xhtml'] },
  Meta: { tag: [{ system: 'http://example.org/tags', code: 'full' }] },
  Timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
  Dosage: { text: '每日一次', doseAndRate: [{ doseQuantity: AMOUNT }] },
  Expression: { language: 'text/fhirpath', expression: 'true' },
}
const DEPTH_MOST = 4
const LEFT_OUT = new Set(['id', 'contained', 'implicitRules', 'modifierExtension', 'extension'])

const firstCode = (element: Element): { system: string; code: string } | null => {
  const [system, codes] = Object.entries((element.set ? definitions().sets[element.set] : null) ?? {})[0] ?? []
  return system && codes?.[0] ? { system, code: codes[0] } : null
}

const ALSO_WORDS: Readonly<Record<string, string>> = { mimetypes: 'text/plain', currencies: 'CNY' }

const valueOf = (element: Element, type: string, depth: number): unknown => {
  const bound = firstCode(element)
  if (type === 'code')
    return bound?.code ?? ALSO_WORDS[element.set?.split('/').at(-1) ?? ''] ?? (element.n === 'language' ? 'zh' : 'x')
  if (bound && type === 'Coding') return bound
  if (bound && type === 'CodeableConcept') return { coding: [bound] }
  if (type === 'Reference') return { reference: `${element.to?.[0] ?? 'Patient'}/full-1`, display: '演示' }
  if (type === 'Resource') return { resourceType: 'Basic', id: 'inner', code: { text: '演示' } }
  if (type in PRIMITIVES) return PRIMITIVES[type]
  return VALUES[type] ?? (depth < DEPTH_MOST ? fieldsOf(type, depth + 1) : null)
}

const keyOf = ({ n, x }: Element, type: string): string => (x ? `${n}${type[0]?.toUpperCase()}${type.slice(1)}` : n)

/** What fills an element: its key and value; null where nothing can. */
const filled = (element: Element, depth: number): [string, unknown] | null => {
  const type = element.t[0] as string
  const value = valueOf(element, type, depth)
  if (value === null || (typeof value === 'object' && Object.keys(value as object).length === 0)) return null
  return [keyOf(element, type), element.max === 1 ? value : [value]]
}

/** Every element of a type filled once; a type within itself only where it must be. */
const fieldsOf = (type: string, depth: number): Fields => {
  const fields: Fields = {}
  for (const element of definitions().types[type]?.e ?? []) {
    if (LEFT_OUT.has(element.n) || (element.min === 0 && (depth > 2 || element.t[0] === type))) continue
    const one = filled(element, depth)
    if (one) fields[one[0]] = one[1]
  }
  return fields
}

// Where constraints ask for several elements together, these are what the rest is added to.
const STARTS: Readonly<Record<string, Fields>> = {
  AppointmentResponse: { participantType: [{ text: '演示' }] },
  CapabilityStatement: {
    kind: 'requirements',
    description: '演示',
    rest: [{ mode: 'server', resource: [{ type: 'Patient', interaction: [{ code: 'read' }] }] }],
  },
  EventDefinition: { trigger: [{ type: 'named-event', name: 'x' }] },
  InsurancePlan: { name: '演示' },
  Linkage: {
    item: [
      { type: 'source', resource: { reference: 'Patient/1' } },
      { type: 'alternate', resource: { reference: 'Patient/2' } },
    ],
  },
  MedicinalProduct: { name: [{ productName: '演示' }] },
  MolecularSequence: { coordinateSystem: 0 },
  StructureDefinition: {
    kind: 'logical',
    type: 'http://example.org/Model',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Element',
    differential: { element: [{ id: 'Model', path: 'Model' }] },
  },
  TerminologyCapabilities: { kind: 'requirements', description: '演示' },
}

const isSound = (resource: unknown): boolean => !validateResource(resource).some(({ severity }) => severity === 'error')

const required = (type: string): Fields => {
  const fields: Fields = { resourceType: type }
  for (const element of definitions().types[type]?.e ?? []) {
    const one = element.min > 0 ? filled(element, 0) : null
    if (one) fields[one[0]] = one[1]
  }
  return fields
}

/**
 * A resource of a type in which as many elements are filled as can stand together: what would break a constraint stays away.
 * Begins with the hand-written sample where there is one. `left` names the elements that could not be filled.
 */
export const fullResource = (
  type: string,
): { readonly resource: Fields & { resourceType: string }; readonly left: readonly string[] } => {
  const { id: _id, ...sample } = (SAMPLES[type] ?? { ...required(type), ...STARTS[type] }) as Fields
  let resource = { ...sample } as Fields & { resourceType: string }
  resource = { ...resource, meta: VALUES['Meta'] }
  const left: string[] = []
  for (const element of definitions().types[type]?.e ?? []) {
    const stands = Object.keys(resource).some((key) => (element.x ? key.startsWith(element.n) : key === element.n))
    if (stands || LEFT_OUT.has(element.n)) continue
    const tried = [0, 1, 2]
      .map((depth) => filled(element, depth))
      .filter((one) => one !== null)
      .map(([key, value]) => ({ ...resource, [key]: value }))
      .find(isSound)
    if (tried) resource = tried as typeof resource
    else left.push(`${type}.${element.n}`)
  }
  return { resource, left }
}
