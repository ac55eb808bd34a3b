import type { AuditEvent } from '@medplum/fhirtypes'
import type { AccountId, PersonId } from '../../../kernel/id.ts'
import { idsOf } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { keyedId, paged, readKeyedId, readTimeMark, timeMark, type Drawn, type Source } from './build.ts'
import { lookById, looksByTime, type Look } from './look-store.ts'
import { concept, SYSTEMS, to } from './words.ts'

// Who looked at a record is told to the person, as in `health-record.reads`; everybody else sees the own acts only.

const NOBODY = '0'

/** What an act was, in the letters of AuditEvent. Source: IHE BALP, `AuditEvent.action`. */
const actionOf = ({ form, kind }: Look): NonNullable<AuditEvent['action']> => {
  if (kind === 'query') return /search|list|worklist/.test(form) ? 'E' : 'R'
  return /create|send|book|register|write/.test(form) ? 'C' : 'U'
}

const auditEvent = (one: Look): Drawn => {
  const resource: AuditEvent = {
    resourceType: 'AuditEvent',
    id: keyedId(one.org, one.id),
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'RESTful Operation' },
    subtype: [{ system: 'urn:jieli:form', code: one.form }],
    action: actionOf(one),
    recorded: one.at,
    outcome: one.outcome === 'done' ? '0' : '4',
    purposeOfEvent: [{ text: one.basis }],
    agent: [
      {
        requestor: true,
        role: [concept('urn:jieli:role', one.role)],
        ...(one.account ? { altId: one.account } : {}),
        ...(one.org === NOBODY ? {} : { who: to('Organization', one.org) }),
      },
    ],
    source: {
      observer: { display: '接力 Jieli' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4' }],
    },
    ...(one.person
      ? {
          entity: [
            {
              what: to('Patient', one.person),
              type: { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '1' },
              role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1' },
            },
          ],
        }
      : {}),
    extension: [{ url: `${SYSTEMS.account}:kind`, valueCode: one.kind }],
  }
  return { resource, at: one.at }
}

/** Whose looks an act may see; null for nobody's. */
const seenBy = async ({
  tx,
  act: { actor },
}: FhirAct): Promise<{ persons: PersonId[] | null; account: AccountId | null } | null> => {
  if (actor.role === 'resident') return actor.person ? { persons: await idsOf(tx, actor.person), account: null } : null
  return actor.account ? { persons: null, account: actor.account } : null
}

/** The audit, as far as whoever asks may see it. */
export const LOOKS: readonly Source[] = [
  {
    type: 'AuditEvent',
    searchParams: ['patient', 'date', 'action', 'outcome', 'subtype', 'agent'],
    one: async (open, id) => {
      const key = readKeyedId(id)
      const by = await seenBy(open)
      const found = key && by ? await lookById(open.tx, key.org, key.id) : null
      if (!found || !by) return null
      const isOwn = by.persons ? found.person !== null && by.persons.includes(found.person) : found.account === by.account
      return isOwn ? auditEvent(found) : null
    },
    list: async (open, _wanted, page) => {
      const by = await seenBy(open)
      if (!by) return { rows: [], next: null }
      const rows = await looksByTime(open.tx, by, { limit: page.limit, after: readTimeMark(page.after) })
      return paged(rows, page.limit, auditEvent, ({ at, id }) => timeMark(at, id))
    },
  },
]
