import { changed } from './fhir-samples.ts'

/** What the pair shows, a resource that is wrong, its twin that is right, and the path where the fault must be found. */
export type Twins = readonly [title: string, wrong: unknown, right: unknown, path: string]

type Change = Record<string, unknown>
// As it would come over the wire: without what is undefined.
const sent = (resource: unknown): unknown => JSON.parse(JSON.stringify(resource))

const pair = (title: string, type: string, wrong: Change, right: Change, path: string): Twins => [
  title,
  sent(changed(type, wrong)),
  sent(changed(type, right)),
  path,
]

const HL7 = 'http://hl7.org/fhir/StructureDefinition'
const TERMS = 'http://terminology.hl7.org/CodeSystem'
const UCUM = 'http://unitsofmeasure.org'
const quantity = (code: string): Change => ({ valueQuantity: { value: 5, system: UCUM, code } })
const narrative = (inside: string): Change => ({
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>` },
})
const coded = (system: string, code: string): object => ({ coding: [{ system: `${TERMS}/${system}`, code }] })
const who = (reference: string): object => ({ reference })
const extension = (url: string, value: Change): Change => ({ extension: [{ url, ...value }] })
const question = (item: Change): Change => ({ item: [{ linkId: '1', type: 'string', ...item }] })
const timing = (repeat: Change): Change => ({ dosageInstruction: [{ timing: { repeat } }] })
const entries = (type: string, ...entry: Change[]): Change => ({ resourceType: 'Bundle', type, entry })
const person = { resourceType: 'Patient', active: true }
const post = { method: 'POST', url: 'Patient' }
const UUID = 'urn:uuid:0c3c7b3e-5d06-4c61-9f0a-2b1a3d2c4e5f'

const BASIC = { resourceType: 'Basic', code: { text: '转诊' } }

const EXTENSIONS: readonly Twins[] = [
  pair(
    'an extension that HL7 does not have',
    'Patient',
    extension(`${HL7}/patient-favouriteColour`, { valueString: '蓝' }),
    extension('http://example.org/favouriteColour', { valueString: '蓝' }),
    'Patient.extension[0].url',
  ),
  pair(
    'an extension of Patient in an Observation',
    'Observation',
    extension(`${HL7}/patient-birthPlace`, { valueAddress: { city: '长沙' } }),
    extension(`${HL7}/observation-bodyPosition`, { valueCodeableConcept: { text: '坐位' } }),
    'Observation.extension[0]',
  ),
  pair(
    'an extension of a birth date on a name',
    'Patient',
    { name: [{ text: '甲', ...extension(`${HL7}/patient-birthTime`, { valueDateTime: '1960-02-29T10:00:00Z' }) }] },
    { _birthDate: extension(`${HL7}/patient-birthTime`, { valueDateTime: '1960-02-29T10:00:00Z' }) },
    'Patient.name[0].extension[0]',
  ),
  pair(
    'an extension of addresses on a telecom',
    'Patient',
    {
      telecom: [{ system: 'phone', value: '1', ...extension(`${HL7}/iso21090-ADXP-streetName`, { valueString: '人民路' }) }],
    },
    { address: [{ line: ['人民路 1 号'], _line: [extension(`${HL7}/iso21090-ADXP-streetName`, { valueString: '人民路' })] }] },
    'Patient.telecom[0].extension[0]',
  ),
  pair(
    'a modifier that nobody here knows',
    'Observation',
    { modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }] },
    extension('http://example.org/not', { valueBoolean: true }),
    'Observation.modifierExtension[0].url',
  ),
  pair(
    'a modifier under another name than that of the official examples',
    'Basic',
    { ...BASIC, modifierExtension: [{ url: 'http://example.org/referral#status', valueCode: 'complete' }] },
    {
      ...BASIC,
      modifierExtension: [{ url: 'http://example.org/do-not-use/fhir-extensions/referral#status', valueCode: 'complete' }],
    },
    'Basic.modifierExtension[0].url',
  ),
  pair(
    'a modifier of HL7 among the other extensions',
    'ServiceRequest',
    extension(`${HL7}/request-doNotPerform`, { valueBoolean: true }),
    { doNotPerform: true },
    'ServiceRequest.extension[0]',
  ),
  pair(
    'no modifier among the modifiers',
    'Patient',
    { modifierExtension: [{ url: `${HL7}/patient-birthPlace`, valueAddress: { city: '长沙' } }] },
    extension(`${HL7}/patient-birthPlace`, { valueAddress: { city: '长沙' } }),
    'Patient.modifierExtension[0]',
  ),
  pair(
    'a reason for absence as text',
    'Patient',
    { birthDate: undefined, _birthDate: extension(`${HL7}/data-absent-reason`, { valueString: 'unknown' }) },
    { birthDate: undefined, _birthDate: extension(`${HL7}/data-absent-reason`, { valueCode: 'unknown' }) },
    'Patient.birthDate.extension[0].value',
  ),
  pair(
    'an extension with two values',
    'Patient',
    extension('http://example.org/a', { valueString: 'x', valueCode: 'y' }),
    extension('http://example.org/a', { valueString: 'x' }),
    'Patient.extension[0].value',
  ),
]

const PARTS: readonly Twins[] = [
  pair(
    'an extension whose name stands elsewhere',
    'Patient',
    { extension: [{ _url: { id: 'x' }, valueString: 'x' }] },
    extension('http://example.org/a', { valueString: 'x' }),
    'Patient.extension[0].url',
  ),
  pair(
    'a part that HL7 does not give it',
    'Patient',
    extension(`${HL7}/patient-citizenship`, { extension: [{ url: 'since', valueString: 'x' }] }),
    extension(`${HL7}/patient-citizenship`, { extension: [{ url: 'code', valueCodeableConcept: { text: 'CN' } }] }),
    'Patient.extension[0].extension[0].url',
  ),
  pair(
    'parts where there is a value only',
    'Patient',
    extension(`${HL7}/patient-birthPlace`, { extension: [{ url: 'city', valueString: 'x' }] }),
    extension(`${HL7}/patient-birthPlace`, { valueAddress: { city: '长沙' } }),
    'Patient.extension[0].extension',
  ),
  pair(
    'a code outside of those that it takes',
    'Patient',
    { _birthDate: extension(`${HL7}/data-absent-reason`, { valueCode: 'forgotten' }) },
    { _birthDate: extension(`${HL7}/data-absent-reason`, { valueCode: 'asked-unknown' }) },
    'Patient.birthDate.extension[0].value',
  ),
]

const NARRATIVES: readonly Twins[] = [
  pair(
    'a character that HTML does not name',
    'Patient',
    narrative('<p>a &foo; b</p>'),
    narrative('a &nbsp; &euro;'),
    'Patient.text.div',
  ),
  pair('an ampersand alone', 'Patient', narrative('a & b'), narrative('a &amp; b'), 'Patient.text.div'),
  pair('a character that XML forbids', 'Patient', narrative('a &#0; b'), narrative('a &#x4E2D; b'), 'Patient.text.div'),
  pair('a form', 'Patient', narrative('<form>x</form>'), narrative('<p>x</p>'), 'Patient.text.div'),
  pair(
    'a frame',
    'Patient',
    narrative('<iframe src="http://a"></iframe>'),
    narrative('<a href="http://a">x</a>'),
    'Patient.text.div',
  ),
  pair('tags crossed', 'Patient', narrative('<b><i>x</b></i>'), narrative('<b><i>x</i></b>'), 'Patient.text.div'),
  pair('two roots', 'Patient', narrative('x</div><div>y'), narrative('x<div>y</div>'), 'Patient.text.div'),
  pair(
    'an attribute without quotes',
    'Patient',
    narrative('<p class=a>x</p>'),
    narrative('<p class="a">x</p>'),
    'Patient.text.div',
  ),
]

const MORE_NARRATIVES: readonly Twins[] = [
  pair('an attribute of no HTML', 'Patient', narrative('<p foo="x">x</p>'), narrative('<p lang="zh">x</p>'), 'Patient.text.div'),
  pair('another namespace inside', 'Patient', narrative('<p xmlns="urn:x">x</p>'), narrative('<p>x</p>'), 'Patient.text.div'),
  pair(
    'the namespace on another element',
    'Patient',
    { text: { status: 'generated', div: '<div><p xmlns="http://www.w3.org/1999/xhtml">x</p></div>' } },
    narrative('<p xmlns="http://www.w3.org/1999/xhtml">x</p>'),
    'Patient.text.div',
  ),
  pair(
    'an extension of a narrative',
    'Patient',
    { text: { ...(narrative('x')['text'] as object), _div: { id: 'x' } } },
    narrative('x'),
    'Patient.text._div',
  ),
]

const UNITS: readonly Twins[] = [
  pair('a unit as it is spoken', 'Observation', quantity('mmHg'), quantity('mm[Hg]'), 'Observation.value.ofType(Quantity).code'),
  pair('a unit that is none', 'Observation', quantity('foo'), quantity('{foo}'), 'Observation.value.ofType(Quantity).code'),
  pair('seconds in letters', 'Observation', quantity('sec'), quantity('s'), 'Observation.value.ofType(Quantity).code'),
  pair(
    'a litre of the wrong case',
    'Observation',
    quantity('mg/DL'),
    quantity('mg/dL'),
    'Observation.value.ofType(Quantity).code',
  ),
  pair('two slashes', 'Observation', quantity('mg//L'), quantity('mg/L'), 'Observation.value.ofType(Quantity).code'),
  pair(
    'a bracket left open',
    'Observation',
    quantity('mL/(min.m2'),
    quantity('mL/(min.m2)'),
    'Observation.value.ofType(Quantity).code',
  ),
  pair('a letter of Greek', 'Observation', quantity('μmol/L'), quantity('umol/L'), 'Observation.value.ofType(Quantity).code'),
  pair('an exponent as times', 'Observation', quantity('x10^9/L'), quantity('10*9/L'), 'Observation.value.ofType(Quantity).code'),
  pair(
    'a unit within a component',
    'Observation',
    { valueQuantity: undefined, component: [{ code: { text: 'x' }, valueQuantity: { value: 1, system: UCUM, code: 'bpm' } }] },
    { valueQuantity: undefined, component: [{ code: { text: 'x' }, valueQuantity: { value: 1, system: UCUM, code: '/min' } }] },
    'Observation.component[0].value.ofType(Quantity).code',
  ),
]

const PRIMITIVES: readonly Twins[] = [
  pair('the 30th of February', 'Patient', { birthDate: '2024-02-30' }, { birthDate: '2024-02-29' }, 'Patient.birthDate'),
  pair('the 31st of April', 'Patient', { birthDate: '2024-04-31' }, { birthDate: '2024-04-30' }, 'Patient.birthDate'),
  pair('the 29th of February 1900', 'Patient', { birthDate: '1900-02-29' }, { birthDate: '2000-02-29' }, 'Patient.birthDate'),
  pair('month 13', 'Patient', { birthDate: '2024-13' }, { birthDate: '2024-12' }, 'Patient.birthDate'),
  pair('a month of one digit', 'Patient', { birthDate: '2024-1-05' }, { birthDate: '2024-01-05' }, 'Patient.birthDate'),
  pair(
    'hour 24',
    'Observation',
    { effectiveDateTime: '2024-01-01T24:00:00Z' },
    { effectiveDateTime: '2024-01-01T23:59:59Z' },
    'Observation.effective.ofType(dateTime)',
  ),
  pair(
    'a zone of 15 hours',
    'Observation',
    { issued: '2024-01-01T10:00:00+15:00' },
    { issued: '2024-01-01T10:00:00+14:00' },
    'Observation.issued',
  ),
  pair('an id with a slash', 'Patient', { id: 'a/b' }, { id: 'a-b.C' }, 'Patient.id'),
  pair('an empty id', 'Patient', { id: '' }, { id: '0' }, 'Patient.id'),
  pair(
    'a UUID cut short',
    'Observation',
    { identifier: [{ system: 'urn:uuid:0c3c7b3e-5d06', value: '1' }] },
    { identifier: [{ system: UUID, value: '1' }] },
    'Observation.identifier[0].system',
  ),
  pair(
    'an OID with a zero in front',
    'Observation',
    { identifier: [{ system: 'urn:oid:1.02.3', value: '1' }] },
    { identifier: [{ system: 'urn:oid:1.2.3', value: '1' }] },
    'Observation.identifier[0].system',
  ),
  pair('an empty URI', 'Patient', { implicitRules: '' }, { implicitRules: 'http://example.org/rules' }, 'Patient.implicitRules'),
  pair('base64 with a hyphen', 'Binary', { data: 'ab-_' }, { data: 'ab+/' }, 'Binary.data'),
  pair('base64 padded in the middle', 'Binary', { data: 'YQ==YWJj' }, { data: 'YWJj' }, 'Binary.data'),
  pair('base64 padded thrice', 'Binary', { data: 'Y===' }, { data: 'YQ==' }, 'Binary.data'),
  pair('a text of tabs', 'Patient', { name: [{ text: '\t\n' }] }, { name: [{ text: '甲\t乙' }] }, 'Patient.name[0].text'),
  pair('half of a character', 'Patient', { name: [{ text: '甲\udf00' }] }, { name: [{ text: '甲𠮷' }] }, 'Patient.name[0].text'),
  pair(
    'a number beyond a whole one',
    'Patient',
    { multipleBirthInteger: 2_147_483_648 },
    { multipleBirthInteger: 2_147_483_647 },
    'Patient.multipleBirth.ofType(integer)',
  ),
  pair(
    'a count of less than nothing',
    'DocumentReference',
    { content: [{ attachment: { size: -1 } }] },
    { content: [{ attachment: { size: 0 } }] },
    'DocumentReference.content[0].attachment.size',
  ),
  pair(
    'a code with two spaces',
    'Observation',
    { code: { coding: [{ code: 'a  b' }] } },
    { code: { coding: [{ code: 'a b' }] } },
    'Observation.code.coding[0].code',
  ),
  pair('a truth value as number', 'Patient', { active: 1 }, { active: false }, 'Patient.active'),
  pair(
    'a decimal as text',
    'Claim',
    { total: { value: '12.50', currency: 'CNY' } },
    { total: { value: 12.5, currency: 'CNY' } },
    'Claim.total.value',
  ),
  pair(
    'a currency that no state has',
    'Claim',
    { total: { value: 1, currency: 'ZZZ' } },
    { total: { value: 1, currency: 'USD' } },
    'Claim.total.currency',
  ),
]

const STRUCTURE: readonly Twins[] = [
  pair(
    'a list of one in place of one',
    'Encounter',
    { subject: [who('Patient/1')] },
    { subject: who('Patient/1') },
    'Encounter.subject',
  ),
  pair(
    'one in place of a list',
    'Encounter',
    { participant: { individual: who('Practitioner/1') } },
    { participant: [{ individual: who('Practitioner/1') }] },
    'Encounter.participant',
  ),
  pair('a list in a list', 'Patient', { name: [{ given: [['a']] }] }, { name: [{ given: ['a'] }] }, 'Patient.name[0].given[0]'),
  pair('a hole in a list of objects', 'Patient', { name: [null, { text: 'x' }] }, { name: [{ text: 'x' }] }, 'Patient.name[0]'),
  pair(
    'a hole with nothing beside it',
    'Patient',
    { name: [{ given: ['a', null], _given: [null, null] }] },
    {
      name: [{ given: ['a', null], _given: [null, { extension: [{ url: `${HL7}/data-absent-reason`, valueCode: 'masked' }] }] }],
    },
    'Patient.name[0].given[1]',
  ),
  pair(
    'an empty object deep inside',
    'Observation',
    { code: { coding: [{}] } },
    { code: { coding: [{ code: 'x' }] } },
    'Observation.code.coding[0]',
  ),
  pair(
    'an empty list deep inside',
    'Observation',
    { code: { coding: [], text: 'x' } },
    { code: { text: 'x' } },
    'Observation.code.coding',
  ),
  pair(
    'a choice that is written without its type',
    'Observation',
    { valueQuantity: undefined, value: 5 },
    { valueQuantity: undefined, valueInteger: 5 },
    'Observation.value',
  ),
  pair(
    'a choice of another type',
    'Observation',
    { valueQuantity: undefined, valueMoney: { value: 1 } },
    { valueQuantity: undefined, valueBoolean: true },
    'Observation.valueMoney',
  ),
  pair('two types of a choice', 'Condition', { onsetString: 'x' }, { onsetAge: undefined, onsetString: 'x' }, 'Condition.onset'),
  pair(
    'an element of R5',
    'Encounter',
    { plannedStartDate: '2026-03-01' },
    { period: { start: '2026-03-01' } },
    'Encounter.plannedStartDate',
  ),
  pair(
    'an element of STU3',
    'Observation',
    { context: who('Encounter/1') },
    { encounter: who('Encounter/1') },
    'Observation.context',
  ),
  pair(
    'a required element of a list entry',
    'AllergyIntolerance',
    { reaction: [{ severity: 'mild' }] },
    { reaction: [{ manifestation: [{ text: '皮疹' }], severity: 'mild' }] },
    'AllergyIntolerance.reaction[0].manifestation',
  ),
  pair(
    'a simple quantity with a comparator',
    'Observation',
    { referenceRange: [{ low: { value: 1, comparator: '<' } }] },
    { referenceRange: [{ low: { value: 1 } }] },
    'Observation.referenceRange[0].low',
  ),
  pair(
    'a comparator that is none',
    'Observation',
    { valueQuantity: { value: 1, comparator: '=' } },
    { valueQuantity: { value: 1, comparator: '<=' } },
    'Observation.value.ofType(Quantity).comparator',
  ),
]

const REFERENCES: readonly Twins[] = [
  pair(
    'a subject that is a place',
    'Condition',
    { subject: who('Location/1') },
    { subject: who('Group/1') },
    'Condition.subject.reference',
  ),
  pair(
    'a doctor who is a patient',
    'Encounter',
    { participant: [{ individual: who('Patient/1') }] },
    { participant: [{ individual: who('PractitionerRole/1') }] },
    'Encounter.participant[0].individual.reference',
  ),
  pair(
    'a payer that is a drug',
    'Coverage',
    { payor: [who('Medication/1')] },
    { payor: [who('Organization/1')] },
    'Coverage.payor[0].reference',
  ),
  pair(
    'a target told by its type alone',
    'Observation',
    { encounter: { type: 'Patient', display: 'x' } },
    { encounter: { type: 'Encounter', display: 'x' } },
    'Observation.encounter.type',
  ),
  pair(
    'a type that does not exist',
    'Observation',
    { subject: who('Patiant/1') },
    { subject: who('Patient/1') },
    'Observation.subject.reference',
  ),
  pair(
    'an id that is none',
    'Observation',
    { subject: who('Patient/a_b') },
    { subject: who('Patient/a-b') },
    'Observation.subject.reference',
  ),
  pair(
    'an absolute address of another type',
    'Observation',
    { encounter: who('http://a.example/fhir/Patient/1') },
    { encounter: who('http://a.example/fhir/Encounter/1') },
    'Observation.encounter.reference',
  ),
  pair(
    'the contained of another type',
    'Observation',
    { contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }], encounter: who('#o') },
    { contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }], performer: [who('#o')] },
    'Observation.encounter.reference',
  ),
  pair(
    'ids of contained twice',
    'Observation',
    {
      contained: [
        { resourceType: 'Device', id: 'o' },
        { resourceType: 'Device', id: 'o' },
      ],
      device: who('#o'),
    },
    { contained: [{ resourceType: 'Device', id: 'o' }], device: who('#o') },
    'Observation.contained[1].id',
  ),
  pair(
    'a UUID that is none',
    'Observation',
    { subject: who('urn:uuid:12') },
    { subject: who(UUID) },
    'Observation.subject.reference',
  ),
  pair(
    'contained that nobody speaks of',
    'Observation',
    { contained: [{ resourceType: 'Device', id: 'o' }], device: who('Device/o') },
    { contained: [{ resourceType: 'Device', id: 'o' }], device: who('#o') },
    'Observation.contained[0]',
  ),
  pair(
    'contained with a security label',
    'Observation',
    { contained: [{ resourceType: 'Device', id: 'o', meta: { security: [{ code: 'R' }] } }], device: who('#o') },
    { contained: [{ resourceType: 'Device', id: 'o', meta: { tag: [{ code: 'R' }] } }], device: who('#o') },
    'Observation.contained[0].meta.security',
  ),
]

const BOUND: readonly Twins[] = [
  pair('a status of another resource', 'Observation', { status: 'completed' }, { status: 'amended' }, 'Observation.status'),
  pair('a code in capitals', 'Patient', { gender: 'Male' }, { gender: 'male' }, 'Patient.gender'),
  pair('a display in place of a code', 'MedicationRequest', { intent: 'Order' }, { intent: 'order' }, 'MedicationRequest.intent'),
  pair(
    'a use of names that is none',
    'Patient',
    { name: [{ use: 'legal', text: 'x' }] },
    { name: [{ use: 'official', text: 'x' }] },
    'Patient.name[0].use',
  ),
  pair(
    'a day of the week in full',
    'PractitionerRole',
    { availableTime: [{ daysOfWeek: ['monday'] }] },
    { availableTime: [{ daysOfWeek: ['mon'] }] },
    'PractitionerRole.availableTime[0].daysOfWeek[0]',
  ),
  pair(
    'a required concept of another system',
    'AllergyIntolerance',
    { clinicalStatus: coded('condition-clinical', 'active') },
    { clinicalStatus: coded('allergyintolerance-clinical', 'active') },
    'AllergyIntolerance.clinicalStatus',
  ),
  pair(
    'a code that its list lacks',
    'Patient',
    { maritalStatus: coded('processpriority', 'soon') },
    { maritalStatus: { text: '已婚' } },
    'Patient.maritalStatus.coding[0].code',
  ),
  pair(
    'a unit of time by name',
    'MedicationRequest',
    timing({ frequency: 1, period: 1, periodUnit: 'day' }),
    timing({ frequency: 1, period: 1, periodUnit: 'd' }),
    'MedicationRequest.dosageInstruction[0].timing.repeat.periodUnit',
  ),
]

const INVARIANTS: readonly Twins[] = [
  pair(
    'tim-5',
    'MedicationRequest',
    timing({ period: -1, periodUnit: 'd' }),
    timing({ period: 0, periodUnit: 'd' }),
    'MedicationRequest.dosageInstruction[0].timing.repeat',
  ),
  pair(
    'tim-7',
    'MedicationRequest',
    timing({ durationMax: 3 }),
    timing({ duration: 1, durationUnit: 'h', durationMax: 3 }),
    'MedicationRequest.dosageInstruction[0].timing.repeat',
  ),
  pair(
    'tim-9',
    'MedicationRequest',
    timing({ when: ['C'], offset: 30 }),
    timing({ when: ['AC'], offset: 30 }),
    'MedicationRequest.dosageInstruction[0].timing.repeat',
  ),
  pair(
    'tim-10',
    'MedicationRequest',
    timing({ when: ['AC'], timeOfDay: ['08:00:00'] }),
    timing({ timeOfDay: ['08:00:00'] }),
    'MedicationRequest.dosageInstruction[0].timing.repeat',
  ),
  pair(
    'age-1',
    'Condition',
    { onsetAge: { value: 5, unit: 'a' } },
    { onsetAge: { value: 5, system: UCUM, code: 'a' } },
    'Condition.onset.ofType(Age)',
  ),
  pair(
    'drt-1',
    'Encounter',
    { length: { value: 5, system: 'http://example.org/units', code: 'min' } },
    { length: { value: 5, system: UCUM, code: 'min' } },
    'Encounter.length',
  ),
  pair(
    'rng-2',
    'Observation',
    { valueQuantity: undefined, valueRange: { low: { value: 5 }, high: { value: 4 } } },
    { valueQuantity: undefined, valueRange: { low: { value: 4 }, high: { value: 4 } } },
    'Observation.value.ofType(Range)',
  ),
  pair(
    'rat-1',
    'Observation',
    { valueQuantity: undefined, valueRatio: { numerator: { value: 5 } } },
    { valueQuantity: undefined, valueRatio: { numerator: { value: 5 }, denominator: { value: 4 } } },
    'Observation.value.ofType(Ratio)',
  ),
  pair(
    'att-1',
    'DiagnosticReport',
    { presentedForm: [{ data: 'YWJj' }] },
    { presentedForm: [{ contentType: 'text/plain', data: 'YWJj' }] },
    'DiagnosticReport.presentedForm[0]',
  ),
  pair(
    'per-1 over years',
    'Patient',
    { name: [{ text: 'x', period: { start: '2021', end: '2020' } }] },
    { name: [{ text: 'x', period: { start: '2020', end: '2020' } }] },
    'Patient.name[0].period',
  ),
  pair(
    'obs-7',
    'Observation',
    { component: [{ code: changed('Observation', {})['code'], valueString: 'x' }], valueString: 'y', valueQuantity: undefined },
    { component: [{ code: { text: 'other' }, valueString: 'x' }], valueString: 'y', valueQuantity: undefined },
    'Observation',
  ),
  pair(
    'app-1',
    'Appointment',
    { participant: [{ status: 'accepted' }] },
    { participant: [{ actor: who('Patient/1'), status: 'accepted' }] },
    'Appointment.participant[0]',
  ),
  pair(
    'app-3',
    'Appointment',
    { status: 'booked', start: undefined, end: undefined },
    { status: 'proposed', start: undefined, end: undefined },
    'Appointment',
  ),
  pair(
    'app-4',
    'Appointment',
    { status: 'booked', cancelationReason: { text: 'x' } },
    { status: 'cancelled', cancelationReason: { text: 'x' } },
    'Appointment',
  ),
  pair('con-1', 'Condition', { stage: [{ type: { text: 'x' } }] }, { stage: [{ summary: { text: 'x' } }] }, 'Condition.stage[0]'),
  pair(
    'con-2',
    'Condition',
    { evidence: [{ id: 'e', extension: [{ url: 'http://a.example/e', valueString: 'x' }] }] },
    { evidence: [{ code: [{ text: 'x' }] }] },
    'Condition.evidence[0]',
  ),
  pair(
    'con-5',
    'Condition',
    { verificationStatus: coded('condition-ver-status', 'entered-in-error') },
    { verificationStatus: coded('condition-ver-status', 'refuted') },
    'Condition',
  ),
  pair(
    'ait-2',
    'AllergyIntolerance',
    {
      clinicalStatus: coded('allergyintolerance-clinical', 'active'),
      verificationStatus: coded('allergyintolerance-verification', 'entered-in-error'),
    },
    { clinicalStatus: undefined, verificationStatus: coded('allergyintolerance-verification', 'entered-in-error') },
    'AllergyIntolerance',
  ),
  pair(
    'cpl-3',
    'CarePlan',
    { activity: [{ reference: who('Task/1'), detail: { status: 'scheduled' } }] },
    { activity: [{ reference: who('Task/1') }] },
    'CarePlan.activity[0]',
  ),
  pair(
    'cmp-1',
    'Composition',
    { section: [{ title: 'x' }] },
    { section: [{ title: 'x', entry: [who('Condition/1')] }] },
    'Composition.section[0]',
  ),
  pair(
    'cmp-2',
    'Composition',
    { section: [{ entry: [who('Condition/1')], emptyReason: { text: 'x' } }] },
    { section: [{ ...narrative('x'), emptyReason: { text: 'x' } }] },
    'Composition.section[0]',
  ),
  pair(
    'lst-1',
    'List',
    { emptyReason: { text: 'x' }, entry: [{ item: who('Condition/1') }] },
    { emptyReason: { text: 'x' }, entry: undefined },
    'List',
  ),
  pair(
    'lst-2',
    'List',
    { mode: 'snapshot', entry: [{ deleted: true, item: who('Condition/1') }] },
    { mode: 'changes', entry: [{ deleted: true, item: who('Condition/1') }] },
    'List',
  ),
  pair(
    'imm-1',
    'Immunization',
    { education: [{ publicationDate: '2020' }] },
    { education: [{ documentType: 'x', publicationDate: '2020' }] },
    'Immunization.education[0]',
  ),
  pair(
    'prr-1',
    'ServiceRequest',
    { code: undefined, orderDetail: [{ text: 'x' }] },
    { orderDetail: [{ text: 'x' }] },
    'ServiceRequest',
  ),
  pair(
    'inv-1 of Task',
    'Task',
    { authoredOn: '2026-03-02T08:00:00Z', lastModified: '2026-03-01T08:00:00Z' },
    { authoredOn: '2026-03-01T08:00:00Z', lastModified: '2026-03-01T08:00:00Z' },
    'Task',
  ),
  pair(
    'sev-1',
    'AuditEvent',
    { entity: [{ name: 'x', query: 'YQ==' }] },
    { entity: [{ query: 'YQ==' }] },
    'AuditEvent.entity[0]',
  ),
  pair(
    'grp-1',
    'Group',
    { actual: false, member: [{ entity: who('Patient/1') }] },
    { actual: true, member: [{ entity: who('Patient/1') }] },
    'Group',
  ),
  pair(
    'qrs-1',
    'QuestionnaireResponse',
    { item: [{ linkId: '1', answer: [{ valueString: 'x' }], item: [{ linkId: '2' }] }] },
    { item: [{ linkId: '1', item: [{ linkId: '2' }] }] },
    'QuestionnaireResponse.item[0]',
  ),
  pair(
    'que-1',
    'Questionnaire',
    question({ type: 'display', item: [{ linkId: '2', type: 'string' }] }),
    question({ type: 'group', item: [{ linkId: '2', type: 'string' }] }),
    'Questionnaire.item[0]',
  ),
  pair(
    'que-4',
    'Questionnaire',
    question({ type: 'choice', answerValueSet: 'http://a.example/vs', answerOption: [{ valueString: 'x' }] }),
    question({ type: 'choice', answerOption: [{ valueString: 'x' }] }),
    'Questionnaire.item[0]',
  ),
  pair(
    'que-12',
    'Questionnaire',
    question({ enableWhen: ['2', '3', '4'].map((one) => ({ question: one, operator: 'exists', answerBoolean: true })) }),
    question({
      enableBehavior: 'all',
      enableWhen: ['2', '3', '4'].map((one) => ({ question: one, operator: 'exists', answerBoolean: true })),
    }),
    'Questionnaire.item[0]',
  ),
  pair(
    'que-7',
    'Questionnaire',
    question({ enableWhen: [{ question: '2', operator: 'exists', answerString: 'x' }] }),
    question({ enableWhen: [{ question: '2', operator: 'exists', answerBoolean: true }] }),
    'Questionnaire.item[0].enableWhen[0]',
  ),
  pair(
    'inv-1 of Parameters',
    'Parameters',
    { parameter: [{ name: 'x' }] },
    { parameter: [{ name: 'x', valueString: 'y' }] },
    'Parameters.parameter[0]',
  ),
  pair(
    'org-3',
    'Organization',
    { telecom: [{ system: 'phone', value: '1', use: 'home' }] },
    { telecom: [{ system: 'phone', value: '1', use: 'work' }] },
    'Organization.telecom[0]',
  ),
]

const SAMPLED = { origin: { value: 0 }, period: 10, dimensions: 1 }
const MORE_VALUES: readonly Twins[] = [
  pair(
    'samples that are words',
    'Observation',
    { valueQuantity: undefined, valueSampledData: { ...SAMPLED, data: '1 two 3' } },
    { valueQuantity: undefined, valueSampledData: { ...SAMPLED, data: '1 -2.5 E U L' } },
    'Observation.value.ofType(SampledData).data',
  ),
  pair(
    'a language with an underscore',
    'Patient',
    { communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'zh_CN' }] } }] },
    { communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'zh-CN' }] } }] },
    'Patient.communication[0].language.coding[0].code',
  ),
  pair(
    'per-1 of a day and an instant',
    'Encounter',
    { period: { start: '2024-01-02', end: '2024-01-01T09:00:00Z' } },
    { period: { start: '2024-01-02', end: '2024-01-01T11:00:00Z' } },
    'Encounter.period',
  ),
  pair(
    'per-1 of a year and an instant',
    'Encounter',
    { period: { start: '2024-02-01T00:00:00Z', end: '2023' } },
    { period: { start: '2024-01-01T11:00:00Z', end: '2023' } },
    'Encounter.period',
  ),
]

const BUNDLES: readonly Twins[] = [
  [
    'bdl-1',
    { ...entries('transaction'), entry: undefined, total: 1 },
    { resourceType: 'Bundle', type: 'searchset', total: 1 },
    'Bundle',
  ],
  [
    'bdl-2',
    entries('collection', { resource: person, search: { mode: 'match' } }),
    entries('searchset', { resource: person, search: { mode: 'match' } }),
    'Bundle',
  ],
  [
    'bdl-3 of a collection',
    entries('collection', { resource: person, request: post }),
    entries('collection', { resource: person }),
    'Bundle',
  ],
  [
    'bdl-4',
    entries('transaction', { resource: person, request: post, response: { status: '201' } }),
    entries('transaction', { resource: person, request: post }),
    'Bundle',
  ],
  [
    'bdl-5',
    entries('collection', { fullUrl: UUID }),
    entries('collection', { fullUrl: UUID, resource: person }),
    'Bundle.entry[0]',
  ],
  [
    'bdl-7: a fullUrl twice',
    entries('collection', { fullUrl: UUID, resource: person }, { fullUrl: UUID, resource: person }),
    entries('collection', { fullUrl: UUID, resource: person }, { resource: person }),
    'Bundle',
  ],
  [
    'bdl-8',
    entries('collection', { fullUrl: 'http://a.example/Patient/1/_history/1', resource: { ...person, id: '1' } }),
    entries('collection', { fullUrl: 'http://a.example/Patient/1', resource: { ...person, id: '1' } }),
    'Bundle.entry[0]',
  ],
  [
    'bdl-9 and bdl-10',
    entries('document', { resource: changed('Composition', {}) }),
    {
      ...entries('document', { resource: changed('Composition', {}) }),
      identifier: { system: UUID, value: '1' },
      timestamp: '2026-03-01T08:00:00Z',
    },
    'Bundle',
  ],
  [
    'a method that is none',
    entries('batch', { resource: person, request: { ...post, method: 'SEND' } }),
    entries('batch', { resource: person, request: post }),
    'Bundle.entry[0].request.method',
  ],
  [
    'a request without address',
    entries('batch', { resource: person, request: { method: 'POST' } }),
    entries('batch', { resource: person, request: post }),
    'Bundle.entry[0].request.url',
  ],
  [
    'a type that does not exist in an entry',
    entries('collection', { resource: { resourceType: 'Patiant' } }),
    entries('collection', { resource: person }),
    'Bundle.entry[0].resource.resourceType',
  ],
  [
    'an entry without type',
    entries('collection', { resource: { active: true } }),
    entries('collection', { resource: person }),
    'Bundle.entry[0].resource.resourceType',
  ],
  [
    'no type of the Bundle',
    { resourceType: 'Bundle', entry: [{ resource: person }] },
    entries('collection', { resource: person }),
    'Bundle.type',
  ],
  [
    'a UUID as fullUrl that is none',
    entries('collection', { fullUrl: 'urn:uuid:1', resource: person }),
    entries('collection', { fullUrl: UUID, resource: person }),
    'Bundle.entry[0].fullUrl',
  ],
]

/** Pairs that differ in one fault: the first must be refused at the path, the second be taken. */
export const TWINS: readonly Twins[] = [
  ...EXTENSIONS,
  ...PARTS,
  ...NARRATIVES,
  ...MORE_NARRATIVES,
  ...UNITS,
  ...PRIMITIVES,
  ...STRUCTURE,
  ...REFERENCES,
  ...BOUND,
  ...INVARIANTS,
  ...MORE_VALUES,
  ...BUNDLES,
]
