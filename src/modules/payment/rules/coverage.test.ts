import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VisitKind } from '../payment.ts'
import { coverageOf } from './coverage.ts'

const at = (code: string, ...care: VisitKind[]) => ({ kind: 'institution' as const, code, care })
const SITES = [
  { id: '1', tier: 'county' },
  { id: '2', tier: 'county' },
  { id: '3', tier: 'county' },
  { id: '4', tier: 'village' },
] as const

test('how far mobile payment reaches, by tier', () => {
  const rows: readonly (readonly [why: string, points: Parameters<typeof coverageOf>[0], open: number, share: number | null])[] =
    [
      ['nowhere', [], 0, 0],
      ['one of three, rounded down to the basis point', [at('1', 'ordinary')], 1, 3_333],
      ['all', [at('1'), at('2'), at('3')], 3, 10_000],
      ['entered twice counts once', [at('1'), at('1')], 1, 3_333],
      ['a place that is no institution of the region counts nowhere', [at('99', 'ordinary')], 0, 0],
      ['a pharmacy is no institution, even under the same code', [{ kind: 'pharmacy', code: '1', care: [] }], 0, 0],
      ['a place of another tier', [at('4', 'ordinary')], 0, 0],
    ]
  for (const [why, points, open, share] of rows) {
    const county = coverageOf(points, SITES).tiers.find(({ tier }) => tier === 'county')
    assert.deepEqual([county?.institutions, county?.open, county?.share], [3, open, share], why)
  }
})

test('a tier without institutions has no share, and each kind of care is counted by itself', () => {
  const { tiers, pharmacies } = coverageOf(
    [at('1', 'ordinary', 'chronic'), at('2', 'ordinary'), { kind: 'pharmacy', code: 'A', care: [] }],
    SITES,
  )
  assert.equal(tiers.find(({ tier }) => tier === 'province')?.share, null)
  assert.deepEqual(tiers.find(({ tier }) => tier === 'county')?.care, [
    { kind: 'ordinary', open: 2 },
    { kind: 'chronic', open: 1 },
    { kind: 'assisted-reproduction', open: 0 },
  ])
  assert.equal(pharmacies, 1)
})
