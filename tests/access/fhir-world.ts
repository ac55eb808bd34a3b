import type { TestContext } from 'node:test'
import Fastify from 'fastify'
import { addFhirRoutes, faces } from '../../src/modules/fhir/index.ts'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { readScopes } from '../../src/modules/smart/index.ts'
import { newId, type PersonId } from '../../src/kernel/id.ts'
import type { Actor, Role } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { actor, PLACES, setStage } from '../harness/stage.ts'

/** What stands in everything that is about the other person, and in nothing else. */
export const SECRET = '机密乙'
const NUMBER = '99010119700203455'
/** The other person's identity number. */
export const ID_NUMBER = NUMBER + checkCharacter(NUMBER)

/** Somebody who asks by FHIR: by role and place, or by an app with scopes, perhaps let at one patient. */
export type Asker = {
  readonly says: string
  readonly actor: Actor
  readonly scopes: string | null
  readonly patient: PersonId | null
}
export type FhirAsked = {
  readonly method: string
  readonly path: string
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
}
export type FhirTold = {
  readonly status: number
  readonly text: string
  readonly bytes: Buffer
  readonly headers: Readonly<Record<string, unknown>>
}

/** Two persons: `one`, whom all askers may have to do with, and `other`, who is the city hospital's and whose record no outsider may reach. */
export type FhirWorld = {
  readonly house: TestHouse
  readonly one: PersonId
  readonly other: PersonId
  /** Ids of what the modules' own tables hold about the other person. */
  readonly appointment: string
  readonly referral: string
  /** A message of that referral, as its face is called. */
  readonly message: string
  /** Who has no reason to read about the other person. */
  readonly outsiders: readonly Asker[]
  /** The city hospital's ward and the other person. */
  readonly insiders: readonly Asker[]
  readonly ask: (asker: Asker, asked: FhirAsked) => Promise<FhirTold>
}

const patient = (id: string) => ({ reference: `Patient/${id}` })
const coded = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }], text: SECRET })
const about = (type: string, id: string, person: string, more: object) => ({
  resourceType: type,
  id,
  subject: patient(person),
  ...more,
})
const CLASS = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }
const identified = (value: string) => ({ identifier: [{ system: 'urn:probe', value }] })

/** What the city hospital keeps about the other person: one of each kind, each with the secret in it. */
const ofOther = (other: PersonId): object[] => [
  about('Encounter', 'b-enc', other, { ...identified('B-ENC'), status: 'finished', class: CLASS, reasonCode: [{ text: SECRET }] }),
  about('Observation', 'b-obs', other, {
    ...identified('B-READ'), status: 'final', code: coded('2339-0'), effectiveDateTime: '2026-01-10', valueString: SECRET,
    encounter: { reference: 'Encounter/b-enc' }, performer: [{ reference: 'Practitioner/city-doc' }],
  }),
  about('Observation', 'b-obs-2', other, { ...identified('B-WRITE'), status: 'final', code: coded('2339-0'), encounter: { reference: 'Encounter/a-enc' } }),
  about('Observation', 'b-gone', other, { status: 'final', code: coded('2339-0') }),
  about('Condition', 'b-con', other, { code: { text: SECRET } }),
  about('DiagnosticReport', 'b-rep', other, { status: 'final', code: { text: SECRET }, result: [{ reference: 'Observation/b-obs' }] }),
  about('DocumentReference', 'b-doc', other, { status: 'current', description: SECRET, content: [{ attachment: { url: 'Binary/b-bin', title: SECRET } }] }),
  about('Communication', 'b-com', other, { ...identified('B-COM'), status: 'completed', encounter: { reference: 'Encounter/b-enc' }, payload: [{ contentString: SECRET }] }),
  about('Procedure', 'b-pro', other, { status: 'completed', code: { text: SECRET } }),
  about('MedicationRequest', 'b-med', other, { status: 'active', intent: 'order', medicationCodeableConcept: { text: SECRET } }),
  about('CarePlan', 'b-plan', other, { status: 'active', intent: 'plan', title: SECRET }),
  about('List', 'b-list', other, { status: 'current', mode: 'working', title: SECRET, entry: [{ item: { reference: 'Observation/b-obs' } }] }),
  about('QuestionnaireResponse', 'b-answers', other, { status: 'completed', item: [{ linkId: '1', answer: [{ valueString: SECRET }] }] }),
  { resourceType: 'AllergyIntolerance', id: 'b-all', patient: patient(other), clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] }, code: { text: SECRET } },
  { resourceType: 'Immunization', id: 'b-imm', patient: patient(other), status: 'completed', vaccineCode: { text: SECRET }, occurrenceString: '2020' },
  { resourceType: 'RelatedPerson', id: 'b-rel', patient: patient(other), name: [{ text: SECRET }] },
  { resourceType: 'Binary', id: 'b-bin', contentType: 'text/plain', securityContext: patient(other), data: Buffer.from(SECRET).toString('base64') },
  { resourceType: 'Provenance', id: 'b-prov', target: [patient(other)], recorded: '2026-01-10T08:00:00Z', agent: [{ who: { display: SECRET } }] },
  // About somebody whom nobody here knows: its institution's alone.
  about('Observation', 'b-stranger', 'nobody-here', { status: 'final', code: coded('2339-0') }),
] // prettier-ignore

