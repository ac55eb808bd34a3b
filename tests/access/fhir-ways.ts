import { ID_NUMBER, SECRET, type FhirAsked, type FhirWorld } from './fhir-world.ts'
import { PLACES } from '../harness/stage.ts'

/** What a way is aimed at: the other person's ids, or ids of the same form that nothing has. */
export type Aim = {
  readonly person: string
  readonly id: string
  readonly appointment: string
  readonly referral: string
  readonly message: string
  readonly number: string
}

/** A way to a resource. */
export type Way = {
  readonly says: string
  readonly asks: (aim: Aim) => FhirAsked
  /** Whoever may read gets the secret by it. */
  readonly isPotent: boolean
  /** What it lists grows with every look, that of the asker too. */
  readonly grows?: true
}

export const aimAt = ({ other, appointment, referral, message }: FhirWorld): Aim => ({
  person: other,
  id: 'b-',
  appointment,
  referral,
  message,
  number: ID_NUMBER,
})

/** The same aim at what does not exist. */
export const ABSENT: Aim = {
  person: '888888888888',
  id: 'x-',
  appointment: '4303000000000-00000000-0000-7000-8000-000000000000',
  referral: '00000000-0000-7000-8000-000000000001',
  message: '4303000000000-00000000-0000-7000-8000-000000000002',
  number: '990101197002030000',
}

const get = (says: string, path: (aim: Aim) => string, isPotent = true, headers?: FhirAsked['headers']): Way => ({
  says,
  asks: (aim) => ({ method: 'GET', path: path(aim), ...(headers && { headers }) }),
  isPotent,
})

const STORED = {
  Observation: 'obs', Encounter: 'enc', Condition: 'con', DiagnosticReport: 'rep', DocumentReference: 'doc', Procedure: 'pro', MedicationRequest: 'med',
  CarePlan: 'plan', List: 'list', QuestionnaireResponse: 'answers', AllergyIntolerance: 'all', Immunization: 'imm', RelatedPerson: 'rel', Provenance: 'prov', Communication: 'com',
} as const // prettier-ignore

const READS: readonly Way[] = [
  ...Object.entries(STORED).map(([type, id]) => get(`read ${type}`, (aim) => `${type}/${aim.id}${id}`)),
  ...Object.entries(STORED).map(([type, id]) => get(`history ${type}`, (aim) => `${type}/${aim.id}${id}/_history`)),
  get('read of what is about nobody who is known', ({ id }) => `Observation/${id}stranger`),
  get('read unless it is as known', ({ id }) => `Observation/${id}obs`, false, { 'if-none-match': 'W/"2"' }),
  get('read as XML', ({ id }) => `Observation/${id}obs?_format=xml`),
  get('vread', ({ id }) => `Observation/${id}obs/_history/1`),
  get('vread of a version that is not there', ({ id }) => `Observation/${id}obs/_history/77`, false),
  get('history since', ({ id }) => `Observation/${id}obs/_history?_since=2020-01-01T00:00:00Z`),
  get('history since tomorrow', ({ id }) => `Observation/${id}obs/_history?_since=2090-01-01T00:00:00Z`, false),
  get('history behind a version', ({ id }) => `Observation/${id}obs/_history?_after=2&_count=1`),
  get('history of a type', () => 'Observation/_history?_count=200'),
  get('read of what was deleted', ({ id }) => `Observation/${id}gone`, false),
  get('history of what was deleted', ({ id }) => `Observation/${id}gone/_history`),
  get('Binary as a resource', ({ id }) => `Binary/${id}bin`),
  get('Binary as its bytes', ({ id }) => `Binary/${id}bin`, true, { accept: 'text/plain' }),
]

