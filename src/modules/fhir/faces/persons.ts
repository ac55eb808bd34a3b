import type { CareTeam, Coverage, Patient } from '@medplum/fhirtypes'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { patientOfPerson } from '../../health-record/index.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { openRecord } from '../../record-access/index.ts'
import { findPerson, personsOfInstitution, relationsToPerson, shownPerson, type Person } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { paged, type Drawn, type Source } from './build.ts'
import { concept, SYSTEMS, to } from './words.ts'

// A person is shown to himself, to the care team, and to whoever has a lawful basis; numbers are masked for everybody.

const PERSON = /^\d{1,18}$/

const patient = (open: FhirAct, person: Person): Drawn => {
  const shown = shownPerson(person, open.act.cipher)
  const base = patientOfPerson(person)
  const resource: Patient = {
    ...base,
    identifier: [
      { system: SYSTEMS.person, type: { text: '居民编号' }, value: person.id },
      ...(shown.idNumber
        ? [
            {
              use: 'official' as const,
              type: {
                coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NI' }],
                text: '居民身份证(已遮盖)',
              },
              value: shown.idNumber,
            },
          ]
        : []),
    ],
    active: person.erasedAt === null,
    ...(shown.phone ? { telecom: [{ system: 'phone', value: shown.phone }] } : {}),
    ...(person.careOrg ? { generalPractitioner: [to('Organization', person.careOrg)] } : {}),
    ...(person.clinicOrg ? { managingOrganization: to('Organization', person.clinicOrg) } : {}),
  }
  return { resource, at: open.act.now }
}

const insuranceWords = { resident: '城乡居民基本医疗保险', employee: '职工基本医疗保险', none: '未参保' } as const

const coverage = (open: FhirAct, person: Person): Drawn | null => {
  if (person.insurance === 'none') return null
  const resource: Coverage = {
    resourceType: 'Coverage',
    id: person.id,
    status: 'active',
    type: concept(SYSTEMS.insurance, person.insurance, insuranceWords[person.insurance]),
    beneficiary: to('Patient', person.id),
    payor: [{ display: '基本医疗保险基金' }],
  }
  return { resource, at: open.act.now }
}

const careTeam = async (open: FhirAct, person: Person): Promise<Drawn | null> => {
  const ids = [person.careOrg, person.clinicOrg].filter((id): id is OrgId => id !== null)
  if (ids.length === 0) return null
  const names = new Map((await institutionsOf(open.tx, ids)).map(({ id, name }) => [id, name.zh]))
  const resource: CareTeam = {
    resourceType: 'CareTeam',
    id: person.id,
    status: 'active',
    name: '家庭医生团队',
    subject: to('Patient', person.id),
    participant: [...new Set(ids)].map((id) => ({ member: to('Organization', id, names.get(id) ?? null) })),
    managingOrganization: [to('Organization', ids[0] as OrgId)],
  }
  return { resource, at: open.act.now }
}

/** The person, if this act may look; a linked one is answered under the id that it was asked by, never as somebody else. */
const seen = async (open: FhirAct, id: string): Promise<Person | null> => {
  if (!PERSON.test(id)) return null
  const opened = await openRecord(open.tx, [id as PersonId], open.act.actor.role === 'resident' ? 'self' : 'treatment')
  const person = await findPerson(open.tx, id as PersonId)
  if (!person || person.id !== id) return null
  return opened.length > 0 || relationsToPerson(open.act.actor, person).length > 0 ? person : null
}

const listed = async (
  open: FhirAct,
  asked: string | null,
  page: { limit: number; after: string | null },
): Promise<readonly Person[]> => {
  const { actor } = open.act
  const one = actor.role === 'resident' ? actor.person : asked
  if (one !== null || actor.role === 'resident') {
    const person = one !== null && page.after === null ? await seen(open, one) : null
    return person ? [person] : []
  }
  if (actor.org === null || (actor.role !== 'village-doctor' && actor.role !== 'family-doctor')) return []
  return personsOfInstitution(open.tx, actor.org, { limit: page.limit, after: page.after as PersonId | null })
}

const source = (
  type: string,
  searchParams: readonly string[],
  person: (target: (...names: string[]) => string | null) => string | null,
  draw: (open: FhirAct, one: Person) => Drawn | null | Promise<Drawn | null>,
): Source => ({
  type,
  searchParams,
  one: async (open, id) => {
    const found = await seen(open, id)
    return found && draw(open, found)
  },
  list: async (open, wanted, page) => {
    const rows = await listed(open, person(wanted.target), page)
    const drawn = new Map<string, Drawn | null>()
    for (const row of rows) drawn.set(row.id, await draw(open, row))
    return paged(
      rows,
      page.limit,
      ({ id }) => drawn.get(id) ?? null,
      ({ id }) => id,
    )
  },
})

/** Persons of the index, what insures them, and who cares for them. */
export const PERSONS: readonly Source[] = [
  source('Patient', ['name', 'identifier', 'gender', 'birthdate', 'active', 'general-practitioner'], () => null, patient),
  source('Coverage', ['patient', 'beneficiary', 'status', 'type'], (target) => target('patient', 'beneficiary'), coverage),
  source('CareTeam', ['patient', 'subject', 'status', 'participant'], (target) => target('patient', 'subject'), careTeam),
]
