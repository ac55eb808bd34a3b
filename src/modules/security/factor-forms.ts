import { newId, type OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, query, type Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { findInstitution } from '../organisations/index.ts'
import { askResetInput, decideResetInput, emptyInput, endSessionInput, requireFactorInput, type ShownSignIn } from './contract.ts'
import * as factors from './factor-store.ts'
import { everybody } from './forms.ts'
import * as resets from './reset-store.ts'
import { relationsToAccountOf } from './rules/keeps-accounts-of.ts'
import { endAllSessions, endSessionById, listSessions } from './session-store.ts'
import { isFactorRequired } from './sessions.ts'
import * as store from './store.ts'

const BASIS_FACTOR = '网络安全等级保护:两种或两种以上鉴别技术'

export const mySignIn = query({
  name: 'security.my-sign-in',
  by: everybody,
  basis: '账号本人',
  does: {
    zh: '本人的登录方式、已登录的设备和账号提醒。',
    en: 'How one signs in, on which devices one is signed in, and what one was told about the account.',
  },
  input: emptyInput,
  read: async (tx, _input, { actor, policy }) =>
    actor.account && {
      isSet: (await factors.findFactor(tx, actor.account)) !== null,
      isRequired: await isFactorRequired(tx, actor, policy),
      recoveryCodesLeft: await factors.countRecoveryCodes(tx, actor.account),
      sessions: await listSessions(tx, actor.account),
      notices: await factors.listNotices(tx, actor.account),
    },
  answer: ({ sessions, notices, ...factor }, _input, { actor }): ShownSignIn => ({
    factor,
    sessions: sessions.map((session) => ({ ...session, isThis: session.id === actor.session?.id })),
    notices,
  }),
})

export const endSession = command({
  name: 'security.end-session',
  by: everybody,
  basis: '账号本人',
  does: { zh: '结束本人在某一设备上的登录。', en: 'Ends one’s own session on one device.' },
  input: endSessionInput,
  read: async (tx, { session }, { actor }) => {
    const own = actor.account ? await listSessions(tx, actor.account) : []
    return own.some(({ id }) => id === session) ? { account: actor.account, session } : null
  },
  decide: (facts) => ok({ change: facts, answer: { ended: facts.session } }),
  write: async (tx, { account, session }) => {
    if (account) await endSessionById(tx, account, session)
  },
})

export const requireFactor = command({
  name: 'security.require-factor',
  by: ['administrator@own'],
  basis: BASIS_FACTOR,
  does: {
    zh: '规定一家机构的全体人员必须(或不再必须)使用第二因素登录。',
    en: 'Asks a second factor of everybody who works for an institution, or no longer does.',
  },
  input: requireFactorInput,
  read: (tx, { institution }) => findInstitution(tx, institution as OrgId),
  relation: ({ id }, { actor }) => relationsToAccountOf(actor, id),
  decide: ({ id }, { required }) => ok({ change: { id, required }, answer: { institution: id, required } }),
  write: async (tx, { id, required }, { actor, now }) => {
    await factors.saveRequirement(tx, id, required, actor.account, now)
  },
})

const lockWithFactor = async (tx: Tx, login: string) => {
  const account = await store.lockAccount(tx, login)
  return account && { account, factor: await factors.findFactor(tx, account.id) }
}

export const askFactorReset = command({
  name: 'security.ask-factor-reset',
  by: ['administrator@own'],
  basis: BASIS_FACTOR,
  does: {
    zh: '为遗失验证器的人申请重置第二因素;由另一位管理员复核。',
    en: 'Asks that the second factor of somebody who lost it be taken away; another administrator decides.',
  },
  input: askResetInput,
  read: (tx, { login }) => lockWithFactor(tx, login),
  relation: ({ account }, { actor }) => relationsToAccountOf(actor, account.org),
  decide: ({ account, factor }, { reason }, { actor, now }: Act) => {
    if (!actor.account || account.id === actor.account) return refuse('security.needs-another-person')
    if (!factor) return refuse('security.no-factor')
    const reset = { id: newId(), account: account.id, reason, askedBy: actor.account, askedAt: now }
    return ok({ change: reset, answer: { reset: reset.id } })
  },
  write: resets.saveAskedReset,
})

export const decideFactorReset = command({
  name: 'security.decide-factor-reset',
  by: ['administrator@own'],
  basis: BASIS_FACTOR,
  does: {
    zh: '复核重置申请:同意后该账号的第二因素和所有登录立即失效,并告知本人。',
    en: 'Decides a reset: when agreed, the factor and all sessions of the account end, and its owner is told.',
  },
  input: decideResetInput,
  read: (tx, { reset }) => resets.lockReset(tx, reset),
  relation: ({ org }, { actor }) => relationsToAccountOf(actor, org),
  decide: (reset, { agreed }, { actor }) => {
    const isSecondPerson = actor.account !== reset.askedBy && actor.account !== reset.account
    return isSecondPerson
      ? ok({ change: { reset, agreed }, answer: { reset: reset.id, agreed } })
      : refuse('security.needs-another-person')
  },
  write: async (tx, { reset, agreed }, { actor, now }) => {
    await resets.saveDecidedReset(tx, reset.id, actor.account, now, agreed)
    if (!agreed) return
    await factors.endFactor(tx, reset.account)
    await factors.saveNotice(tx, reset.account, 'factor-reset')
    await endAllSessions(tx, reset.account)
  },
})

export const factorResets = query({
  name: 'security.factor-resets',
  by: ['administrator@anyone'],
  basis: BASIS_FACTOR,
  does: {
    zh: '待复核的第二因素重置申请;机构管理员只见本机构的。',
    en: 'Resets of second factors that wait for a second administrator; an institution’s administrator sees its own.',
  },
  input: emptyInput,
  read: (tx, _input, { actor }) => resets.listResets(tx, actor.org),
  answer: (waiting) => ({ resets: waiting.map(({ id, login, reason, askedAt }) => ({ reset: id, login, reason, askedAt })) }),
})
