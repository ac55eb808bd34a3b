import { randomBytes } from 'node:crypto'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, query } from '../../platform/forms/form.ts'
import * as apps from './app-store.ts'
import { allowAppInput, appInput, mineInput, registerAppInput, type ShownApp } from './contract.ts'
import { cardEvent, findHolder } from './holder.ts'

const BASIS = 'S2 电子健康卡 第三方应用接入;接口信封见 docs/health-card.md'
// SM4 has keys of 16 bytes; the signing key is as long as the sum that it goes into.
const FIELD_KEY_BYTES = 16
const SIGN_KEY_BYTES = 32

export const registerApp = command({
  name: 'health-card.register-app',
  by: ['administrator@anyone'],
  basis: BASIS,
  does: {
    zh: '登记一个可用健康卡接口的应用;两把密钥只显示这一次。',
    en: 'Registers an app for the card’s interface; its two keys are shown this once.',
  },
  input: registerAppInput,
  read: async (_tx, input, act) => {
    // An administrator of one institution registers that institution's programs only.
    if (act.actor.org !== null && (input.kind !== 'hospital' || (input.org ?? act.actor.org) !== act.actor.org)) return null
    return { org: input.kind === 'hospital' ? ((input.org ?? act.actor.org) as OrgId | null) : null }
  },
  decide: ({ org }, input, act) => {
    if ((input.kind === 'hospital') === (org === null) || (input.kind === 'payment' && input.org))
      return refuse('health-card.app-needs-org')
    const [fieldKey, signKey] = [randomBytes(FIELD_KEY_BYTES).toString('hex'), randomBytes(SIGN_KEY_BYTES).toString('hex')]
    const id = `app-${randomBytes(8).toString('hex')}`
    const app = {
      id,
      zh: input.name.zh,
      en: input.name.en,
      kind: input.kind,
      org,
      registeredAt: act.now,
      account: act.actor.account,
    }
    return ok({ change: { app, fieldKey, signKey }, answer: { app: id, fieldKey, signKey } })
  },
  write: (tx, { app, fieldKey, signKey }, { cipher }) => {
    const wrapped = cipher.newPersonKey()
    return apps.saveApp(tx, app, {
      wrapped,
      fieldKey: cipher.encrypt(wrapped, fieldKey),
      signKey: cipher.encrypt(wrapped, signKey),
    })
  },
})

export const endApp = command({
  name: 'health-card.end-app',
  by: ['administrator@anyone'],
  basis: BASIS,
  does: { zh: '停用一个应用,其密钥立即失效。', en: 'Ends an app; its keys count no more from then on.' },
  input: appInput,
  read: async (tx, input, act) => {
    const app = await apps.lockApp(tx, input.app)
    return app && (act.actor.org === null || app.org === act.actor.org) ? app : null
  },
  decide: (app, _input, act) =>
    app.endedAt ? refuse('health-card.app-ended') : ok({ change: { id: app.id, at: act.now }, answer: { app: app.id } }),
  write: async (tx, { id, at }) => void (await apps.saveAppEnd(tx, id, at)),
})

export const listApps = query({
  name: 'health-card.apps',
  by: ['administrator@anyone'],
  basis: BASIS,
  does: { zh: '已登记的应用(不含密钥)。', en: 'Apps that are registered, without their keys.' },
  input: mineInput,
  read: async (tx, _input, act) => (await apps.apps(tx)).filter(({ org }) => act.actor.org === null || org === act.actor.org),
  answer: (rows): { apps: ShownApp[] } => ({
    apps: rows.map(({ id, zh, en, kind, org, registeredAt, endedAt }) => ({
      id,
      name: { zh, en },
      kind,
      org,
      registeredAt,
      endedAt,
    })),
  }),
})

export const allowApp = command({
  name: 'health-card.allow-app',
  by: ['resident@self', 'resident@representative'],
  basis: '个人信息保护法 第十四条、第二十三条',
  does: { zh: '允许一个支付应用出示健康卡;随时可撤回。', en: 'Lets a payment app show the card; can be withdrawn at any time.' },
  input: allowAppInput,
  read: async (tx, input, act) => {
    const holder = await findHolder(tx, input.person, act.actor)
    return holder && { ...holder, app: await apps.findApp(tx, input.app) }
  },
  relation: ({ relations }) => relations,
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, app, isRepresented }, _input, act) => {
    if (!app || app.endedAt || app.kind !== 'payment') return refuse('health-card.app-ended')
    const by = isRepresented ? ('representative' as const) : ('self' as const)
    return ok({
      change: { person: person.id, app: app.id, by },
      answer: { person: person.id, app: app.id },
      events: [cardEvent('health-card.app-allowed', person.id, act, { app: app.id })],
    })
  },
  write: async (tx, { person, app, by }, act) => void (await apps.saveAllowance(tx, person, app, by, act.now)),
})

export const withdrawApp = command({
  name: 'health-card.withdraw-app',
  by: ['resident@self', 'resident@representative'],
  basis: '个人信息保护法 第十五条',
  does: { zh: '撤回对一个应用的允许,立即生效。', en: 'Withdraws what an app was allowed, at once.' },
  input: allowAppInput,
  read: (tx, input, act) => findHolder(tx, input.person, act.actor),
  relation: ({ relations }) => relations,
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person }, input, act) =>
    ok({
      change: { person: person.id, app: input.app },
      answer: { person: person.id, app: input.app },
      events: [cardEvent('health-card.app-withdrawn', person.id, act, { app: input.app })],
    }),
  write: async (tx, { person, app }, act) => void (await apps.saveWithdrawal(tx, person, app, act.now)),
})
