import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'
import {
  APP_KINDS,
  BOUND_KIND_NAMES,
  SCENE_NAMES,
  type AppKind,
  type BoundKind,
  type CardState,
  type Scene,
} from './health-card.ts'

const personId = z.string().regex(/^\d{1,18}$/, '应为居民编号|A person id is digits')
const orgKey = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const appId = z.string().regex(/^[a-z0-9-]{8,40}$/, '应为应用编号|An app id has 8 to 40 small letters, digits and hyphens')
const reason = z.string().trim().min(2).max(200)
const department = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const number = z.string().trim().min(4).max(40)

export const personInput = z.strictObject({ person: personId })
export const endCardInput = z.strictObject({ person: personId, state: z.enum(['lost', 'cancelled']), reason })
export const replaceCardInput = z.strictObject({ person: personId, reason })
export const mineInput = z.strictObject({})
export const usesInput = z.strictObject({ person: personId, before: z.uuid().optional() })
export const scanInput = z.strictObject({
  /** What the scanner read, or the number of a bound card together with its kind. */
  text: z.string().trim().min(4).max(400),
  scene: z.enum(SCENE_NAMES),
  kind: z.enum(BOUND_KIND_NAMES).nullish(),
  /** Whose hospital card it is; by default one’s own institution’s. */
  issuer: orgKey.nullish(),
  department: department.nullish(),
})
export const bindInput = z.strictObject({ person: personId, kind: z.enum(BOUND_KIND_NAMES), number, issuer: orgKey.nullish() })
export const unbindInput = z.strictObject({ person: personId, binding: z.uuid(), reason })
export const registerAppInput = z.strictObject({
  name: z.strictObject({ zh: z.string().trim().min(1).max(40), en: z.string().trim().min(1).max(80) }),
  kind: z.enum(APP_KINDS),
  /** The institution whose program it is. */
  org: orgKey.nullish(),
})
export const appInput = z.strictObject({ app: appId })
export const allowAppInput = z.strictObject({ person: personId, app: appId })

