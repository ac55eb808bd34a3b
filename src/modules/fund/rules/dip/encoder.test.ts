import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf, encode, type Discharge } from './catalogue.ts'
import { openEncoder } from './encoder.ts'

const TERMS = { yearWeights: [1, 2, 7], casesMin: 15, trim: { lowest: 250, highest: 9_750, casesMin: 40 }, base: 1_000 }
const stay = (at: number): Discharge => ({
  diagnosis: at % 3 === 0 ? 'K35.900' : `J1${at % 9}.${at % 7}01`,
  procedures: at % 3 === 0 ? ['47.0100'] : [],
  treatment: at % 3 === 0 ? 'surgical' : 'conservative',
  year: at % 3,
  costFen: 100_000 + at * 37,
})

test('discharges taken one after another give the catalogue that they give together', () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => stay(at))
  const encoder = openEncoder(3)
  for (const [at, row] of rows.entries()) encoder.add({ ...row, zh: `病 ${row.diagnosis}`, level: at % 2 === 0 ? 3 : 2 })
  const named = encoder.done()
  assert.deepEqual(catalogueOf(named, TERMS), catalogueOf(encode(rows), TERMS))
  assert.equal(named.names.get('K35.9:47.0100'), '病 K35.900')
  assert.deepEqual(named.levels.map(({ level, cases }) => [level, cases]), [[3, [500, 500, 500]], [2, [500, 500, 500]]]) // prettier-ignore
})
