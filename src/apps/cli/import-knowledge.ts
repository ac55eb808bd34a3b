import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { readTextFile } from '../../platform/text-file.ts'
import { importConditions, importIcd, readIcd, readRegionFile } from '../../modules/navigation/index.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

export type KnowledgeImport = {
  readonly what: 'conditions' | 'icd'
  readonly path: string
  readonly source: string | undefined
  readonly asJson: boolean
}
type BadLine = { readonly line: number; readonly zh: string; readonly en: string }

const BY = 'npx jieli import'
const SHOWN_MOST = 100

/** Loads a region's rows of the catalogue or its ICD-10 table, all or nothing, and prints what came of it. */
export const importKnowledge = async (config: Config, command: KnowledgeImport, print: (line: string) => void): Promise<void> => {
  const text = await textAt(command.path)
  await (command.what === 'icd' ? icd : conditions)(config, command, text, print)
}

/** The text of a file. @throws CliRefusal when there is none, or it is no text */
export const textAt = async (path: string): Promise<string> => {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile())
    throw new CliRefusal({ zh: `找不到文件 ${path}。请核对路径。`, en: `There is no file ${path}. Check the path.` })
  const read = await readTextFile(path)
  if (read) return read.text
  throw new CliRefusal({
    zh: `${path} 不是 UTF-8 或 GB 18030 编码的文本。请另存为 CSV(UTF-8)后重试。`,
    en: `${path} is no text in UTF-8 or GB 18030. Save it as CSV (UTF-8) and try again.`,
  })
}

const icd = async (
  config: Config,
  { path, source, asJson }: KnowledgeImport,
  text: string,
  print: (line: string) => void,
): Promise<void> => {
  const { entries, bad } = readIcd(text)
  mustBeGood(bad, asJson, print)
  const name = source ?? basename(path)
  const done = await withOperatorDatabase(config, (database) =>
    database.transaction((tx) => importIcd(tx, entries, { name, by: BY })),
  )
  if (asJson) return print(JSON.stringify({ event: 'summary', name, ...done }))
  if (done.isSame)
    return print(
      `ICD-10 表与现行版本相同(${done.rows} 条),没有改动。 The ICD-10 table is the one in force (${done.rows} rows); nothing was changed.`,
    )
  print(
    `ICD-10 表“${name}”已生效:共 ${done.rows} 条,新增 ${done.added},修改 ${done.changed},删除 ${done.removed}。 The ICD-10 table “${name}” is in force: ${done.rows} rows, ${done.added} new, ${done.changed} changed, ${done.removed} removed.`,
  )
}

const conditions = async (
  config: Config,
  { path, asJson }: KnowledgeImport,
  text: string,
  print: (line: string) => void,
): Promise<void> => {
  const { patches, bad } = readRegionFile(text, /\.ya?ml$/i.test(path) ? 'yaml' : 'csv')
  mustBeGood(bad, asJson, print)
  const done = await withOperatorDatabase(config, (database) =>
    database.transaction((tx) => importConditions(tx, patches, { by: BY, zone: config.zone })),
  )
  mustBeGood(done.bad, asJson, print)
  if (asJson) return print(JSON.stringify({ event: 'summary', ...done }))
  if (done.isSame)
    return print(
      `病种目录的本地区改动与现行相同(${done.rows} 条),没有改动。 The region’s rows are the ones in force (${done.rows}); nothing was changed.`,
    )
  print(
    `病种目录的本地区改动已生效:文件 ${done.rows} 条;目录新增 ${done.added},修改 ${done.changed},停用 ${done.retired}。 The region’s rows of the catalogue are in force: ${done.rows} in the file; ${done.added} conditions new, ${done.changed} changed, ${done.retired} retired.`,
  )
}

/** Prints every line that cannot be taken and refuses the whole file. */
export const mustBeGood = (bad: readonly BadLine[], asJson: boolean, print: (line: string) => void): void => {
  if (bad.length === 0) return
  for (const line of bad.slice(0, SHOWN_MOST))
    print(
      asJson ? JSON.stringify({ event: 'refused', ...line }) : `第 ${line.line} 行 line ${line.line}: ${line.zh}。 ${line.en}.`,
    )
  throw new CliRefusal({
    zh: `有 ${bad.length} 行不能导入,整个文件没有导入,现有数据不变。请改正后重试。`,
    en: `${bad.length} line(s) cannot be taken; nothing of the file was imported and what stands is unchanged. Correct them and try again.`,
  })
}
