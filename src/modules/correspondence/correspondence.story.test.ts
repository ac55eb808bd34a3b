import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { openDatabase, sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import { sampleJpeg, samplePdf, samplePng } from './files/sample-files.ts'

type Scene = { house: TestHouse; stage: Stage; person: PersonId; referral: string }

const request = (person: PersonId, unit: { org: string; pool: string } | null = null) => ({
  person,
  receiver: PLACES.county,
  specialty: '0304',
  condition: { key: 'hypertension-uncontrolled', zh: '高血压控制不佳' },
  letter: { impression: '高血压3级', reason: '头痛三天', pastHistory: '', treatment: '氨氯地平' },
  consent: { by: 'patient' },
  unit,
})

const scene = async (t: TestContext, withUnit = false): Promise<Scene> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('谭桂英', '1958-02-03')
  const unit = withUnit ? await stage.slot(stage.desk, { daysAhead: 5, capacity: 1 }) : null
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person, unit))
  return { house, stage, person, referral }
}

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)
const file = (mediaType: string, bytes: Buffer, name = '心电图.jpg') => ({ name, mediaType, base64: bytes.toString('base64') })
const thread = ({ house, referral }: Scene, who: Actor) => house.done('correspondence.thread', who, { referral })
const types = async ({ house, stage, referral }: Scene): Promise<string[]> =>
  (await house.done('referral.get', stage.villageDoctor, { referral })).trace.map((step: { type: string }) =>
    step.type.replace('referral.', ''),
  )

test('The two sides talk about one patient: words, files byte for byte, and who has read what since when', async (t) => {
  const all = await scene(t)
  const { house, stage, referral } = all
  const sent = [
    file('image/jpeg', sampleJpeg(), '/storage/心电图.jpg'),
    file('image/png', samplePng(), '化验.png'),
    file('application/pdf', samplePdf(), '旧病历.pdf'),
  ]
  const { message } = await house.done('correspondence.write', stage.villageDoctor, {
    referral,
    text: '心电图在附件',
    attachments: sent,
  })
  assert.deepEqual(
    (await house.done('correspondence.unread', stage.desk)).cases.map((one: { unread: number }) => one.unread),
    [1],
  )
  assert.equal((await house.done('correspondence.unread', stage.villageDoctor)).total, 0, 'one’s own words are not unread')

  const [shown] = (await thread(all, stage.desk)).messages
  assert.deepEqual(
    [shown.text, shown.author.side, shown.author.name.zh, shown.author.institution.id],
    ['心电图在附件', 'sender', '何平', PLACES.village],
  )
  assert.deepEqual(shown.attachments.map((one: { name: string }) => one.name).toSorted(), [
    '化验.png',
    '心电图.jpg',
    '旧病历.pdf',
  ])
  for (const one of shown.attachments) {
    const opened = await house.done('correspondence.attachment', stage.desk, { referral, attachment: one.id })
    assert.equal(opened.base64, sent.find(({ mediaType }) => mediaType === one.mediaType)?.base64, 'byte for byte')
  }

  await house.done('correspondence.read-until', stage.desk, { referral, message })
  await house.done('correspondence.read-until', stage.desk, { referral, message })
  await house.done('correspondence.write', stage.ward, { referral, text: '已收到,请停用对照药' })
  const messages = (await thread(all, stage.villageDoctor)).messages
  assert.deepEqual(
    messages.map((one: { author: { side: string } }) => one.author.side),
    ['sender', 'receiver'],
  )
  assert.deepEqual(
    messages[0].readBy.map((reader: { name: { zh: string } }) => reader.name.zh),
    ['李转诊'],
    'read once, by whom',
  )
  assert.equal((await house.done('correspondence.unread', stage.desk)).total, 0, 'what a colleague wrote is not unread')
  assert.equal((await house.done('correspondence.unread', stage.villageDoctor)).total, 1)
  assert.deepEqual(await types(all), ['drafted', 'submitted'], 'the trace of the case is not filled with talk')
})

