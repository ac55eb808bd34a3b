import type { Config } from '../../platform/config.ts'
import { operatorToken } from '../../modules/smart/index.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

const HOURS_MOST = 24
const HOURS_USUAL = 1

export type TokenWish = {
  readonly login: string
  readonly scopes: string | undefined
  readonly hours: string | undefined
  readonly asJson: boolean
}

/**
 * Prints an access token for `/fhir` that counts as an account for some hours. Whoever may run this on the machine may already do
 * everything with its database. @throws CliRefusal when the account or a scope is unknown, or the hours are none.
 */
export const tokenCommand = async (config: Config, wish: TokenWish, print: (line: string) => void): Promise<void> => {
  const hours = Number(wish.hours ?? HOURS_USUAL)
  if (!Number.isInteger(hours) || hours < 1 || hours > HOURS_MOST)
    throw new CliRefusal({
      zh: `--hours 为 1 至 ${HOURS_MOST} 的整数。`,
      en: `--hours is a whole number from 1 to ${HOURS_MOST}.`,
    })
  const asked = { login: wish.login, scopes: wish.scopes ?? 'user/*.cruds', hours }
  const given = await withOperatorDatabase(config, (database) => operatorToken(database, asked))
  if (!given)
    throw new CliRefusal({
      zh: `账号“${wish.login}”不存在或已停用,或权限范围无法识别(如 user/*.cruds、user/Observation.rs)。`,
      en: `The account “${wish.login}” is unknown or closed, or no scope can be read (for instance user/*.cruds, user/Observation.rs).`,
    })
  print(wish.asJson ? JSON.stringify({ access_token: given.token, scope: given.scopes, hours }) : given.token)
}
