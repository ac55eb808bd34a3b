// One server of the campaign, as a process of its own that may be killed: the real server on a database that is there already.
import { keepCompiledCode, saveCompiledCode } from '../../../src/apps/compiled-code.ts'

keepCompiledCode(process.env['JIELI_DATA'])
const { startServer } = await import('../../../src/apps/server.ts')
const { readConfig } = await import('../../../src/platform/config.ts')
const { openDatabase } = await import('../../../src/platform/database/pool.ts')

const config = readConfig()
const appUrl = config.databaseUrl ?? ''
const database = openDatabase(appUrl, { size: config.poolSize })
const server = await startServer({ config, database, appUrl })
process.send?.('ready')
saveCompiledCode()

const end = async (): Promise<void> => {
  await server.close()
  await database.close()
  process.exit(0)
}
process.once('SIGTERM', () => void end())
// Whoever started it is gone: nobody would ever end it.
process.once('disconnect', () => process.exit(1))
