import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test, { type TestContext } from 'node:test'
import { newId, type PersonId } from '../../src/kernel/id.ts'
import { workOnBulk } from '../../src/modules/fhir/bulk/index.ts'
import { faces } from '../../src/modules/fhir/index.ts'
import { hashOf, indexOfResource, saveSourceResources, type Resource } from '../../src/modules/health-record/index.ts'
import { sensitiveCategoryOf } from '../../src/modules/health-record/resources/sensitive.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { actor, setStage, type Stage } from '../harness/stage.ts'
import { by, served, type Asker, type FhirWorld } from './fhir-world.ts'

// Sensitive parts are masked wherever a record is read, until they are opened by a reason of their own.

type Listed = { readonly categories: readonly { readonly id: string; readonly codes: readonly string[] }[] }
const LIST = JSON.parse(
  readFileSync(new URL('../../rulebook/national/record-access/sensitive-codes.json', import.meta.url), 'utf8'),
) as Listed
/** Codes beside the listed ones, and what only looks like one. */
const ORDINARY = ['B19', 'B25.9', 'Z22', 'Z29', 'O09', 'O10', 'N45', 'N96', 'X59', 'X85', 'T73', 'Y03', 'Y10', 'I10', '8480-6', '2339-0', 'xB20', 'B2'] // prettier-ignore

const bodyOf = (code: string): string =>
  `{"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code" : "${code}"}]}}`
const escaped = (code: string): string =>
  [...code].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** One resource of each category, with the secret that stands in it. */
const SECRETS = { hiv: '机密一', 'mental-health': '机密二', reproduction: '机密三' } as const
type Category = keyof typeof SECRETS
const CATEGORIES = Object.keys(SECRETS) as Category[]
const CODES: Readonly<Record<Category, string>> = { hiv: 'B20.0', 'mental-health': 'F32.9', reproduction: 'O04.9' }

const put = async (ask: FhirWorld['ask'], ward: Asker, person: PersonId): Promise<void> => {
  const subject = { reference: `Patient/${person}` }
  const coded = (category: Category) => ({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: CODES[category] }], text: SECRETS[category] })
  const all = [
    { resourceType: 'Encounter', id: 's-enc', subject, status: 'finished', class: { code: 'AMB' } },
    { resourceType: 'Observation', id: 's-plain', subject, status: 'final', code: { text: '血压' }, effectiveDateTime: '2026-03-01', valueString: '平常' },
    ...CATEGORIES.flatMap((one) => [
      { resourceType: 'Condition', id: `s-${one}`, subject, code: coded(one), encounter: { reference: 'Encounter/s-enc' } },
      { resourceType: 'Observation', id: `o-${one}`, subject, status: 'final', code: coded(one), effectiveDateTime: '2026-03-02', valueString: SECRETS[one] },
    ]),
    { resourceType: 'DiagnosticReport', id: 's-rep', subject, status: 'final', code: { text: '报告' }, result: CATEGORIES.map((one) => ({ reference: `Observation/o-${one}` })) },
    { resourceType: 'List', id: 's-list', subject, status: 'current', mode: 'working', entry: CATEGORIES.map((one) => ({ item: { reference: `Condition/s-${one}` } })) },
  ] // prettier-ignore
  for (const one of all) {
    const { status, text } = await ask(ward, { method: 'PUT', path: `${one.resourceType}/${one.id}`, body: one })
    assert.equal(status, 201, text)
  }
} // prettier-ignore

type Told = {
  readonly house: TestHouse
  readonly stage: Stage
  readonly person: PersonId
  readonly ask: FhirWorld['ask']
  readonly doctor: Asker
}

const tell = async (t: TestContext): Promise<Told> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('演示敏感者', '1990-05-04')
  const ask = await served(t, house)
  await put(ask, by(stage.ward), person)
  const { account, role, org } = stage.familyDoctor
  await house.database.run(sql`insert into security.account (id, login, password_hash, role, org_id, name_zh, created_at)
    values (${account}, 'sensitive-probe', 'none', ${role}, ${org}, '演示', now())`)
  return { house, stage, person, ask, doctor: by(stage.familyDoctor) }
}

