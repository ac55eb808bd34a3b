import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsFor, coverageOf, rowsFor, stateAt, type Matrix } from './picture.ts'

const kind = (state: Matrix['kinds'][number]['state']) => ({ state, evidence: 'declared' as const, whys: [], missing: [] })
const row = (condition: string, specialty: string, area: number, cells: number[]) => ({
  condition,
  name: { zh: condition, en: condition },
  specialty,
  lowestTier: 'county' as const,
  area,
  cells,
  cases: 0,
  outside: 0,
})
const matrix = {
  kinds: [kind('covered'), kind('thin'), kind('empty'), kind('leaking'), kind('beyond')],
  columns: [
    { key: '1', level: 'county' },
    { key: '2', level: 'township' },
  ],
  rows: [
    row('stroke', '0303', 0, [0, 4]),
    row('epilepsy', '0303', 1, [1, 4]),
    row('migraine', '0303', 2, [2, 4]),
    row('cataract', '1000', 3, [2, 2]),
  ],
} as unknown as Matrix
const keys = (found: readonly { condition: string }[]) => found.map(({ condition }) => condition)

test('rows are found by specialty, by a word, and by a state in the area or in some columns', () => {
  const none = { specialty: '', state: '', text: '' } as const
  assert.deepEqual(keys(rowsFor(matrix, { ...none, specialty: '0303' }, [0, 1])), ['stroke', 'epilepsy', 'migraine'])
  assert.deepEqual(keys(rowsFor(matrix, { ...none, text: ' EPI ' }, [0, 1])), ['epilepsy'])
  assert.deepEqual(keys(rowsFor(matrix, { ...none, state: 'empty' }, [-1])), ['migraine'])
  assert.deepEqual(keys(rowsFor(matrix, { ...none, state: 'empty' }, [1])), ['cataract'])
  assert.deepEqual(keys(rowsFor(matrix, { ...none, state: 'leaking' }, [-1])), ['cataract'])
  assert.equal(stateAt(matrix, matrix.rows[3]!, -1), 'leaking')
})

test('a specialty is covered from half of what is owed, else it shows the commonest gap', () => {
  const rows = matrix.rows.filter(({ specialty }) => specialty === '0303')
  assert.deepEqual(coverageOf(matrix, rows, 0), {
    covered: 1,
    owed: 3,
    state: 'empty',
    counts: { covered: 1, thin: 1, leaking: 0, empty: 1, beyond: 0 },
  })
  assert.equal(coverageOf(matrix, rows.slice(0, 2), 0).state, 'covered')
  assert.equal(coverageOf(matrix, rows, 1).state, 'beyond')
  assert.deepEqual(columnsFor(matrix, 'township'), [1])
})