const SEARCHES: readonly Way[] = [
  ...Object.keys(STORED)
    .filter((type) => type !== 'Provenance')
    .map((type) => get(`search ${type} by patient`, ({ person }) => `${type}?patient=${person}`)),
  ...['Observation?', 'Condition?', 'Encounter?_count=200', 'DocumentReference?_sort=-_lastUpdated', 'Provenance?', 'RelatedPerson?'].map((path) =>
    get(`search ${path}`, () => path),
  ),
  get('by subject', ({ person }) => `Observation?subject=Patient/${person}&_sort=-date`),
  get('the newest', ({ person }) => `Observation?patient=${person}&_sort=-date&_count=20`),
  get('by id', ({ id }) => `Observation?_id=${id}obs`),
  get('by several ids', ({ id }) => `Observation?_id=${id}obs,${id}obs-2,a-obs`),
  get('by number', ({ id }) => `Observation?identifier=urn:probe|${id.toUpperCase()}READ`),
  get('by code', () => 'Observation?code=2339-0'),
  get('by what is missing', ({ person }) => `Observation?patient=${person}&value-quantity:missing=true`),
  get('by not a code', ({ person }) => `Observation?patient=${person}&code:not=1-1`),
  get('by a day', ({ person }) => `Observation?patient=${person}&date=2026-01-10`),
  get('some elements', ({ person }) => `Observation?patient=${person}&_elements=valueString`),
  get('how many', ({ person }) => `Observation?patient=${person}&_summary=count`, false),
  get('how many of all', ({ person }) => `Observation?patient=${person}&_total=accurate&_count=1`),
  { says: 'by POST', asks: ({ person }) => ({ method: 'POST', path: 'Observation/_search', body: `patient=${person}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }), isPotent: true },
  get('chained by name', () => `Observation?patient.name=${encodeURIComponent(SECRET)}`, false),
  get('chained by an identity number', ({ number }) => `Observation?patient:Patient.identifier=${number}`, false),
  get('chained by an encounter', ({ id }) => `Observation?encounter.identifier=${id.toUpperCase()}ENC`),
  get('what others refer to', ({ id }) => `Encounter?_has:Observation:encounter:identifier=${id.toUpperCase()}READ`),
  get('patients to whom others refer', ({ id }) => `Patient?_has:Observation:patient:identifier=${id.toUpperCase()}READ`, false),
  get('included results', () => 'DiagnosticReport?_id=a-rep&_include=DiagnosticReport:result'),
  get('included, and on from there', () => 'DiagnosticReport?_id=a-rep&_include=DiagnosticReport:result&_include:iterate=Observation:encounter'),
  get('included encounter', () => 'Observation?_id=a-obs&_include=Observation:encounter'),
  get('included items', () => 'List?_id=a-list&_include=List:item'),
  get('referring to an encounter', () => 'Encounter?_id=a-enc&_revinclude=Observation:encounter'),
  get('referring to a doctor', () => 'Practitioner?_id=city-doc&_revinclude=Observation:performer'),
  get('included messages, what they are about', () => 'Communication?_id=a-com&_include=Communication:encounter'),
  get('messages that refer to an encounter', () => 'Encounter?_id=a-enc,b-enc&_revinclude=Communication:encounter'),
  get('messages chained by an encounter', ({ id }) => `Communication?encounter.identifier=${id.toUpperCase()}ENC`),
  get('messages chained by name', () => `Communication?subject:Patient.name=${encodeURIComponent(SECRET)}`, false),
  get('encounters of which messages speak', ({ id }) => `Encounter?_has:Communication:encounter:identifier=${id.toUpperCase()}COM`),
  get('everything', ({ person }) => `Patient/${person}/$everything`),
  get('everything of a type', ({ person }) => `Patient/${person}/$everything?_type=Observation`),
  get('everything from a place on', ({ person }) => `Patient/${person}/$everything?_cursor=${Buffer.from(JSON.stringify({ at: '', id: '00000000-0000-0000-0000-000000000000', type: 'Encounter' })).toString('base64url')}`),
  { says: 'match', asks: ({ number }) => ({ method: 'POST', path: 'Patient/$match', body: { resourceType: 'Patient', name: [{ text: SECRET }], birthDate: '1970-02-03', gender: 'male', identifier: [{ value: number }] } }), isPotent: false },
] // prettier-ignore

const FACES: readonly Way[] = [
  ...['Patient', 'Coverage', 'CareTeam'].map((type) =>
    get(`face ${type}`, ({ person }) => `${type}/${person}`, type === 'Patient'),
  ),
  get('face Appointment', ({ appointment }) => `Appointment/${appointment}`, false),
  get('face Task', ({ referral }) => `Task/${referral}`, false),
  get('face ServiceRequest', ({ referral }) => `ServiceRequest/${referral}`),
  ...['Appointment', 'Task', 'ServiceRequest', 'CareTeam', 'Coverage', 'CarePlan', 'Consent', 'EpisodeOfCare'].map((type) =>
    get(`search face ${type}`, ({ person }) => `${type}?patient=Patient/${person}`, type === 'ServiceRequest'),
  ),
  ...['Appointment?', 'Task?', 'ServiceRequest?', 'Patient?', 'Coverage?'].map((path) =>
    get(`search ${path}`, () => path, ['ServiceRequest?', 'Patient?'].includes(path)),
  ),
  get('face Communication', ({ message }) => `Communication/${message}`),
  get('face Communication by id', ({ message }) => `Communication?_id=${message}`),
  get('history of a face Communication', ({ message }) => `Communication/${message}/_history`, false),
  get('messages of a referral', ({ referral }) => `Communication?based-on=ServiceRequest/${referral}`),
  get('messages of a sender', () => `Communication?sender=Organization/${PLACES.otherVillage}`),
  get(
    'all messages, their cases and persons',
    () => 'Communication?_include=Communication:based-on&_include=Communication:subject',
  ),
  get('a referral with its messages', ({ referral }) => `ServiceRequest?_id=${referral}&_revinclude=Communication:based-on`),
  get('referrals of which messages speak', () => 'ServiceRequest?_has:Communication:based-on:status=completed'),
  get('messages chained by a referral', ({ person }) => `Communication?based-on:ServiceRequest.patient=Patient/${person}`, false),
  { ...get('looks at the person', ({ person }) => `AuditEvent?patient=Patient/${person}`, false), grows: true },
  { ...get('all looks', () => 'AuditEvent?', false), grows: true },
  get('patient by name', () => `Patient?name=${encodeURIComponent(SECRET)}`, false),
  get('patient by identity number', ({ number }) => `Patient?identifier=${number}`, false),
  get('a booking with its patient', () => 'Appointment?_include=Appointment:patient', false),
]

const entries = (type: 'batch' | 'transaction', paths: (aim: Aim) => string[]): Way => ({
  says: `${type} of reads`,
  asks: (aim) => ({
    method: 'POST',
    path: '',
    body: { resourceType: 'Bundle', type, entry: paths(aim).map((url) => ({ request: { method: 'GET', url } })) },
  }),
  isPotent: true,
})

const BUNDLES: readonly Way[] = [
  entries('batch', ({ id, person, message }) => [
    `Observation/${id}obs`,
    `Observation/${id}obs/_history`,
    `Observation/${id}obs/_history/1`,
    `Observation?patient=${person}`,
    `Patient/${person}`,
    `Patient/${person}/$everything`,
    `Binary/${id}bin`,
    `Communication/${message}`,
    `Communication?patient=Patient/${person}`,
    `DiagnosticReport?_id=a-rep&_include=DiagnosticReport:result`,
  ]),
  entries('transaction', ({ id }) => [`Observation/${id}obs`]),
  entries('transaction', ({ message }) => [`Communication/${message}`]),
  entries('transaction', ({ person }) => [`Observation?patient=${person}`, 'List?_id=a-list&_include=List:item']),
]

/** Every way to read that is tried. */
export const WAYS: readonly Way[] = [...READS, ...SEARCHES, ...FACES, ...BUNDLES]

const draft = (more: object = {}) => ({ resourceType: 'Observation', status: 'final', code: { text: '试探' }, ...more })
const JSON_PATCH = { 'content-type': 'application/json-patch+json' }

/** Ways to change, or to hear by a change that something is there. They answer as for what is absent, and change nothing of another's. */
const CHANGING: readonly Omit<Way, 'isPotent'>[] = [
  { says: 'delete', asks: ({ id }) => ({ method: 'DELETE', path: `Observation/${id}obs` }) },
  { says: 'delete a version', asks: ({ id }) => ({ method: 'DELETE', path: `Observation/${id}obs`, headers: { 'if-match': 'W/"9"' } }) },
  { says: 'delete what matches', asks: ({ id }) => ({ method: 'DELETE', path: `Observation?identifier=${id.toUpperCase()}WRITE` }) },
  { says: 'patch', asks: ({ id }) => ({ method: 'PATCH', path: `Observation/${id}obs`, headers: JSON_PATCH, body: JSON.stringify([{ op: 'test', path: '/valueString', value: SECRET }]) }) },
  { says: 'patch what matches', asks: ({ id }) => ({ method: 'PATCH', path: `Observation?_id=${id}obs`, headers: JSON_PATCH, body: JSON.stringify([{ op: 'test', path: '/status', value: 'x' }]) }) },
  { says: 'create unless there', asks: ({ id }) => ({ method: 'POST', path: 'Observation', body: draft(), headers: { 'if-none-exist': `identifier=urn:probe|${id.toUpperCase()}WRITE` } }) },
  { says: 'update what matches', asks: ({ id }) => ({ method: 'PUT', path: `Observation?identifier=urn:probe|${id.toUpperCase()}WRITE`, body: draft() }) },
  { says: 'withdraw a message', asks: ({ message }) => ({ method: 'DELETE', path: `Communication/${message}` }) },
  { says: 'delete a stored message', asks: ({ id }) => ({ method: 'DELETE', path: `Communication/${id}com` }) },
  { says: 'patch a message', asks: ({ message }) => ({ method: 'PATCH', path: `Communication/${message}`, headers: JSON_PATCH, body: JSON.stringify([{ op: 'test', path: '/status', value: 'completed' }]) }) },
  { says: 'transaction that deletes', asks: ({ id }) => ({ method: 'POST', path: '', body: { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: `Observation/${id}obs` } }] } }) },
  { says: 'transaction that refers by a condition', asks: ({ id }) => ({ method: 'POST', path: '', body: { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: draft({ encounter: { reference: `Encounter?identifier=${id.toUpperCase()}ENC` } }), request: { method: 'POST', url: 'Observation' } }] } }) },
] // prettier-ignore
export const CHANGES: readonly Way[] = CHANGING.map((way) => ({ ...way, isPotent: false }))
