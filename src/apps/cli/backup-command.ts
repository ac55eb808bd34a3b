import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { restore, writeBackup, type Manifest } from '../../platform/backup/index.ts'
import { openKeyRoom } from '../../platform/crypto/index.ts'
import type { Config } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database/pool.ts'
import { runChecks } from '../checks.ts'
import { progressLines, showProgress } from '../progress.ts'
import { CliRefusal } from './cli-refusal.ts'
import { mustHaveData, withOwnerDatabase } from './owner-database.ts'

export type BackupCommand = { readonly folder: string; readonly passphraseFile: string | undefined; readonly asJson: boolean }

const PACKAGE = join(import.meta.dirname, '..', '..', '..', 'package.json')
const PASSPHRASE_LEAST = 12

/** Writes a backup of the region and says what it holds. Runs beside a working server, or without one. */
export const backupCommand = async (config: Config, command: BackupCommand, print: (line: string) => void): Promise<void> => {
  mustHaveData(config)
  const folder = resolve(command.folder)
  const passphrase = passphraseOf(command.passphraseFile)
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }
  const masterKeyMark = await markOf(config)
  const started = performance.now()
  const manifest = await withProgress(command, { zh: '备份', en: 'backing up' }, print, (onProgress) =>
    withOwnerDatabase(config, (ownerUrl) =>
      writeBackup({ ownerUrl, folder, product: `jieli ${version}`, masterKeyMark, passphrase, onProgress }),
    ),
  )
  for (const line of summary(manifest, folder, secondsSince(started), command.asJson)) print(line)
}

/** Fills an empty database or data folder from a backup, checks what must always hold, and says what was found. */
export const restoreCommand = async (config: Config, command: BackupCommand, print: (line: string) => void): Promise<void> => {
  const folder = resolve(command.folder)
  const passphrase = passphraseOf(command.passphraseFile)
  const started = performance.now()
  const { manifest, breaches } = await withProgress(command, { zh: '恢复', en: 'restoring' }, print, (onProgress) =>
    withOwnerDatabase(config, async (ownerUrl) => {
      const restored = await restore({ ownerUrl, folder, passphrase, onProgress })
      return { manifest: restored, breaches: await breachesIn(ownerUrl) }
    }),
  )
  for (const line of summary(manifest, folder, secondsSince(started), command.asJson)) print(line)
  for (const line of await keyLines(config, manifest)) print(line)
  if (breaches === 0) return
  print(
    `不变式核对发现 ${breaches} 处问题,请运行 npx jieli check 查看。 The checks found ${breaches} breach(es); see npx jieli check.`,
  )
  process.exitCode = 1
}

// A restore makes no key: the region's own has to be put beside its data, and a new one would only stand in its way.
const keyLines = async (config: Config, { masterKeyMark }: Manifest): Promise<string[]> => {
  const file = join(config.dataFolder, 'master.key')
  if (masterKeyMark === null) return []
  if (config.masterKey === null && !existsSync(file))
    return [
      `请把备份时的 master.key 放到 ${file}(或设置 JIELI_MASTER_KEY)后再启动,否则证件号和电话无法读出。`,
      `Put the master.key of that time at ${file} (or set JIELI_MASTER_KEY) before you start; without it identity and phone numbers cannot be read.`,
    ]
  if ((await markOf(config)) === masterKeyMark) return []
  return [
    '注意:当前主密钥不是这份备份的主密钥,证件号和电话将无法读出。请放回原 master.key 或 JIELI_MASTER_KEY。',
    'Mind: the master key here is not that of this backup; identity and phone numbers cannot be read. Put the old master.key or JIELI_MASTER_KEY back.',
  ]
}

const secondsSince = (started: number): number => Math.round((performance.now() - started) / 100) / 10

// Tells one master key from another without saying anything else about it.
const markOf = async (config: Config): Promise<string> =>
  (await openKeyRoom(config)).mac('backup', 'master key').toString('hex').slice(0, 32)

const breachesIn = async (ownerUrl: string): Promise<number> => {
  const database = openDatabase(ownerUrl, { size: 2, statementTimeoutMs: 600_000 })
  try {
    return (await runChecks(database)).reduce((sum, { breaches }) => sum + breaches, 0)
  } finally {
    await database.close()
  }
}

const passphraseOf = (file: string | undefined): string | null => {
  if (file === undefined) return null
  const text = statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8').trim() : ''
  if (text.length >= PASSPHRASE_LEAST) return text
  throw new CliRefusal({
    zh: `口令文件 ${file} 不存在,或口令少于 ${PASSPHRASE_LEAST} 个字符。请写入一行足够长的口令。`,
    en: `The passphrase file ${file} is missing, or holds fewer than ${PASSPHRASE_LEAST} characters. Write one line that is long enough.`,
  })
}

const withProgress = async <T>(
  { asJson }: BackupCommand,
  what: { zh: string; en: string },
  print: (line: string) => void,
  work: (onProgress: (done: number, table: string) => void) => Promise<T>,
): Promise<T> => {
  const progress = asJson ? progressLines(() => {}) : process.stdout.isTTY ? showProgress() : progressLines(print)
  try {
    return await work((done, table) => progress.onProgress({ done, zh: `${what.zh} ${table}`, en: `${what.en} ${table}` }))
  } finally {
    progress.end()
  }
}

const summary = ({ tables, madeAt, sealed, product }: Manifest, folder: string, seconds: number, asJson: boolean): string[] => {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  const counts = { folder, product, madeAt, tables: tables.length, rows, bytes, seconds, sealed: sealed !== null }
  if (asJson) return [JSON.stringify(counts)]
  const size = `${(bytes / 1_000_000).toFixed(1)} MB`
  return [
    `${madeAt} 的快照:${tables.length} 张表,${rows} 行,${size},用时 ${seconds} 秒。文件夹 ${folder}`,
    `The state of ${madeAt}: ${tables.length} tables, ${rows} rows, ${size}, in ${seconds} s. Folder ${folder}`,
    '主密钥不在备份里,请另行保管。 The master key is not in the backup; keep it apart.',
  ]
}
