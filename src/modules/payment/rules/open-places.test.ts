import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPlaces, type OpenPlace } from './open-places.ts'

const place = (code: string, zh: string, more: Partial<OpenPlace> = {}): OpenPlace => ({ code, kind: 'institution', zh, en: null, county: '甲县', care: ['ordinary'], ...more }) // prettier-ignore
const PLACES = [
  place('3', 'C 医院', { county: '乙县', care: ['ordinary', 'chronic'] }),
  place('1', 'A 医院', { en: 'Hospital A' }),
  place('2', 'B 医院', { care: [] }),
  place('1', 'D 药店', { kind: 'pharmacy', county: null, care: [] }),
]

test('places that fit what is looked for, by name', () => {
  const rows: readonly (readonly [why: string, wish: Parameters<typeof openPlaces>[1], names: string])[] = [
    ['all of them', {}, 'ABCD'],
    ['a kind', { kind: 'pharmacy' }, 'D'],
    ['a kind of care', { care: 'chronic' }, 'C'],
    ['a name', { text: 'b 医' }, 'B'],
    ['an English name', { text: 'hospital' }, 'A'],
    ['a county', { text: '乙县' }, 'C'],
    ['both must fit', { text: '乙县', kind: 'pharmacy' }, ''],
    ['blanks are no text', { text: '  ' }, 'ABCD'],
  ]
  for (const [why, wish, names] of rows) {
    const { places, all } = openPlaces(PLACES, wish, { after: null, limit: 10 })
    assert.equal(places.map(({ zh }) => zh[0]).join(''), names, why)
    assert.equal(all, names.length, why)
  }
})

test('page by page each place comes once, also where an institution and a pharmacy have the same code', () => {
  const seen: string[] = []
  let after: string | null = null
  do {
    const { places, next } = openPlaces([...PLACES, ...PLACES], {}, { after, limit: 1 })
    seen.push(...places.map(({ zh }) => zh[0] as string))
    after = next
  } while (after !== null)
  assert.equal(seen.join(''), 'ABCD')
})
