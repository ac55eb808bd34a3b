import { join } from 'node:path'
import {
  areaFile,
  bandFault,
  doubtfulShares,
  halfLevels,
  keysOf,
  type AreaBook,
  type AreaRow,
} from '../../modules/settlement/index.ts'
import type { CheckedLine, Finding } from '../../shapes/rulebook-check.ts'
import { rowWords } from './row-words.ts'
import { parsed, unreadable, yamlBelow, type ReadLines } from './national-lines.ts'

const linesOf = (file: string, book: AreaBook, row: AreaRow): CheckedLine[] =>
  keysOf(row).map((key) => ({
    file,
    key: `${book.area} ${book.insured} · ${key}`,
    from: row.from,
    until: row.until,
    grade: row.grade,
    basis: row.basis,
    said: rowWords(row),
    checkedOn: book.checkedOn,
  }))

const knownGaps = (file: string, { gaps }: AreaBook): Finding[] =>
  gaps.map(({ what, zh, en }) => ({ kind: 'known-gap', weight: 'note', file, key: what, zh, en }))

/** A level of which a bill could not be settled, unless the file says that its sources are silent. */
const halfFindings = (file: string, { rows, gaps }: AreaBook): Finding[] => {
  const isTold = gaps.length > 0
  return halfLevels(rows).map(({ level, lacks }) => ({
    kind: isTold ? 'known-gap' : 'gap',
    weight: isTold ? 'note' : 'fault',
    file,
    key: `${lacks} · level ${level}`,
    zh: `住院 ${level} 有${lacks === 'rate' ? '起付线而没有比例' : '比例而没有起付线'},不能结算。${isTold ? '文件的 gaps 已写明来源有缺。' : '请补上,或在 gaps 中写明来源未载。'}`,
    en: `Stays at ${level} have ${lacks === 'rate' ? 'a deductible but no rate' : 'a rate but no deductible'} and cannot be settled. ${isTold ? 'The file tells under gaps that its source has holes.' : 'Add it, or say under gaps that the source is silent.'}`,
  }))
}

const bandFindings = (file: string, { rows }: AreaBook): Finding[] =>
  rows.filter(bandFault).map((row) => ({
    kind: 'gap',
    weight: 'fault',
    file,
    key: keysOf(row)[0] ?? row.kind,
    zh: '分段不相接:每段须从上一段的终点开始,终点大于起点。',
    en: 'Its bands do not join: each begins where the one before it ends, and ends above its beginning.',
  }))

// A percent has a hundred basis points.
const BP_OF_PERCENT = 100

/** Shares below 1 %: most likely percent that were meant. */
const doubtfulFindings = (file: string, { rows }: AreaBook): Finding[] =>
  rows.flatMap((row) =>
    doubtfulShares(row).map(({ at, valueBp, meantBp }) => ({
      kind: 'doubtful',
      weight: 'note',
      file,
      key: `${keysOf(row)[0] ?? row.kind} · ${at}`,
      zh: `${at} 写作 ${valueBp},即 ${valueBp / BP_OF_PERCENT} %。比例写作万分之一:是不是想写 ${meantBp}(${valueBp} %)?`,
      en: `${at} says ${valueBp}, which is ${valueBp / BP_OF_PERCENT} %. Shares are basis points: did you mean ${meantBp} (${valueBp} %)?`,
    })),
  )

/** The values of the pooling areas below `areas/`, one line for each single condition of each dated row. */
export const areaLines = async (folder: string): Promise<ReadLines> => {
  const findings: Finding[] = []
  const lines: CheckedLine[] = []
  const files = await yamlBelow(join(folder, 'areas'))
  for (const { name, text } of files) {
    const file = `areas/${name}`
    const read = parsed(areaFile, text)
    if ('why' in read) {
      findings.push(unreadable(file, read.why))
      continue
    }
    const book = read.value
    if (file !== `areas/${book.area}/${book.insured}.yaml`) findings.push(unreadable(file, `area ${book.area} / ${book.insured}`))
    lines.push(...book.rows.flatMap((row) => linesOf(file, book, row)))
    findings.push(
      ...bandFindings(file, book),
      ...doubtfulFindings(file, book),
      ...halfFindings(file, book),
      ...knownGaps(file, book),
    )
  }
  return { lines, findings, files: files.length }
}
