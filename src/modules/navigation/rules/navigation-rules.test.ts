import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { heightOf, TIERS } from '../../organisations/index.ts'
import type { Condition } from '../navigation.ts'
import { conditionsLike, coversIcd } from './conditions-like.ts'
import { distanceKm } from './distance.ts'
import { rankPlaces, type Candidate, type Weights } from './rank-places.ts'
import { nearMissOf, reasonsOf, writtenTime, type Told } from './reasons.ts'

const now = '2026-11-22T00:00:00.000Z' as Instant
const tomorrow = '2026-11-23T00:00:00.000Z' as Instant
const dayAfter = '2026-11-24T00:00:00.000Z' as Instant
const weights: Weights = {
  'tier-step': 10, 'other-consortium': 40, 'own-lead': 15, 'no-free-unit': 60, 'wait-day': 2, kilometre: 1, 'key-tag': 9, 'advantage-tag': 6, 'feature-tag': 3,
} // prettier-ignore
const place = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  id: id as OrgId, tier: 'county', tag: null, isOwnConsortium: true, isOwnLead: false, distanceKm: 10, free: { units: 3, reserved: 1, firstAt: tomorrow }, ...change,
}) // prettier-ignore
const order = (places: Candidate[], lowestTier: Candidate['tier'] = 'county'): string[] =>
  rankPlaces(places, { lowestTier, now, weights }).map((one) => one.place.id)

test('of two places that differ in one thing, the fitter one comes first', () => {
  const rows: [Partial<Candidate>, Partial<Candidate>, string][] = [
    [{ tier: 'county' }, { tier: 'city' }, 'the lowest tier that may treat it'],
    [{ isOwnConsortium: true }, { isOwnConsortium: false }, 'one’s own consortium'],
    [{ isOwnLead: true }, {}, 'the hospital that leads it: it receives those who are referred up'],
    [{ tag: 'key', isOwnLead: true, distanceKm: 20 }, { tag: 'key', distanceKm: 10 }, 'the lead, also a little farther'],
    [{}, { free: null }, 'a unit that is really free'],
    [{}, { free: { units: 9, reserved: 9, firstAt: dayAfter } }, 'the earlier unit, however many the later one has'],
    [{ tag: 'feature' }, { tag: null }, '特色 before none'],
    [{ tag: 'advantage' }, { tag: 'feature' }, '优势 before 特色'],
    [{ tag: 'key' }, { tag: 'advantage' }, '重点 before 优势'],
    [{ distanceKm: 9.9 }, { distanceKm: 10 }, 'the nearer one'],
    [
      { isOwnConsortium: true, distanceKm: 49 },
      { isOwnConsortium: false, distanceKm: 10 },
      'one’s own, as long as it is not more than the weight farther',
    ],
    [{ isOwnConsortium: false, distanceKm: 10 }, { isOwnConsortium: true, distanceKm: 51 }, 'and the other beyond it'],
  ]
  for (const [better, worse, why] of rows) assert.deepEqual(order([place('1', worse), place('2', better)]), ['2', '1'], why)
})

test('a place below the lowest tier is never offered; points say what the weights come to', () => {
  assert.deepEqual(
    order([place('1', { tier: 'township', distanceKm: 0 }), place('2', { tier: 'regional-centre' }), place('3')]),
    ['3'],
  )
  const [first] = rankPlaces([place('1', { tier: 'city', tag: 'key', isOwnConsortium: false })], {
    lowestTier: 'county',
    now,
    weights,
  })
  assert.deepEqual([first?.position, first?.points], [1, 10 + 40 + 2 + 10 - 9])
})

test('the order does not depend on the order of the input, and leaves out only what is too low', () => {
  const candidate = fc.record({
    id: fc.bigInt({ min: 1n, max: 99n }).map((id) => `${id}` as OrgId), tier: fc.constantFrom(...TIERS), tag: fc.constantFrom('key', 'advantage', 'feature', null),
    isOwnConsortium: fc.boolean(), isOwnLead: fc.boolean(), distanceKm: fc.double({ min: 0, max: 500, noNaN: true }),
    free: fc.option(fc.record({ units: fc.nat(9), reserved: fc.nat(3), firstAt: fc.constantFrom(now, tomorrow, dayAfter) })),
  }) // prettier-ignore
  const list = fc.uniqueArray(candidate, { selector: (one) => one.id })
  fc.assert(fc.property(list, fc.constantFrom(...TIERS), (places, lowest) => {
    const ranked = order(places as Candidate[], lowest)
    assert.deepEqual(ranked, order(places.toReversed() as Candidate[], lowest))
    assert.equal(ranked.length, places.filter((one) => heightOf(one.tier) >= heightOf(lowest)).length)
  })) // prettier-ignore
})

const told: Told = {
  lowestTier: 'county', specialty: { zh: '心血管内科', en: 'Cardiology' }, consortium: { zh: '演示医共体', en: 'Demo consortium' }, horizonDays: 7, zone: 'Asia/Shanghai', channel: 'referral',
} // prettier-ignore

