import { advisers, registerAdviser, switchAdviser } from './advisers.ts'
import { allow, asked, launch, launchable } from './allow.ts'
import { clients, endApp, myApps, registerClient, stopClient } from './apps.ts'

export { findAdviser, listAdvisers } from './adviser-store.ts'
export { actorOfBearer } from './bearer.ts'
export { appOrigins } from './origins.ts'
export { proveClient } from './client-proof.ts'
export type { ClientProof } from './client-proof.ts'
export { APP_CONTEXT_MOST, smartRefusals } from './contract.ts'
export type { ShownAsking, ShownClient, ShownScope } from './contract.ts'
export { publicKeys, signStatement } from './identity.ts'
export { backTo, judgeAsking } from './rules/authorisation.ts'
export { mayFhir, queriesFor, readScopes } from './rules/scopes.ts'
export { operatorToken } from './operator-token.ts'
export type { DataScope, PlainScope, ScopeLetter, ScopeLevel, Scopes } from './rules/scopes.ts'
export type { Adviser, BearerCaller, Client, OAuthFault } from './smart.ts'
export { findClient, listClients, purge as purgeTokens } from './store.ts'
export { askingOf, ticketOf } from './ticket.ts'
export { clientOfRefresh, codeFor, exchangeCode, introspectToken, refreshTokens, revokeToken, serverToken } from './tokens.ts'
export type { TokenAnswer, TokenPlace } from './tokens.ts'

/** Everything that can be asked of the apps at the record; tokens themselves are routes, because no stored answer may hold one. */
export const smartForms = {
  'smart.asked': asked,
  'smart.allow': allow,
  'smart.launch': launch,
  'smart.launchable': launchable,
  'smart.advisers': advisers,
  'smart.register-adviser': registerAdviser,
  'smart.switch-adviser': switchAdviser,
  'smart.clients': clients,
  'smart.register-client': registerClient,
  'smart.stop-client': stopClient,
  'smart.my-apps': myApps,
  'smart.end-app': endApp,
} as const