/** Everything that FHIR and the record's forms answer somebody about the person, by the way that was asked. */
const read = async ({ house, person, ask }: Told, asker: Asker): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  const get = async (path: string): Promise<void> => {
    found.set(path, (await ask(asker, { method: 'GET', path })).text)
  }
  const bundle = (type: string, urls: readonly string[]) => ({ resourceType: 'Bundle', type, entry: urls.map((url) => ({ request: { method: 'GET', url } })) })
  for (const one of CATEGORIES)
    for (const id of [`Condition/s-${one}`, `Observation/o-${one}`])
      for (const path of [id, `${id}/_history`, `${id}/_history/1`]) await get(path)
  for (const type of ['Condition', 'Observation']) {
    for (const more of ['', '&_sort=-_lastUpdated', '&_sort=-date&_count=20', '&_total=accurate&_count=1'])
      if (type === 'Observation' || !more.includes('date')) await get(`${type}?patient=${person}${more}`)
    await get(`${type}?patient=${person}&code=${Object.values(CODES).join(',')}`)
    await get(`${type}?_id=${CATEGORIES.map((one) => (type === 'Condition' ? `s-${one}` : `o-${one}`)).join(',')}`)
  }
  await get('DiagnosticReport?_id=s-rep&_include=DiagnosticReport:result')
  await get('List?_id=s-list&_include=List:item')
  await get('Encounter?_id=s-enc&_revinclude=Condition:encounter')
  await get(`Patient/${person}/$everything`)
  const urls = [`Condition?patient=${person}`, `Observation?patient=${person}`]
  for (const type of ['batch', 'transaction']) found.set(type, (await ask(asker, { method: 'POST', path: '', body: bundle(type, urls) })).text)
  for (const form of ['health-record.summary', 'health-record.timeline'] as const)
    found.set(form, JSON.stringify(await house.ask(form, asker.actor, { person })))
  return found
} // prettier-ignore

const seenIn = (text: string): Category[] => CATEGORIES.filter((one) => text.includes(SECRETS[one]))

const openBy = ({ house, person }: Told, asker: Asker, category: Category | 'all'): Promise<unknown> =>
  house.done('record-access.open-sensitive', asker.actor, { person, category, reason: '术前评估' })

const exported = async ({ house, ask, doctor }: Told): Promise<string> => {
  const begun = await ask(doctor, { method: 'GET', path: '$export', headers: { prefer: 'respond-async' } })
  assert.equal(begun.status, 202, begun.text)
  const pathOf = (url: unknown): string => new URL(String(url)).pathname.replace('/fhir/R4/', '')
  while (await workOnBulk(house.house, faces));
  const { text } = await ask(doctor, { method: 'GET', path: pathOf(begun.headers['content-location']) })
  let all = ''
  for (const { url } of (JSON.parse(text) as { output: { url: string }[] }).output)
    all += (await ask(doctor, { method: 'GET', path: pathOf(url) })).text
  return all
}

test('the list of codes is what the server and the database go by, letter for letter, however a letter is written', async (t) => {
  const { database } = await testHouse(t)
  const rows = [
    ...LIST.categories.flatMap(({ id, codes }) => codes.flatMap((code) => [[bodyOf(code), id], [bodyOf(`${code}0`), id], [bodyOf(escaped(code)), id]])),
    ...ORDINARY.map((code) => [bodyOf(code), '']),
    [bodyOf('I10').replace('icd-10', 'B20'), ''],
  ] as [string, string][] // prettier-ignore
  assert.ok(rows.length > 150)
  const wrong: string[] = []
  for (const [body, category] of rows) {
    const row = await database.row<{ found: string }>(
      sql`select coalesce(health_record.sensitive_category(${body}), '') as found`,
    )
    const here = sensitiveCategoryOf(body, JSON.parse(body))
    if (row?.found !== category || here !== category)
      wrong.push(`${body}: ${category}, found ${row?.found} in the database, ${here} here`)
  }
  assert.deepEqual(wrong, [])
})

