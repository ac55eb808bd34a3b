// One server of the campaign, as a process of its own that may be killed: the real server on a database that is there already.
import { startServer } from '../../../src/apps/server.ts'
import { readConfig } from '../../../src/platform/config.ts'
import { openDatabase } from '../../../src/platform/database/pool.ts'

const config = readConfig()
const appUrl = config.databaseUrl ?? ''
const database = openDatabase(appUrl, { size: config.poolSize })
const server = await startServer({ config, database, appUrl })
process.send?.('ready')

const end = async (): Promise<void> => {
  await server.close()
  await database.close()
  process.exit(0)
}
process.once('SIGTERM', () => void end())
// Whoever started it is gone: nobody would ever end it.
process.once('disconnect', () => process.exit(1))