test('It is nobody else’s business: a stranger and the resident learn nothing, not even that there is a thread', async (t) => {
  const all = await scene(t)
  const { house, stage, person, referral } = all
  const { message } = await house.done('correspondence.write', stage.villageDoctor, {
    referral,
    text: '请看',
    attachments: [file('image/png', samplePng())],
  })
  const attachment = (await thread(all, stage.desk)).messages[0].attachments[0].id
  const absent = '00000000-0000-4000-8000-000000000000'
  for (const [form, input] of [
    ['correspondence.thread', { referral }],
    ['correspondence.attachment', { referral, attachment }],
    ['correspondence.write', { referral, text: '打听一下' }],
    ['correspondence.read-until', { referral, message }],
    ['correspondence.withdraw', { referral, message }],
    ['correspondence.supplement', { referral, text: '补充' }],
  ] as const) {
    const stranger = await house.ask(form, stage.tcmDesk, input)
    const nothing = await house.ask(form, stage.tcmDesk, { ...input, referral: absent })
    assert.deepEqual(stranger, nothing, `${form}: not yours reads like not there`)
    assert.deepEqual(codes(stranger), ['platform.not-found'])
    const resident = await house.ask(form, actor('resident', null, '谭桂英', person), input)
    assert.deepEqual(codes(resident), ['platform.role-may-not'], form)
  }
  const events = await house.database.rows<{ person: string | null; data: unknown }>(
    sql`select person_id as person, data from platform.trace_event where case_kind = 'correspondence'`,
  )
  assert.ok(
    events.length === 1 && events[0]?.person === null && !JSON.stringify(events).includes('请看'),
    'the event has no words and is not the person’s',
  )
  const reads = await house.database.rows<{ basis: string }>(
    sql`select basis from platform.audit where person_id = ${person} and form like 'correspondence.%' and kind = 'query'`,
  )
  assert.ok(reads.length >= 1 && reads.every(({ basis }) => basis.startsWith('转诊 ')), 'every look is on record with its basis')
})

test('What is not taken says why, each by name, and nothing of the message remains', async (t) => {
  const all = await scene(t)
  const { house, stage, referral } = all
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  const large = Buffer.concat([Buffer.alloc(700_000), sampleJpeg()])
  const heavy = samplePdf('', `4 0 obj\n(${'x'.repeat(400_000)})\nendobj\n`)
  const rows: [unknown[], string[]][] = [
    [[], ['correspondence.nothing-written']],
    [[file('image/png', svg)], ['correspondence.file-unknown']],
    [[file('image/png', sampleJpeg())], ['correspondence.file-misnamed']],
    [[file('image/jpeg', sampleJpeg().subarray(0, -2))], ['correspondence.file-broken']],
    [[file('image/jpeg', Buffer.concat([sampleJpeg(), samplePdf()]))], ['correspondence.file-has-more']],
    [[file('application/pdf', samplePdf('/OpenAction << /S /JavaScript >>'))], ['correspondence.file-acts']],
    [[file('image/jpeg', large)], ['correspondence.file-too-large']],
    [[file('application/pdf', heavy), file('application/pdf', heavy)], ['correspondence.files-too-large']],
    [[file('image/png', samplePng(9_000, 9_000))], ['correspondence.picture-too-large']],
    [[file('image/png', svg), file('image/jpeg', sampleJpeg()), file('image/png', sampleJpeg())], ['correspondence.file-unknown', 'correspondence.file-misnamed']],
  ] // prettier-ignore
  for (const [attachments, expected] of rows)
    assert.deepEqual(codes(await house.ask('correspondence.write', stage.desk, { referral, attachments })), expected)
  assert.deepEqual((await thread(all, stage.desk)).messages, [])
})

