import type { Consent, RelatedPerson } from '@medplum/fhirtypes'
import { isUuid, type PersonId } from '../../../kernel/id.ts'
import { partyOf } from '../../../platform/access.ts'
import {
  consentsOf,
  recordAccessForms,
  relationsToRecord,
  representativesOf,
  standingTo,
  type GivenConsent,
  type Representative,
} from '../../record-access/index.ts'
import { findPersons, idsOf, type Person } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { keyedId, readKeyedId, type Drawn, type Rows, type Source } from './build.ts'
import { concept, to } from './words.ts'

// What a person has allowed, and who acts for the person: seen as in `record-access.consents` and `record-access.representatives`.

const PERSON = /^\d{1,18}$/
const CODES = 'http://terminology.hl7.org/CodeSystem'

// Purposes in the codes of HL7. Source: v3-ActReason, PurposeOfUse.
const PURPOSE: Readonly<Record<GivenConsent['purpose'], string>> = {
  treatment: 'TREAT',
  research: 'HRESCH',
  'commercial-insurance': 'HPAYMT',
  quality: 'HQUALIMP',
}

const consent = ({ act: { now } }: FhirAct, one: GivenConsent): Drawn => {
  const resource: Consent = {
    resourceType: 'Consent',
    id: keyedId(one.person, one.id),
    status: one.withdrawnAt === null && one.until > now ? 'active' : 'inactive',
    scope: concept(`${CODES}/consentscope`, one.purpose === 'research' ? 'research' : 'patient-privacy'),
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }], text: one.shown.zh }],
    patient: to('Patient', one.person),
    dateTime: one.givenAt,
    ...(one.to ? { organization: [to('Organization', one.to)] } : {}),
    policyRule: { text: '个人信息保护法 第二十九条' },
    provision: {
      type: 'permit',
      period: { start: one.givenAt, end: one.withdrawnAt ?? one.until },
      purpose: [{ system: `${CODES}/v3-ActReason`, code: PURPOSE[one.purpose] }],
      ...(one.to
        ? { actor: [{ role: concept(`${CODES}/v3-ParticipationType`, 'IRCP'), reference: to('Organization', one.to) }] }
        : {}),
      ...(one.kinds ? { class: one.kinds.map((code) => ({ system: 'http://hl7.org/fhir/resource-types', code })) } : {}),
    },
  }
  return { resource, at: one.withdrawnAt ?? one.givenAt }
}

const relatedPerson = ({ act: { now, today } }: FhirAct, one: Representative, by: Person | undefined): Drawn => {
  const role = { guardian: ['GUARD', '监护人'], proxy: ['POWATT', '委托代理人'] } as const
  const [code, words] = role[one.kind]
  const resource: RelatedPerson = {
    resourceType: 'RelatedPerson',
    id: keyedId(one.person, one.id),
    active: one.endedAt === null && one.from <= today && (one.until === null || one.until >= today),
    patient: to('Patient', one.person),
    relationship: [concept(`${CODES}/v3-RoleCode`, code, words)],
    ...(by ? { name: [{ text: by.zh }] } : {}),
    period: { start: one.from, ...(one.until ? { end: one.until } : {}) },
  }
  return { resource, at: one.endedAt ?? now }
}

/** The ids under which a person is known, if the form beside this face would show the person's rows to whoever asks. */
const seen = async (open: FhirAct, form: 'consents' | 'representatives', id: string): Promise<readonly PersonId[]> => {
  if (!PERSON.test(id)) return []
  const standing = await standingTo(open.tx, id, open.act.actor.role === 'resident' ? 'self' : 'treatment')
  if (!standing) return []
  const { by } = recordAccessForms[`record-access.${form}`]
  const party = partyOf(by, open.act.actor, relationsToRecord(standing, open.act))
  return party === null ? [] : idsOf(open.tx, standing.person.id)
}

const drawConsents = async (open: FhirAct, persons: readonly PersonId[]): Promise<Drawn[]> =>
  (await consentsOf(open.tx, persons)).map((one) => consent(open, one))

const drawRelated = async (open: FhirAct, persons: readonly PersonId[]): Promise<Drawn[]> => {
  const rows = await representativesOf(open.tx, persons)
  const known = await findPersons(open.tx, [...new Set(rows.map(({ by }) => by))])
  return rows.map((one) => relatedPerson(open, one, known.get(one.by)))
}

/** One page: of a person all rows are few; they go by their ids, so that they never change places. */
const pageOf = (drawn: readonly Drawn[], { limit, after }: { limit: number; after: string | null }): Rows => {
  const idOf = ({ resource }: Drawn): string => resource.id ?? ''
  const rest = drawn
    .filter((one) => after === null || idOf(one) > after)
    .toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
  const rows = rest.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: last && rest.length > limit ? idOf(last) : null }
}

const source = (
  type: 'Consent' | 'RelatedPerson',
  searchParams: readonly string[],
  form: 'consents' | 'representatives',
  draw: (open: FhirAct, persons: readonly PersonId[]) => Promise<Drawn[]>,
): Source => ({
  type,
  searchParams,
  one: async (open, id) => {
    const key = readKeyedId(id)
    if (!key || !isUuid(key.id)) return null
    const persons = await seen(open, form, key.org)
    return (await draw(open, persons)).find(({ resource }) => resource.id === id) ?? null
  },
  list: async (open, wanted, page) => {
    const { actor } = open.act
    const asked = wanted.target('patient') ?? (actor.role === 'resident' ? actor.person : null)
    const persons = asked === null ? [] : await seen(open, form, asked)
    return pageOf(persons.length === 0 ? [] : await draw(open, persons), page)
  },
})

/** What persons have allowed, and who acts for them; of one person at a time. */
export const RIGHTS: readonly Source[] = [
  source('Consent', ['patient', 'status', 'date', 'period', 'purpose', 'scope', 'organization'], 'consents', drawConsents),
  source('RelatedPerson', ['patient', 'active', 'relationship', 'name'], 'representatives', drawRelated),
]
