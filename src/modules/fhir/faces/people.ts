import type { Practitioner, PractitionerRole } from '@medplum/fhirtypes'
import type { OrgId } from '../../../kernel/id.ts'
import { TEST_DATA } from '../../health-record/index.ts'
import { staffByKey, type Staff } from '../../organisations/index.ts'
import type { FhirAct } from '../server/act.ts'
import { paged, type Drawn, type Source } from './build.ts'
import { concept, fromDay, SYSTEMS, to } from './words.ts'

const nameOf = ({ zh, en }: { zh: string; en?: string | null | undefined }) => [
  { text: zh },
  ...(en && en !== zh ? [{ text: en }] : []),
]
const metaOf = ({ synthetic }: Staff) => (synthetic ? { meta: { tag: [TEST_DATA] } } : {})

const practitioner = (open: FhirAct, one: Staff): Drawn => {
  const resource: Practitioner = {
    resourceType: 'Practitioner',
    id: one.id,
    ...metaOf(one),
    identifier: [{ system: SYSTEMS.staff, value: one.id }],
    active: true,
    name: nameOf(one.name),
    ...(one.title ? { qualification: [{ code: { text: one.title } }] } : {}),
  }
  return { resource, at: fromDay(one.from, open.act.zone) }
}

const practitionerRole = (open: FhirAct, one: Staff): Drawn => {
  const resource: PractitionerRole = {
    resourceType: 'PractitionerRole',
    id: one.id,
    ...metaOf(one),
    active: true,
    period: { start: one.from, ...(one.until ? { end: one.until } : {}) },
    practitioner: to('Practitioner', one.id, one.name.zh),
    organization: to('Organization', one.workplace),
    location: [to('Location', one.workplace)],
    code: [concept('urn:jieli:staff-role', one.role)],
    ...(one.specialty ? { specialty: [concept(SYSTEMS.specialty, one.specialty)] } : {}),
  }
  return { resource, at: fromDay(one.from, open.act.zone) }
}

/** Whose staff an act sees, as in `organisations.staff`: the bureau and administrators all, staff their own institution's; null for nobody. */
const seenBy = ({ act: { actor } }: FhirAct): { institution: OrgId | null } | null => {
  if (actor.role === 'health-bureau' || (actor.role === 'administrator' && actor.org === null)) return { institution: null }
  if (actor.org === null || actor.role === 'resident' || actor.role === 'insurer') return null
  return { institution: actor.org }
}

/** One's own account stands as a practitioner too: it is whom an app is told that signed in. */
const oneself = ({ act: { actor, now } }: FhirAct, id: string): Drawn | null => {
  if (actor.account !== id || actor.role === 'resident') return null
  const resource: Practitioner = {
    resourceType: 'Practitioner',
    id,
    identifier: [{ system: SYSTEMS.account, value: id }],
    active: true,
    name: nameOf(actor.name),
  }
  return { resource, at: now }
}

const staffSource = (
  type: 'Practitioner' | 'PractitionerRole',
  searchParams: readonly string[],
  draw: (open: FhirAct, one: Staff) => Drawn,
): Source => ({
  type,
  searchParams,
  one: async (open, id) => {
    const own = type === 'Practitioner' ? oneself(open, id) : null
    const by = seenBy(open)
    if (own || !by) return own
    const [found] = await staffByKey(open.tx, { id, ...by, day: open.act.today }, { limit: 1, after: null })
    return found ? draw(open, found) : null
  },
  list: async (open, wanted, page) => {
    const by = seenBy(open)
    if (!by) return { rows: [], next: null }
    const rows = await staffByKey(
      open.tx,
      { id: type === 'PractitionerRole' ? wanted.target('practitioner') : null, ...by, day: open.act.today },
      page,
    )
    return paged(
      rows,
      page.limit,
      (one) => draw(open, one),
      ({ id }) => id,
    )
  },
})

/** The register of staff. */
export const PEOPLE: readonly Source[] = [
  staffSource('Practitioner', ['name', 'identifier', 'active'], practitioner),
  staffSource('PractitionerRole', ['practitioner', 'organization', 'location', 'role', 'specialty', 'active'], practitionerRole),
]