export const healthCardRefusals = {
  'health-card.has-card': {
    kind: 'conflict',
    zh: '此人已有一张有效的电子健康卡,没有另发。请直接使用,遗失时先挂失。',
    en: 'This person has an e-health card that counts; no second one was issued. Use it, or report it lost first.',
    basis: '电子健康卡 一人一卡',
  },
  'health-card.no-card': {
    kind: 'conflict',
    zh: '此人还没有有效的电子健康卡。请先申领。',
    en: 'This person has no e-health card that counts. Apply for one first.',
    basis: null,
  },
  'health-card.not-for-this-person': {
    kind: 'conflict',
    zh: '此人已登记死亡或标识已删除,不能办理电子健康卡。',
    en: 'This person is registered as dead or was erased; no e-health card can be issued.',
    basis: null,
  },
  'health-card.code-unknown': {
    kind: 'invalid',
    zh: '这不是本区域的健康卡码,或签名不对。请让居民在手机上刷新后再出示,或改用证件。',
    en: 'This is no code of a card of this region, or its signature is wrong. Let the person refresh it on the telephone, or use a paper.',
    basis: null,
  },
  'health-card.code-used': {
    kind: 'conflict',
    zh: '这个动态码已用过一次,不能再用。请让居民刷新后再出示。',
    en: 'This dynamic code has been used once and does not count again. Let the person refresh it.',
    basis: '电子健康卡 动态码一次有效',
  },
  'health-card.code-expired': {
    kind: 'conflict',
    zh: '这个动态码已过期。请让居民刷新后再出示。',
    en: 'This dynamic code has expired. Let the person refresh it.',
    basis: '电子健康卡 动态码限时有效',
  },
  'health-card.dynamic-needed': {
    kind: 'conflict',
    zh: '这个环节涉及资金或健康档案,须出示动态码;静态码只用于识别身份。',
    en: 'Money or records open here, so a dynamic code is needed; a static one only identifies.',
    basis: '电子健康卡 静态码仅作识别(记忆)',
  },
  'health-card.card-not-active': {
    kind: 'conflict',
    zh: '这张健康卡已停用({state})。请核对证件,为本人补领新卡。',
    en: 'This card no longer counts ({state}). Check a paper and issue a new card to the person.',
    basis: null,
  },
  'health-card.number-not-bound': {
    kind: 'invalid',
    zh: '这个卡号没有绑定到任何居民。请核对卡号和发卡机构,或用证件查找本人后绑定。',
    en: 'This number is bound to nobody. Check the number and who issued it, or find the person by a paper and bind it.',
    basis: null,
  },
  'health-card.number-form': {
    kind: 'invalid',
    zh: '卡号格式不对,可能有一位输错。请核对卡面后重填。',
    en: 'The number does not have the form of its kind; a digit may be wrong. Check the card and enter it again.',
    basis: null,
  },
  'health-card.issuer-needed': {
    kind: 'invalid',
    zh: '医院就诊卡须写明发卡机构。请选择机构。',
    en: 'A hospital card needs the institution that issued it. Choose the institution.',
    basis: null,
  },
  'health-card.desk-must-see': {
    kind: 'conflict',
    zh: '这种卡须由窗口核对原卡后绑定。请携卡和身份证到任一机构窗口办理。',
    en: 'A card of this kind is bound where it is seen. Bring it with your identity card to the desk of any institution.',
    basis: '设计: 防止误绑他人卡号',
  },
  'health-card.not-bound': {
    kind: 'conflict',
    zh: '这个卡号现在没有绑定在此人名下,无需解绑。',
    en: 'This number is not bound to the person now; there is nothing to unbind.',
    basis: null,
  },
  'health-card.app-ended': {
    kind: 'conflict',
    zh: '这个应用不存在或已停用。',
    en: 'This app does not exist or has been ended.',
    basis: null,
  },
  'health-card.app-needs-org': {
    kind: 'invalid',
    zh: '医院应用须写明所属机构;支付应用不属于机构。请更正。',
    en: 'The app of a hospital needs its institution, a payment app has none. Correct it.',
    basis: null,
  },
  'health-card.app-not-allowed': {
    kind: 'forbidden',
    zh: '本人没有允许这个应用出示健康卡。请本人先在“健康卡”页面允许。',
    en: 'The person has not let this app show the card. The person allows it on the card page first.',
    basis: '个人信息保护法 第二十三条',
  },
  'health-card.app-person-unknown': {
    kind: 'invalid',
    zh: '所报姓名和证件号没有对应的电子健康卡。请核对后重试。',
    en: 'No e-health card answers to this name and number. Check both and try again.',
    basis: null,
  },
  'health-card.request-unreadable': {
    kind: 'invalid',
    zh: '请求不符合接口格式,或加密字段无法解开。请对照 docs/health-card.md 检查。',
    en: 'The request does not have the form of the interface, or a sealed field cannot be opened. Compare docs/health-card.md.',
    basis: null,
  },
  'health-card.request-unsigned': {
    kind: 'forbidden',
    zh: '应用不存在、已停用,或签名不对。',
    en: 'The app does not exist, was ended, or the signature is wrong.',
    basis: null,
  },
  'health-card.request-late': {
    kind: 'forbidden',
    zh: '时间戳与平台时钟相差超过 {minutes} 分钟。请校准时钟后重发。',
    en: 'The timestamp is more than {minutes} minutes from the house’s clock. Set the clock and send again.',
    basis: null,
  },
  'health-card.request-repeated': {
    kind: 'conflict',
    zh: '这个随机串已用过,请求被当作重放拒绝。请用新的随机串重发。',
    en: 'This nonce was used before; the request is refused as a repetition. Send it with a new one.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A number that is or was bound, its last characters only. */
export type ShownBinding = {
  id: string
  kind: BoundKind
  tail: string
  issuer: string | null
  since: string | null
  endedAt: string | null
  endedBecause: string | null
}
/** A card as its holder sees it; `text` is what the static QR code says, null once the card no longer counts. */
export type ShownCard = {
  id: string
  state: CardState
  text: string | null
  issuedAt: string
  endedAt: string | null
  endedBecause: string | null
}
/** One person’s cards: one’s own, or those of somebody for whom one acts. */
export type ShownHolder = {
  person: string
  name: { zh: string; en: string | null }
  as: 'self' | 'guardian' | 'proxy'
  cards: ShownCard[]
  bound: ShownBinding[]
  apps: { id: string; name: { zh: string; en: string }; allowedAt: string | null }[]
}
/** One time that a card was accepted. */
export type ShownUse = {
  id: string
  at: string
  scene: Scene
  shown: 'static' | 'dynamic' | 'bound'
  kind: string | null
  org: string | null
  by: string
  app: string | null
}
/** An app as administrators see it, without its keys. */
export type ShownApp = {
  id: string
  name: { zh: string; en: string }
  kind: AppKind
  org: string | null
  registeredAt: string
  endedAt: string | null
}
