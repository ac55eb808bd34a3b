import type { AccountId } from '../../../kernel/id.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import type { House } from '../../../platform/house.ts'
import { askOutside } from '../../../platform/http/ask-outside.ts'
import { eventsAfter, newestPlace } from '../../../platform/relay.ts'
import { note, type Resource } from '../../health-record/index.ts'
import { actorsOfAccounts } from '../../security/index.ts'
import { CONTENT_TYPE, writeBody } from '../formats/index.ts'
import { newRequest, openFhirAct } from '../server/act.ts'
import { admit } from '../server/caller.ts'
import { readIn } from '../server/read-in.ts'
import { matchOne } from '../search/match-one.ts'
import { criteriaOf, markFailed } from './register.ts'
import * as store from './store.ts'

/** What telling outside needs of its surroundings. */
export type Telling = { readonly mayBePrivate: boolean; readonly triesMost?: number; readonly firstWaitMs?: number }

const EVENTS_AT_ONCE = 500
const SENT_AT_ONCE = 16
const TIMEOUT_MS = 10_000
const LEASE_MS = 30_000
const ANSWER_BYTES_MOST = 65_536
/** Twelve tries, each wait twice the one before: about an hour and a half of silence. */
const TRIES_MOST = 12
const FIRST_WAIT_MS = 2_000
const WAIT_MS_MOST = 1_800_000

type WrittenData = { readonly resources?: readonly { type: string; id: string; person: string | null }[] }

/** Looks through what was written since and queues it for subscribers; answers whether there may be more. */
export const queueWritten = async (house: House): Promise<boolean> => {
  const start = await newestPlace(house)
  return asSystem(house.database).transaction(async (tx) => {
    const mark = await store.lockMark(tx, start)
    if (!mark) return false
    const events = await eventsAfter(house, mark, EVENTS_AT_ONCE)
    const told = events.flatMap(({ id, type, data }) =>
      type === 'health-record.written'
        ? ((data as WrittenData).resources ?? []).map((one) => ({ event: id, type: one.type, id: one.id, person: one.person }))
        : [],
    )
    if (told.length > 0) await store.queue(tx, told)
    const last = events.at(-1)
    if (last) await store.saveMark(tx, last.place)
    return events.length === EVENTS_AT_ONCE
  })
}

/** The text to be told, by the rights that the subscriber has now; null when it is not theirs or does not match. */
const textFor = async (house: House, one: store.Notification): Promise<string | null> => {
  const standing = (await actorsOfAccounts(asSystem(house.database), [one.account as AccountId])).get(one.account as AccountId)
  if (!standing || standing.actor.role !== one.caller.actor.role) return null
  const caller = { ...one.caller, actor: standing.actor }
  const { type, parameters } = criteriaOf(one.criteria)
  return openFhirAct(house, { caller, request: newRequest() }, one.person ? [one.person] : [], async (open) => {
    const only = admit(caller, 'search-type', type)
    const found = await matchOne(open, type, [...parameters, ['_id', one.resource]], only)
    if (!found) return null
    await note(open.tx, open.act.now, {
      form: 'fhir.notify',
      kind: 'query',
      rows: [{ person: one.person, request: `${open.act.request} Subscription/${one.fhirId}` }],
    })
    return found.shown.text
  })
}

/** One attempt: the audit row commits before anything goes out. */
const tell = async (house: House, one: store.Notification, telling: Telling): Promise<void> => {
  const system = asSystem(house.database)
  const text = await textFor(house, one)
  if (text === null) return void (await store.deleteNotification(system, one))
  if (await isTold(one, text, telling)) return void (await store.deleteNotification(system, one))
  if (one.tries >= (telling.triesMost ?? TRIES_MOST)) return standStill(house, one)
  const waitMs = Math.min(WAIT_MS_MOST, (telling.firstWaitMs ?? FIRST_WAIT_MS) * 2 ** (one.tries - 1))
  await store.putOff(system, one, waitMs)
}

const isTold = async ({ channel }: store.Notification, text: string, { mayBePrivate }: Telling): Promise<boolean> => {
  const { endpoint, payload, headers } = channel
  const body = payload ? writeBody(text, payload) : ''
  const told = {
    ...headers,
    ...(payload && { 'content-type': CONTENT_TYPE[payload] }),
    'content-length': String(Buffer.byteLength(body)),
  }
  try {
    const { status } = await askOutside(endpoint, {
      method: 'POST',
      headers: told,
      body,
      timeoutMs: TIMEOUT_MS,
      bytesMost: ANSWER_BYTES_MOST,
      mayBePrivate,
    })
    return status >= 200 && status < 300
  } catch {
    return false
  }
}

const standStill = async (house: House, one: store.Notification): Promise<void> => {
  house.log('warn', 'fhir.subscription-stands-still', { subscription: one.fhirId })
  await asSystem(house.database).transaction(async (tx) => {
    await store.saveFailed(tx, one.org, one.fhirId)
    await store.putOff(tx, one, 0)
  })
  const caller = one.caller
  const resource = await openFhirAct(house, { caller, request: newRequest() }, [], (open) =>
    readIn(open, 'Subscription', one.fhirId, null),
  )
  if (resource) await markFailed(house, caller, JSON.parse(resource.text) as Resource)
}

/** Tells what is due, several at a time; answers how many attempts were made. */
export const tellDue = async (house: House, telling: Telling): Promise<number> => {
  const due = await store.claimDue(asSystem(house.database), SENT_AT_ONCE, LEASE_MS)
  const failed = (error: Error): void => house.log('warn', 'fhir.notification-failed', { error: error.message })
  await Promise.all(due.map((one) => tell(house, one, telling).catch(failed)))
  return due.length
}
