import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOn, isDay, type Day } from '../../src/kernel/day.ts'
import { checkDigit } from './identity-number.ts'
import { makeResidents, type ResidentSeed } from './residents.ts'

const today = '2026-11-22'
const villages = [
  { code: '430822100201', zh: '示例县甲镇东村', population: 3000 },
  { code: '430822100202', zh: '示例县甲镇西村', population: 1000 },
  { code: '430822201001', zh: '示例县乙乡街上社区', population: 2000 },
]
const make = (seed: string, count: number): ResidentSeed[] => makeResidents({ seed, count, villages, today })
const residents = make('county', 20_000)
const age = (resident: ResidentSeed): number => ageOn(resident.bornOn as Day, today as Day)
const within = (share: number, from: number, to: number, what: string): void =>
  assert.ok(share >= from && share <= to, `${what}: ${share} is not within ${from} and ${to}`)

test('the same seed gives the same residents, another seed gives others', () => {
  assert.deepEqual(make('county', 500), make('county', 500))
  assert.notDeepEqual(make('county', 500), make('town', 500))
})

test('exactly as many residents as asked for, shared out by the population of the villages', () => {
  for (const count of [0, 1, 2, 7, 40, 1001]) assert.equal(make('few', count).length, count)
  const perVillage = Map.groupBy(residents, (resident) => resident.village)
  assert.deepEqual(
    villages.map((village) => perVillage.get(village.code)?.length),
    [10_000, 3333, 6667],
  )
})

test('the check digit is that of GB 11643', () => {
  // first seventeen digits | check character | worked by hand from the weights
  for (const [digits, check] of [
    ['99082220010226001', '2'],
    ['99082219420118001', 'X'],
    ['00000000000000000', '1'],
    ['10000000000000000', '5'],
  ] as const)
    assert.equal(checkDigit(digits), check, digits)
})

test('every identity number is right, unique and in an area that no province has', () => {
  const seen = new Set<string>()
  for (const { idNumber, bornOn, sex, key } of residents) {
    if (idNumber === null) continue
    assert.match(idNumber, /^99\d{15}[\dX]$/, key)
    assert.equal(idNumber.slice(6, 14), bornOn.replaceAll('-', ''), key)
    assert.equal(Number(idNumber[16]) % 2 === 1 ? 'male' : 'female', sex, key)
    assert.equal(checkDigit(idNumber.slice(0, 17)), idNumber[17], key)
    assert.ok(!seen.has(idNumber), `${key} has a number that another resident has`)
    seen.add(idNumber)
  }
  assert.ok(seen.size > 19_900)
})

test('some share a name, a sex and a birthday, and still have two identity numbers', () => {
  for (const people of [residents, make('small', 300)]) {
    const groups = Map.groupBy(people, ({ zh, bornOn, sex }) => `${zh} ${bornOn} ${sex}`)
    const pairs = [...groups.values()].filter((group) => group.length > 1)
    assert.ok(pairs.length >= 2, `only ${pairs.length} pairs among ${people.length}`)
    for (const pair of pairs) assert.equal(new Set(pair.map((resident) => resident.idNumber)).size, pair.length)
  }
})

test('newborns without a number, foreigners with a passport and rare characters are among them', () => {
  const newborns = residents.filter((resident) => resident.idNumber === null && resident.otherId === null)
  assert.ok(newborns.length >= 10)
  for (const newborn of newborns) assert.equal(age(newborn), 0)
  const passports = residents.filter((resident) => resident.otherId?.type === '03')
  assert.ok(passports.length >= 2)
  for (const foreigner of passports) assert.ok(foreigner.idNumber === null && foreigner.en !== null)
  for (const part of ['䶮', '㼆', '𠮷', '喆', '淼', '欧阳'])
    assert.ok(
      residents.some((resident) => resident.zh.includes(part)),
      `nobody is named with ${part}`,
    )
  assert.equal(
    new Set(residents.flatMap((resident) => resident.otherId?.number ?? [])).size,
    residents.filter((resident) => resident.otherId).length,
  )
})

test('days of birth are real days, not in the future; phones lie outside every network; all are marked synthetic', () => {
  for (const resident of residents) {
    assert.ok(isDay(resident.bornOn) && resident.bornOn <= today, resident.key)
    if (resident.phone !== null) assert.match(resident.phone, /^100\d{8}$/)
    assert.equal(resident.synthetic, true)
  }
})

test('the county is an old one, with both sexes', () => {
  const share = (holds: (resident: ResidentSeed) => boolean): number => residents.filter(holds).length / residents.length
  within(
    share((resident) => age(resident) < 15),
    0.14,
    0.21,
    'under 15',
  )
  within(
    share((resident) => age(resident) >= 65),
    0.16,
    0.23,
    '65 and older',
  )
  within(
    share((resident) => resident.sex === 'male'),
    0.48,
    0.54,
    'men',
  )
})

test('27.9 % of adults have high blood pressure, more with age; no child does', () => {
  const hypertensive = (people: ResidentSeed[]): number =>
    people.filter((resident) => resident.conditions.includes('hypertension')).length / people.length
  within(hypertensive(residents.filter((resident) => age(resident) >= 18)), 0.265, 0.293, 'adults')
  within(hypertensive(residents.filter((resident) => age(resident) >= 65)), 0.42, 0.65, '65 and older')
  assert.equal(hypertensive(residents.filter((resident) => age(resident) < 18)), 0)
  for (const { conditions } of residents) assert.ok(conditions.length === 1 || !conditions.includes('none'))
})
