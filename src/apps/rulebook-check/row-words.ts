import type { Words } from '../../kernel/words.ts'
import type { AreaRow } from '../../modules/settlement/index.ts'

// A yuan has a hundred fen, a percent a hundred basis points.
const FEN_OF_YUAN = 100
const BP_OF_PERCENT = 100

/** What every row has besides its value. */
const AROUND: ReadonlySet<string> = new Set([
  'kind',
  'when',
  'from',
  'until',
  'basis',
  'source',
  'grade',
  'layer',
  'service',
  'bands',
])

/** Amounts of a row as a person names them; one that is not here is told by its field. */
const NAMES: Readonly<Record<string, Words>> = {
  amountFen: { zh: '', en: '' },
  deductibleFen: { zh: '起付', en: 'deductible' },
  capFen: { zh: '封顶', en: 'cap' },
  mostFen: { zh: '最高', en: 'at most' },
  stepFen: { zh: '每次少', en: 'less each time' },
  floorFen: { zh: '不低于', en: 'not below' },
  sharesBp: { zh: '各次', en: 'stay by stay' },
  amountsFen: { zh: '各次', en: 'stay by stay' },
  ofTotalBp: { zh: '总费用的', en: 'of the total' },
  rateBp: { zh: '比例', en: 'rate' },
  pointsBp: { zh: '降低', en: 'less' },
  fundFen: { zh: '其中基金', en: 'of it the fund' },
}

const plain = (name: string, value: unknown, of: 'zh' | 'en'): string => {
  if (Array.isArray(value)) return value.map((one) => plain(name, one, of)).join(of === 'zh' ? '、' : ', ')
  if (typeof value !== 'number') return String(value)
  if (name.endsWith('Fen')) return `${value / FEN_OF_YUAN} ${of === 'zh' ? '元' : 'yuan'}`
  return name.endsWith('Bp') ? `${value / BP_OF_PERCENT} %` : String(value)
}

const bandsIn = (row: AreaRow, of: 'zh' | 'en'): string[] => {
  if (row.kind !== 'rate' && row.kind !== 'layer') return []
  return row.bands.map(({ overFen, upToFen, rateBp }) => {
    const rate = `${rateBp / BP_OF_PERCENT} %`
    if (overFen === 0 && upToFen === null) return rate
    const from = overFen / FEN_OF_YUAN
    if (upToFen === null) return of === 'zh' ? `${from} 元以上 ${rate}` : `above ${from} yuan ${rate}`
    return `${from}–${upToFen / FEN_OF_YUAN} ${of === 'zh' ? '元' : 'yuan'} ${rate}`
  })
}

const wordsIn = (row: AreaRow, of: 'zh' | 'en'): string => {
  const told = Object.entries(row).filter(([name, value]) => !AROUND.has(name) && value !== null && value !== undefined)
  const amounts = told.map(([name, value]) => `${NAMES[name]?.[of] ?? name} ${plain(name, value, of)}`.trim())
  return [...bandsIn(row, of), ...amounts].join(of === 'zh' ? ',' : ', ')
}

/** What a row says, in yuan and percent. */
export const rowWords = (row: AreaRow): Words => ({ zh: wordsIn(row, 'zh'), en: wordsIn(row, 'en') })
