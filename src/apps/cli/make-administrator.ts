import { randomBytes } from 'node:crypto'
import { newId, type AccountId } from '../../kernel/id.ts'
import { databaseNow, type Database } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'
import { hashPassword, saveAccount } from '../../modules/security/index.ts'
import { CliRefusal } from './cli-refusal.ts'

/**
 * Opens an administrator's account on a region that has none, and answers its password, which is shown once and stored
 * nowhere. Whoever may run this on the machine may already do everything with its database.
 * @throws CliRefusal when the login is taken or is no login.
 */
export const makeAdministrator = async (database: Database, login: string): Promise<string> => {
  if (!/^[a-z0-9._-]{3,40}$/.test(login))
    throw new CliRefusal({
      zh: `“${login}”不能作账号名。请用 3 至 40 位小写字母、数字或 . _ -。`,
      en: `“${login}” is no login. Use 3 to 40 small letters, digits or . _ -.`,
    })
  const password = randomBytes(15).toString('base64url')
  const passwordHash = await hashPassword(password)
  const name = { zh: '系统管理员', en: 'Administrator' }
  try {
    await database.transaction(async (tx) =>
      saveAccount(tx, { id: newId<AccountId>(), login, passwordHash, role: 'administrator', org: null, person: null, ...name, at: await databaseNow(tx) }),
    )
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new CliRefusal({ zh: `账号名“${login}”已被使用。请换一个。`, en: `The login “${login}” is taken. Choose another.` })
  }
  return password
}
