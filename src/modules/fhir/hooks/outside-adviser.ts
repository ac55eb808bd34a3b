import { z } from 'zod'
import type { House } from '../../../platform/house.ts'
import { askOutside } from '../../../platform/http/ask-outside.ts'
import { signStatement, type Adviser } from '../../smart/index.ts'

/** Where we stand, as a service outside knows us, and whether it may stand in a closed network. */
export type AskingFrom = { readonly base: string; readonly mayBePrivate: boolean }

const KNOWN_MS = 300_000
const BYTES_MOST = 262_144
const SERVICES_MOST = 5
const KNOWN_MOST = 200

const word = (most: number) => z.string().max(most)
const services = z.looseObject({
  services: z
    .array(
      z.looseObject({
        hook: word(100),
        id: z.string().regex(/^[A-Za-z0-9._~-]{1,200}$/),
        prefetch: z.record(word(100), word(1_000)).optional(),
      }),
    )
    .max(100),
})
/** A service that an address offers at one moment. */
export type OfferedService = z.output<typeof services>['services'][number]

const known = new Map<string, { readonly services: readonly OfferedService[]; readonly at: number }>()

/** What an address offers, asked for anew after some minutes. */
const offered = async (url: string, from: AskingFrom, timeoutMs: number): Promise<readonly OfferedService[]> => {
  const before = known.get(url)
  if (before && performance.now() - before.at < KNOWN_MS) return before.services
  const { status, text } = await askOutside(`${url}/cds-services`, {
    headers: { accept: 'application/json' },
    timeoutMs,
    bytesMost: BYTES_MOST,
    mayBePrivate: from.mayBePrivate,
  })
  if (status !== 200) throw new Error('no list of services')
  const found = services.parse(JSON.parse(text)).services
  if (known.size >= KNOWN_MOST) known.clear()
  known.set(url, { services: found, at: performance.now() })
  return found
}

/** The services of an adviser that want to be asked at a moment. */
export const servicesAt = async (adviser: Adviser, hook: string, from: AskingFrom): Promise<readonly OfferedService[]> =>
  (await offered(adviser.url as string, from, adviser.waitMs)).filter((one) => one.hook === hook).slice(0, SERVICES_MOST)

const post = async (house: House, url: string, body: object, from: AskingFrom, timeoutMs: number) => {
  const statement = await signStatement(house, { issuer: from.base, audience: url })
  return askOutside(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${statement}` },
    body: JSON.stringify(body),
    timeoutMs,
    bytesMost: BYTES_MOST,
    mayBePrivate: from.mayBePrivate,
  })
}

/** Asks one service and answers what it said, unread. */
export const askService = async (
  house: House,
  adviser: Adviser,
  service: OfferedService,
  call: object,
  from: AskingFrom,
): Promise<unknown> => {
  const { status, text } = await post(house, `${adviser.url}/cds-services/${service.id}`, call, from, adviser.waitMs)
  if (status !== 200) throw new Error('no cards')
  return JSON.parse(text)
}

/** Tells a service what became of a card of it; false when it did not take it. */
export const tellService = async (
  house: House,
  adviser: Adviser,
  service: string,
  feedback: object,
  from: AskingFrom,
): Promise<boolean> => {
  try {
    const url = `${adviser.url}/cds-services/${service}/feedback`
    return (await post(house, url, feedback, from, adviser.waitMs)).status < 300
  } catch {
    return false
  }
}
