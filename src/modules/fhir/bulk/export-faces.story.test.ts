import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  PEOPLE,
  told,
  region,
  settle,
  importAll,
  beginExport,
  manifestOf,
  linesOf,
  keyOf,
} from '../../../../tests/harness/bulk.ts'
import { PLACES } from '../../../../tests/harness/stage.ts'

test('what the modules know of a person leaves with the record; a stored Patient is not doubled', async (t) => {
  const all = await told(t)
  const { made, stage } = all
  const person = await stage.person('演示转诊者', '1961-05-06')
  const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }
  const { referral } = await made.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'I10', zh: '高血压' },
    letter,
    consent: { by: 'patient' },
  })
  await importAll(
    all,
    stage.desk,
    region()
      .slice(PEOPLE, PEOPLE + 2)
      .join('\n'),
  )
  const result = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: `Patient/${person}` },
  }
  const kept = await all.as(stage.desk).inject({
    method: 'POST',
    url: '/fhir/R4/Observation',
    headers: { 'content-type': 'application/fhir+json' },
    payload: JSON.stringify(result),
  })
  assert.equal(kept.statusCode, 201, kept.body)
  await settle(all)
  const job = await beginExport(all, stage.desk, '/fhir/R4/$export?_type=Patient,Observation,ServiceRequest,Task,Organization')
  await settle(all)
  const keys = (await linesOf(all, stage.desk, await manifestOf(all, stage.desk, job))).map(keyOf)
  for (const key of [`Patient/${person}`, `ServiceRequest/${referral}`, `Task/${referral}`, `Organization/${PLACES.county}`])
    assert.ok(keys.includes(key), key)
  assert.deepEqual(
    keys.filter((key) => key.startsWith('Patient/')).sort(),
    [`Patient/${person}`, 'Patient/p-0', 'Patient/p-1'].sort(),
  )
  assert.equal(new Set(keys).size, keys.length, 'none twice')
})
