import type { Brand } from '../../kernel/id.ts'

export { readQrText } from './rules/qr-text.ts'

export type CardId = Brand<string, 'CardId'>

/** How an e-health card stands; only an active one is accepted. */
export const CARD_STATES = ['active', 'lost', 'replaced', 'cancelled'] as const
export type CardState = (typeof CARD_STATES)[number]

/**
 * At which step of care a card is shown, with the code of the step (domain knowledge of public implementations). Booking has no code of
 * its own there and goes as registration does; what is not in the list is 000000.
 */
export const SCENES = {
  booking: { code: '010101', words: { zh: '预约', en: 'booking' } },
  registration: { code: '010101', words: { zh: '挂号、报到', en: 'registration' } },
  visit: { code: '010102', words: { zh: '就诊', en: 'visit' } },
  dispensing: { code: '010103', words: { zh: '取药', en: 'dispensing' } },
  examination: { code: '010104', words: { zh: '检查', en: 'examination' } },
  payment: { code: '010105', words: { zh: '缴费', en: 'payment' } },
  prescription: { code: '010106', words: { zh: '开方', en: 'prescription' } },
  operation: { code: '010107', words: { zh: '手术', en: 'operation' } },
  other: { code: '000000', words: { zh: '其他', en: 'other' } },
} as const
export type Scene = keyof typeof SCENES
export const SCENE_NAMES = Object.keys(SCENES) as [Scene, ...Scene[]]

/** What is bound to a person beside the e-health card: five cards of other issuers, and the old cards of hospitals. */
export const BOUND_KINDS = {
  'social-security': { zh: '社会保障卡', en: 'social security card' },
  insurance: { zh: '医保电子凭证', en: 'insurance voucher' },
  citizen: { zh: '市民卡', en: 'citizen card' },
  bank: { zh: '银行账户', en: 'bank account' },
  commercial: { zh: '商业保险', en: 'commercial insurance' },
  'hospital-card': { zh: '医院就诊卡', en: 'hospital card' },
} as const
export type BoundKind = keyof typeof BOUND_KINDS
export const BOUND_KIND_NAMES = Object.keys(BOUND_KINDS) as [BoundKind, ...BoundKind[]]

/**
 * Numbers that a person may bind without a desk seeing the card. None of them finds a person at a counter, so a false one
 * brings nobody's record to another.
 */
export const BOUND_BY_ONESELF: readonly BoundKind[] = ['bank', 'commercial']

/** What an app may be: the program of an institution, or one that pays. */
export const APP_KINDS = ['hospital', 'payment'] as const
export type AppKind = (typeof APP_KINDS)[number]
