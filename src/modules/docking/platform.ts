import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Day } from '../../kernel/day.ts'
import type { Words } from '../../kernel/words.ts'
import type { BookEntry, Message } from './docking.ts'

/** Where the provincial platform is and how it is spoken to. */
export type Platform = { readonly url: string; readonly token: string; readonly timeoutMs: number }

/**
 * What became of one attempt. `received`: the platform has it, now or from an earlier attempt. `refused`: it never will take it
 * as it is. `passing`: nobody knows, or not now; the same message goes again with the same id.
 */
export type Attempt =
  | { readonly kind: 'received'; readonly receipt: string }
  | { readonly kind: 'refused'; readonly code: string; readonly words: Words }
  | { readonly kind: 'passing'; readonly why: string; readonly isSilent: boolean }

const receiptBody = z.object({ id: z.string(), receipt: z.string().min(1).max(100) })
const refusalBody = z.object({ code: z.string().max(60), zh: z.string().max(300), en: z.string().max(300) })
const bookBody = z.object({ cases: z.array(z.object({ caseId: z.string(), lastSeq: z.number().int(), hash: z.string() })) })

/** What of a message is wrong for ever; any other status passes: who asks, how often, or the platform itself is the trouble. */
const REFUSED = [400, 409, 422]
const NAMELESS: Words = {
  zh: '平台退回,未说明原因。请与平台联系。',
  en: 'The platform refused it without a reason. Ask the platform.',
}

/** The SHA-256 of a message's text, as both books keep it. */
export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Sends one message and waits for its receipt, never longer than the time limit. Throws nothing that the network can cause. */
export const sendMessage = async (
  { url, token, timeoutMs }: Platform,
  message: Pick<Message, 'id'>,
  text: string,
): Promise<Attempt> => {
  try {
    const response = await fetch(`${url}/referral-messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/fhir+json; charset=utf-8',
        'idempotency-key': message.id,
      },
      body: text,
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body: unknown = await response.json().catch(() => null)
    if (response.ok) {
      const receipt = receiptBody.safeParse(body)
      if (receipt.success && receipt.data.id === message.id) return { kind: 'received', receipt: receipt.data.receipt }
      return { kind: 'passing', why: 'the receipt is of something else', isSilent: false }
    }
    if (!REFUSED.includes(response.status))
      return { kind: 'passing', why: `status ${response.status}`, isSilent: response.status === 503 }
    const refusal = refusalBody.safeParse(body)
    return refusal.success
      ? { kind: 'refused', code: refusal.data.code, words: { zh: refusal.data.zh, en: refusal.data.en } }
      : { kind: 'refused', code: `status-${response.status}`, words: NAMELESS }
  } catch (error) {
    return { kind: 'passing', why: (error as Error).name, isSilent: true }
  }
}

/** A whole day’s book may take so many times as long as one message. */
const BOOK_TIMES = 6

/** The platform's book of a day. @throws Error when it does not answer or answers something else. */
export const fetchBook = async ({ url, token, timeoutMs }: Platform, day: Day): Promise<BookEntry[]> => {
  const response = await fetch(`${url}/referral-books?day=${day}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(timeoutMs * BOOK_TIMES),
  })
  if (!response.ok) throw new Error(`The platform answered ${response.status} to the question for its book of ${day}.`)
  return bookBody.parse(await response.json()).cases
}
