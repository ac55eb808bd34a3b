import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { newId, type PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { openFhirAct, type FhirAct } from '../server/act.ts'
import type { ServedFace } from '../server/face.ts'
import { validateResource } from '../validation/index.ts'
import { faces } from './index.ts'

type Parameters = readonly (readonly [string, string])[]
type Fields = Record<string, any> // oxlint-disable-line no-explicit-any

type Asking = {
  readonly read: (by: Actor, type: string, id: string) => Promise<Fields | null>
  readonly search: (by: Actor, type: string, parameters?: Parameters, count?: number) => Promise<Fields[]>
}

/** Asks faces as the server does: in an act of whoever asks; a search is followed through all of its pages. */
const asking = ({ house }: TestHouse): Asking => {
  const asked = (by: Actor) => ({ caller: { actor: by, scopes: null, patient: null }, request: newId() })
  const faceOf = (type: string) => {
    const face = faces.get(type)
    if (!face) throw new Error(`no face of ${type}`)
    return face
  }
  return {
    read: async (by, type, id) => {
      const found = await openFhirAct(house, asked(by), [], (open) => faceOf(type).read(open, id))
      return found && (JSON.parse(found.text) as Fields)
    },
    search: async (by, type, parameters = [], count = 50) => {
      const all: Fields[] = []
      let after: string | null = null
      do {
        const mark: string | null = after
        const page: Awaited<ReturnType<ServedFace['search']>> = await openFhirAct(house, asked(by), [], (open: FhirAct) =>
          faceOf(type).search(open, parameters, { count, after: mark }),
        )
        assert.ok(page.items.length <= count, `${type}: a page of ${page.items.length}`)
        all.push(...page.items.map(({ text }) => JSON.parse(text) as Fields))
        after = page.next
      } while (after !== null)
      return all
    },
  }
}

const FACES_OF_PERSONS = [
  'Patient',
  'Coverage',
  'CareTeam',
  'Appointment',
  'ServiceRequest',
  'Task',
  'EpisodeOfCare',
  'CarePlan',
  'Communication',
  'AuditEvent',
  'Consent',
  'RelatedPerson',
]

const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }

type Told = Asking & {
  readonly made: TestHouse
  readonly stage: Stage
  readonly person: PersonId
  readonly resident: Actor
  readonly stranger: Actor
  readonly unit: { org: string; pool: string }
  readonly booking: { org: string; booking: string }
  readonly referral: string
}

/** A small region with one person who was referred with a unit and has booked another. */
const tell = async (t: TestContext): Promise<Told> => {
  const made = await testHouse(t)
  const stage = await setStage(made)
  const person = await stage.person('演示就诊者', '1961-05-06')
  const other = await stage.person('演示旁人', '1980-01-02')
  const resident = actor('resident', null, '演示就诊者', person)
  const stranger = actor('resident', null, '演示旁人', other)
  const unit = await stage.slot(stage.tcmDesk, { daysAhead: 3 })
  const booking = await made.done('booking.book', resident, unit)
  const { referral } = await made.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'I10', zh: '高血压' },
    letter,
    consent: { by: 'patient' },
  })
  await made.done('correspondence.write', stage.villageDoctor, { referral, text: '请先看心电图' })
  const guardian = await stage.person('演示代办人', '1985-02-03')
  await made.done('record-access.register-representative', stage.villageDoctor, {
    person,
    by: guardian,
    kind: 'proxy',
    document: '授权委托书',
  })
  await made.done('record-access.give-consent', resident, {
    person,
    purpose: 'research',
    to: PLACES.county,
    kinds: ['results'],
    days: 30,
  })
  return { made, stage, person, resident, stranger, unit, booking, referral, ...asking(made) }
}

const assertValid = (resource: Fields): void => {
  const faults = validateResource(resource).filter(({ severity }) => severity === 'error')
  assert.deepEqual(faults, [], `${resource['resourceType']}/${resource['id']}`)
}

