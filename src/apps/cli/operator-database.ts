import type { Config } from '../../platform/config.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { openDatabase, sqlState, type Database } from '../../platform/database/pool.ts'
import { appUrlOf, checkDatabaseUrl } from '../outside-database.ts'
import { CliRefusal } from './cli-refusal.ts'
import { runningServer } from './running-server.ts'

const CONNECTIONS = 2
const STATEMENT_MS_MOST = 120_000
// Undefined table, undefined schema, undefined function.
const NOT_SET_UP = ['42P01', '3F000', '42883']

/**
 * Opens the database for an operator's work, as the app's role acting for the house itself: that of DATABASE_URL, or of the running server.
 * @throws CliRefusal or StartRefusal when there is none, or nothing has been set up in it yet.
 */
export const withOperatorDatabase = async <T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> => {
  const database = openDatabase(await urlOf(config), { size: CONNECTIONS, statementTimeoutMs: STATEMENT_MS_MOST })
  try {
    return await work(asSystem(database))
  } catch (error) {
    if (!NOT_SET_UP.includes(sqlState(error) ?? '')) throw error
    throw new CliRefusal({
      zh: '数据库尚未建好或版本较旧。请先运行一次 npm start,再重试。',
      en: 'The database has not been set up yet, or is older than this program. Run npm start once and try again.',
    })
  } finally {
    await database.close()
  }
}

const urlOf = async ({ databaseUrl, dataFolder }: Config): Promise<string> => {
  if (databaseUrl === null) return runningServer(dataFolder).appUrl
  await checkDatabaseUrl(databaseUrl)
  return appUrlOf(databaseUrl)
}
