import type { House } from '../../../platform/house.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { RESOURCE_TYPES, type Resource } from '../../health-record/index.ts'
import { formatOfBody } from '../formats/index.ts'
import { newRequest, openFhirAct } from '../server/act.ts'
import { admit, type FhirCaller } from '../server/caller.ts'
import { FhirRefusal } from '../server/refusal.ts'
import { putIn, recordWrites } from '../server/write.ts'
import { parseSearch } from '../search/parse-search.ts'
import { dropSubscription, saveSubscription, type Channel } from './store.ts'

type Fields = { readonly [name: string]: unknown }

// A header that would change where or how the request itself goes is not the subscriber's to set.
const OWN_HEADERS = /^(?:host|content-length|content-type|transfer-encoding|connection|upgrade|te|trailer|expect|proxy-.*)$/i
const HEADER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):\s*([\x20-\x7e]*)$/

const fault = (why: string): FhirRefusal => new FhirRefusal('fhir.subscription-malformed', { why })

const channelOf = (resource: Resource): Channel => {
  const { type, endpoint, payload, header = [] } = (resource['channel'] ?? {}) as Fields
  if (type !== 'rest-hook') throw fault('channel.type')
  if (typeof endpoint !== 'string' || !/^https?:\/\//.test(endpoint)) throw fault('channel.endpoint')
  const format = payload === undefined ? null : formatOfBody(String(payload))
  if (payload !== undefined && format === null) throw fault('channel.payload')
  const headers = (header as string[]).map((line) => HEADER.exec(line))
  if (headers.some((found) => !found || OWN_HEADERS.test(found[1] as string))) throw fault('channel.header')
  return {
    endpoint,
    payload: format,
    headers: Object.fromEntries(headers.map((found) => [found?.[1] as string, found?.[2] as string])),
  }
}

/** The type and parameters of criteria such as `Observation?patient=17&code=…`; refuses what could not be evaluated. */
export const criteriaOf = (criteria: string): { type: string; parameters: [string, string][] } => {
  const [type = '', query = ''] = criteria.replace(/^\//, '').split('?')
  const parameters = [...new URLSearchParams(query)]
  if (!RESOURCE_TYPES.has(type)) throw fault('criteria')
  const { unknown } = parseSearch(type, parameters)
  if (unknown.length > 0) throw fault(`criteria: ${unknown[0]}`)
  return { type, parameters }
}

/** Refuses a Subscription that could not be carried out, before it is kept. */
export const checkSubscription = (resource: Resource, caller: FhirCaller): void => {
  if (!['requested', 'active'].includes(String(resource['status']))) return
  channelOf(resource)
  admit(caller, 'search-type', criteriaOf(String(resource['criteria'])).type)
}

const setStatus = (house: House, caller: FhirCaller, resource: Resource, status: string, error?: string): Promise<unknown> =>
  openFhirAct(house, { caller, request: newRequest() }, [], async (open) => {
    const { error: _error, ...rest } = resource
    const next = { ...rest, status, ...(error && { error }) } as Resource
    const id = resource['id'] as string
    const { shown } = await putIn(open, 'Subscription', id, { resource: next, text: JSON.stringify(next) }, null)
    await recordWrites(open, 'fhir.update', [{ type: 'Subscription', id, version: shown.version, person: null }])
  })

/** After a Subscription was written: turns it on, or off, by its status. It works by the rights of whoever wrote it. */
export const registerSubscription = async (house: House, caller: FhirCaller, text: string): Promise<void> => {
  const resource = JSON.parse(text) as Resource
  const [org, fhirId] = [caller.actor.org ?? '0', resource['id'] as string]
  const { account } = caller.actor
  if (!account || !['requested', 'active'].includes(String(resource['status']))) {
    await asSystem(house.database).transaction((tx) => dropSubscription(tx, org, fhirId))
    return
  }
  const criteria = String(resource['criteria'])
  const kept = { actor: caller.actor, scopes: caller.scopes, patient: caller.patient }
  await asSystem(house.database).transaction((tx) =>
    saveSubscription(tx, {
      org,
      fhirId,
      account,
      caller: kept,
      type: criteriaOf(criteria).type,
      criteria,
      channel: channelOf(resource),
    }),
  )
  if (resource['status'] === 'requested') await setStatus(house, caller, resource, 'active')
}

/** A Subscription was deleted. */
export const forgetSubscription = (house: House, caller: FhirCaller, fhirId: string): Promise<number> =>
  asSystem(house.database).transaction((tx) => dropSubscription(tx, caller.actor.org ?? '0', fhirId))

/** Says in the Subscription itself that it stands still, and why. */
export const markFailed = (house: House, caller: FhirCaller, resource: Resource): Promise<unknown> =>
  setStatus(
    house,
    caller,
    resource,
    'error',
    '多次通知未送达,已暂停。修好接收端后把状态改回 requested。 Telling failed again and again and stands still. Set the status to requested once the receiver works.',
  )
