import type { AccountId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, query, Refused } from '../../platform/forms/form.ts'
import * as store from './adviser-store.ts'
import { noInput, registerAdviserInput, switchAdviserInput, type ShownAdviser } from './contract.ts'

const ADMINISTRATOR = ['administrator@anyone'] as const

export const advisers = query({
  name: 'smart.advisers',
  by: ADMINISTRATOR,
  basis: '网络安全等级保护:外部接入登记;CDS Hooks 2.0',
  does: { zh: '登记的决策支持服务。', en: 'The services of decision support that are registered.' },
  input: noInput,
  read: (tx) => store.listAdvisers(tx),
  answer: (found): { advisers: ShownAdviser[] } => ({
    advisers: found.map(({ name, hooks, shares, ...one }) => ({ ...one, ...name, hooks: [...hooks], shares: [...shares] })),
  }),
})

export const registerAdviser = command({
  name: 'smart.register-adviser',
  by: ADMINISTRATOR,
  basis: '网络安全等级保护:外部接入登记;CDS Hooks 2.0',
  does: {
    zh: '登记一个决策支持服务:地址、何时询问、可附带哪些资料、最多等多久。',
    en: 'Registers a service of decision support: where it is, when it is asked, what may be sent along, and how long it is waited for.',
  },
  input: registerAdviserInput,
  read: async () => ({}),
  decide: (_facts, input, act) => {
    if (act.actor.org !== null) return refuse('smart.region-only')
    const url = URL.parse(input.url)
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
      return refuse('smart.adviser-address')
    const adviser: store.SavedAdviser = {
      id: input.adviser,
      name: input.name,
      url: url.href.replace(/\/+$/, ''),
      hooks: [...new Set(input.hooks)],
      shares: [...new Set(input.shares)],
      waitMs: input.waitMs ?? act.policy('smart.advice-milliseconds'),
      by: act.actor.account as AccountId,
      at: act.now,
    }
    return ok({ change: adviser, answer: { adviser: adviser.id, waitMs: adviser.waitMs } })
  },
  write: async (tx, adviser) => {
    if (!(await store.saveAdviser(tx, adviser))) throw new Refused('smart.adviser-taken')
  },
})

export const switchAdviser = command({
  name: 'smart.switch-adviser',
  by: ADMINISTRATOR,
  basis: '网络安全等级保护:停用外部接入',
  does: { zh: '停用或恢复一个决策支持服务。', en: 'Stops a service of decision support, or lets it be asked again.' },
  input: switchAdviserInput,
  read: (tx, input) => store.findAdviser(tx, input.adviser),
  decide: ({ id }, { isOn }, act) =>
    act.actor.org === null ? ok({ change: { id, isOn }, answer: { adviser: id, isOn } }) : refuse('smart.region-only'),
  write: (tx, { id, isOn }) => store.saveAdviserSwitched(tx, id, isOn),
})
