import { z } from 'zod'
import { ROLES, type Role } from '../../platform/access.ts'
import type { RefusalTable } from '../../platform/refusals.ts'

const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._-]{3,40}$/, '账号为 3 至 40 位小写字母、数字或 . _ -|A login has 3 to 40 letters, digits or . _ -')
const password = z.string().min(8).max(200)

/** Roles that an administrator may give; the system is nobody's account. */
export const GIVEN_ROLES = ROLES.filter((role): role is Exclude<Role, 'system'> => role !== 'system')

export const signInInput = z.strictObject({
  account: z.string().trim().toLowerCase().min(1).max(40),
  password: z.string().min(1).max(200),
})
export const emptyInput = z.strictObject({})
export const createAccountInput = z.strictObject({
  login,
  password,
  role: z.enum(GIVEN_ROLES as [Exclude<Role, 'system'>, ...Exclude<Role, 'system'>[]]),
  institution: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  resident: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  name: z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().max(120).nullish() }),
})
export const disableAccountInput = z.strictObject({ login, reason: z.string().trim().min(2).max(200) })
const code = z.string().trim().min(6).max(20)
export const codeInput = z.strictObject({ code })
export const proofInput = z.strictObject({ proof: z.string().min(1).max(200) })
export const endSessionInput = z.strictObject({ session: z.uuid() })
export const requireFactorInput = z.strictObject({ institution: z.string().regex(/^\d{1,18}$/), required: z.boolean() })
export const askResetInput = z.strictObject({ login, reason: z.string().trim().min(2).max(200) })
export const decideResetInput = z.strictObject({ reset: z.uuid(), agreed: z.boolean() })
export const changePasswordInput = z.strictObject({ old: z.string().min(1).max(200), fresh: password })

export const securityRefusals = {
  'security.wrong-account-or-password': {
    kind: 'sign-in',
    zh: '账号或密码不对。请核对后重试;连续输错会暂时锁定账号。',
    en: 'The account or the password is wrong. Check both and try again; repeated errors lock the account for a while.',
    basis: null,
  },
  'security.locked': {
    kind: 'too-many',
    zh: '连续输错密码,账号已锁定,约 {minutes} 分钟后可再试;也可联系本机构管理员。',
    en: 'Too many wrong passwords: the account is locked for about {minutes} minutes. Try later, or ask your administrator.',
    basis: 'GB/T 22239-2019 (memory)',
  },
  'security.login-taken': {
    kind: 'conflict',
    zh: '这个账号名已被使用。请换一个账号名。',
    en: 'This login is taken. Choose another.',
    basis: null,
  },
  'security.role-needs-institution': {
    kind: 'invalid',
    zh: '该岗位必须属于一家机构。请填写机构。',
    en: 'This role must belong to an institution. Name the institution.',
    basis: null,
  },
  'security.role-of-pharmacies': {
    kind: 'invalid',
    zh: '定点药店的账号只能是药店岗位,药店岗位也只属于定点药店。请核对岗位和机构。',
    en: 'Accounts of a pharmacy have the role of a pharmacy, and that role belongs to pharmacies only. Check the role and the institution.',
    basis: null,
  },
  'security.account-outside-institution': {
    kind: 'forbidden',
    zh: '机构管理员只能为本机构人员开设账号。其他机构、卫生行政、医保或居民账号请联系区域管理员开设。',
    en: 'An institution’s administrator opens accounts for its own staff only. Ask the region’s administrator for others: other institutions, the health bureau, the insurer, residents.',
    basis: 'GB/T 22239-2019 (memory)',
  },
  'security.role-needs-resident': {
    kind: 'invalid',
    zh: '居民账号必须对应一位已登记居民,且不属于机构。请更正。',
    en: 'A resident’s account must belong to a registered person and to no institution. Correct it.',
    basis: null,
  },
  'security.device-of-another': {
    kind: 'conflict',
    zh: '这台设备的编号已属于另一账号,未登记。请清除浏览器的网站数据后重新登录。',
    en: 'This device’s number belongs to another account; it was not registered. Clear the browser’s data of this site and sign in again.',
    basis: null,
  },
  'security.device-revoked-already': {
    kind: 'conflict',
    zh: '这台设备已经停用。它下次联网时会清除保存的资料,无需再次操作。',
    en: 'This device is revoked already. It removes what it keeps at its next contact; nothing more is to be done.',
    basis: null,
  },
  'security.wrong-code': {
    kind: 'sign-in',
    zh: '动态码或恢复码不对,或已用过。请等验证器显示新的动态码后重试;连续输错会暂时锁定账号。',
    en: 'The code is wrong or was used before. Wait for a new one in your authenticator and try again; repeated errors lock the account for a while.',
    basis: 'RFC 6238 §5.2',
  },
  'security.sign-in-anew': {
    kind: 'sign-in',
    zh: '这次登录已过时或已结束。请重新输入账号和密码。',
    en: 'This sign-in has run out or ended. Enter account and password again.',
    basis: null,
  },
  'security.begin-factor-first': {
    kind: 'conflict',
    zh: '还没有开始绑定验证器。请先取得二维码,再输入动态码。',
    en: 'No authenticator is being set up. Ask for the QR code first, then enter its code.',
    basis: null,
  },
  'security.prove-again': {
    kind: 'forbidden',
    zh: '此操作风险较高,需再次验证身份。请输入动态码(未绑定验证器的输入密码)后重试。',
    en: 'This act is dangerous: prove once more who you are. Enter a code (or your password where you have no authenticator) and try again.',
    basis: 'GB/T 22239-2019 (memory)',
  },
  'security.reset-already-asked': {
    kind: 'conflict',
    zh: '这个账号已有一项待复核的重置申请。请由另一位管理员复核。',
    en: 'A reset of this account already waits. Let another administrator decide it.',
    basis: null,
  },
  'security.needs-another-person': {
    kind: 'conflict',
    zh: '重置第二因素须由两位管理员办理,且都不是账号本人。请由另一位管理员办理。',
    en: 'Resetting a second factor takes two administrators, neither of them the account’s owner. Let another administrator do this.',
    basis: null,
  },
  'security.no-factor': {
    kind: 'conflict',
    zh: '这个账号没有绑定验证器,无需重置。请核对账号。',
    en: 'This account has no authenticator, so there is nothing to reset. Check the login.',
    basis: null,
  },
} as const satisfies RefusalTable

/** How somebody signs in, where they are signed in, and what they were told about it. */
export type ShownSignIn = {
  factor: { isSet: boolean; isRequired: boolean; recoveryCodesLeft: number }
  sessions: { id: string; createdAt: string; usedAt: string; expiresAt: string; device: string; isThis: boolean }[]
  notices: { kind: string; at: string }[]
}

/** What a step of signing in answers: who, once nothing more is asked; otherwise what is asked next. */
export type SignInAnswer = { next: 'whole'; actor: ShownActor } | { next: 'factor' | 'enrol'; actor: null }

/** Who is signed in, as screens show it. */
export type ShownActor = {
  account: string
  role: Role
  name: { zh: string; en: string | null }
  institution: { id: string; name: { zh: string; en: string | null }; tier: string } | null
  resident: string | null
}
