import { randomBytes } from 'node:crypto'
import { msOf, type Instant } from '../../../kernel/clock.ts'
import {
  bodySignOf,
  ENCRYPT_MODE,
  headSignOf,
  openReply,
  sealFields,
  SIGN_MODE,
  VERSION,
  type AppKeys,
  type Envelope,
  type Fields,
  type Reply,
} from './envelope.ts'

export type Asker = AppKeys & { readonly url: string; readonly appId: string }

/** One request of an app as it goes over the wire. */
export const requestOf = (asker: Asker, method: string, fields: Fields, at: Instant): Envelope => {
  const head = {
    appId: asker.appId,
    version: VERSION,
    timestamp: String(msOf(at)),
    nonceStr: randomBytes(16).toString('hex'),
  } as const
  const body = { ...sealFields(fields, asker) }
  return {
    ...head,
    method,
    headSign: headSignOf(head, asker.signKey),
    bodySign: bodySignOf(body, asker.signKey),
    signMode: SIGN_MODE,
    encryptMode: ENCRYPT_MODE,
    body,
  }
}

/** Asks the interface as an app does. @throws Error when the answer is not signed by the house. */
export const askInterface = async (asker: Asker, method: string, fields: Fields, at: Instant): Promise<Reply> => {
  const answer = await fetch(new URL(`/erhc/v2/${method}`, asker.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestOf(asker, method, fields, at)),
    signal: AbortSignal.timeout(10_000),
  })
  const reply = (await answer.json()) as Reply
  const opened = reply.signString === '' ? null : openReply(reply, asker)
  if (!opened && reply.returnCode === '0') throw new Error('The answer is not signed by the house')
  return opened ?? reply
}
