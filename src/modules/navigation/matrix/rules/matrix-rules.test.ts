import assert from 'node:assert/strict'
import test from 'node:test'
import type { Cell, CellState } from '../matrix.ts'
import { conditionOfCode } from './condition-of-code.ts'
import { judgeCell, type CellFacts } from './judge-cell.ts'
import { judgeArea, judgeLevel } from './judge-group.ts'
import { rankOfTitle } from './rank-of-title.ts'

const limits = { doctorsLeast: 2, casesShown: 6, leakShare: 2_000 }
const good: CellFacts = {
  offers: true,
  declared: 'full',
  isTagged: false,
  cases: 0,
  doctors: 3,
  rankSuffices: true,
  units: 5,
  lacks: [],
  specialty: '0304',
  sentOutside: null,
}
const judged = (facts: Partial<CellFacts>): string => {
  const { state, evidence, whys, missing } = judgeCell({ ...good, ...facts }, limits)
  return [state, evidence, whys.join('+'), missing.join('+')].join(' ').trim()
}

test('a cell is judged by what is known of the place', () => {
  const table: readonly [why: string, facts: Partial<CellFacts>, expected: string][] = [
    ['declared, with doctors, things and units', {}, 'covered declared'],
    ['nothing declared but a tagged specialty', { declared: null, isTagged: true }, 'covered declared'],
    [
      'a tag is of no use without the specialty',
      { declared: null, isTagged: true, offers: false },
      'empty nothing no-specialty doctor:0304',
    ],
    ['nothing declared, as many cases as show it', { declared: null, cases: 6 }, 'covered shown'],
    ['one case too few shows nothing', { declared: null, cases: 5 }, 'thin derived only-derived'],
    ['it treated cases without entering the specialty', { declared: null, offers: false, cases: 6 }, 'covered shown'],
    ['it says that it does not treat this, though it could', { declared: 'none' }, 'empty declared declared-none'],
    ['a thing is missing', { lacks: ['ct'] }, 'empty declared lacks-things ct'],
    ['nobody works there who could', { doctors: 0, rankSuffices: false }, 'empty declared no-doctor doctor:0304'],
    ['one doctor', { doctors: 1 }, 'thin declared one-doctor doctor:0304'],
    ['no staff is entered: not known is not missing', { doctors: null, rankSuffices: false }, 'covered declared'],
    ['nobody of the rank', { rankSuffices: false }, 'thin declared rank-low doctor:0304'],
    ['nothing free', { units: 0 }, 'thin declared no-unit'],
    ['it gives out no numbers here', { units: null }, 'covered declared'],
    ['in part', { declared: 'limited' }, 'thin declared limited'],
    ['a fifth goes away', { sentOutside: 2_000 }, 'leaking declared leaks'],
    ['just less than a fifth', { sentOutside: 1_999 }, 'covered declared'],
    ['whoever cannot treat is empty, not leaking', { lacks: ['ct'], sentOutside: 10_000 }, 'empty declared lacks-things ct'],
    ['a thin one that leaks says both', { units: 0, sentOutside: 5_000 }, 'leaking declared leaks+no-unit'],
  ]
  for (const [why, facts, expected] of table) assert.equal(judged(facts), expected, why)
})

const cell = (state: CellState, missing: string[] = []): Cell => ({
  state,
  evidence: 'derived',
  whys: state === 'empty' ? ['lacks-things'] : [],
  missing,
})
const cells = (...list: CellState[]): Cell[] => list.map((state) => cell(state))

test('an area is covered by one good place, and leaks only where a place of it stands high enough to treat', () => {
  const of = (list: Cell[], outside: number | null): CellState => judgeArea(list, outside, 2_000).state
  assert.equal(of(cells('beyond', 'empty', 'covered'), null), 'covered')
  assert.equal(of(cells('beyond', 'empty', 'thin'), 1_999), 'thin')
  assert.equal(of(cells('beyond', 'empty'), null), 'empty')
  assert.equal(of(cells('beyond', 'covered'), 2_000), 'leaking')
  assert.equal(of(cells('beyond', 'beyond'), 10_000), 'beyond', 'what belongs to a higher tier rightly goes there')
  assert.deepEqual(judgeArea([cell('empty', ['ct']), cell('empty', ['ct', 'mri'])], null, 2_000).missing, ['ct', 'mri'])
})

test('a level is covered when half of its places are', () => {
  const of = (...list: CellState[]): string => {
    const { state, whys } = judgeLevel(cells(...list), 5_000, 10_000)
    return `${state} ${whys.includes('few-places') ? 'few' : ''}`.trim()
  }
  assert.equal(of('covered', 'empty'), 'covered')
  assert.equal(of('covered', 'empty', 'empty'), 'thin few')
  assert.equal(of('covered', 'thin', 'empty'), 'thin')
  assert.equal(of('leaking', 'leaking', 'covered'), 'leaking')
  assert.equal(of('empty', 'empty', 'beyond'), 'empty')
  assert.equal(of('beyond'), 'beyond')
})

test('a diagnosis belongs to the condition that describes it most narrowly', () => {
  const of = conditionOfCode([
    { key: 'any-heart', icd10: ['I00-I99'] },
    { key: 'chd', icd10: ['I20', 'I25'] },
    { key: 'unstable-angina', icd10: ['I20.0'] },
    { key: 'stroke', icd10: ['I60-I64'] },
  ])
  const table = [
    ['I20.0', 'unstable-angina'],
    ['I20.9', 'chd'],
    ['i25', 'chd'],
    ['I63.900', 'stroke'],
    ['I64', 'stroke'],
    ['I99.8', 'any-heart'],
    ['E11.9', null],
  ] as const
  for (const [code, expected] of table) assert.equal(of(code), expected, code)
})

test('titles stand in their order', () => {
  const titles = ['乡村医生', '主治医师', '副主任医师', '主任医师']
  assert.deepEqual(titles.map(rankOfTitle), [0, 1, 2, 3])
  assert.equal(rankOfTitle('全科副主任医师'), 2)
})