/** What the county hospital keeps about the one person: it refers to the other's, so that an include would lead there. */
const ofOne = (one: PersonId): object[] => [
  about('Encounter', 'a-enc', one, { status: 'finished', class: CLASS }),
  about('Observation', 'a-obs', one, { status: 'final', code: { text: '血糖' }, encounter: { reference: 'Encounter/b-enc' } }),
  about('DiagnosticReport', 'a-rep', one, { status: 'final', code: { text: '报告' }, result: [{ reference: 'Observation/a-obs' }, { reference: 'Observation/b-obs' }] }),
  about('Communication', 'a-com', one, { status: 'completed', encounter: { reference: 'Encounter/b-enc' }, about: [{ reference: 'Communication/b-com' }], payload: [{ contentString: '随访' }] }),
  about('List', 'a-list', one, { status: 'current', mode: 'working', entry: [{ item: { reference: 'Observation/b-obs' } }, { item: { reference: 'Condition/b-con' } }] }),
] // prettier-ignore

type Begun = Omit<FhirWorld, 'outsiders' | 'insiders' | 'appointment' | 'referral' | 'message'>

/** Somebody who asks for themselves. */
export const by = (who: Actor, says = `${who.role} at ${String(who.org)}`): Asker => ({
  says,
  actor: who,
  scopes: null,
  patient: null,
})

const WARD = by(actor('ward', 'city'))

const put = async ({ ask }: Begun, asker: Asker, resources: readonly object[]): Promise<void> => {
  for (const one of resources as { resourceType: string; id: string }[]) {
    const { status, text } = await ask(asker, { method: 'PUT', path: `${one.resourceType}/${one.id}`, body: one })
    if (status !== 201) throw new Error(`${one.resourceType}/${one.id}: ${status} ${text}`)
  }
}

const PLACED: readonly (readonly [Role, 'village' | 'county' | 'countyTcm'])[] = [
  ['village-doctor', 'village'],
  ['referral-desk', 'county'],
  ['ward', 'county'],
  ['consortium-manager', 'county'],
  ['administrator', 'county'],
  ['health-bureau', 'county'],
  ['referral-desk', 'countyTcm'],
]

/** Askers without a reason: every role, residents, who acts for the one person, and an app of somebody who may read both but was let at the one. */
const outsidersOf = (one: PersonId, proxy: PersonId, cityWard: Actor): Asker[] => [
  ...PLACED.map(([role, place]) => by(actor(role, place))),
  by(actor('insurer', null)),
  by(actor('health-bureau', null)),
  by(actor('administrator', null)),
  by(actor('resident', null, '本人', one), 'the one person'),
  by(actor('resident', null, '代理人', proxy), 'who acts for the one person'),
  { says: 'an app let at the one person', actor: cityWard, scopes: 'patient/*.rs', patient: one },
]

