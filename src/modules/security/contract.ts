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

export const signInInput = z.strictObject({ account: z.string().trim().toLowerCase().min(1).max(40), password: z.string().min(1).max(200) })
export const emptyInput = z.strictObject({})
export const createAccountInput = z.strictObject({
  login,
  password,
  role: z.enum(GIVEN_ROLES as [Exclude<Role, 'system'>, ...Exclude<Role, 'system'>[]]),
  institution: z.string().regex(/^\d{1,18}$/).nullish(),
  resident: z.string().regex(/^\d{1,18}$/).nullish(),
  name: z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().max(120).nullish() }),
})
export const disableAccountInput = z.strictObject({ login, reason: z.string().trim().min(2).max(200) })
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
} as const satisfies RefusalTable

/** Who is signed in, as screens show it. */
export type ShownActor = {
  account: string
  role: Role
  name: { zh: string; en: string | null }
  institution: { id: string; name: { zh: string; en: string | null }; tier: string } | null
  resident: string | null
}
