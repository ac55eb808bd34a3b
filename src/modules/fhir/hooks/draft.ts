import type { Actor } from '../../../platform/access.ts'
import { allConditions } from '../../navigation/index.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import type { Intent } from './advice.ts'

const ICD_10 = 'http://hl7.org/fhir/sid/icd-10'
const CODE = /^[A-Z]\d{2}(\.\d{1,3})?$/

/** How a service outside would know the condition: by its code of ICD-10 where there is one single, else by our catalogue's key. */
const codingsOf = async (db: Queryable, { key, zh }: NonNullable<Intent['condition']>): Promise<object[]> => {
  if (CODE.test(key)) return [{ system: ICD_10, code: key, display: zh }]
  const found = (await allConditions(db)).find((one) => one.key === key)
  const code = found?.icd10.find((one) => CODE.test(one))
  return [...(code ? [{ system: ICD_10, code, display: zh }] : []), { system: 'urn:jieli:condition', code: key, display: zh }]
}

/** The context of a call: who is about to order or book what, without a name, a number or a word of the record. */
export const contextOf = async (db: Queryable, intent: Intent, actor: Actor): Promise<Record<string, unknown>> => {
  const reasonCode = intent.condition ? { reasonCode: [{ coding: await codingsOf(db, intent.condition) }] } : {}
  const about = { userId: `Practitioner/${actor.account}`, patientId: intent.person }
  const asBundle = (resource: object): object => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] })
  const patient = { reference: `Patient/${intent.person}` }
  const place = `Organization/${intent.place}`
  if (intent.hook === 'order-sign')
    return {
      ...about,
      draftOrders: asBundle({
        resourceType: 'ServiceRequest',
        id: 'draft',
        status: 'draft',
        intent: 'order',
        subject: patient,
        ...(actor.org ? { requester: { reference: `Organization/${actor.org}` } } : {}),
        performer: [{ reference: place }],
        ...reasonCode,
      }),
    }
  return {
    ...about,
    appointments: asBundle({
      resourceType: 'Appointment',
      id: 'draft',
      status: 'proposed',
      ...(intent.startsAt ? { start: intent.startsAt } : {}),
      participant: [
        { actor: patient, status: 'tentative' },
        { actor: { reference: `Location/${intent.place}` }, status: 'tentative' },
      ],
      ...reasonCode,
    }),
  }
}