/** A house with both persons, served over FHIR with its faces. */
export const makeFhirWorld = async (t: Pick<TestContext, 'after'>): Promise<FhirWorld> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const otherDoctor = actor('village-doctor', 'otherVillage')
  const entry = { name: { zh: SECRET }, sex: 'male', bornOn: '1970-02-03', identifier: { type: '01', number: ID_NUMBER } }
  const one = await stage.person('演示甲', '1961-05-04')
  const { person: other } = (await house.done('residents.register', otherDoctor, entry)) as { person: PersonId }
  const begun = { house, one, other, ask: await served(t, house) }
  await put(begun, WARD, [{ resourceType: 'Practitioner', id: 'city-doc', name: [{ text: '演示医生' }] }, ...ofOther(other)])
  await put(begun, by(stage.ward), ofOne(one))
  const { ask } = begun
  const [changed] = ofOther(other).filter((each) => (each as { id: string }).id === 'b-obs')
  await ask(WARD, { method: 'PUT', path: 'Observation/b-obs', body: { ...changed, status: 'amended' } })
  await ask(WARD, { method: 'DELETE', path: 'Observation/b-gone' })
  const proxy = await stage.person('演示代理人', '1980-01-01')
  const proxyOf = { person: one, by: proxy, kind: 'proxy', document: '授权委托书' }
  await house.done('record-access.register-representative', stage.villageDoctor, proxyOf)
  const own = actor('resident', null, '本人', one)
  const otherSelf = actor('resident', null, SECRET, other)
  // The city hospital may read of both, so that it shows what each way would lead to; and the app that was let at the one has a user who may.
  await house.done('record-access.give-consent', own, { person: one, purpose: 'treatment', to: PLACES.city, days: 9 })
  const unit = await stage.slot(stage.cityDesk)
  const booked = await house.done('booking.book', otherSelf, unit)
  const { referral } = await house.done('referral.send', otherDoctor, {
    person: other,
    receiver: PLACES.city,
    specialty: '0304',
    condition: { key: 'I10', zh: SECRET },
    letter: { impression: SECRET, reason: SECRET, pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
  })
  const written = await house.done('correspondence.write', otherDoctor, { referral, text: SECRET, attachments: [] })
  await house.settle()
  const outsiders = outsidersOf(one, proxy, WARD.actor)
  await accountsOf(house, [...outsiders, WARD])
  const insiders = [WARD, by(otherSelf, 'the other person'), by(otherDoctor), by(stage.cityDesk), by(stage.familyDoctor)]
  return {
    ...begun,
    appointment: `${booked.org}-${booked.booking}`,
    referral,
    message: `${otherDoctor.org}-${written.message}`,
    outsiders,
    insiders,
  }
}

/** An export is of an account, so every asker has one. */
const accountsOf = async ({ database }: TestHouse, askers: readonly Asker[]): Promise<void> => {
  for (const { account, role, org, person } of new Set(askers.map((asker) => asker.actor)))
    await database.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, created_at)
      values (${account}, ${`fhir-${String(account).slice(-12)}`}, 'none', ${role}, ${org}, ${person}, '演示', now())`)
}

/** The FHIR server of a house, asked by whoever a test says. */
export const served = async (t: Pick<TestContext, 'after'>, { house }: TestHouse): Promise<FhirWorld['ask']> => {
  const askers = new Map<string, Asker>()
  const app = Fastify({ genReqId: () => newId() })
  await addFhirRoutes(app, {
    house,
    faces,
    version: 'test',
    baseUrl: () => 'https://jieli.example',
    hold: () => null,
    caller: async ({ headers }) => {
      const asker = askers.get(String(headers['x-asker']))
      return asker ? { actor: asker.actor, scopes: asker.scopes === null ? null : readScopes(asker.scopes), patient: asker.patient } : null
    },
  }) // prettier-ignore
  t.after(() => app.close())
  return async (asker, { method, path, body, headers = {} }) => {
    askers.set(asker.says, asker)
    const answer = await app.inject({
      method: method as 'GET',
      url: `/fhir/R4/${path}`,
      headers: {
        'x-asker': asker.says,
        accept: 'application/fhir+json',
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: answer.statusCode, text: answer.body, bytes: answer.rawPayload, headers: answer.headers }
  }
}
