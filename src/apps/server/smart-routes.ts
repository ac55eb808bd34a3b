import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  askingOf,
  backTo,
  clientOfRefresh,
  codeFor,
  exchangeCode,
  findClient,
  introspectToken,
  judgeAsking,
  proveClient,
  publicKeys,
  refreshTokens,
  revokeToken,
  serverToken,
  ticketOf,
  type Client,
  type OAuthFault,
  type TokenAnswer,
} from '../../modules/smart/index.ts'
import type { Config } from '../../platform/config.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { sendRefusals } from '../../platform/http/app.ts'
import { baseUrlOf } from '../../platform/http/base-url.ts'
import type { RateLimits } from '../../platform/http/rate-limit.ts'
import type { Authentication } from './authenticate.ts'
import { openIdConfiguration, smartConfiguration } from './smart-configuration.ts'

export type SmartRouteOptions = {
  readonly house: House
  readonly config: Pick<Config, 'publicUrl' | 'port' | 'privateNetworks'>
  readonly who: Authentication
  readonly limits: RateLimits | null
}
type Form = Readonly<Record<string, string | undefined>>

const FORM_BYTES_MOST = 65_536
/** Apps in browsers ask from their own site; no cookie of ours counts here, so anybody may. */
const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-allow-methods': 'GET, POST',
  'access-control-max-age': '86400',
  'cross-origin-resource-policy': 'cross-origin',
} as const

/** The end points by which apps are let in: discovery, authorisation, tokens. */
export const addSmartRoutes = (app: FastifyInstance, options: SmartRouteOptions): void => {
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES_MOST },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    )
    scope.addHook('onRequest', async (request, reply) => {
      const held = options.limits?.byAddress(request.ip) ?? null
      if (held) return sendRefusals(options.house, reply.headers(OPEN_TO_ALL), [held])
    })
    addDiscovery(scope, options)
    addAuthorisation(scope, options)
    addTokens(scope, options)
  })
}

const addDiscovery = (app: FastifyInstance, { house, config }: SmartRouteOptions): void => {
  const send = (reply: FastifyReply, body: object) => reply.headers(OPEN_TO_ALL).header('cache-control', 'max-age=300').send(body)
  for (const path of ['/.well-known/smart-configuration', '/fhir/R4/.well-known/smart-configuration'])
    app.get(path, async (request, reply) => send(reply, smartConfiguration(baseUrlOf(request, config))))
  app.get('/fhir/R4/.well-known/openid-configuration', async (request, reply) =>
    send(reply, openIdConfiguration(baseUrlOf(request, config))),
  )
  app.get('/oauth/jwks', async (_request, reply) => send(reply, await publicKeys(house)))
}

const SAYS = {
  'unknown-app': [
    '没有登记这个应用,或它已被停用。请联系应用的提供方。',
    'This app is not registered, or was stopped. Ask whoever offers the app.',
  ],
  'wrong-address': [
    '应用给出的回跳地址没有登记,为保护您的资料没有跳转。请联系应用的提供方。',
    'The app named an address that is not registered for it; to protect your data you were not sent there. Ask whoever offers the app.',
  ],
  over: [
    '这次授权已过时或已用过。请回到应用重新开始。',
    'This was allowed too long ago, or was used already. Go back to the app and begin again.',
  ],
} as const

/** What a browser is shown when it can be sent nowhere. */
const sendPage = (reply: FastifyReply, why: keyof typeof SAYS): FastifyReply =>
  reply
    .code(400)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>接力 Jieli</title></head>