test('every place says why it stands where it stands, with the values', () => {
  const said = (change: Partial<Candidate>, how: Partial<Told> = {}): string[] =>
    reasonsOf(place('1', change), { ...told, ...how }).map(({ zh }) => zh)
  assert.deepEqual(said({ tag: 'key', distanceKm: 12.34 }), [
    '县级:可诊治本病种的最低层级', '心血管内科是该机构的重点专科', '与居住地同属“演示医共体”', '直线距离 12.3 公里', '最早 11月23日 08:00,7 天内可约 3 个', '其中基层转诊预留 1 个',
  ]) // prettier-ignore
  assert.deepEqual(said({ tier: 'city', isOwnConsortium: false, free: null }, { channel: 'direct' }), [
    '市级:本病种自县级起可诊治', '不在居住地的医联体“演示医共体”内', '直线距离 10.0 公里', '7 天内没有可约号源',
  ]) // prettier-ignore
  assert.deepEqual(said({}, { channel: 'direct', consortium: null, lowestTier: null }), [
    '县级',
    '直线距离 10.0 公里',
    '最早 11月23日 08:00,7 天内可约 3 个',
  ])
  const all = reasonsOf(place('1', { tag: 'key' }), told)
  assert.ok(
    all.every(({ en }) => /^[\x20-\x7e“”]+$/.test(en)),
    'the English sentences hold no Chinese',
  )
  assert.deepEqual(writtenTime('2026-12-31T16:05:00.000Z' as Instant, 'Asia/Shanghai'), { zh: '1月1日 00:05', en: '1 Jan 00:05' })
})

test('a usual place that is not offered says why', () => {
  const why = (tier: Candidate['tier'], offers: boolean, lowestTier: Told['lowestTier'] = 'county') =>
    nearMissOf({ tier }, { ...told, lowestTier }, offers)?.zh ?? null
  assert.equal(why('township', true), '乡镇级不在本病种诊治范围(最低县级)')
  assert.equal(why('regional-centre', true), '区域性医疗卫生中心不在本病种诊治范围(最低县级)')
  assert.equal(why('county', false), '未开设心血管内科')
  assert.equal(why('county', true), null)
  assert.equal(why('village', true, null), null)
})

test('the straight line between two cities of Hunan', () => {
  const changsha = { longitude: 112.9388, latitude: 28.2282 }
  const xiangtan = { longitude: 112.9441, latitude: 27.8297 }
  assert.equal(distanceKm(changsha, changsha), 0)
  // 0.3985° of latitude at 111.195 km a degree is 44.31 km; the 0.53 km to the east do not show.
  assert.equal(distanceKm(changsha, xiangtan).toFixed(1), '44.3')
})

test('conditions are found by name, alias, pinyin, initials and ICD-10', () => {
  const condition = (key: string, zh: string, en: string, aliases: string[], pinyin: string, icd10: string[]): Condition => ({
    key, name: { zh, en }, aliases, pinyin, icd10, specialty: '0304', also: [], lowestTier: 'county', urgency: 'routine', sex: null, age: null, source: 'editorial',
  }) // prettier-ignore
  const catalogue = [
    condition(
      'chd',
      '冠心病',
      'Coronary heart disease',
      ['冠状动脉粥样硬化性心脏病', '心绞痛'],
      'guanxinbing gxb xinjiaotong xjt',
      ['I20-I25'],
    ),
    condition('htn', '高血压', 'Hypertension', ['血压高'], 'gaoxueya gxy xueyagao xyg', ['I10-I15']),
    condition('t2dm', '2型糖尿病', 'Type 2 diabetes', ['糖尿病'], '2xingtangniaobing 2xtnb tangniaobing tnb', ['E11']),
  ]
  const rows: [string, string[]][] = [
    ['', ['chd', 'htn', 't2dm']], ['高血压', ['htn']], ['血压', ['htn']], ['心绞痛', ['chd']], ['gx', ['chd', 'htn']], ['tnb', ['t2dm']], ['Gao Xue', ['htn']],
    ['I', ['chd', 'htn']], ['I1', ['htn']], ['i25.1', ['chd']], ['I26', []], ['E11.9', ['t2dm']], ['E1', ['t2dm']], ['E12', []], ['heart', ['chd']], ['糖尿病', ['t2dm']], ['肺炎', []],
  ] // prettier-ignore
  for (const [text, expected] of rows)
    assert.deepEqual(
      conditionsLike(catalogue, text, 20)
        .map(({ key }) => key)
        .toSorted(),
      expected,
      text,
    )
  const icd: [string, string, boolean][] = [
    ['I10-I15', 'I15.9', true],
    ['I10-I15', 'I16', false],
    ['I10-I15', 'I09', false],
    ['J12-J18', 'J', true],
    ['C00–C97', 'C50', true],
  ]
  for (const [range, code, expected] of icd) assert.equal(coversIcd(range, code), expected, `${code} in ${range}`)
})
