import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'

const word = (most: number) => z.string().trim().min(1).max(most)
const person = z.string().regex(/^\d{1,18}$/)
const address = z.string().max(500)
const keySet = z.strictObject({
  keys: z
    .array(z.looseObject({ kty: z.enum(['EC', 'RSA']), kid: word(200) }))
    .min(1)
    .max(20),
})

/** `ticket` is what the authorisation end point made of the app's question; nobody else can make one. */
export const askedInput = z.strictObject({ ticket: word(6_000) })
export const allowInput = z.strictObject({ ticket: word(6_000), scopes: word(2_000), person: person.nullish() })
/** The longest text that is handed to an app as `appContext`; SMART names no limit. */
export const APP_CONTEXT_MOST = 4_000
/** `appContext` is handed to the app as it is, spaces included: only the app knows what it means. */
export const launchInput = z.strictObject({
  client: word(80),
  person: person.nullish(),
  appContext: z.string().min(1).max(APP_CONTEXT_MOST).nullish(),
})
export const endAppInput = z.strictObject({ allowance: z.uuid() })
export const registerClientInput = z.strictObject({
  client: z
    .string()
    .regex(/^[A-Za-z0-9._-]{3,80}$/, '应用编号为 3 至 80 位字母、数字或 . _ -|An app’s id has 3 to 80 letters, digits or . _ -'),
  name: z.strictObject({ zh: word(60), en: word(120) }),
  kind: z.enum(['public', 'server']),
  redirectUris: z.array(address).max(20).default([]),
  launchUrl: address.nullish(),
  scopes: word(2_000),
  jwks: keySet.nullish(),
  jwksUri: address.nullish(),
  login: z.string().trim().toLowerCase().max(40).nullish(),
})
export const stopClientInput = z.strictObject({ client: word(80), reason: z.string().trim().min(2).max(200) })
export const noInput = z.strictObject({})

/** Moments at which services of decision support are asked: before an order is signed, and before a unit is booked. */
export const ADVISED_AT = ['order-sign', 'appointment-book'] as const
export const registerAdviserInput = z.strictObject({
  adviser: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]{3,80}$/,
      '服务编号为 3 至 80 位字母、数字或 . _ -|A service’s id has 3 to 80 letters, digits or . _ -',
    ),
  name: z.strictObject({ zh: word(60), en: word(120) }),
  url: address,
  hooks: z.array(z.enum(ADVISED_AT)).min(1),
  shares: z
    .array(z.string().regex(/^[A-Z][A-Za-z]{2,60}$/))
    .max(20)
    .default([]),
  waitMs: z.int().min(100).max(10_000).nullish(),
})
export const switchAdviserInput = z.strictObject({
  adviser: word(80),
  isOn: z.boolean(),
  reason: z.string().trim().min(2).max(200),
})

