import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fhirCommand } from '../../src/apps/cli/fhir-command.ts'
import { CliRefusal } from '../../src/apps/cli/cli-refusal.ts'
import { attachMissed, reindex } from '../../src/modules/fhir/index.ts'
import { saveDrawn, type Drawn } from '../../src/modules/health-record/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { asSystem } from '../../src/platform/database/as-system.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

// What resources are searched by is drawn anew, whatever an older definition or a load has left there, beside a working server.

const made = await testHouse(ofTheFile)
const { desk, cityDesk } = await setStage(made)
const server = await fhirServer(ofTheFile, made, { desk, cityDesk })
const system = asSystem(made.house.database)
const drawing = { cipher: made.house.cipher, zone: made.house.zone }

const OBSERVATIONS = 450
const BUNDLE = 50
const observation = (id: string, code: string, patient = 'p-1') => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: `Patient/${patient}` },
  performer: [{ reference: 'Practitioner/d-1' }],
  effectiveDateTime: '2025-03-04T10:00:00+08:00',
})
const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: '演示重建' }],
  identifier: [{ system: 'urn:test', value: `number-${id}` }],
  gender: 'female',
  birthDate: '1980-02-03',
})
const put = async (body: { resourceType: string; id: string }, as = desk): Promise<void> => {
  const answer = await server.ask('PUT', `${body.resourceType}/${body.id}`, { as, body })
  assert.ok(answer.status < 300, answer.text)
}

const rows = (): Promise<Told[]> =>
  made.database
    .rows(sql`select person_id, id, version, tokens, keys, code_system, code, display, effective_at, status, recorded_at
    from health_record.resource order by person_id, id`)
const found = async (path: string): Promise<number> => {
  const answer = await server.ask('GET', path, { as: desk })
  assert.equal(answer.status, 200, answer.text)
  return answer.json.total ?? answer.json.entry?.length ?? 0
}
/** What an older definition and a load without values leave: by turns none at all, and other ones. */
const age = (): Promise<number> =>
  made.database
    .run(sql`update health_record.resource set tokens = case when get_byte(decode(replace(id::text, '-', ''), 'hex'), 15) % 2 = 1 then array['code=old'] end,
    keys = null, effective_at = null, code = 'old'`)

await put(patient('p-1'))
for (let from = 0; from < OBSERVATIONS; from += BUNDLE) {
  const entry = Array.from({ length: BUNDLE }, (_, at) => ({
    resource: observation(`o-${from + at}`, (from + at) % 2 ? '8480-6' : '8462-4'),
    request: { method: 'PUT', url: `Observation/o-${from + at}` },
  }))
  const answer = await server.ask('POST', '', { as: desk, body: { resourceType: 'Bundle', type: 'transaction', entry } })
  assert.equal(answer.status, 200, answer.text)
}

test('values are drawn as a write draws them; who breaks off goes on where he stood; once more changes nothing', async () => {
  const before = await rows()
  assert.equal(await found('Patient?identifier=number-p-1&_summary=count'), 1)
  await age()
  assert.equal(await found('Patient?identifier=number-p-1&_summary=count'), 0, 'by what is left it is not found')
  let batches = 0
  const broken = reindex(system, drawing, () => {
    batches += 1
    if (batches === 2) throw new Error('the power is cut')
  })
  await assert.rejects(broken, /power/)
  const { seen, changed, wentOn } = await reindex(system, drawing)
  assert.deepEqual([seen, changed, wentOn], [before.length, before.length, true])
  assert.deepEqual(await rows(), before, 'values, versions and times are what they were')
  assert.equal(await found('Patient?identifier=number-p-1&_summary=count'), 1)
  assert.equal(await found('Observation?performer=Practitioner/d-1&code=8480-6&_summary=count'), OBSERVATIONS / 2)
  assert.deepEqual(await reindex(system, drawing), { seen: before.length, changed: 0, wentOn: false })
})

test('beside a working server what was written meanwhile keeps its own values', async () => {
  await age()
  const [row] = await made.database.rows<Drawn>(
    sql`select person_id as person, id, version + 1 as version from health_record.resource limit 1`,
  )
  const nothing = { codeSystem: null, code: null, display: null, effectiveAt: null, status: null }
  const other = [{ ...(row as Drawn), index: nothing, values: { tokens: [], keys: [] } }]
  assert.equal(await system.transaction((tx) => saveDrawn(tx, other)), 0, 'nothing is put beside another version')

  const writing = Promise.all(Array.from({ length: 60 }, (_, nr) => put(observation(`o-${nr * 7}`, '8867-4'))))
  const both = await Promise.all([reindex(system, drawing), reindex(system, drawing), writing])
  assert.ok(both[0].seen >= OBSERVATIONS)
  const wrong = await made.database.rows(sql`select id from health_record.resource
    where type = 'Observation' and tokens is distinct from null and not tokens @> array['code=' || (body::jsonb #>> '{code,coding,0,code}')]`)
  assert.deepEqual(wrong, [])
  assert.equal(await found('Observation?code=8867-4&_summary=count'), 60)
  assert.equal((await reindex(system, drawing)).changed, 0)
})

test('what was missed joins the record of the patient whom its own institution brought, and no other', async () => {
  for (const [nr, by] of [desk, cityDesk].entries()) await put(observation(`missed-${nr}`, '8480-6', 'late'), by)
  await put(patient('late'))
  const whereIs = async (id: string): Promise<string> =>
    (
      await made.database.row<{ person: string }>(
        sql`select person_id as person from health_record.resource where fhir_id = ${id}`,
      )
    )?.person as string
  const person = await whereIs('late')
  assert.deepEqual([await whereIs('missed-0'), await whereIs('missed-1')], [person, '0'])
  // As a server left it that did not look for what waits.
  await made.database.run(
    sql`update health_record.resource set person_id = 0, reach = 'custodian', keys = null, tokens = null where fhir_id = 'missed-0'`,
  )
  assert.equal(await attachMissed(system, drawing), 0, 'without values it is not found yet')
  const printed: string[] = []
  const config = readConfig({ DATABASE_URL: made.ownerUrl, JIELI_MASTER_KEY: '0123456789abcdef'.repeat(4) })
  await fhirCommand(config, { act: 'reindex', asJson: true }, (line) => printed.push(line))
  const { joined, changed } = JSON.parse(printed[0] ?? '')
  assert.deepEqual([joined, changed], [1, 1])
  assert.deepEqual([await whereIs('missed-0'), await whereIs('missed-1')], [person, '0'])
  assert.equal(await found('Observation?patient=late&_summary=count'), 1)
  const [noted] = await made.database.rows<object>(
    sql`select role, org_id as org, account_id as account from platform.audit where form = 'fhir.attach' and person_id = ${person} order by pos desc limit 1`,
  )
  assert.deepEqual({ ...noted }, { role: 'system', org: desk.org, account: null })
  await assert.rejects(
    fhirCommand(config, { act: 'else', asJson: false }, () => undefined),
    CliRefusal,
  )
})
