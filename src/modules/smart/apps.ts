import type { AccountId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, query } from '../../platform/forms/form.ts'
import { accountOfLogin, everybody } from '../security/index.ts'
import { endAppInput, noInput, registerClientInput, stopClientInput, type ShownClient } from './contract.ts'
import { Refused } from '../../platform/forms/form.ts'
import { mayBeRedirect } from './rules/authorisation.ts'
import { readScopes, scopesText } from './rules/scopes.ts'
import { shownScopes } from './scope-words.ts'
import * as store from './store.ts'

const ADMINISTRATOR = ['administrator@anyone'] as const

export const clients = query({
  name: 'smart.clients',
  by: ADMINISTRATOR,
  basis: '网络安全等级保护:外部接入登记',
  does: { zh: '登记的第三方应用。', en: 'The apps that are registered.' },
  input: noInput,
  read: (tx) => store.listClients(tx),
  answer: (found): { clients: ShownClient[] } => ({
    clients: found.map((client) => ({
      id: client.id,
      zh: client.name.zh,
      en: client.name.en,
      kind: client.kind,
      redirectUris: [...client.redirectUris],
      launchUrl: client.launchUrl,
      scopes: client.scopes,
      hasKeys: client.jwks !== null || client.jwksUri !== null,
      registeredAt: client.registeredAt,
      stoppedAt: client.disabledAt,
    })),
  }),
})

export const registerClient = command({
  name: 'smart.register-client',
  by: ADMINISTRATOR,
  basis: '网络安全等级保护:外部接入登记',
  does: {
    zh: '登记一个第三方应用:回跳地址、公钥、最多可有的权限。',
    en: 'Registers an app: its addresses, keys, and the most that it may be given.',
  },
  input: registerClientInput,
  read: async (tx, input) => ({ account: input.login ? await accountOfLogin(tx, input.login) : null }),
  decide: ({ account }, input, act) => {
    if (act.actor.org !== null) return refuse('smart.region-only')
    const isServer = input.kind === 'server'
    const keys = Number(Boolean(input.jwks)) + Number(Boolean(input.jwksUri))
    if (isServer ? keys !== 1 : keys > 0 || input.redirectUris.length === 0) return refuse('smart.client-incomplete')
    const addresses = [...input.redirectUris, ...(input.launchUrl ? [input.launchUrl] : [])]
    if (!addresses.every(mayBeRedirect) || (input.jwksUri && !/^https?:\/\//.test(input.jwksUri)))
      return refuse('smart.address-not-safe')
    const scopes = readScopes(input.scopes)
    if (scopes.data.length + scopes.plain.length === 0) return refuse('smart.scopes-unknown')
    if (input.login && (!isServer || !account || account.disabledAt || account.role === 'resident'))
      return refuse('smart.account-unknown')
    const client: store.SavedClient = {
      id: input.client,
      name: input.name,
      kind: input.kind,
      redirectUris: input.redirectUris,
      launchUrl: input.launchUrl ?? null,
      scopes: scopesText(scopes),
      jwks: input.jwks ?? null,
      jwksUri: input.jwksUri ?? null,
      account: account?.id ?? null,
      by: act.actor.account as AccountId,
      at: act.now,
    }
    return ok({ change: client, answer: { client: client.id, scopes: client.scopes } })
  },
  write: async (tx, client) => {
    if (!(await store.saveClient(tx, client))) throw new Refused('smart.client-taken')
  },
})

export const stopClient = command({
  name: 'smart.stop-client',
  by: ADMINISTRATOR,
  basis: '网络安全等级保护:停用外部接入',
  does: { zh: '停用一个应用,它持有的令牌随即失效。', en: 'Stops an app; the tokens that it holds count no longer.' },
  input: stopClientInput,
  read: (tx, input) => store.findClient(tx, input.client),
  decide: (client, _input, act) =>
    act.actor.org === null ? ok({ change: client.id, answer: { client: client.id } }) : refuse('smart.region-only'),
  write: (tx, id) => store.saveClientStopped(tx, id),
})

export const myApps = query({
  name: 'smart.my-apps',
  by: everybody,
  basis: '居民可随时收回授权',
  does: { zh: '本人允许接入的应用。', en: 'The apps that one has let in.' },
  input: noInput,
  read: async (tx, _input, act) => ({
    allowances: await store.listAllowances(tx, act.actor.account as AccountId),
    clients: new Map((await store.listClients(tx)).map((client) => [client.id, client.name])),
  }),
  answer: ({ allowances, clients: names }) => ({
    apps: allowances.map(({ id, client, scopes, begunAt, expiresAt }) => ({
      allowance: id,
      app: { id: client, zh: names.get(client)?.zh ?? client, en: names.get(client)?.en ?? client },
      scopes: shownScopes(readScopes(scopes)),
      begunAt,
      expiresAt,
    })),
  }),
})

export const endApp = command({
  name: 'smart.end-app',
  by: everybody,
  basis: '居民可随时收回授权',
  does: { zh: '收回给一个应用的授权,它的令牌随即失效。', en: 'Takes back what an app was allowed; its tokens count no longer.' },
  input: endAppInput,
  read: async (tx, input, act) => {
    const found = await store.lockAllowance(tx, input.allowance)
    return found?.account === act.actor.account ? found : null
  },
  decide: ({ id }) => ok({ change: id, answer: { allowance: id } }),
  write: async (tx, id) => void (await store.endAllowance(tx, id, 'by-person')),
})
