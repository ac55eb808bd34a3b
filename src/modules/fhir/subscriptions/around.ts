import type { House } from '../../../platform/house.ts'
import { locate, type Resource } from '../../health-record/index.ts'
import { readBody } from '../formats/index.ts'
import { newRequest, openFhirAct } from '../server/act.ts'
import type { FhirAnswer, FhirRequest } from '../server/exchange.ts'
import { readIn } from '../server/read-in.ts'
import { checkSubscription, forgetSubscription, registerSubscription } from './register.ts'
import { subscriptionsOf } from './store.ts'

type Entry = { readonly resource?: Resource; readonly request?: { readonly method?: string; readonly url?: string } }
type Answered = { readonly response?: { readonly status?: string; readonly location?: string } }

const ABOUT = /^Subscription(?:\/([^/]+))?$/
const ID = /Subscription\/([^/]+)(?:\/_history\/.*)?$/

/**
 * Carries out an interaction; a Subscription that is written, also by a transaction, is checked before it, and turned on or off
 * after it. The entries of a batch come here one by one. @throws FhirRefusal when one could not be carried out
 */
export const aroundSubscriptions = async (
  house: House,
  request: FhirRequest,
  carryOut: () => Promise<FhirAnswer>,
): Promise<FhirAnswer> => {
  if (request.method === 'GET' || request.method === 'HEAD') return carryOut()
  if (request.path === '') return aroundBundle(house, request, carryOut)
  const about = ABOUT.exec(request.path)
  if (!about) return carryOut()
  check(request)
  const answer = await carryOut()
  if (answer.status >= 300) return answer
  const id = about[1] ?? ID.exec(answer.location ?? '')?.[1]
  if (request.method === 'DELETE') await forgetGone(house, request)
  else if (id) await turn(house, request, id)
  return answer
}

const aroundBundle = async (house: House, request: FhirRequest, carryOut: () => Promise<FhirAnswer>): Promise<FhirAnswer> => {
  if (!request.body.includes('Subscription')) return carryOut()
  const read = readBody(request.body, request.contentType)
  const bundle = 'resource' in read ? (read.resource as { type?: unknown; entry?: unknown } | null) : null
  if (bundle?.type !== 'transaction' || !Array.isArray(bundle.entry)) return carryOut()
  const entries = (bundle.entry as (Entry | null)[]).map((entry) => entry ?? {})
  for (const { resource } of entries) if (isSubscription(resource)) checkSubscription(resource, request.caller)
  const answer = await carryOut()
  if (answer.status >= 300 || answer.text === null) return answer
  const { entry: answered = [] } = JSON.parse(answer.text) as { entry?: Answered[] }
  for (const { response } of answered) {
    const id = ID.exec(response?.location ?? '')?.[1]
    if (id) await turn(house, request, id)
  }
  if (entries.some(({ request: asked }) => asked?.method === 'DELETE')) await forgetGone(house, request)
  return answer
}

const isSubscription = (resource: unknown): resource is Resource =>
  typeof resource === 'object' && resource !== null && (resource as Resource).resourceType === 'Subscription'

/** What cannot be read or is no Subscription is refused by the interaction itself. */
const check = ({ method, body, contentType, caller }: FhirRequest): void => {
  if (method !== 'POST' && method !== 'PUT') return
  const read = readBody(body, contentType)
  if ('resource' in read && isSubscription(read.resource)) checkSubscription(read.resource, caller)
}

const turn = async (house: House, { caller }: FhirRequest, id: string): Promise<void> => {
  const kept = await openFhirAct(house, { caller, request: newRequest() }, [], (open) => readIn(open, 'Subscription', id, null))
  if (kept) await registerSubscription(house, caller, kept.text)
}

/** Ends those of the caller's institution that are no longer kept, by whatever words they were deleted. */
const forgetGone = async (house: House, { caller }: FhirRequest): Promise<void> => {
  const told = await subscriptionsOf(house, caller.actor.org ?? '0')
  const kept = await locate(
    house.database,
    told.map((fhirId) => ({ type: 'Subscription', fhirId })),
  )
  for (const fhirId of told) if (!kept.has(`Subscription/${fhirId}`)) await forgetSubscription(house, caller, fhirId)
}
