import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { workOnBulk } from '../../src/modules/fhir/bulk/index.ts'
import { faces } from '../../src/modules/fhir/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { ABSENT, aimAt, CHANGES, WAYS, type Aim, type Way } from './fhir-ways.ts'
import { makeFhirWorld, SECRET, type Asker, type FhirTold, type FhirWorld } from './fhir-world.ts'

// Whoever has no lawful reason reaches nothing of a person by any way that FHIR knows, and cannot tell it from what is not there.

const ENCODED = Buffer.from(SECRET).toString('base64')
const tells = ({ text, headers }: FhirTold): boolean =>
  [SECRET, ENCODED].some((secret) => `${text}${JSON.stringify(headers)}`.includes(secret))

/** Ends of ids and numbers that the probes are aimed at, after `b-` or `x-`. */
const NAMES = 'obs|enc|con|rep|doc|pro|med|plan|list|answers|all|imm|rel|gone|stranger|bin|read|write|com'
const GIVEN = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z|[A-Z][a-z]{2}, \d\d [A-Za-z]{3} \d{4} [\d:]+ GMT/g

/** An answer without what belongs to the one request: what was asked for, and numbers and times that the house gave. */
const shape = ({ status, text, headers }: FhirTold, aims: readonly Aim[]): string => {
  const { date: _date, 'content-length': _length, location: _location, ...rest } = headers
  let left = `${status} ${JSON.stringify(rest)} ${text}`.replaceAll(new RegExp(`[bx]-(?=${NAMES})`, 'gi'), '<id>-')
  for (const { id: _id, ...aim } of aims)
    for (const [name, value] of Object.entries(aim)) left = left.replaceAll(value, `<${name}>`)
  return left.replaceAll(GIVEN, '<given>')
}

const rowsOfOther = (world: FhirWorld) =>
  world.house.database.rows(
    sql`select id, version, hash from health_record.resource where custodian_org = 4303000000000 order by id`,
  )

const tryWays = async (world: FhirWorld, ways: readonly Way[], comparesText: boolean): Promise<string[]> => {
  const found: string[] = []
  const aim = aimAt(world)
  for (const asker of world.outsiders)
    for (const way of ways) {
      const where = `${way.says} by ${asker.says}`
      const foreign = await world.ask(asker, way.asks(aim))
      const absent = await world.ask(asker, way.asks(ABSENT))
      if (tells(foreign)) found.push(`${where}: tells (${foreign.status})`)
      if (foreign.status >= 500) found.push(`${where}: ${foreign.status}`)
      const [one, other] = [shape(foreign, [aim, ABSENT]), shape(absent, [aim, ABSENT])]
      const isSame = comparesText && !way.grows ? one === other : foreign.status === absent.status
      if (!isSame) found.push(`${where}: can be told from what is absent\n  ${one.slice(0, 600)}\n  ${other.slice(0, 600)}`)
    }
  return found
}

const exportedBy = async (world: FhirWorld, asker: Asker, path: string): Promise<string | null> => {
  const headers = { prefer: 'respond-async' }
  const begun = await world.ask(asker, { method: 'GET', path, headers })
  if (begun.status !== 202) return null
  const job = new URL(String(begun.headers['content-location'])).pathname.replace('/fhir/R4/', '')
  while (await workOnBulk(world.house.house, faces));
  const status = await world.ask(asker, { method: 'GET', path: job })
  assert.equal(status.status, 200, status.text)
  let text = ''
  for (const { url } of (JSON.parse(status.text) as { output: { url: string }[] }).output)
    text += (await world.ask(asker, { method: 'GET', path: new URL(url).pathname.replace('/fhir/R4/', '') })).text
  return text
}

/** Exports by everybody who may ask for one, of a group that names both persons besides. */
const tryExports = async (t: TestContext, world: FhirWorld): Promise<void> => {
  const [ward] = world.insiders as [Asker]
  const told: string[] = []
  let exported = 0
  for (const [at, asker] of world.outsiders.entries()) {
    const members = [world.one, world.other].map((id) => ({ entity: { reference: `Patient/${id}` } }))
    const group = { resourceType: 'Group', id: `g-${at}`, type: 'person', actual: true, member: members }
    await world.ask(asker, { method: 'PUT', path: `Group/g-${at}`, body: group })
    for (const path of ['$export', 'Patient/$export', `Group/g-${at}/$export`, `Group/g-${at}/$export?_type=Observation`]) {
      const text = await exportedBy(world, asker, path)
      exported += text === null ? 0 : 1
      if (text !== null && [SECRET, ENCODED].some((secret) => text.includes(secret))) told.push(`${path} by ${asker.says}`)
    }
  }
  t.diagnostic(`${exported} exports`)
  assert.deepEqual(told, [])
  assert.ok(exported > 20)
  assert.match((await exportedBy(world, ward, '$export')) ?? '', new RegExp(SECRET), 'its own institution exports it')
}

test('nothing of a person by any way of FHIR without a reason', async (t) => {
  const world = await makeFhirWorld(t)
  const aim = aimAt(world)
  await t.test('each way leads there for whoever may read', async () => {
    const blind: string[] = []
    for (const way of WAYS.filter(({ isPotent }) => isPotent)) {
      const answers: FhirTold[] = []
      for (const asker of world.insiders) answers.push(await world.ask(asker, way.asks(aim)))
      if (!answers.some(tells)) blind.push(`${way.says}: ${answers.map(({ status, text }) => `${status} ${text.slice(0, 150)}`).join(' | ')}`)
    } // prettier-ignore
    assert.deepEqual(blind, [])
  })
  await t.test('no outsider reads it, nor sees that it is there', async (trying) => {
    const found = await tryWays(world, WAYS, true)
    trying.diagnostic(`${WAYS.length} ways, ${world.outsiders.length} outsiders, each twice`)
    assert.deepEqual(found, [])
  })
  await t.test('no outsider changes it, nor sees by a change that it is there', async () => {
    const before = await rowsOfOther(world)
    assert.deepEqual(await tryWays(world, CHANGES, false), [])
    assert.deepEqual(await rowsOfOther(world), before)
  })
  await t.test('no export brings it', (trying) => tryExports(trying, world))
})
