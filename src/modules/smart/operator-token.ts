import { databaseNow, type Database } from '../../platform/database/pool.ts'
import { newId } from '../../kernel/id.ts'
import { accountOfLogin, hashOfToken } from '../security/index.ts'
import { ofLevels, readScopes, scopesText } from './rules/scopes.ts'
import * as store from './store.ts'
import { newToken, NOBODY_ASKED } from './tokens.ts'

/** The app that stands for scripts of those who run the region; it has no address and can ask for nothing itself. */
const OPERATOR_APP = { id: 'jieli-operator', name: { zh: '运维脚本', en: 'Scripts of the operator' } }

type OperatorToken = {
  readonly login: string
  /** SMART scopes of the level `user`; the account's own rights hold in any case. */
  readonly scopes: string
  readonly hours: number
}

/**
 * Gives an access token for `/fhir` that counts as an account, for a script of whoever runs the region. It stands among the apps that
 * the account let in, and in the audit. Null when the account is unknown or closed, or no scope is left.
 */
export const operatorToken = async (
  database: Database,
  asked: OperatorToken,
): Promise<{ token: string; scopes: string } | null> =>
  database.transaction(async (tx) => {
    const account = await accountOfLogin(tx, asked.login)
    const read = ofLevels(readScopes(asked.scopes), ['user'])
    if (!account || account.disabledAt || read.data.length === 0) return null
    const [scopes, token] = [scopesText({ ...read, plain: [] }), newToken()]
    const app = {
      kind: 'public',
      redirectUris: [],
      launchUrl: null,
      scopes: 'user/*.cruds',
      jwks: null,
      jwksUri: null,
      account: null,
    } as const
    await store.saveClient(tx, { ...OPERATOR_APP, ...app, by: account.id, at: await databaseNow(tx) })
    const allowance = { ...NOBODY_ASKED, id: newId(), client: OPERATOR_APP.id, account: account.id, scopes, hours: asked.hours }
    await store.saveAllowance(tx, allowance)
    await store.saveToken(tx, {
      hash: hashOfToken(token),
      allowance: allowance.id,
      kind: 'access',
      scopes,
      seconds: asked.hours * 3_600,
    })
    await store.saveTokenAudit(tx, account.id, null, newId())
    return { token, scopes }
  })
