import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { openField, sealField, suiteOf } from '../../../platform/crypto/index.ts'

// The envelope of the e-health card as public implementations show it (domain.md 8.1). What they do not show, how exactly a text is laid
// out before it is summed, is ours and stands in docs/health-card.md.

export const VERSION = 'V2.0.0'
export const SIGN_MODE = 'SM3'
export const ENCRYPT_MODE = 'SM4/ECB/ZeroBytePadding'
/** Fields that never travel in clear. */
const SEALED: ReadonlySet<string> = new Set([
  'name',
  'idCode',
  'phone',
  'linkman',
  'telephone',
  'address',
  'motherName',
  'motherIdCode',
])

export const envelope = z.strictObject({
  method: z.string().min(1).max(60),
  appId: z.string().min(1).max(40),
  version: z.literal(VERSION),
  /** Milliseconds since the beginning of 1970, UTC. */
  timestamp: z.string().regex(/^\d{13}$/),
  nonceStr: z.string().regex(/^[0-9A-Za-z-]{16,64}$/),
  headSign: z.string().min(1).max(100),
  bodySign: z.string().min(1).max(100),
  signMode: z.literal(SIGN_MODE),
  encryptMode: z.literal(ENCRYPT_MODE),
  body: z.record(z.string().regex(/^[A-Za-z0-9]{1,40}$/), z.string().max(2_000)),
})
export type Envelope = z.output<typeof envelope>

/** The two keys of an app: SM4 for fields, and what goes behind every text that is summed. */
export type AppKeys = { readonly fieldKey: Buffer; readonly signKey: string }
export type Fields = Readonly<Record<string, string>>

const sum = (text: string, signKey: string): string => suiteOf('guomi').hash(`${text}&key=${signKey}`).toString('base64')
const laidOut = (fields: Fields): string =>
  Object.keys(fields)
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')

type Head = Pick<Envelope, 'appId' | 'nonceStr' | 'timestamp' | 'version'>
const headText = ({ appId, nonceStr, timestamp, version }: Head): string => laidOut({ appId, nonceStr, timestamp, version })

export const headSignOf = (head: Head, signKey: string): string => sum(headText(head), signKey)
export const bodySignOf = (body: Fields, signKey: string): string => sum(laidOut(body), signKey)

const same = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether head and body were summed with this app's key. */
export const isSignedBy = (asked: Envelope, { signKey }: AppKeys): boolean =>
  same(asked.headSign, headSignOf(asked, signKey)) && same(asked.bodySign, bodySignOf(asked.body, signKey))

/** The personal fields sealed for the way. */
export const sealFields = (fields: Fields, { fieldKey }: AppKeys): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [name, SEALED.has(name) && text !== '' ? sealField(fieldKey, text) : text]),
  )

/** The fields in clear; null when one that must be sealed cannot be opened. */
export const openFields = (fields: Fields, { fieldKey }: AppKeys): Fields | null => {
  const opened: [string, string][] = []
  for (const [name, text] of Object.entries(fields)) {
    const plain = SEALED.has(name) && text !== '' ? openField(fieldKey, text) : text
    if (plain === null) return null
    opened.push([name, plain])
  }
  return Object.fromEntries(opened)
}

/** An answer: `returnCode` 0 is done; everything else is the code of a refusal. */
export type Reply = {
  readonly returnCode: string
  readonly returnDesc: string
  readonly timestamp: string
  readonly signString: string
  readonly datas: Fields
}

const replySign = ({ returnCode, returnDesc, timestamp, datas }: Omit<Reply, 'signString'>, signKey: string): string =>
  sum(laidOut({ ...datas, returnCode, returnDesc, timestamp }), signKey)

/** Lays an answer out, seals its personal fields and signs it. */
export const replyOf = (answer: Omit<Reply, 'signString'>, keys: AppKeys): Reply => {
  const sealed = { ...answer, datas: sealFields(answer.datas, keys) }
  return { ...sealed, signString: replySign(sealed, keys.signKey) }
}

/** Whether an answer is the house's; its fields in clear. Null when it is not. */
export const openReply = (reply: Reply, keys: AppKeys): Reply | null => {
  const datas = openFields(reply.datas, keys)
  return datas && same(reply.signString, replySign(reply, keys.signKey)) ? { ...reply, datas } : null
}
