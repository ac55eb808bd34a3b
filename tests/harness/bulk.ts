import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { testHouse, type TestHouse } from './house.ts'
import { actor, setStage, type Stage } from './stage.ts'
import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { addFhirRoutes, faces } from '../../src/modules/fhir/index.ts'
import { isSameResource, workOnBulk } from '../../src/modules/fhir/bulk/index.ts'

const NDJSON = 'application/fhir+ndjson'
const HL7 = 'http://terminology.hl7.org/CodeSystem'
export const PEOPLE = 60
export const DIGITS = '1.50'

export type Told = {
  readonly made: TestHouse
  readonly stage: Stage
  readonly admin: Actor
  readonly as: (actor: Actor | null) => FastifyInstance
}

/** The FHIR routes alone, asked by whom the test says. */
export const told = async (t: TestContext): Promise<Told> => {
  const made = await testHouse(t)
  const stage = await setStage(made)
  const admin = actor('administrator', null)
  for (const { account, role, org } of [stage.desk, stage.ward, stage.familyDoctor, admin])
    await made.database.run(sql`insert into security.account (id, login, password_hash, role, org_id, name_zh, created_at)
      values (${account}, ${`bulk-${role}`}, 'none', ${role}, ${org}, '演示', now())`)
  const apps = new Map<Actor | null, FastifyInstance>()
  for (const one of [stage.desk, stage.ward, stage.familyDoctor, admin, null]) {
    const app = Fastify({ logger: false })
    await addFhirRoutes(app, {
      house: made.house,
      faces: new Map(),
      version: 'test',
      caller: async () => one && { actor: one, scopes: null, patient: null },
      hold: () => null,
      baseUrl: () => 'https://jieli.example',
    })
    apps.set(one, app)
    t.after(() => app.close())
  }
  return { made, stage, admin, as: (actor) => apps.get(actor) as FastifyInstance }
}

/** People of whom each has a condition and an observation, and one practitioner; observations come before their patients. */
export const region = (people = PEOPLE): string[] => {
  const patient = (nr: number): object => ({
    resourceType: 'Patient',
    id: `p-${nr}`,
    name: [{ text: `演示人${nr}䶮` }],
    gender: 'female',
    birthDate: '1970-01-01',
  })
  const condition = (nr: number): object => ({
    resourceType: 'Condition',
    id: `c-${nr}`,
    clinicalStatus: { coding: [{ system: `${HL7}/condition-clinical`, code: 'active' }] },
    code: { text: '高血压' },
    subject: { reference: `Patient/p-${nr}` },
  })
  const observation = (nr: number): string =>
    `{"resourceType":"Observation","id":"o-${nr}","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p-${nr}"},"valueQuantity":{"value":${DIGITS}}}`
  const all = Array.from({ length: people }, (_, nr) => nr)
  return [
    ...all.map(observation),
    ...all.map((nr) => JSON.stringify(patient(nr))),
    ...all.map((nr) => JSON.stringify(condition(nr))),
    JSON.stringify({ resourceType: 'Practitioner', id: 'd-1', name: [{ text: '赵医生' }] }),
  ]
}

export const settle = async ({ made }: Told): Promise<void> => {
  while (await workOnBulk(made.house, faces));
}

export const importAll = async (told: Told, actor: Actor, text: string, key?: string): Promise<string> => {
  const begun = await told.as(actor).inject({
    method: 'POST',
    url: '/fhir/R4/$import',
    headers: { 'content-type': NDJSON, ...(key && { 'idempotency-key': key }) },
    payload: text,
  })
  assert.equal(begun.statusCode, 202, begun.body)
  return new URL(String(begun.headers['content-location'])).pathname
}

export type Manifest = {
  output: { type: string; url: string; count: number }[]
  deleted: { type: string; url: string; count: number }[]
  error: { url: string; count: number }[]
  extension: { taken: number; faults: number }
}

export const beginExport = async (told: Told, actor: Actor, url: string): Promise<string> => {
  const begun = await told.as(actor).inject({ method: 'GET', url, headers: { prefer: 'respond-async' } })
  assert.equal(begun.statusCode, 202, begun.body)
  return new URL(String(begun.headers['content-location'])).pathname
}

export const manifestOf = async (told: Told, actor: Actor, job: string): Promise<Manifest> => {
  const status = await told.as(actor).inject({ method: 'GET', url: job })
  assert.equal(status.statusCode, 200, status.body)
  return status.json()
}

export const linesOf = async (told: Told, actor: Actor, { output }: Pick<Manifest, 'output'>): Promise<string[]> => {
  const lines: string[] = []
  for (const { url, count } of output) {
    const file = await told.as(actor).inject({ method: 'GET', url: new URL(url).pathname })
    assert.equal(file.statusCode, 200)
    const own = file.body.split('\n').filter((line) => line !== '')
    assert.equal(own.length, count)
    lines.push(...own)
  }
  return lines
}

export const keyOf = (line: string): string => {
  const { resourceType, id } = JSON.parse(line) as { resourceType: string; id: string }
  return `${resourceType}/${id}`
}

export const sameLines = (came: readonly string[], left: readonly string[]): void => {
  const there = new Map(left.map((line) => [keyOf(line), line]))
  assert.equal(there.size, left.length, 'none twice')
  for (const line of came) assert.ok(isSameResource(line, there.get(keyOf(line)) ?? ''), keyOf(line))
}