test('sensitive parts are masked by every way until they are opened, for that account and that while alone', async (t) => {
  const told = await tell(t)
  const { house, stage, person, doctor } = told
  const self = by(actor('resident', null, '演示敏感者', person))

  await t.test('the person sees all of it by every way', async () => {
    for (const [way, text] of await read(told, self)) {
      const isOfOne = CATEGORIES.some((one) => way.includes(`-${one}`)) && !way.includes('?')
      const isPart = way.includes('_count=1')
      assert.ok(isPart ? text.includes('"total":') : seenIn(text).length === (isOfOne ? 1 : CATEGORIES.length), `${way}: ${text.slice(0, 300)}`)
    }
  }) // prettier-ignore

  const masked = async (asker: Asker, opened: readonly Category[]): Promise<void> => {
    for (const [way, text] of await read(told, asker))
      assert.deepEqual(seenIn(text).filter((one) => !opened.includes(one)), [], `${way}: ${text.slice(0, 300)}`)
  } // prettier-ignore

  await t.test('who treats the person sees none of it, though the rest; and how much is withheld', async () => {
    const { text } = await told.ask(doctor, { method: 'GET', path: `Observation?patient=${person}` })
    assert.ok(text.includes('平常'), 'the rest is read')
    await masked(doctor, [])
    const foreign = await told.ask(doctor, { method: 'GET', path: 'Condition/s-hiv' })
    const absent = await told.ask(doctor, { method: 'GET', path: 'Condition/none' })
    assert.deepEqual([foreign.status, foreign.text], [absent.status, absent.text])
    for (const form of ['health-record.summary', 'health-record.timeline'] as const)
      assert.equal((await house.done(form, doctor.actor, { person })).withheld, 2 * CATEGORIES.length, form)
    assert.deepEqual(seenIn(await exported(told)), [])
  })

  await t.test('opened, one category is read and no other; by that account alone, and for that while', async () => {
    await openBy(told, doctor, 'hiv')
    await masked(doctor, ['hiv'])
    const answers = await read(told, doctor)
    for (const way of ['Condition/s-hiv', `Condition?patient=${person}`, `Patient/${person}/$everything`, 'List?_id=s-list&_include=List:item', 'health-record.summary'])
      assert.deepEqual(seenIn(answers.get(way) ?? ''), ['hiv'], way)
    await masked(by(stage.villageDoctor), [])
    await openBy(told, doctor, 'all')
    assert.deepEqual(seenIn((await read(told, doctor)).get(`Patient/${person}/$everything`) ?? ''), CATEGORIES)
    await house.later(2)
    await masked(doctor, [])
  }) // prettier-ignore

  await t.test('what a load brings is masked, and what becomes sensitive, and what was so before', async () => {
    const id = newId()
    const load = async (code: string, text: string): Promise<void> => {
      const whole = { resourceType: 'Condition', id, subject: { reference: `Patient/${person}` }, code: { coding: [{ code }], text } } as unknown as Resource
      const body = JSON.stringify(whole)
      const row = { person, id, type: 'Condition', sourceId: id, body, hash: hashOf(body), index: indexOfResource(whole, house.house.zone) }
      const at = await databaseNow(house.database)
      await house.database.transaction((tx) => saveSourceResources(tx, 'test', [row], at))
    }
    const sees = async (path: string): Promise<boolean> => (await told.ask(doctor, { method: 'GET', path })).text.includes('带入')
    await load('I10', '带入')
    assert.equal(await sees(`Condition/${id}`), true)
    await load('F20.0', '带入')
    assert.equal(await sees(`Condition/${id}`), false)
    assert.equal(await sees(`Condition/${id}/_history/2`), false)
    await load('I11', '带入')
    assert.equal(await sees(`Condition/${id}`), true)
    assert.equal(await sees(`Condition/${id}/_history/2`), false, 'the version that was sensitive stays so')
  }) // prettier-ignore
})
