import { newId } from '../../src/kernel/id.ts'
import { ticketOf } from '../../src/modules/smart/index.ts'
import type { Target } from './probe.ts'

// Apps at the record: what one account allowed is nobody else's, and answers everybody else as what does not exist.

/** An app that `every-table` and the probes know. */
export const APP = {
  id: 'probe-app',
  redirect: 'https://probe.example.org/after',
  scopes: 'openid user/*.rs',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
} as const

const asking = {
  response_type: 'code',
  client_id: APP.id,
  redirect_uri: APP.redirect,
  scope: APP.scopes,
  state: 'a-state',
  aud: 'https://region.example.org/fhir/R4',
  code_challenge: APP.challenge,
  code_challenge_method: 'S256',
}
const plain = (input: object = {}): Target => ({ about: 'nothing', input: () => input })
const hidden = (input: object): Target => ({ about: 'nothing', input: () => input, hiddenFrom: () => true })

export const TARGETS_OF_APPS: Readonly<Record<string, Target | readonly Target[]>> = {
  'smart.asked': hidden({ ticket: 'forged.forged' }),
  'smart.allow': [
    plain({ ticket: 'forged.forged', scopes: APP.scopes }),
    { about: 'nothing', input: ({ house }) => ({ ticket: ticketOf(house.house.cipher, asking), scopes: APP.scopes }) },
  ],
  'smart.launch': hidden({ client: 'no-such-app' }),
  'smart.launchable': plain(),
  'smart.advisers': plain(),
  'smart.register-adviser': plain({
    adviser: 'probe-adviser',
    name: { zh: '演示服务', en: 'Probe' },
    url: 'https://probe.example.org',
    hooks: ['order-sign'],
  }),
  'smart.switch-adviser': hidden({ adviser: 'no-such-adviser', isOn: false, reason: '演示用的理由' }),
  'smart.clients': plain(),
  'smart.register-client': plain({
    client: 'probe-new',
    name: { zh: '演示应用', en: 'Probe' },
    kind: 'public',
    redirectUris: [APP.redirect],
    scopes: APP.scopes,
  }),
  'smart.stop-client': hidden({ client: 'no-such-app', reason: '演示用的理由' }),
  'smart.my-apps': plain(),
  'smart.end-app': hidden({ allowance: newId() }),
}
