import { timingSafeEqual } from 'node:crypto'
import type { Cipher } from '../../platform/cipher.ts'
import type { Asking } from './rules/authorisation.ts'

const PURPOSE = 'smart-asking'
const FIELDS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'aud',
  'code_challenge',
  'code_challenge_method',
  'launch',
  'nonce',
] as const

const macOf = (cipher: Cipher, body: string): Buffer => cipher.blindIndex(PURPOSE, body)

/** What an app asked, as far as anybody knows what that may be: other words of the address are left out. */
export const askingOf = (query: Readonly<Record<string, unknown>>): Asking =>
  Object.fromEntries(FIELDS.flatMap((field) => (typeof query[field] === 'string' ? [[field, query[field]]] : [])))

/** What was asked, sealed against change, to be taken along to the page where a person decides. */
export const ticketOf = (cipher: Cipher, asking: Asking): string => {
  const body = Buffer.from(JSON.stringify(asking)).toString('base64url')
  return `${body}.${macOf(cipher, body).toString('base64url')}`
}

/** What a ticket says; null when it is not one of ours. */
export const readTicket = (cipher: Cipher, ticket: string): Asking | null => {
  const [body = '', mac = ''] = ticket.split('.')
  const [given, right] = [Buffer.from(mac, 'base64url'), macOf(cipher, body)]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Asking
}