test('A draft has no thread; a withdrawn message stays as a fact; nobody withdraws for another or late', async (t) => {
  const all = await scene(t)
  const { house, stage, referral } = all
  const other = await stage.person('谭老二', '1960-01-01')
  const { unit: _, ...plain } = request(other)
  const draft = await house.done('referral.draft', stage.villageDoctor, plain)
  assert.deepEqual(
    codes(await house.ask('correspondence.write', stage.villageDoctor, { referral: draft.referral, text: '在吗' })),
    ['correspondence.not-sent-yet'],
  )

  const { message } = await house.done('correspondence.write', stage.desk, {
    referral,
    text: '发错病例了',
    attachments: [file('image/png', samplePng())],
  })
  const attachment = (await thread(all, stage.desk)).messages[0].attachments[0].id
  assert.deepEqual(codes(await house.ask('correspondence.withdraw', stage.ward, { referral, message })), [
    'correspondence.not-own',
  ])
  await house.done('correspondence.withdraw', stage.desk, { referral, message })
  assert.deepEqual(codes(await house.ask('correspondence.withdraw', stage.desk, { referral, message })), [
    'correspondence.withdrawn-already',
  ])
  const [shown] = (await thread(all, stage.villageDoctor)).messages
  assert.deepEqual([shown.text, shown.attachments, shown.author.name.zh, shown.withdrawnAt !== null], [null, [], '李转诊', true])
  assert.deepEqual(codes(await house.ask('correspondence.attachment', stage.desk, { referral, attachment })), [
    'platform.not-found',
  ])

  const second = await house.done('correspondence.write', stage.desk, { referral, text: '请补一份心电图' })
  await house.later(0.1)
  assert.deepEqual(codes(await house.ask('correspondence.withdraw', stage.desk, { referral, message: second.message })), [
    'correspondence.withdraw-too-late',
  ])
})

test('The thread can be read after the end, written for some days, and is unreadable once the person is erased', async (t) => {
  const all = await scene(t)
  const { house, stage, person, referral } = all
  await house.done('correspondence.write', stage.villageDoctor, { referral, text: '病人改主意了' })
  await house.done('referral.cancel', stage.villageDoctor, { referral, reason: '患者改变主意' })
  await house.later(24 * 14 - 1)
  await house.done('correspondence.write', stage.desk, { referral, text: '好的' })
  await house.later(1.1)
  assert.deepEqual(codes(await house.ask('correspondence.write', stage.desk, { referral, text: '还在吗' })), [
    'correspondence.closed',
  ])
  const closed = await thread(all, stage.desk)
  assert.deepEqual([closed.messages.length, closed.refused], [2, 'correspondence.closed'])
  const owner = openDatabase(house.ownerUrl, { size: 1 })
  t.after(() => owner.close())
  await owner.run(sql`delete from residents.person_key where person_id = ${person}`)
  const erased = await thread(all, stage.desk)
  assert.deepEqual([erased.isErased, erased.messages.map((one: { text: string | null }) => one.text)], [true, [null, null]])
})

test('Asked for more, supplemented in one act with a message and a new letter, accepted with the unit that stayed held', async (t) => {
  const all = await scene(t, true)
  const { house, stage, referral } = all
  const first = await house.done('referral.package', stage.desk, { referral })
  const asked = await house.done('referral.ask-more', stage.desk, {
    referral,
    what: ['ecg', 'past-history'],
    reason: '请补近一周心电图和既往用药',
  })
  assert.equal(asked.state, 'asked')
  assert.deepEqual(
    codes(await house.ask('referral.supplement', stage.desk, { referral })),
    ['platform.not-found'],
    'only the sender supplements',
  )
  const mine = await house.done('referral.worklist', stage.villageDoctor, { side: 'sender', state: 'mine-to-act' })
  assert.deepEqual(
    mine.rows.map((row: { state: string }) => row.state),
    ['asked'],
    'the baton is with the sender',
  )
  assert.equal((await house.done('referral.worklist', stage.desk, { state: 'asked' })).counts.asked, 1)

  await house.later(23)
  const refused = await house.ask('correspondence.supplement', stage.villageDoctor, {
    referral,
    letter: {},
    text: '见附件',
    attachments: [file('image/png', sampleJpeg())],
  })
  assert.deepEqual(codes(refused), ['correspondence.file-misnamed'])
  assert.equal(
    (await house.done('referral.get', stage.desk, { referral })).state,
    'asked',
    'a file that is not taken moves nothing',
  )

  const done = await house.done('correspondence.supplement', stage.villageDoctor, {
    referral,
    letter: { pastHistory: '2型糖尿病十年' },
    note: '心电图见附件',
    text: '心电图见附件',
    attachments: [file('image/jpeg', sampleJpeg())],
  })
  assert.equal(done.state, 'submitted')
  const again = await house.done('referral.package', stage.desk, { referral })
  assert.notEqual(again.hash, first.hash, 'the record package is sealed anew')
  const whole = await house.done('referral.get', stage.desk, { referral })
  assert.deepEqual(
    [whole.letter.pastHistory, whole.letter.treatment],
    ['2型糖尿病十年', '氨氯地平'],
    'only what was changed changes',
  )
  const ask = whole.trace.find((step: { type: string }) => step.type === 'referral.more-asked')
  assert.deepEqual([ask.why, ask.reason], ['ecg,past-history', '请补近一周心电图和既往用药'])
  assert.equal((await thread(all, stage.desk)).messages.length, 1)

  await house.later(47)
  await house.done('referral.accept', stage.desk, { referral })
  assert.deepEqual(await types(all), ['drafted', 'submitted', 'more-asked', 'supplemented', 'escalated', 'accepted', 'scheduled'])
})

