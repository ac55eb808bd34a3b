import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { RESTORING } from '../platform/backup/index.ts'
import { SettingError, readConfig, type Config } from '../platform/config.ts'
import { migrate, MigrationEdited } from '../platform/database/migrate.ts'
import { openDatabase, sql, type Database } from '../platform/database/pool.ts'
import { EmbeddedRefusal, type FolderHold, holdFolder, startEmbedded } from '../platform/embedded-postgres/index.ts'
import { demoAccounts, ensureDemo } from './demo.ts'
import { saveCompiledCode } from './compiled-code.ts'
import { loadKnowledge } from './load-knowledge.ts'
import { type Ending, endOnSignal, openEnding } from './ending.ts'
import { appUrlOf, checkDatabaseUrl, withRightsOf } from './outside-database.ts'
import { showProgress } from './progress.ts'
import { startServer } from './server.ts'
import { type Sentence, StartRefusal, embeddedSentence, readySentences, startNote, startSentence } from './start-messages.ts'
import { startSandboxBeside } from './platform-sandbox/beside.ts'
import { buildWebOnce } from './web-build.ts'

const say = ({ zh, en }: Sentence): void => console.log(`${zh}\n${en}`)

/** Everything from an empty folder to a server that answers. The cheap checks come first: nobody waits minutes for a refusal. */
const start = async (config: Config, ending: Ending): Promise<void> => {
  ending.onEnd(takeFolder(config.dataFolder).release)
  await checkPort(config.host, config.port)
  const { ownerUrl, appUrl } = await openDatabaseServer(config, ending)
  await withRightsOf(ownerUrl, () => migrate(ownerUrl))
  const url = await appUrl()
  const database = openDatabase(url, { size: config.poolSize })
  ending.onEnd(database.close)
  await mustBeWhole(database)
  await loadKnowledge(database)
  const progress = showProgress()
  ending.onEnd(progress.end)
  await ensureDemo({ ownerUrl, config, onProgress: progress.onProgress })
  progress.end()
  const [beside] = await Promise.all([sandboxOfDemo(config, ending), buildWebOnce({ onNote: say })])
  if (ending.hasBegun()) return
  const server = await startServer({ config: beside ? { ...config, insurer: beside } : config, database, appUrl: url })
  ending.onEnd(server.close)
  saveCompiledCode()
  for (const line of readySentences(server.address, config.demo ? demoAccounts() : [])) console.log(line)
}

/** In a demo region without an insurer of its own, bills are paid against a simulated one that is started and ended with the server. */
const sandboxOfDemo = async (config: Config, ending: Ending): Promise<Config['insurer']> => {
  if (!config.demo || config.insurer) return null
  const starting = startSandboxBeside(config)
  ending.onEnd(() => starting.then((beside) => beside?.close()))
  const beside = await starting
  if (!beside) say(startNote.withoutPayment)
  return beside?.insurer ?? null
}

/** A restore that was cut off leaves a database that must not be taken for a new one. */
const mustBeWhole = async (database: Database): Promise<void> => {
  const found = await database.row<{ value: string }>(sql`select value from platform.setting where name = ${RESTORING}`)
  if (found) throw new StartRefusal(startSentence.restoreUnfinished(found.value))
}

const takeFolder = (folder: string): FolderHold => {
  try {
    mkdirSync(folder, { recursive: true })
    return holdFolder(folder)
  } catch (error) {
    if (error instanceof EmbeddedRefusal && error.code === 'folder-held') throw error
    throw new StartRefusal(startSentence.folderUnusable(folder))
  }
}

/** Refuses a port that is taken, before any long work. The server may still lose it meanwhile; then it says so itself. */
const checkPort = async (host: string, port: number): Promise<void> => {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve))
    await new Promise((resolve) => probe.close(resolve))
  } catch (error) {
    throw listenRefusal(error, host, port) ?? error
  }
}

const listenRefusal = (error: unknown, host: string, port: number): StartRefusal | null => {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new StartRefusal(startSentence.portTaken(port))
  const isOfTheAddress = syscall === 'listen' || syscall === 'getaddrinfo'
  return isOfTheAddress && code ? new StartRefusal(startSentence.addressUnusable(host, port, code)) : null
}

// The app's URL comes late: on a database of somebody else's, its role exists only after the migrations.
type DatabaseServer = { readonly ownerUrl: string; readonly appUrl: () => Promise<string> }

const openDatabaseServer = async (config: Config, ending: Ending): Promise<DatabaseServer> => {
  const { databaseUrl, dataFolder } = config
  if (databaseUrl !== null) {
    await checkDatabaseUrl(databaseUrl)
    return { ownerUrl: databaseUrl, appUrl: () => appUrlOf(databaseUrl) }
  }
  say(startNote.preparingDatabase)
  const starting = startEmbedded({ dataFolder, onNote: say })
  // An end that is asked for while the server still starts waits for it and stops it.
  ending.onEnd(() => starting.then((embedded) => embedded.stop()).catch(() => {}))
  const { ownerUrl, appUrl } = await starting
  return { ownerUrl, appUrl: async () => appUrl }
}

const sentenceOf = (error: unknown, config: Config | null): Sentence | null => {
  if (error instanceof StartRefusal || error instanceof SettingError) return error
  if (error instanceof MigrationEdited) return startSentence.schemaOfAnother(error.message)
  if (!config) return null
  if (error instanceof EmbeddedRefusal) return embeddedSentence(error, config.dataFolder)
  return listenRefusal(error, config.host, config.port)
}

const main = async (): Promise<void> => {
  const ending = openEnding((error) => console.error(error))
  endOnSignal(ending, { stopping: () => say(startNote.stopping), stopped: () => say(startNote.stopped) })
  let config: Config | null = null
  try {
    config = readConfig()
    await start(config, ending)
  } catch (error) {
    // What fails because everything is being closed is no failure; the signal's end also ends the program.
    if (ending.hasBegun()) return
    const sentence = sentenceOf(error, config)
    console.error(sentence ? `${sentence.zh}\n${sentence.en}` : error)
    await ending.end()
    process.exit(1)
  }
}

await main()
