import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { PersonId } from '../../kernel/id.ts'
import { cellsOf } from '../../platform/register-csv.ts'
import { readBack } from '../../platform/pdf/read-back.ts'
import { checkCharacter } from '../residents/rules/id-number.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'

type Scene = { house: TestHouse; stage: Stage; person: PersonId }

const scene = async (t: TestContext): Promise<Scene> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  return { house, stage, person: await stage.person('谭桂英', '1958-02-03') }
}

const request = (person: PersonId, changed: object = {}) => ({
  person,
  receiver: PLACES.county,
  specialty: '0304',
  condition: { key: 'hypertension-uncontrolled', zh: '高血压控制不佳' },
  letter: { impression: '高血压3级', reason: '头痛三天', pastHistory: '', treatment: '' },
  consent: { by: 'patient', told: ['转运途中血压可能进一步升高'] },
  ...changed,
})
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] => (outcome.refusals ?? []).map(({ code }) => code)
const textOf = (pdf: string): string => readBack(Buffer.from(pdf, 'base64')).pages.join('\n').replace(/[\s\u200B]/g, '')

test('A case that a colleague works on is known to the desk, to nobody else, and the note runs out by itself', async (t) => {
  const { house, stage, person } = await scene(t)
  const { referral } = await house.done('referral.send', stage.villageDoctor, request(person))
  const second = actor('referral-desk', 'county', '李四')
  const taken = await house.done('referral.look', stage.desk, { referral })
  assert.equal(taken.look.isMine, true)
  const told = await house.done('referral.look', second, { referral })
  assert.deepEqual([told.look.isMine, told.look.by.zh], [false, '李转诊'], 'who comes second is told who came first')
  assert.deepEqual((await house.done('referral.looks', second)).looks.map((one: { by: { zh: string } }) => one.by.zh), ['李转诊'])
  assert.deepEqual((await house.done('referral.looks', stage.villageDoctor)).looks, [], 'the sender is not told')
  assert.deepEqual(codes(await house.ask('referral.look', stage.tcmDesk, { referral })), ['platform.not-found'])

  const over = await house.done('referral.look', second, { referral, takesOver: true })
  assert.equal(over.look.isMine, true)
  await house.done('referral.look', stage.desk, { referral, leaves: true })
  assert.equal((await house.done('referral.looks', stage.desk)).looks.length, 1, 'nobody gives up the lease of another')
  await house.later(0.1)
  assert.deepEqual((await house.done('referral.looks', stage.desk)).looks, [])
  assert.equal((await house.done('referral.look', stage.desk, { referral })).look.isMine, true)
  await house.done('referral.look', stage.desk, { referral, leaves: true })
  assert.deepEqual((await house.done('referral.looks', stage.desk)).looks, [])
})

test('A list is searched by name, initials, the tail of the number, slip and condition, among one’s own cases only', async (t) => {
  const { house, stage, person } = await scene(t)
  const number = `99030019661103127${checkCharacter('99030019661103127')}`
  const { person: numbered } = await house.done('residents.register', stage.villageDoctor, {
    name: { zh: '欧阳合成' },
    sex: 'male',
    identifier: { type: '01', number },
  })
  const first = await house.done('referral.send', stage.villageDoctor, request(person))
  const other = { condition: { key: 'stroke', zh: '急性脑卒中' }, urgency: 'green-channel' }
  const second = await house.done('referral.send', stage.villageDoctor, request(numbered, other))
  const found = async (input: object, who = stage.desk): Promise<string[]> =>
    (await house.done('referral.worklist', who, input)).rows.map((row: { id: string }) => row.id)
  for (const [text, id] of [
    ['谭桂', first.referral],
    ['tgy', first.referral],
    ['oyhc', second.referral],
    [number.slice(-4), second.referral],
    [second.slipNo.slice(-6), second.referral],
    ['脑卒中', second.referral],
  ])
    assert.deepEqual(await found({ text }), [id], text)
  assert.deepEqual(await found({ text: '100%' }), [], 'a sign of patterns is an ordinary letter')
  assert.deepEqual(await found({ text: 'tgy' }, stage.tcmDesk), [])
  assert.deepEqual(await found({ urgency: 'green-channel' }), [second.referral])
  assert.deepEqual(await found({ text: 'tgy', urgency: 'green-channel' }), [])
})

test('An export holds every matching row, says filter, time and person, and carries nothing that a spreadsheet would run', async (t) => {
  const { house, stage } = await scene(t)
  const sent: string[] = []
  for (const [at, name] of ['合成甲', '合成乙', '合成丙'].entries()) {
    const one = await stage.person(name, '1960-01-01')
    const condition = { key: `formula-${at}`, zh: at === 1 ? '=HYPERLINK("http://x","点")' : '高血压' }
    sent.push((await house.done('referral.send', stage.villageDoctor, request(one, { condition }))).slipNo)
  }
  const exported = await house.done('referral.worklist-export', stage.desk, { state: 'to-answer' })
  assert.deepEqual([exported.count, exported.isWhole], [3, true])
  const cells = cellsOf(exported.csv)
  assert.deepEqual([cells[0], cells[2]], [['筛选', '转入本机构、待接收'], ['导出人', '李转诊']])
  assert.match(cells[1]?.[1] ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d$/)
  assert.deepEqual(cells.slice(4).map(([slip]) => slip).toSorted(), sent.toSorted())
  assert.ok(cells.some((row) => row.includes('\'=HYPERLINK("http://x","点")')))
  assert.ok(cells.flat().every((cell) => !/^[=+\-@]/.test(cell)))
  const nobody = await house.done('referral.worklist-export', stage.desk, { state: 'to-answer', text: '合成甲', language: 'en' })
  assert.deepEqual([nobody.count, cellsOf(nobody.csv)[0]?.[1]], [1, 'received, to answer, search “合成甲”'])
})

