import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { intakeForms, lineFaultWords } from '../../modules/intake/index.ts'
import { findInstitution } from '../../modules/organisations/index.ts'
import type { Config } from '../../platform/config.ts'
import { csvLines } from '../../platform/csv-lines.ts'
import type { House } from '../../platform/house.ts'
import { textOf } from '../../platform/text-file.ts'
import { CliRefusal } from './cli-refusal.ts'
import { askAsSystem, withOperatorHouse } from './operator-house.ts'

/** What `npx jieli import hl7|cda|front-pages` is asked for. */
export type IntakeImport = {
  readonly what: 'hl7' | 'cda' | 'front-pages'
  readonly paths: readonly string[]
  readonly org: string | undefined
  readonly asJson: boolean
}

type KeptPart = { org: string; id: string; isNew: boolean; state: string; fault: string | null }
type Outcome = {
  state: string
  fault: string | null
  place: string | null
  report: {
    lines: number
    fresh: number
    changed: number
    unchanged: number
    refused: { line: number; column: string; fault: string }[]
  } | null
}

const LINES_AT_ONCE = 500

/** Takes files in through the same door as messages over the line: kept first, then taken. Running it again changes nothing. */
export const importIntake = async (
  config: Config,
  { what, paths, org, asJson }: IntakeImport,
  print: (line: string) => void,
): Promise<void> => {
  if (what !== 'hl7' && org === undefined)
    throw new CliRefusal({
      zh: '请用 --org 指明机构编号:文档和病案首页来自哪家机构。',
      en: 'Say with --org which institution the documents or front pages come from.',
    })
  const total = { taken: 0, stuck: 0, known: 0 }
  await withOperatorHouse(config, async (house, database) => {
    if (org !== undefined && !(await findInstitution(database, org as never)))
      throw new CliRefusal({ zh: `没有编号为 ${org} 的机构。`, en: `There is no institution ${org}.` })
    for (const path of paths) {
      const bytes = await readFile(path).catch(() => null)
      if (!bytes)
        throw new CliRefusal({ zh: `找不到文件 ${path}。请核对路径。`, en: `There is no file ${path}. Check the path.` })
      for (const piece of piecesOf(what, bytes))
        await takeIn(house, { what, org, file: basename(path), ...piece }, asJson, total, print)
    }
  })
  print(
    asJson
      ? JSON.stringify({ event: 'summary', files: paths.length, ...total })
      : `入库 ${total.taken},待处理 ${total.stuck},此前已收 ${total.known}。 ${total.taken} taken, ${total.stuck} waiting for somebody, ${total.known} known before.`,
  )
  if (total.stuck > 0) process.exitCode = 1
}

type Piece = { readonly bytes: Buffer; readonly lineOffset: number }

/** A long table goes in pieces with its heading, each committed by itself, so that a load that breaks off is run again. */
const piecesOf = (what: IntakeImport['what'], bytes: Buffer): Piece[] => {
  const text = what === 'front-pages' ? textOf(bytes)?.text : undefined
  if (text === undefined) return [{ bytes, lineOffset: 0 }]
  const { rows } = csvLines(text)
  const [heading, ...lines] = rows
  if (!heading || lines.length <= LINES_AT_ONCE) return [{ bytes, lineOffset: 0 }]
  const written = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  return Array.from({ length: Math.ceil(lines.length / LINES_AT_ONCE) }, (_one, at) => {
    const some = lines.slice(at * LINES_AT_ONCE, (at + 1) * LINES_AT_ONCE)
    return {
      bytes: Buffer.from([heading, ...some].map(({ cells }) => written(cells)).join('\n')),
      lineOffset: at * LINES_AT_ONCE,
    }
  })
}

type Asked = Piece & { readonly what: IntakeImport['what']; readonly org: string | undefined; readonly file: string }

const takeIn = async (
  house: House,
  { what, org, file, bytes, lineOffset }: Asked,
  asJson: boolean,
  total: Record<'taken' | 'stuck' | 'known', number>,
  print: (line: string) => void,
): Promise<void> => {
  const kind = what === 'front-pages' ? 'front-page' : what
  const { messages } = await askAsSystem<{ messages: KeptPart[] }>(house, intakeForms['intake.keep'], {
    kind,
    channel: 'file',
    org: org ?? null,
    base64: bytes.toString('base64'),
  })
  for (const [at, part] of messages.entries()) {
    const outcome: Outcome =
      part.state === 'kept'
        ? await askAsSystem<Outcome>(house, intakeForms['intake.take'], { org: part.org, id: part.id })
        : { ...part, place: null, report: null }
    total[!part.isNew && outcome.state === 'taken' ? 'known' : outcome.state === 'stuck' ? 'stuck' : 'taken']++
    if (outcome.state === 'stuck' || asJson)
      print(
        asJson
          ? JSON.stringify({ event: 'message', file, part: at + 1, ...part, ...outcome })
          : `${file}#${at + 1} [${outcome.fault}] ${outcome.place ?? ''}`,
      )
    for (const { line, column, fault } of outcome.report?.refused ?? []) {
      const { zh, en } = lineFaultWords(fault)
      if (!asJson) print(`${file}:${line + lineOffset} ${column} ${zh} ${en}`)
    }
  }
}
