import type { HealthcareService, Location, Organization } from '@medplum/fhirtypes'
import type { OrgId } from '../../../kernel/id.ts'
import { isInForce } from '../../../kernel/period.ts'
import { TEST_DATA } from '../../health-record/index.ts'
import {
  findInstitution,
  institutionsByKey,
  servicesByKey,
  specialtyName,
  type Institution,
  type Service,
} from '../../organisations/index.ts'
import type { FhirAct } from '../server/act.ts'
import { paged, type Drawn, type Source, type Wanted } from './build.ts'
import { concept, fromDay, SYSTEMS, to } from './words.ts'

// Institutions and what they offer are public within the region, as they are in the forms.

const KEY = /^\d{1,18}$/
const phoneOf = ({ phone }: Institution) => (phone ? { telecom: [{ system: 'phone' as const, value: phone }] } : {})
const metaOf = ({ synthetic }: { synthetic: boolean }) => (synthetic ? { meta: { tag: [TEST_DATA] } } : {})

const organization = (open: FhirAct, one: Institution): Drawn => {
  const resource: Organization = {
    resourceType: 'Organization',
    id: one.id,
    ...metaOf(one),
    identifier: [{ system: SYSTEMS.institution, value: one.code }],
    active: isInForce(one, open.act.today),
    type: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'prov' }] },
      concept(SYSTEMS.tier, one.tier),
    ],
    name: one.name.zh,
    ...(one.name.en ? { alias: [one.name.en] } : {}),
    ...phoneOf(one),
    ...(one.parent ? { partOf: to('Organization', one.parent) } : {}),
  }
  return { resource, at: fromDay(one.from, open.act.zone) }
}

const location = (open: FhirAct, one: Institution): Drawn => {
  const resource: Location = {
    resourceType: 'Location',
    id: one.id,
    ...metaOf(one),
    identifier: [{ system: SYSTEMS.institution, value: one.code }],
    status: isInForce(one, open.act.today) ? 'active' : 'inactive',
    name: one.name.zh,
    mode: 'instance',
    ...phoneOf(one),
    position: { longitude: one.longitude, latitude: one.latitude },
    managingOrganization: to('Organization', one.id, one.name.zh),
  }
  return { resource, at: fromDay(one.from, open.act.zone) }
}

const institutionSource = (
  type: string,
  searchParams: readonly string[],
  draw: (open: FhirAct, one: Institution) => Drawn,
): Source => ({
  type,
  searchParams,
  one: async (open, id) => {
    const found = KEY.test(id) ? await findInstitution(open.tx, id as OrgId) : null
    return found && draw(open, found)
  },
  list: async (open, wanted, page) => {
    const parent = type === 'Organization' ? wanted.target('partof') : null
    const rows = await institutionsByKey(open.tx, { parent, text: wanted.value('name') }, page)
    return paged(
      rows,
      page.limit,
      (one) => draw(open, one),
      ({ id }) => id,
    )
  },
})

type KeyedService = Service & { readonly key: string }

const healthcareService = async (open: FhirAct, one: KeyedService): Promise<Drawn> => {
  const specialty = await specialtyName(open.tx, one.specialty)
  const resource: HealthcareService = {
    resourceType: 'HealthcareService',
    id: one.key,
    active: true,
    providedBy: to('Organization', one.institution),
    location: [to('Location', one.institution)],
    type: [concept(SYSTEMS.serviceLine, one.line)],
    specialty: [concept(SYSTEMS.specialty, one.specialty, specialty?.zh)],
    name: one.name.zh,
  }
  return { resource, at: fromDay(one.from, open.act.zone) }
}

const codeOf = (token: string | null): string | null => token?.split('|').at(-1) || null

const serviceRows = (open: FhirAct, wanted: Wanted, page: { limit: number; after: string | null }): Promise<KeyedService[]> =>
  servicesByKey(
    open.tx,
    {
      key: null,
      institution: wanted.target('organization', 'location'),
      specialty: codeOf(wanted.value('specialty')),
      day: open.act.today,
    },
    page,
  )

const services: Source = {
  type: 'HealthcareService',
  searchParams: ['organization', 'location', 'specialty', 'service-type', 'name', 'active'],
  one: async (open, id) => {
    const [found] = await servicesByKey(
      open.tx,
      { key: id, institution: null, specialty: null, day: open.act.today },
      { limit: 1, after: null },
    )
    return found ? healthcareService(open, found) : null
  },
  list: async (open, wanted, page) => {
    const rows = await serviceRows(open, wanted, page)
    const drawn = new Map<string, Drawn>()
    for (const row of rows) drawn.set(row.key, await healthcareService(open, row))
    return paged(
      rows,
      page.limit,
      ({ key }) => drawn.get(key) ?? null,
      ({ key }) => key,
    )
  },
}

/** Institutions as organisations and as places, and what they offer. */
export const PLACES: readonly Source[] = [
  institutionSource('Organization', ['name', 'identifier', 'partof', 'active', 'type'], organization),
  institutionSource('Location', ['name', 'identifier', 'organization', 'status'], location),
  services,
]