test('Who does not agree is not referred: nothing is sent, it is on record with its reason, and primary care talks once more', async (t) => {
  const { house, stage, person } = await scene(t)
  const { consent: _, ...plain } = request(person)
  const said = { ...plain, by: 'family', relation: '儿子', told: ['不转诊可能发生卒中'], why: 'distance', note: '没有车' }
  const refused = await house.done('referral.record-refusal-of-consent', stage.villageDoctor, said)
  assert.deepEqual([refused.state, refused.waitUntil], ['not-agreed', null])
  const { referral } = refused
  assert.deepEqual(codes(await house.ask('referral.get', stage.desk, { referral })), ['platform.not-found'])
  assert.deepEqual((await house.done('referral.worklist', stage.desk, { state: 'ended' })).rows, [])
  const whole = await house.done('referral.get', stage.villageDoctor, { referral })
  assert.deepEqual(whole.consentRefusal.why, 'distance')
  assert.deepEqual([whole.consent, whole.moves], [null, []])
  const last = whole.trace.at(-1)
  assert.deepEqual([last.type, last.reason, last.why], ['referral.consent-refused', '路途太远:没有车', 'distance'])
  const { events } = await house.done('referral.journey', actor('resident', null, '谭桂英', person), { person })
  assert.ok(events.some((event: { type: string }) => event.type === 'referral.consent-refused'))

  const { pdf } = await house.done('referral.slip', stage.villageDoctor, { referral, kind: 'consent' })
  const text = textOf(pdf)
  for (const part of ['双向转诊知情同意书', '■不同意转诊', '□同意转诊', '路途太远:没有车', '儿子', '1.不转诊可能发生卒中']) assert.ok(text.includes(part), part)

  const { tasks } = await house.done('referral.tasks', stage.familyDoctor)
  assert.deepEqual(tasks.map((task: { kind: string }) => task.kind), ['consent'])
  await house.later(73)
  const late = await house.done('referral.tasks', stage.familyDoctor, { which: 'overdue' })
  assert.equal(late.tasks.length, 1)
  await house.done('referral.finish-task', stage.familyDoctor, { task: tasks[0].id, note: '已上门说明,家属同意明日转诊' })
  const { referral: again } = await house.done('referral.send', stage.villageDoctor, request(person))
  const agreed = await house.done('referral.slip', stage.desk, { referral: again, kind: 'consent' })
  for (const part of ['■同意转诊', '转运途中血压可能进一步升高', '本人']) assert.ok(textOf(agreed.pdf).includes(part), part)
})

test('Returns are counted by their coded reason and receiver, for who manages them', async (t) => {
  const { house, stage, person } = await scene(t)
  const second = await stage.person('李二', '1960-06-06')
  const third = await stage.person('李三', '1961-06-06')
  for (const [one, why] of [
    [person, 'no-capacity'],
    [second, 'no-capacity'],
    [third, 'information-missing'],
  ] as const) {
    const { referral } = await house.done('referral.send', stage.villageDoctor, request(one))
    await house.done('referral.reject', stage.desk, { referral, why, wayOn: '县中医医院今日可接' })
  }
  const period = { from: stage.today, until: '2999-01-01' }
  const own = await house.done('referral.refusal-counts', stage.desk, period)
  assert.deepEqual([own.total['no-capacity'], own.total['information-missing'], own.total['wrong-specialty']], [2, 1, 0])
  assert.equal((await house.done('referral.refusal-counts', stage.tcmDesk, period)).total['no-capacity'], 0, 'a desk counts its own')
  const bureau = await house.done('referral.refusal-counts', actor('health-bureau', null), period)
  assert.deepEqual(bureau.receivers.map((one: { receiver: { id: string } }) => one.receiver.id), [PLACES.county])
  const before = await house.done('referral.refusal-counts', stage.desk, { from: '2000-01-01', until: stage.today })
  assert.equal(before.total['no-capacity'], 0)
})

test('Templates by disease come with the product; an institution’s own version of one takes its place, there only', async (t) => {
  const { house, stage } = await scene(t)
  const of = async (who: typeof stage.desk) =>
    new Map((await house.done('referral.letter-templates', who)).templates.map((one: { key: string; of: string }) => [one.key, one]))
  const shipped = (await of(stage.villageDoctor)) as Map<string, { of: string; risks: unknown[] }>
  assert.ok(shipped.size >= 16)
  assert.equal(shipped.get('stroke-tia')?.of, 'national')
  const body = {
    key: 'stroke-tia',
    name: { zh: '本镇卒中', en: 'Stroke here' },
    icd10: ['I60-I64', 'G45'],
    reason: '疑似卒中({pressure})',
    needs: ['pressure'],
    risks: [{ zh: '本镇到县医院约 40 分钟', en: 'About 40 minutes to the county hospital' }],
  }
  await house.done('referral.propose-letter-template', stage.villageDoctor, { from: stage.today, body })
  const own = (await of(stage.villageDoctor)) as Map<string, { of: string; risks: unknown[] }>
  assert.deepEqual([own.get('stroke-tia')?.of, own.get('stroke-tia')?.risks.length, own.size], ['own', 1, shipped.size])
  assert.equal(((await of(stage.familyDoctor)) as Map<string, { of: string }>).get('stroke-tia')?.of, 'national')
})
