import { WORK_KINDS } from '../../../../src/modules/fund/fund.ts'
import type { Commands } from '../../../api/api-types.ts'
import { hundredthsOf } from '../../typed-hundredths.ts'

export type TypedWorker = Commands['fund.propose-points']['input']['workers'][number]
type Pool = TypedWorker['pool']
export type Kind = keyof TypedWorker['points']
/** What points are given for, in the order of the columns. */
export const KINDS: readonly Kind[] = WORK_KINDS

/** Only these may lie below zero. */
const MERIT: readonly Kind[] = ['quality', 'satisfaction', 'outreach', 'dispute']
const POOL_WORDS: Readonly<Record<string, Pool>> = {
  医技: 'doctors',
  医: 'doctors',
  doctors: 'doctors',
  护理: 'nursing',
  nursing: 'nursing',
  药剂: 'pharmacy',
  pharmacy: 'pharmacy',
  行政后勤: 'administration',
  administration: 'administration',
}
const DIGITS = 6
const BEFORE_KINDS = 2
const LABEL_MOST = 40
/** As many lines as the form takes. @source fund.propose-points */
export const LINES_MOST = 1_000

/** A line that is not right: its number, and whether its label, group, points or number of columns is wrong, or it stands there twice. */
export type WrongLine = { readonly line: number; readonly why: 'label' | 'pool' | 'points' | 'columns' | 'twice' }

const pointsOf = (kind: Kind, text: string): number | null => {
  if (text === '') return 0
  const plain = text.replace('−', '-')
  const size = hundredthsOf(plain.replace(/^-/, ''), DIGITS)
  if (size === null || !plain.startsWith('-')) return size
  return MERIT.includes(kind) ? 0 - size : null
}

const workerOf = (cells: readonly string[]): TypedWorker | WrongLine['why'] => {
  const [label = '', group = '', ...counts] = cells
  if (counts.length > KINDS.length || cells.length <= BEFORE_KINDS) return 'columns'
  if (label === '' || label.length > LABEL_MOST) return 'label'
  const pool = POOL_WORDS[group.replaceAll(/[()\s]/g, '').toLowerCase()]
  if (pool === undefined) return 'pool'
  const points = KINDS.map((kind, at) => [kind, pointsOf(kind, counts[at] ?? '')] as const)
  if (points.some(([, count]) => count === null)) return 'points'
  return { label, pool, points: Object.fromEntries(points.filter(([, count]) => count !== 0)) }
}

/** Lines as they come out of a spreadsheet or are typed with commas: a staff number or post, the group, then points by kind; empty is none. */
export const readPoints = (
  text: string,
): { readonly workers: readonly TypedWorker[] } | { readonly wrong: readonly WrongLine[] } => {
  const workers: TypedWorker[] = []
  const wrong: WrongLine[] = []
  for (const [at, line] of text.normalize('NFKC').split('\n').entries()) {
    if (line.trim() === '') continue
    const cells = line.split(line.includes('\t') ? '\t' : /[,、]/).map((cell) => cell.trim())
    const read = workerOf(cells)
    if (typeof read === 'string') wrong.push({ line: at + 1, why: read })
    else if (workers.some(({ label }) => label === read.label)) wrong.push({ line: at + 1, why: 'twice' })
    else workers.push(read)
  }
  return wrong.length > 0 ? { wrong } : { workers }
}