<body><main><h1>没有接入 · Not let in</h1><p>${SAYS[why][0]}</p><p lang="en">${SAYS[why][1]}</p></main></body></html>`,
    )

const addAuthorisation = (app: FastifyInstance, { house, config, who }: SmartRouteOptions): void => {
  const authorise = async (request: FastifyRequest, reply: FastifyReply, words: Form): Promise<FastifyReply> => {
    const asking = askingOf(words)
    const client = asking.client_id ? await findClient(asSystem(house.database), asking.client_id) : null
    const base = baseUrlOf(request, config)
    const judged = judgeAsking(asking, client, [`${base}/fhir/R4`])
    if (judged.kind === 'unknown-app' || judged.kind === 'wrong-address') return sendPage(reply, judged.kind)
    reply.header('cache-control', 'no-store')
    if (judged.kind === 'fault')
      return reply.redirect(
        backTo(judged.redirectUri, { error: judged.error, error_description: judged.why, state: asking.state }),
        302,
      )
    return reply.redirect(`/let-in?ticket=${ticketOf(house.cipher, asking)}`, 302)
  }
  app.get('/oauth/authorize', (request, reply) => authorise(request, reply, request.query as Form))
  app.post('/oauth/authorize', (request, reply) => authorise(request, reply, (request.body ?? {}) as Form))
  // The page of ours comes here when the person has allowed it: the code is never in an answer that is kept.
  app.get('/oauth/continue', async (request, reply) => {
    const actor = await who.check(request)
    const { allowance = '' } = request.query as Form
    if (!actor?.account) return sendRefusals(house, reply, [{ code: 'platform.sign-in-first' }])
    const given = /^[0-9a-f-]{36}$/.test(allowance) ? await codeFor(house, allowance, actor.account) : null
    if (!given) return sendPage(reply, 'over')
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    return reply.redirect(backTo(given.redirectUri, { code: given.code, state: given.state }), 302)
  })
}

const isFault = (answer: TokenAnswer | Client | OAuthFault): answer is OAuthFault => 'error' in answer

const nameless = async (house: House, form: Form): Promise<Client | null> =>
  form['grant_type'] === 'refresh_token' && form['refresh_token'] && !form['client_id'] && !form['client_assertion']
    ? clientOfRefresh(house, form['refresh_token'])
    : null

const addTokens = (app: FastifyInstance, { house, config }: SmartRouteOptions): void => {
  const kept = (reply: FastifyReply) => reply.headers({ ...OPEN_TO_ALL, 'cache-control': 'no-store', pragma: 'no-cache' })
  const sendFault = (reply: FastifyReply, fault: OAuthFault): FastifyReply =>
    kept(reply)
      .code(fault.error === 'invalid_client' ? 401 : 400)
      .send(fault)
  const route = (
    path: string,
    work: (client: Client, form: Form, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ): void => {
    app.options(path, async (_request, reply) => kept(reply).code(204).send())
    app.post(path, async (request, reply) => {
      const form = (request.body ?? {}) as Form
      // The statement names the token end point, wherever it is shown (RFC 7523 §3).
      const place = { audience: `${baseUrlOf(request, config)}/oauth/token`, mayBePrivate: config.privateNetworks }
      const client = (await nameless(house, form)) ?? (await proveClient(house, form, place))
      return isFault(client) ? sendFault(reply, client) : work(client, form, request, reply)
    })
  }
  route('/oauth/token', async (client, form, request, reply) => {
    const place = { request: request.id, issuer: `${baseUrlOf(request, config)}/fhir/R4` }
    const answer = await tokenBy(house, client, form, place)
    return isFault(answer) ? sendFault(reply, answer) : kept(reply).send(answer)
  })
  route('/oauth/revoke', async (client, form, _request, reply) => {
    if (form['token']) await revokeToken(house, client, form['token'])
    return kept(reply).code(200).send({})
  })
  route('/oauth/introspect', async (client, form, _request, reply) =>
    kept(reply).send(await introspectToken(house, client, form['token'] ?? '')),
  )
}

const tokenBy = (
  house: House,
  client: Client,
  form: Form,
  place: { request: string; issuer: string },
): Promise<TokenAnswer | OAuthFault> => {
  switch (form['grant_type']) {
    case 'authorization_code':
      return exchangeCode(house, client, form, place)
    case 'refresh_token':
      return refreshTokens(house, client, form, place)
    case 'client_credentials':
      return serverToken(house, client, form['scope'], place)
    default:
      return Promise.resolve({
        error: 'unsupported_grant_type',
        error_description: 'authorization_code, refresh_token or client_credentials',
      })
  }
}
