import { millisecondsBetween } from '../../kernel/clock.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { gather } from '../../platform/gather.ts'
import type { House } from '../../platform/house.ts'
import { actorsOfAccounts, hashOfToken } from '../security/index.ts'
import { readScopes } from './rules/scopes.ts'
import type { BearerCaller } from './smart.ts'
import { findBearers } from './store.ts'

/** So many tokens are looked up together at most. */
const TOKENS_AT_ONCE = 512

/**
 * Who stands behind an access token, for every request of a process: those who come at one moment are looked up together. A token that
 * has run out, was given back or whose app or account was stopped is nobody's; so is one from before its account signed out everywhere.
 */
export const actorOfBearer = (house: House): ((token: string) => Promise<BearerCaller | null>) =>
  gather(TOKENS_AT_ONCE, async (tokens) => {
    const byHash = new Map(tokens.map((token) => [hashOfToken(token).toString('hex'), token]))
    const found = await findBearers(house.database, tokens.map(hashOfToken))
    const accounts = await actorsOfAccounts(asSystem(house.database), [...new Set(found.map(({ account }) => account))])
    return new Map(
      found.flatMap(({ tokenHash, allowance, client, account, person, scopes, begunAt }) => {
        const known = accounts.get(account)
        if (!known || (known.sessionsFrom && millisecondsBetween(known.sessionsFrom, begunAt) < 0)) return []
        const caller: BearerCaller = { actor: known.actor, scopes: readScopes(scopes), patient: person, client, allowance }
        return [[byHash.get(tokenHash.toString('hex')) as string, caller] as const]
      }),
    )
  })
