import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fundForms } from '../../modules/fund/index.ts'
import { partsOfTable } from '../../modules/fund/contract.ts'
import type { Config } from '../../platform/config.ts'
import type { House } from '../../platform/house.ts'
import { textOf } from '../../platform/text-file.ts'
import { CliRefusal } from './cli-refusal.ts'
import { askAsSystem, withOperatorHouse } from './operator-house.ts'

/** What `npx jieli import discharges` is asked for. */
export type DischargeImport = { readonly paths: readonly string[]; readonly goodRows: boolean; readonly asJson: boolean }

type Fault = { readonly line: number; readonly column: string; readonly zh: string; readonly en: string }
type Answer = { readonly taken: number; readonly known: number; readonly bad: number; readonly faults: readonly Fault[] }
type Print = (line: string) => void

const importPart = (house: House, input: object): Promise<Answer> =>
  askAsSystem(house, fundForms['fund.import-discharges'], { goodRows: false, dryRun: false, ...input })

const tableOf = async (path: string): Promise<string> => {
  const bytes = await readFile(path).catch(() => null)
  if (!bytes) throw new CliRefusal({ zh: `找不到文件 ${path}。请核对路径。`, en: `There is no file ${path}. Check the path.` })
  const text = textOf(bytes)?.text
  if (text === undefined)
    throw new CliRefusal({
      zh: `${path} 不是文本表格。请另存为 CSV(UTF-8 或 GBK)。`,
      en: `${path} is no table in text. Save it as CSV (UTF-8 or GBK).`,
    })
  return text
}

/** Tries every part of a file first, so that nothing is taken of a file with a bad row unless only the good rows are wanted. */
const importFile = async (house: House, path: string, { goodRows, asJson }: DischargeImport, print: Print): Promise<Answer> => {
  const parts = partsOfTable(await tableOf(path))
  const total = { taken: 0, known: 0, bad: 0 }
  for (const part of parts) {
    const { taken, known, bad, faults } = await importPart(house, { ...part, dryRun: true })
    total.taken += taken
    total.known += known
    total.bad += bad
    for (const { line, column, zh, en } of faults)
      print(asJson ? JSON.stringify({ event: 'bad-row', file: basename(path), line, column, zh, en }) : `${basename(path)}:${line} ${zh} ${en}`)
  }
  if (total.bad > 0 && !goodRows) return { ...total, taken: 0, faults: [] }
  for (const part of parts) await importPart(house, { ...part, goodRows })
  return { ...total, faults: [] }
} // prettier-ignore

/** Sends tables of discharges for payment by disease. Running it again changes nothing. */
export const importDischarges = async (config: Config, wish: DischargeImport, print: Print): Promise<void> => {
  const total = { files: wish.paths.length, taken: 0, known: 0, bad: 0 }
  await withOperatorHouse(config, async (house) => {
    for (const path of wish.paths) {
      const { taken, known, bad } = await importFile(house, path, wish, print)
      total.taken += taken
      total.known += known
      total.bad += bad
    }
  })
  print(
    wish.asJson
      ? JSON.stringify({ event: 'summary', ...total })
      : `收下 ${total.taken},此前已收 ${total.known},有错 ${total.bad} 行。 ${total.taken} taken, ${total.known} known before, ${total.bad} rows bad.`,
  )
  if (total.bad > 0 && !wish.goodRows)
    throw new CliRefusal({
      zh: '有错行,所在的文件一行没有收下。请改正后重新导入,或加 --good-rows 只收没有错的行。',
      en: 'Of a file with bad rows nothing was taken. Correct them and import it again, or take the good rows alone with --good-rows.',
    })
}
