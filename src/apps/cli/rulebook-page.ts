import type { Words } from '../../kernel/words.ts'
import { FINDING_KINDS, type Finding, type FindingKind } from '../../shapes/rulebook-check.ts'
import type { RulebookCheck } from '../rulebook-check/check.ts'
import { placeOf } from '../rulebook-check/places.ts'

const HEADINGS: Readonly<Record<FindingKind, Words>> = {
  unreadable: { zh: '读不懂', en: 'unreadable' },
  gap: { zh: '缺口', en: 'gap' },
  overlap: { zh: '重叠', en: 'overlap' },
  unsourced: { zh: '无来源', en: 'unsourced' },
  ended: { zh: '已到期', en: 'ended' },
  stale: { zh: '久未核对', en: 'stale' },
  disputed: { zh: '来源矛盾', en: 'disputed' },
  doubtful: { zh: '存疑', en: 'doubtful' },
  'known-gap': { zh: '已知缺口', en: 'known gap' },
}

// A Chinese character takes two columns of a terminal.
const WIDE = /[\u3000-\u9fff\uff00-\uffef]/g
const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0)
const left = (text: string, width: number): string => text + ' '.repeat(Math.max(width - widthOf(text), 0))
const right = (text: string, width: number): string => ' '.repeat(Math.max(width - widthOf(text), 0)) + text

/** Counts first: a line for each area or module, a column for each kind that was found. */
const tableOf = ({ places, findings }: RulebookCheck): string[] => {
  const kinds = FINDING_KINDS.filter((kind) => findings.some((one) => one.kind === kind))
  if (kinds.length === 0) return []
  const total = kinds.map((kind) => [kind, findings.filter((one) => one.kind === kind).length] as const)
  const first = Math.max(...places.map(({ place }) => place.length), widthOf('合计 in all')) + '✖ '.length
  const widths = kinds.map((kind) => Math.max(widthOf(HEADINGS[kind].zh), HEADINGS[kind].en.length) + '  '.length)
  const line = (name: string, cells: readonly string[]): string =>
    `${left(name, first)}${cells.map((cell, at) => right(cell, widths[at] ?? 0)).join('')}`
  return [
    line('', kinds.map((kind) => HEADINGS[kind].zh)), // prettier-ignore
    line('', kinds.map((kind) => HEADINGS[kind].en)), // prettier-ignore
    ...places.map(({ place, counts, faults }) => line(`${faults > 0 ? '✖' : ' '} ${place}`, kinds.map((kind) => `${counts[kind] ?? '·'}`))), // prettier-ignore
    line('  合计 in all', total.map(([, count]) => `${count}`)), // prettier-ignore
  ]
}

/** Findings that say the same are said once, with the values that they are said of. */
const saidOnce = (findings: readonly Finding[]): string[] =>
  [...Map.groupBy(findings, ({ weight, file, zh, en }) => [weight, file, zh, en].join('\n')).values()].flatMap((alike) => {
    const [one] = alike
    if (one === undefined) return []
    return [`  ${one.weight === 'fault' ? '✖' : '·'} ${one.file}`, ...alike.map(({ key }) => `      ${key}`), `    ${one.zh}`, `    ${one.en}`] // prettier-ignore
  })

const detailsOf = (findings: readonly Finding[]): string[] =>
  FINDING_KINDS.flatMap((kind) => {
    const of = findings.filter((one) => one.kind === kind)
    return of.length === 0 ? [] : ['', `${HEADINGS[kind].zh} ${HEADINGS[kind].en}: ${of.length}`, ...saidOnce(of)]
  })

/**
 * What a check found, for people: counts by area and kind, then what has to be corrected, in full. What is only worth knowing is told
 * in full of the area that was asked for; of a whole rulebook it would be a thousand lines.
 */
export const rulebookPage = (check: RulebookCheck, isOfArea: boolean): string[] => {
  const { files, values, grades, faults, findings } = check
  const counted = Object.entries(grades).map(([grade, count]) => `${grade} ${count}`)
  const table = tableOf(check)
  const told = isOfArea ? findings : findings.filter(({ weight }) => weight === 'fault')
  const [some] = findings.filter((one) => !told.includes(one))
  return [
    `${files} 个文件,${values} 个值(${counted.join(',')})。 ${files} files, ${values} values (${counted.join(', ')}).`,
    ...(table.length === 0 ? [] : ['', ...table]),
    ...detailsOf(told),
    '',
    ...(some === undefined ? [] : [`逐条内容 Each of them: npx jieli rulebook check --area ${placeOf(some.file)},或 or --json`]),
    faults === 0 ? '✔ 没有必须改正之处。 Nothing has to be corrected.' : `✖ ${faults} 处必须改正。 ${faults} to be corrected.`,
  ]
}
