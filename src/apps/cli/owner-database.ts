import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { EmbeddedRefusal, ownerUrlOf, startEmbedded, type Embedded } from '../../platform/embedded-postgres/index.ts'
import { checkDatabaseUrl } from '../outside-database.ts'
import { embeddedSentence, StartRefusal } from '../start-messages.ts'
import { CliRefusal } from './cli-refusal.ts'
import { runningServer } from './running-server.ts'

const note = ({ zh, en }: { zh: string; en: string }): void => console.error(`${zh}\n${en}`)

/**
 * Works on the database as its owner: that of DATABASE_URL, that of the running server, or the embedded one, started for
 * this work alone.
 */
export const withOwnerDatabase = async <T>(config: Config, work: (ownerUrl: string) => Promise<T>): Promise<T> => {
  const { databaseUrl, dataFolder } = config
  if (databaseUrl !== null) {
    await checkDatabaseUrl(databaseUrl)
    return work(databaseUrl)
  }
  const port = portOfRunning(dataFolder)
  if (port !== null) return work(ownerUrlOf(dataFolder, port))
  const embedded = await startOwn(dataFolder)
  try {
    return await work(embedded.ownerUrl)
  } finally {
    await embedded.stop()
  }
}

const startOwn = async (dataFolder: string): Promise<Embedded> => {
  try {
    return await startEmbedded({ dataFolder, onNote: note })
  } catch (error) {
    throw error instanceof EmbeddedRefusal ? new StartRefusal(embeddedSentence(error, dataFolder)) : error
  }
}

const portOfRunning = (dataFolder: string): number | null => {
  try {
    return Number(new URL(runningServer(dataFolder).appUrl).port)
  } catch (error) {
    if (error instanceof CliRefusal) return null
    throw error
  }
}

/** Refuses where there is nothing yet that could be backed up. */
export const mustHaveData = ({ databaseUrl, dataFolder }: Config): void => {
  if (databaseUrl !== null || existsSync(join(dataFolder, 'postgres'))) return
  throw new CliRefusal({
    zh: `数据目录 ${dataFolder} 里没有数据库。请用 JIELI_DATA 或 DATABASE_URL 指明数据所在。`,
    en: `There is no database in the data folder ${dataFolder}. Say where the data is by JIELI_DATA or DATABASE_URL.`,
  })
}