test('Asked and nothing comes: told one level up, then the sender finds another way; the unit goes back', async (t) => {
  const all = await scene(t, true)
  const { house, stage, referral } = all
  await house.done('referral.ask-more', stage.desk, { referral, what: ['imaging'], reason: '请补胸片' })
  await house.later(24.5)
  assert.deepEqual(await types(all), ['drafted', 'submitted', 'more-asked', 'escalated'])
  const late = await house.done('referral.worklist', stage.familyDoctor, { side: 'care-team', state: 'overdue' })
  assert.equal(late.rows.length, 1, 'the township, above the village and the person’s care team, sees that it is late')
  const held = await house.database.row<{ state: string }>(sql`select state from booking.booking where case_id = ${referral}`)
  assert.equal(held?.state, 'held', 'what was promised stays held')
  await house.later(24)
  assert.equal((await house.done('referral.get', stage.villageDoctor, { referral })).state, 'expired')
  const given = await house.database.row<{ state: string }>(sql`select state from booking.booking where case_id = ${referral}`)
  assert.equal(given?.state, 'cancelled')
  const sent = await house.done('referral.submit', stage.villageDoctor, { referral })
  assert.equal(sent.state, 'submitted')
})

test('While more is asked for, the receiver may still decide, the sender may cancel, and asking has an end', async (t) => {
  const all = await scene(t)
  const { house, stage, referral } = all
  const ask = () => house.ask('referral.ask-more', stage.desk, { referral, what: ['other'], reason: '请说明' })
  assert.ok((await ask()).ok)
  assert.deepEqual(codes(await ask()), ['platform.move-not-possible'])
  await house.done('referral.supplement', stage.villageDoctor, { referral, note: '已电话说明' })
  assert.ok((await ask()).ok)
  await house.done('referral.supplement', stage.villageDoctor, { referral })
  assert.deepEqual(codes(await ask()), ['referral.asked-enough'], 'nobody keeps a patient waiting by asking without end')
  await house.done('referral.redirect', stage.desk, { referral, receiver: PLACES.city, reason: '需三级医院' })
  await house.done('referral.ask-more', stage.cityDesk, { referral, what: ['laboratory'], reason: '请补肾功能' })
  assert.deepEqual(
    codes(await house.ask('correspondence.write', stage.desk, { referral, text: '?' })),
    ['platform.not-found'],
    'who redirected it is no party any more',
  )
  await house.done('referral.accept', stage.cityDesk, { referral, queue: '心内科候床' })
  assert.equal((await types(all)).at(-1), 'accepted', 'told by telephone, the receiver need not wait for the form')

  const second = await house.done('referral.send', stage.villageDoctor, {
    ...request(all.person),
    condition: { key: 'I10', zh: '高血压' },
  })
  await house.done('referral.ask-more', stage.desk, { referral: second.referral, what: ['other'], reason: '请说明' })
  await house.done('referral.cancel', stage.villageDoctor, { referral: second.referral, reason: '患者改变主意' })
})
