import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

test('Ten thousand lines are paged once each, newest first, filtered by kind, time and institution, and drawn as a series', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('陈久', '1950-01-01')
  const double = await stage.person('陈玖', '1950-01-01')
  const body = (type: string, more: string) =>
    sql`jsonb_build_object('resourceType', ${type}::text, 'id', id) || (${more})::jsonb`
  // Nine thousand values, some of one moment; every tenth under an id that was linked; the others are visits, pictures and medicines.
  const put = (type: string, count: number, more: string, status: string, everyMinutes: number) =>
    house.database
      .run(sql`insert into health_record.resource (person_id, id, version, type, body, code, effective_at, status, source, hash, recorded_at)
      select case when n % 10 = 0 then ${double}::bigint else ${person}::bigint end, id, 1, ${type},
        (${body(type, more)} || jsonb_build_object(${type === 'Observation' ? 'effectiveDateTime' : type === 'ImagingStudy' ? 'started' : type === 'Encounter' ? 'period' : 'authoredOn'}::text,
          case when ${type} = 'Encounter' then jsonb_build_object('start', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) else to_jsonb(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end))::text,
        case when ${type} = 'Observation' then '2823-3' end, at, ${status}, 'test', sha256(''), now()
      from (select n, uuidv7() as id, timestamptz '2026-11-01T00:00:00Z' - (n / 2) * ${everyMinutes}::int * interval '1 minute' as at from generate_series(1, ${count}::int) n) rows`)
  await put(
    'Observation',
    9_000,
    JSON.stringify({
      status: 'final',
      code: { coding: [{ code: '2823-3' }], text: '血钾' },
      valueQuantity: { value: 5.9, unit: 'mmol/L' },
      referenceRange: [{ low: { value: 3.5 }, high: { value: 5.3 } }],
    }),
    'final',
    60,
  )
  await put(
    'Encounter',
    600,
    JSON.stringify({
      status: 'finished',
      class: { code: 'AMB' },
      serviceProvider: { reference: `Organization/${PLACES.county}` },
    }),
    'finished',
    700,
  )
  await put(
    'ImagingStudy',
    100,
    JSON.stringify({ status: 'available', description: '胸部 CT', numberOfSeries: 2, numberOfInstances: 340 }),
    'available',
    4_000,
  )
  await put(
    'MedicationRequest',
    300,
    JSON.stringify({
      status: 'active',
      medicationCodeableConcept: { text: '氨氯地平片' },
      dosageInstruction: [{ text: '每日一次' }],
    }),
    'active',
    1_400,
  )
  await house.database.run(sql`analyze health_record.resource`)
  await house.done('residents.link', actor('health-bureau', null), { person: double, into: person, reason: '同一人' })

  const resident = actor('resident', null, '陈久', person)
  const seen: string[] = []
  let before = '9999'
  let after: string | undefined
  let first = 0
  do {
    const began = performance.now()
    const page = await house.done('health-record.timeline', resident, { person, limit: 100, ...(after ? { after } : {}) })
    if (!after) first = performance.now() - began
    if (!after)
      assert.deepEqual(
        [page.counts.result, page.counts.encounter, page.counts.image, page.counts.medicine],
        [9_000, 600, 100, 300],
      )
    for (const { id, at } of page.entries) {
      assert.ok(at <= before, 'newest first')
      before = at
      seen.push(id)
    }
    after = page.next ?? undefined
  } while (after)
  t.diagnostic(`first page of 100 out of 10 000: ${first.toFixed(0)} ms`)
  assert.equal(seen.length, 10_000)
  assert.equal(new Set(seen).size, 10_000, 'each line once')

  const images = await house.done('health-record.timeline', stage.familyDoctor, { person, kind: 'image', limit: 2 })
  assert.deepEqual(
    images.entries.map(({ kind, detail }: { kind: string; detail: string }) => [kind, detail]),
    [
      ['image', '2 序列 · 340 幅'],
      ['image', '2 序列 · 340 幅'],
    ],
  )
  const atCounty = await house.done('health-record.timeline', resident, { person, institution: PLACES.county, limit: 100 })
  assert.ok(atCounty.entries.every(({ kind }: { kind: string }) => kind === 'encounter'))
  assert.equal(atCounty.entries[0].institution.id, PLACES.county)
  const october = await house.done('health-record.timeline', resident, {
    person,
    kind: 'medicine',
    from: '2026-10-01',
    until: '2026-10-01',
    limit: 100,
  })
  assert.ok(
    october.entries.length > 0 &&
      october.entries.every(({ at }: { at: string }) => at >= '2026-09-30T16:00' && at < '2026-10-01T16:00'),
    'the region’s day',
  )
  const value = (await house.done('health-record.timeline', resident, { person, kind: 'result', limit: 1 })).entries[0].values[0]
  assert.deepEqual([value.text.zh, value.unit, value.judged], ['5.9', 'mmol/L', 'high'])
  const { series } = await house.done('health-record.series', resident, { person, code: '2823-3' })
  assert.deepEqual([series.length, series[0].points.length, series[0].high], [1, 500, 5.3])

  assert.equal(
    (await house.done('health-record.timeline', stage.desk, { person, limit: 1 })).entries.length,
    1,
    'the hospital that treats the person, by its visits',
  )
  assert.deepEqual(
    codes(await house.ask('health-record.timeline', stage.tcmDesk, { person })),
    ['platform.not-found'],
    'a hospital without a lawful ground finds nobody',
  )
  assert.deepEqual(codes(await house.ask('health-record.timeline', actor('village-doctor', 'otherVillage'), { person })), [
    'platform.not-found',
  ])
  const audited = await house.database.rows(
    sql`select 1 from platform.audit where form = 'health-record.timeline' and person_id = ${person} and outcome = 'done'`,
  )
  assert.ok(audited.length > 100, 'every page is a look')
})