export const smartRefusals = {
  'smart.ticket-not-good': {
    kind: 'invalid',
    zh: '这个授权请求不完整或已被改动,没有办理。请回到应用重新打开授权页面。',
    en: 'This request to be let in is incomplete or was changed; nothing was done. Go back to the app and open the page again.',
    basis: 'SMART App Launch 2.2',
  },
  'smart.launch-over': {
    kind: 'conflict',
    zh: '从工作台打开应用后等待过久,或打开它的不是当前账号,没有授权。请从工作台重新打开应用。',
    en: 'The app was started from the desk too long ago, or by another account; it was not let in. Start it again from the desk.',
    basis: 'SMART App Launch 2.2',
  },
  'smart.choose-patient': {
    kind: 'invalid',
    zh: '这个应用要读取一位居民的资料,还没有选择是哪一位。请选择居民后再允许。',
    en: 'This app wants the data of one person, and none was chosen. Choose the person, then allow.',
    basis: 'SMART App Launch 2.2 (launch/patient)',
  },
  'smart.nothing-allowed': {
    kind: 'invalid',
    zh: '没有勾选任何一项可以给这个应用的权限。请至少保留一项,或选择“不允许”。',
    en: 'None of the rights that this app may have was kept. Keep at least one, or choose “Refuse”.',
    basis: null,
  },
  'smart.region-only': {
    kind: 'forbidden',
    zh: '第三方应用由区域管理员登记和停用。请联系区域管理员。',
    en: 'Apps are registered and stopped by the region’s administrators. Ask one of them.',
    basis: 'GB/T 22239-2019 (memory)',
  },
  'smart.client-taken': {
    kind: 'conflict',
    zh: '这个应用编号已被使用。请换一个编号。',
    en: 'This id of an app is taken. Choose another.',
    basis: null,
  },
  'smart.client-incomplete': {
    kind: 'invalid',
    zh: '应用资料不完整:浏览器或手机应用需要回跳地址;服务器应用需要公钥(jwks)或公钥地址(https),二者填一项。请补全后重新登记。',
    en: 'The app’s data are incomplete: one in a browser or on a phone needs an address to go back to; a server needs its public keys or the https address of them, one of the two. Complete them and register it again.',
    basis: 'SMART App Launch 2.2',
  },
  'smart.address-not-safe': {
    kind: 'invalid',
    zh: '回跳或启动地址须为 https(本机可用 http),或应用自有的协议名,且不含 # 片段。请更正地址。',
    en: 'Addresses must be https (http on this machine only) or a scheme of the app’s own, without a # part. Correct the address.',
    basis: 'RFC 8252 §7, RFC 9700 §2.1',
  },
  'smart.scopes-unknown': {
    kind: 'invalid',
    zh: '权限范围里没有一项能识别,例如 patient/Observation.rs。请更正后重新登记。',
    en: 'None of the scopes is understood; one looks like patient/Observation.rs. Correct them and register the app again.',
    basis: 'SMART App Launch 2.2',
  },
  'smart.account-unknown': {
    kind: 'invalid',
    zh: '没有这个账号,或它已停用,或它是居民账号。服务器应用以一个机构账号的权限工作,请填写在用的机构账号。',
    en: 'There is no such account, or it is closed, or it is a resident’s. A server works with the rights of an institution’s account: name one in use.',
    basis: null,
  },
  'smart.no-launch-url': {
    kind: 'conflict',
    zh: '这个应用没有登记启动地址,不能从工作台打开。请让居民在应用内登录,或请区域管理员补登启动地址。',
    en: 'This app has no address to be started at, so it cannot be opened from the desk. Sign in from within the app, or have its address registered.',
    basis: null,
  },
  'smart.adviser-taken': {
    kind: 'conflict',
    zh: '这个服务编号已被使用。请换一个编号。',
    en: 'This id of a service is taken. Choose another.',
    basis: null,
  },
  'smart.adviser-address': {
    kind: 'invalid',
    zh: '服务地址须以 https:// 开头(内网部署可用 http://),且不含账号、? 或 #。请更正地址。',
    en: 'The address must begin with https:// (http:// inside a closed network), without an account, ? or #. Correct it.',
    basis: 'CDS Hooks 2.0',
  },
} as const satisfies RefusalTable

/** A right that an app asks for, as the page shows it. */
export type ShownScope = { scope: string; zh: string; en: string; changes: boolean }

/** What the page shows of an app that asks to be let in. */
export type ShownAsking = {
  app: { id: string; zh: string; en: string; goesTo: string }
  scopes: ShownScope[]
  /** Whose record it is about: none, one's own, the person it was started for, or one still to be chosen. */
  patient: 'none' | 'self' | 'started-for' | 'choose'
  /** How long the allowance lasts. */
  hours: number
  /** Where the browser goes when nothing is allowed. */
  refuse: string
}

export type ShownClient = {
  id: string
  zh: string
  en: string
  kind: 'public' | 'server'
  redirectUris: string[]
  launchUrl: string | null
  scopes: string
  hasKeys: boolean
  registeredAt: string
  stoppedAt: string | null
}

/** A service of decision support as the register shows it; without `url` it is the house's own. */
export type ShownAdviser = {
  id: string
  zh: string
  en: string
  url: string | null
  hooks: string[]
  /** Types of resources that may be sent along. */
  shares: string[]
  waitMs: number
  registeredAt: string
  stoppedAt: string | null
}