test('operational resources are drawn from the modules’ own tables', async (t) => {
  const told = await tell(t)
  const { stage, person, resident, stranger, unit, booking, referral, read, search } = told

  await t.test('every face answers sound R4 with a version, and what it refers to is there', async () => {
    const askers: Record<string, Actor> = {
      Practitioner: stage.desk,
      PractitionerRole: stage.desk,
      ServiceRequest: stage.villageDoctor,
      Task: stage.desk,
      Communication: stage.desk,
      Patient: stage.villageDoctor,
      CareTeam: stage.villageDoctor,
      Coverage: stage.villageDoctor,
    }
    const met = new Set<string>()
    const wanted = new Map<string, Actor>()
    for (const [type] of faces) {
      const by = askers[type] ?? resident
      for (const resource of await search(by, type, type === 'HealthcareService' ? [['organization', PLACES.county]] : [])) {
        met.add(type)
        assertValid(resource)
        assert.match(resource['meta'].versionId, /^[0-9a-f]{16}$/)
        assert.deepEqual(await read(by, type, resource['id']).then((one) => one?.['id']), resource['id'])
        for (const [, target] of JSON.stringify(resource).matchAll(/"reference":"([A-Za-z]+\/[^"]+)"/g))
          wanted.set(`${type} ${target}`, by)
      }
    }
    assert.deepEqual(
      [...faces.keys()].filter((type) => !met.has(type) && type !== 'CarePlan' && !type.startsWith('Practitioner')),
      [],
    )
    assert.ok(wanted.size > 10)
    for (const [target, by] of wanted) {
      const [type, id] = (target.split(' ')[1] as string).split('/') as [string, string]
      assert.ok(await read(by, type, id), `${target} does not resolve for ${by.role}`)
    }
  })

  await t.test('pages meet everything once, whatever their size', async () => {
    for (const type of ['Organization', 'HealthcareService', 'Slot', 'Schedule']) {
      const whole = (await search(resident, type, [], 500)).map(({ id }) => id)
      assert.deepEqual(new Set(whole).size, whole.length)
      assert.deepEqual(
        (await search(resident, type, [], 3)).map(({ id }) => id),
        whole,
        type,
      )
      assert.ok(whole.length > 0, type)
    }
  })

  await t.test('searches find by their parameters and nothing else', async () => {
    const county = await search(resident, 'Organization', [['_id', `${PLACES.county},${PLACES.city},unknown`]])
    assert.deepEqual(county.map(({ id }) => id).toSorted(), [PLACES.county, PLACES.city].toSorted())
    const [one] = county
    assert.deepEqual(
      (await search(resident, 'Organization', [['identifier', one?.['identifier'][0].value]])).map(({ id }) => id),
      [one?.['id']],
    )
    assert.deepEqual(await search(resident, 'Organization', [['name', 'nobody has this name']]), [])
    const slots = await search(resident, 'Slot', [
      ['schedule', `Schedule/${unit.org}-0304`],
      ['status', 'free'],
    ])
    assert.deepEqual(
      slots.map(({ id }) => id),
      [`${unit.org}-${unit.pool}`],
    )
    assert.deepEqual(await search(resident, 'Slot', [['schedule', `Schedule/${PLACES.city}-0304`]]), [])
    assert.deepEqual((await search(resident, 'Appointment', [['status', 'booked']])).length, 1)
    assert.deepEqual(await search(resident, 'Appointment', [['status', 'cancelled']]), [])
    assert.deepEqual(
      (await search(stage.desk, 'Task', [['status', 'requested']])).map(({ id }) => id),
      [referral],
    )
    assert.deepEqual(await search(stage.desk, 'Task', [['status', 'completed']]), [])
    assert.deepEqual(await search(stage.desk, 'Task', [['patient.name', '演示']]), [], 'a chain is not followed')
  })

  await t.test('what is kept for primary care is free for it alone; a booking that is cancelled says so', async () => {
    const kept = await stage.slot(stage.tcmDesk, { daysAhead: 4, capacity: 1 })
    const id = `${kept.org}-${kept.pool}`
    const seen = [await read(resident, 'Slot', id), await read(stage.villageDoctor, 'Slot', id)].map((one) => one?.['status'])
    assert.deepEqual(seen, ['busy', 'free'])
    const open = await stage.slot(stage.tcmDesk, { daysAhead: 5 })
    const taken = await told.made.done('booking.book', stranger, open)
    const appointment = `${open.org}-${taken.booking}`
    const before = await read(stranger, 'Appointment', appointment)
    await told.made.done('booking.cancel', stranger, { org: open.org, booking: taken.booking, reason: '有事' })
    const after = await read(stranger, 'Appointment', appointment)
    assert.deepEqual([before?.['status'], after?.['status']], ['booked', 'cancelled'])
    assert.notEqual(before?.['meta'].versionId, after?.['meta'].versionId)
  })

  await t.test('rights are those of the forms: nobody else sees a person, a booking, a referral, a look', async () => {
    const appointment = `${booking.org}-${booking.booking}`
    const outsiders = [stranger, stage.cityDesk, actor('insurer', null), actor('health-bureau', null)]
    for (const by of outsiders) {
      for (const [type, id] of [
        ['Patient', person],
        ['Coverage', person],
        ['CareTeam', person],
        ['Appointment', appointment],
        ['ServiceRequest', referral],
        ['Task', referral],
      ] as const)
        assert.equal(await read(by, type, id), null, `${by.role} reads ${type}`)
      for (const type of FACES_OF_PERSONS) {
        const text = JSON.stringify(await search(by, type, type === 'Patient' ? [] : [['patient', `Patient/${person}`]]))
        assert.ok(!text.includes(`Patient/${person}`) && !text.includes('演示就诊者'), `${by.role} finds ${type}`)
      }
    }
    assert.ok(await read(resident, 'Appointment', appointment))
    assert.ok(await read(stage.tcmDesk, 'Appointment', appointment))
    assert.equal(await read(stage.desk, 'Appointment', appointment), null, 'another hospital’s desk')
    for (const by of [resident, stage.villageDoctor, stage.desk]) assert.ok(await read(by, 'ServiceRequest', referral), by.role)
    assert.deepEqual(await search(resident, 'Practitioner'), [])
    const looks = await search(resident, 'AuditEvent')
    assert.ok(looks.length > 0)
    for (const look of looks) assert.equal(look['entity']?.[0].what.reference, `Patient/${person}`)
  })

  await t.test('what a person allowed and who acts for the person, until it is taken back', async () => {
    const [allowed] = await search(resident, 'Consent', [['status', 'active']])
    assert.deepEqual(allowed?.['provision'].actor[0].reference, { reference: `Organization/${PLACES.county}` })
    assert.deepEqual(
      allowed?.['provision'].class.map(({ code }: { code: string }) => code),
      ['Observation', 'DiagnosticReport', 'ImagingStudy', 'Specimen'],
    )
    const [proxy] = await search(stage.villageDoctor, 'RelatedPerson', [['patient', `Patient/${person}`]])
    assert.deepEqual([proxy?.['active'], proxy?.['relationship'][0].coding[0].code], [true, 'POWATT'])
    const consent = String(allowed?.['id']).split('-').slice(1).join('-')
    await told.made.done('record-access.withdraw-consent', resident, { person, consent })
    assert.equal((await read(resident, 'Consent', allowed?.['id']))?.['status'], 'inactive')
    assert.deepEqual(await search(resident, 'Consent', [['status', 'active']]), [])
    const [episode] = await search(stage.desk, 'EpisodeOfCare', [['patient', `Patient/${person}`]])
    assert.deepEqual([episode?.['id'], episode?.['status']], [referral, 'waitlist'])
  })

  await t.test('numbers are masked', async () => {
    const number = '990101196105061231'
    const shown = JSON.stringify(await read(stage.villageDoctor, 'Patient', person))
    assert.ok(!shown.includes(number) && shown.includes('演示就诊者'))
  })
})
