import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { PersonId } from '../../../kernel/id.ts'
import type { Queries } from '../../../../web/api/api-types.ts'
import { sql } from '../../../platform/database/pool.ts'
import { SHIPPED_RULEBOOK } from '../../../platform/rulebook.ts'

type Answer = Queries['settlement.expected']['answer']

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const insured = async (zh: string, insurance: string): Promise<PersonId> => {
  const id = await stage.person(zh, '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = ${insurance} where person_id = ${id}`)
  return id
}
const ask = (person: PersonId, more: object = {}): Promise<Answer> =>
  house.done('settlement.expected', stage.villageDoctor, { person, specialty: '0304', places: [PLACES.township, PLACES.county, PLACES.city], ...more }) as Promise<Answer> // prettier-ignore
const rangesOf = ({ places }: Answer) =>
  places.map(({ place, referred }) => [place, referred.isKnown && [referred.person.lowFen, referred.person.highFen]])

const codesOf = ({ places }: Answer): string[] => [
  ...new Set(places.map(({ referred }) => (referred.isKnown ? 'known' : referred.why))),
]

test('every place has its own price: what a stay for this costs there, settled by the rules of the home area', async () => {
  const person = await insured('演示询价者', 'resident')
  const answer = await ask(person)
  // Bills of the rulebook by level, of which 95, 90 and 85 % count: 500 first, then 20 %; of what is left above 1 000, 40 %.
  assert.deepEqual(Object.fromEntries(rangesOf(answer) as [string, unknown][]), {
    [PLACES.township]: [83_200, 116_320],
    [PLACES.county]: [153_400, 222_200],
    [PLACES.city]: [294_000, 555_600],
  })
  assert.deepEqual([answer.area?.zh, answer.insured], ['例', 'residents'])
  const [first] = answer.places
  assert.equal(first?.bill?.by, 'specialty')
  assert.ok(
    first.assumptions.some(({ code }) => code === 'invented'),
    'an invented bill says so',
  )
  assert.equal(first.referred.isKnown && first.referred.steps, null, 'steps come when they are asked for')
})

test('the steps add up to what is told', async () => {
  const person = await insured('演示询步骤者', 'resident')
  const { places } = await ask(person, { places: [PLACES.city], withSteps: true })
  const [{ referred }] = places as [Answer['places'][number]]
  assert.ok(referred.isKnown && referred.steps)
  const cashOf = (steps: readonly { step: string; amountFen: number }[]) => steps.find(({ step }) => step === 'cash')?.amountFen
  assert.deepEqual([cashOf(referred.steps.low), cashOf(referred.steps.high)], [referred.person.lowFen, referred.person.highFen])
})

test('a condition with figures of its own comes before its specialty, one without them is told by the specialty', async () => {
  const person = await insured('演示询病种者', 'resident')
  const byOf = async (condition: string) => (await ask(person, { condition, places: [PLACES.county] })).places[0]?.bill?.by
  assert.deepEqual([await byOf('coronary-heart-disease'), await byOf('arrhythmia')], ['condition', 'specialty'])
})

test('what the year has seen moves the price', async () => {
  const person = await insured('演示询累计者', 'resident')
  const before = rangesOf(await ask(person))
  await house.done('settlement.settle', stage.familyDoctor, stayOf(person, 'XJ-1', 100, { day: stage.today }))
  const after = rangesOf(await ask(person))
  // The second stay of the year pays half of the deductible, and the 1 000 of serious illness are behind it.
  assert.notDeepEqual(after, before)
  assert.deepEqual(after[0], [PLACES.township, [30_680, 48_320]])
})

test('what is not known is told as such', async () => {
  const person = await insured('演示询不知者', 'resident')
  assert.deepEqual(codesOf(await ask(person, { specialty: '1400' })), ['bill-unknown'])
  assert.deepEqual(codesOf(await ask(await insured('演示未参保询价者', 'none'))), ['not-insured'])
  await house.database.run(sql`update residents.person set village = null where person_id = ${person}`)
  assert.deepEqual(codesOf(await ask(person)), ['area-unknown'])
})

test('the person and whoever treats the person may ask; nobody else, and the look is in the audit', async () => {
  const person = await insured('演示本人询价者', 'resident')
  const input = { person, specialty: '0304', places: [PLACES.county] }
  const self = actor('resident', null, '演示本人询价者', person)
  await house.done('settlement.expected', self, input)
  const stranger = actor('resident', null, '演示旁人', await insured('演示旁人', 'resident'))
  const outcome = await house.ask('settlement.expected', stranger, input)
  assert.deepEqual(outcome.ok || outcome.refusals.map(({ code }) => code), ['platform.not-found'])
  const looks = await house.database.rows(sql`select role from platform.audit where form = 'settlement.expected' and person_id = ${person} and role = 'resident'`) // prettier-ignore
  assert.ok(looks.length > 0)
})

test('every division of the shipped rulebook leads to an area that has a book', async () => {
  const folder = join(SHIPPED_RULEBOOK, 'areas')
  const areas = new Set(Object.values(JSON.parse(await readFile(join(folder, 'divisions.json'), 'utf8')) as Record<string, string>))
  const books = new Set(await readdir(folder))
  assert.deepEqual([...areas].filter((area) => !books.has(area)), [])
  assert.ok(areas.size > 0)
}) // prettier-ignore
