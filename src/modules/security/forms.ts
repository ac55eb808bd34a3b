import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Party } from '../../platform/access.ts'
import { command, query } from '../../platform/forms/form.ts'
import { findBillingPlace } from '../organisations/index.ts'
import { findPerson } from '../residents/index.ts'
import {
  changePasswordInput,
  createAccountInput,
  disableAccountInput,
  emptyInput,
  GIVEN_ROLES,
  type ShownActor,
} from './contract.ts'
import { hashPassword, isPassword } from './password.ts'
import { saveNotice } from './factor-store.ts'
import { mayOpenAccount, relationsToAccountOf } from './rules/keeps-accounts-of.ts'
import { endAllSessions, endOtherSessions } from './session-store.ts'
import * as store from './store.ts'
import { restOf } from './tries.ts'
import { trueNow } from './sessions.ts'

export const everybody: readonly Party[] = GIVEN_ROLES.map((role): Party => `${role}@anyone`)

export const me = query({
  name: 'security.me',
  by: everybody,
  basis: '账号本人',
  does: { zh: '当前登录的是谁。', en: 'Who is signed in.' },
  input: emptyInput,
  read: async (tx, _input, act) => ({ institution: act.actor.org ? await findBillingPlace(tx, act.actor.org) : null }),
  answer: ({ institution }, _input, { actor }): ShownActor => ({
    account: actor.account ?? '',
    role: actor.role,
    name: { zh: actor.name.zh, en: actor.name.en ?? null },
    institution: institution && {
      id: institution.id,
      name: { zh: institution.name.zh, en: institution.name.en ?? null },
      tier: institution.tier,
    },
    resident: actor.person,
  }),
})

export const createAccount = command({
  name: 'security.create-account',
  by: ['administrator@anyone'],
  basis: '网络安全等级保护:账号实名、最小权限',
  does: {
    zh: '开设账号并授予岗位;机构管理员只为本机构开设。',
    en: 'Opens an account and gives it a role; an institution’s administrator does so for that institution only.',
  },
  input: createAccountInput,
  read: async (tx, input) => ({
    taken: (await store.findAccount(tx, input.login)) !== null,
    institution: input.institution ? await findBillingPlace(tx, input.institution as OrgId) : null,
    person: input.resident ? await findPerson(tx, input.resident as PersonId) : null,
    // Hashing is slow on purpose; it belongs to the facts, so that the decision stays pure.
    passwordHash: await hashPassword(input.password),
  }),
  decide: ({ taken, institution, person, passwordHash }, input, act) => {
    // First of all, so that nobody learns of logins or residents whom another administrator keeps.
    const may = mayOpenAccount(act.actor, { role: input.role, org: institution?.id ?? null })
    if (!may.ok) return may
    if (taken) return refuse('security.login-taken')
    const isResident = input.role === 'resident'
    if (isResident && (!person || input.institution)) return refuse('security.role-needs-resident')
    if (!isResident && !institution && !['administrator', 'health-bureau', 'insurer'].includes(input.role))
      return refuse('security.role-needs-institution')
    if ((input.role === 'pharmacist') !== (institution?.tier === 'pharmacy')) return refuse('security.role-of-pharmacies')
    const account: store.NewAccount = {
      id: act.newId<AccountId>(),
      login: input.login,
      passwordHash,
      role: input.role,
      org: institution?.id ?? null,
      person: isResident ? (person?.id ?? null) : null,
      zh: input.name.zh,
      en: input.name.en ?? null,
      at: act.now,
    }
    return ok({ change: account, answer: { account: account.id } })
  },
  write: store.saveAccount,
})

export const disableAccount = command({
  name: 'security.disable-account',
  by: ['administrator@own'],
  basis: '网络安全等级保护:离岗即停',
  does: { zh: '停用账号,其所有登录立即失效。', en: 'Disables an account; all of its sessions end.' },
  input: disableAccountInput,
  read: (tx, input) => store.lockAccount(tx, input.login),
  relation: ({ org }, { actor }) => relationsToAccountOf(actor, org),
  decide: (account) => ok({ change: account.id, answer: { account: account.id } }),
  write: async (tx, id, act) => {
    await store.saveDisabled(tx, id, act.now)
    await endAllSessions(tx, id)
  },
})

export const changePassword = command({
  name: 'security.change-password',
  by: everybody,
  basis: '账号本人',
  does: { zh: '修改本人密码;其他设备上的登录随之失效。', en: 'Changes one’s own password; sessions on other devices end.' },
  input: changePasswordInput,
  read: async (tx, input, act) => {
    const login = await store.findLogin(tx, act.actor.account)
    const account = login && (await store.lockAccount(tx, login))
    if (!account) return null
    const rest = restOf(account, await trueNow(tx))
    return {
      account,
      rest,
      right: !rest && (await isPassword(input.old, account.passwordHash)),
      hash: await hashPassword(input.fresh),
    }
  },
  // A wrong password here is counted like one at sign-in, by whoever carries the command out: a refusal itself leaves nothing behind.
  decide: ({ account, rest, right, hash }) => {
    if (rest) return rest
    return right
      ? ok({ change: { id: account.id, hash }, answer: { changed: true } })
      : refuse('security.wrong-account-or-password')
  },
  write: async (tx, { id, hash }, { actor }) => {
    await store.savePassword(tx, id, hash)
    await saveNotice(tx, id, 'password-changed')
    if (actor.session) await endOtherSessions(tx, id, actor.session.id)
    else await endAllSessions(tx, id)
  },
})

export const signOutEverywhere = command({
  name: 'security.sign-out-everywhere',
  by: everybody,
  basis: '账号本人',
  does: { zh: '在所有设备上退出登录。', en: 'Signs out on every device.' },
  input: emptyInput,
  read: async (_tx, _input, act) => ({ account: act.actor.account }),
  decide: ({ account }) => ok({ change: account, answer: { signedOut: true } }),
  write: async (tx, account) => {
    if (account) await endAllSessions(tx, account)
  },
})
