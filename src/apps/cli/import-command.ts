import { stat } from 'node:fs/promises'
import type { Config } from '../../platform/config.ts'
import { importFhir } from '../import-fhir.ts'
import { sourceFiles } from '../import-fhir/read-lines.ts'
import type { Count, ImportSummary } from '../import-fhir/tally.ts'
import { progressLines, showProgress } from '../progress.ts'
import { carePlaceOf, demoCarePlace } from './care-place.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

export type ImportCommand = {
  readonly path: string
  readonly source: string | undefined
  readonly clinic: string | undefined
  readonly isForDemoClinic: boolean
  readonly asJson: boolean
}

const SOURCE_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u

/** Loads a file or folder of FHIR R4 and prints how far it is, what became of it and every refused line. */
export const importCommand = async (config: Config, command: ImportCommand, print: (line: string) => void): Promise<void> => {
  const { path, source, clinic, isForDemoClinic, asJson } = command
  if (source !== undefined && !SOURCE_NAME.test(source))
    throw new CliRefusal({
      zh: '--source 应为 1–60 个字母、数字、“-”、“_”或“.”。',
      en: '--source is 1 to 60 letters, digits, “-”, “_” or “.”.',
    })
  await checkPath(path)
  const progress = asJson ? jsonProgress(print) : showProgress()
  try {
    const summary = await withOperatorDatabase(config, async (database) => {
      const place =
        clinic !== undefined ? await carePlaceOf(database, clinic) : isForDemoClinic ? await demoCarePlace(database) : null
      const onProgress = (done: number): void => progress.onProgress({ done, zh: '导入 FHIR', en: 'importing FHIR' })
      return importFhir({ database, path, source: source ?? null, zone: config.zone, place, onProgress })
    })
    progress.end()
    for (const line of asJson ? jsonReport(summary) : report(summary)) print(line)
  } finally {
    progress.end()
  }
}

const checkPath = async (path: string): Promise<void> => {
  const found = await stat(path).catch(() => null)
  if (!found)
    throw new CliRefusal({
      zh: `找不到文件或文件夹 ${path}。请核对路径。`,
      en: `There is no file or folder ${path}. Check the path.`,
    })
  if ((await sourceFiles(path)).length > 0) return
  throw new CliRefusal({
    zh: `${path} 中没有可导入的文件(.ndjson、.ndjson.gz、.json、.json.gz)。`,
    en: `${path} holds nothing to import (.ndjson, .ndjson.gz, .json, .json.gz).`,
  })
}

const jsonProgress = (print: (line: string) => void) => {
  const lines = progressLines(() => {})
  let shown = -1
  return {
    onProgress: ({ done }: { done: number; zh: string; en: string }): void => {
      const percent = Math.floor(done * 100)
      if (percent <= shown) return
      shown = percent
      print(JSON.stringify({ event: 'progress', percent }))
    },
    end: lines.end,
  }
}

const jsonReport = ({ refused, ...summary }: ImportSummary): string[] => [
  ...refused.map((line) => JSON.stringify({ event: 'refused', ...line })),
  JSON.stringify({ event: 'summary', ...summary }),
]

const HEADS = ['读入 read', '新增 new', '更新 changed', '未变 unchanged', '拒绝 refused'] as const

/** Chinese characters take two columns of a terminal. */
const columnsOf = (text: string): number => [...text].reduce((sum, sign) => sum + (/\p{Script=Han}/u.test(sign) ? 2 : 1), 0)
const cell = (text: string, width: number): string => ' '.repeat(Math.max(0, width - columnsOf(text))) + text

const report = ({ counts, total, refused, files, milliseconds }: ImportSummary): string[] => {
  const rows: [string, Count][] = [...Object.entries(counts), ['合计 total', total]]
  const width = Math.max(...rows.map(([type]) => columnsOf(type)))
  const line = (type: string, cells: readonly string[]): string =>
    type + ' '.repeat(width - columnsOf(type)) + cells.map((text) => cell(text, 16)).join('')
  const table = rows.map(([type, count]) =>
    line(type, [count.read, count.new, count.changed, count.unchanged, count.refused].map(String)),
  )
  const reasons = refused.map(
    ({ file, line: at, entry, code, zh, en }) => `${file}:${at}${entry ? `#${entry}` : ''} [${code}] ${zh} ${en}`,
  )
  const seconds = (milliseconds / 1000).toFixed(1)
  const end = `${files} 个文件,${seconds} 秒;拒绝 ${total.refused} 行。 ${files} file(s), ${seconds} s; ${total.refused} line(s) refused.`
  return [line('', HEADS), ...table, ...(reasons.length > 0 ? ['', '未导入 Refused:', ...reasons] : []), '', end]
}
