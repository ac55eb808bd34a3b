import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Hl7Message } from '@medplum/core'
import { Hl7Client } from '@medplum/hl7'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { startMllp, type Mllp } from './server.ts'

let house: TestHouse
let mllp: Mllp
const endings: (() => unknown)[] = []
const administrator = actor('administrator', null)
const SETTINGS = { port: 0, host: '127.0.0.1', from: [], tls: null, bytesMost: 200_000, idleMs: 300 } as const

before(async () => {
  house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
  await setStage(house)
  for (const facility of ['XTXRMYY', '湘潭'])
    await house.database
      .run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
      values (0, 'intake.source', ${facility}, 1, '2020-01-01', ${JSON.stringify({ facility, institution: PLACES.county })}, 'in-force', false, now())`)
  mllp = await startMllp(house.house, SETTINGS)
})
after(async () => {
  await mllp.close()
  for (const end of endings.toReversed()) await end()
})

let count = 0
const freshId = (): string => `C${++count}`
const message = (event: string, rest: string, { id = freshId(), facility = 'XTXRMYY' } = {}): string =>
  `MSH|^~\\&|HIS|${facility}|JIELI|JIELI|20261001080000||${event}|${id}|P|2.4||||||UNICODE UTF-8\r${rest}`
const pid = (number: string, name = '周^演示', more = '|19610504|M'): string => `PID|1||${number}^^^HIS^MR||${name}|${more}`
/** A segment by the numbers of its fields. */
const segment = (name: string, fields: Readonly<Record<number, string>>): string => {
  const last = Math.max(...Object.keys(fields).map(Number))
  return [name, ...Array.from({ length: last }, (_one, at) => fields[at + 1] ?? '')].join('|')
}
const START = '\u000b'
const END = '\u001c\r'

/** A bare connection that gathers what is answered. */
const line = async (): Promise<{ socket: Socket; answered: (many: number) => Promise<string[]> }> => {
  const socket = connect(mllp.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  let text = ''
  const told = new EventTarget()
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
    told.dispatchEvent(new Event('more'))
  })
  const answered = async (many: number): Promise<string[]> => {
    while (text.split(END).length - 1 < many)
      await new Promise((resolve) => told.addEventListener('more', resolve, { once: true }))
    return text
      .split(END)
      .slice(0, many)
      .map((one) => one.replace(START, ''))
  }
  return { socket, answered }
}
const codeOf = (ack: string): string | undefined => /MSA\|(\w\w)\|/.exec(ack)?.[1]
const stateOf = (control: string): Promise<{ state: string; fault: string | null; person: string | null; org: string } | null> =>
  house.database.row(
    sql`select state, fault, person_id as person, org_id as org from intake.message where control_id = ${control}`,
  )
const resourcesOf = (type: string, person: string): Promise<{ body: string; version: number }[]> =>
  house.database.rows(sql`select body, version from health_record.resource where type = ${type} and person_id = ${person}`)

describe('messages over MLLP', () => {
  test('a well-known client sends an admission and is answered once it is stored', async () => {
    const client = new Hl7Client({ host: '127.0.0.1', port: mllp.port })
    const id = freshId()
    const visit = segment('PV1', { 1: '1', 2: 'I', 3: '神经内科^3^12', 19: 'ZY77', 44: '20261001073000' })
    const ack = await client.sendAndWait(
      Hl7Message.parse(
        message('ADT^A01', `${pid('P1')}\r${visit}\rDG1|1||I63.9^脑梗死^I10|||A\rAL1|1|DA|^青霉素|SV|皮疹`, { id }),
      ) as never,
    )
    await client.close()
    assert.equal(ack.getSegment('MSA')?.getField(1).toString(), 'AA')
    assert.equal(ack.getSegment('MSA')?.getField(2).toString(), id)
    const kept = await stateOf(id)
    assert.equal(kept?.state, 'taken')
    const [stay] = await resourcesOf('Encounter', kept?.person ?? '')
    const body = JSON.parse(stay?.body ?? '{}')
    assert.deepEqual(
      [body.status, body.class.code, body.period.start, body.serviceProvider.reference],
      ['in-progress', 'IMP', '2026-09-30T23:30:00.000Z', `Organization/${PLACES.county}`],
    )
    assert.equal((await resourcesOf('Condition', kept?.person ?? '')).length, 1)
    assert.equal((await resourcesOf('AllergyIntolerance', kept?.person ?? '')).length, 1)
    const [provenance] = await resourcesOf('Provenance', kept?.person ?? '')
    assert.equal(JSON.parse(provenance?.body ?? '{}').target.length, 3)
  })

  test('discharge ends the stay; an older message that comes late does not open it again', async () => {
    const { socket, answered } = await line()
    const stay = (event: string, sent: string, until = ''): string =>
      `MSH|^~\\&|HIS|XTXRMYY|||${sent}||ADT^${event}|${freshId()}|P|2.4\r${pid('P2')}\r${segment('PV1', { 1: '1', 2: 'I', 19: 'ZY78', 44: '20261001073000', 45: until })}`
    socket.write(`${START}${stay('A03', '20261005100000', '20261005095500')}${END}${START}${stay('A01', '20261001073100')}${END}`)
    const acks = await answered(2)
    socket.destroy()
    assert.deepEqual(acks.map(codeOf), ['AA', 'AA'])
    const rows = await house.database.rows<{ body: string }>(
      sql`select body from health_record.resource where type = 'Encounter' and body like '%ZY78%'`,
    )
    assert.deepEqual(
      rows.map(({ body }) => JSON.parse(body).status),
      ['finished'],
    )
  })

  test('results keep their digits, belong to their report, and correct themselves', async () => {
    const { socket, answered } = await line()
    const report = (value: string, state: string): string =>
      message(
        'ORU^R01',
        `${pid('P3')}\rOBR|1|A1|L500|LIPID^血脂^HIS|||20261002080000||||||||血清|||||||20261002100000||LAB|${state}\r` +
          `OBX|1|NM|14647-2^总胆固醇^LN||${value}|mmol/L|2.80-5.70|↑|||${state}|||20261002080000\rOBX|2|ST|HBsAg^乙肝表面抗原^HIS||阴性||||||${state}\rOBX|3|SN|CRP^C反应蛋白^HIS||<^0.50|mg/L|||||${state}`,
      )
    socket.write(`${START}${report('6.50', 'P')}${END}`)
    await answered(1)
    socket.write(`${START}${report('6.20', 'C')}${END}`)
    assert.deepEqual((await answered(2)).map(codeOf), ['AA', 'AA'])
    socket.destroy()
    const [found] = await house.database.rows<{ person: string }>(
      sql`select person_id as person from health_record.source_person where source_id = 'HIS|P3'`,
    )
    const results = await resourcesOf('Observation', found?.person ?? '')
    assert.equal(results.length, 3)
    const total = results.find(({ body }) => body.includes('14647-2'))
    assert.equal(total?.version, 2)
    assert.match(total?.body ?? '', /"value":6\.20,.*"unit":"mmol\/L"/)
    assert.match(total?.body ?? '', /"low":\{"value":2\.80/)
    assert.match(results.find(({ body }) => body.includes('CRP'))?.body ?? '', /"value":0\.50,"comparator":"<"/)
    const [whole] = await resourcesOf('DiagnosticReport', found?.person ?? '')
    const body = JSON.parse(whole?.body ?? '{}')
    assert.deepEqual([body.status, body.result.length], ['corrected', 3])
    // The hospital's own ward reads what its laboratory sent, with the versions before; another hospital's does not.
    const seenBy = (org: string) =>
      house.house.database.transaction(async (tx) => {
        await tx.run(sql`select platform.open_act(${org}, null, 'ward', null)`)
        const living = await tx.rows(sql`select from health_record.resource where person_id = ${found?.person ?? ''}`)
        const earlier = await tx.rows(sql`select from health_record.resource_history where person_id = ${found?.person ?? ''}`)
        return [living.length > 4, earlier.length > 0]
      })
    assert.deepEqual(await seenBy(PLACES.county), [true, true])
    assert.deepEqual(await seenBy(PLACES.countyTcm), [false, false])
  })

  test('one packet with three messages, and one message in single bytes', async () => {
    const { socket, answered } = await line()
    socket.setNoDelay(true)
    const three = [1, 2, 3].map((at) => `${START}${message('ADT^A28', pid(`Q${at}`))}${END}`).join('')
    socket.write(three)
    assert.deepEqual((await answered(3)).map(codeOf), ['AA', 'AA', 'AA'])
    for (const byte of Buffer.from(`${START}${message('ADT^A28', pid('Q4'))}${END}`)) {
      socket.write(Buffer.from([byte]))
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.equal(codeOf((await answered(4))[3] as string), 'AA')
    socket.destroy()
  })

  test('a batch is answered as one, message by message', async () => {
    const { socket, answered } = await line()
    const [one, two] = [freshId(), freshId()]
    socket.write(
      `${START}BHS|^~\\&|HIS|XTXRMYY|||||||B9\r${message('ADT^A28', pid('R1'), { id: one })}\r${message('ADT^A28', 'PV1|1|O', { id: two })}\rBTS|2\r${END}`,
    )
    const [reply = ''] = await answered(1)
    socket.destroy()
    assert.match(reply, /^BHS\|/)
    assert.match(reply, new RegExp(`MSA\\|AA\\|${one}[\\s\\S]*MSA\\|AE\\|${two}[\\s\\S]*BTS\\|2`))
  })

  // MSH-15 | MSH-16 | what is sent | codes that are answered
  const ENHANCED: readonly (readonly [string, string, 'sound' | 'unusable' | 'foreign', readonly string[]])[] = [
    ['AL', 'AL', 'sound', ['CA', 'AA']],
    ['AL', 'NE', 'sound', ['CA']],
    ['AL', '', 'unusable', ['CA']],
    ['AL', 'ER', 'unusable', ['CA', 'AE']],
    ['NE', 'AL', 'sound', ['AA']],
    ['ER', 'SU', 'sound', ['AA']],
    ['AL', 'AL', 'foreign', ['CR']],
    ['NE', 'ER', 'foreign', ['AR']],
    ['NE', 'NE', 'sound', []],
  ]
  for (const [accept, application, what, codes] of ENHANCED)
    test(`enhanced mode ${accept}/${application || 'empty'}, ${what}: ${codes.join(' ') || 'silence'}`, async () => {
      const { socket, answered } = await line()
      const id = freshId()
      const asked = (event: string, rest: string): string =>
        message(event, rest, { id }).replace('|P|2.4||||||UNICODE UTF-8', `|P|2.4|||${accept}|${application}||UNICODE UTF-8`)
      const texts = {
        sound: asked('ADT^A28', pid(`H${id}`)),
        unusable: asked('ADT^A28', 'PV1|1|O'),
        foreign: asked('MFN^M02', 'MFI|STF'),
      }
      // What follows in original mode is answered behind it: nothing more came of the first.
      socket.write(`${START}${texts[what]}${END}${START}${message('ADT^A28', pid('H0'), { id: `${id}X` })}${END}`)
      const acks = await answered(codes.length + 1)
      socket.destroy()
      const told = acks.map((ack) => /MSA\|(\w\w)\|(\w+)/.exec(ack)?.slice(1).join(' '))
      assert.deepEqual(told, [...codes.map((code) => `${code} ${id}`), `AA ${id}X`])
      assert.equal((await stateOf(id))?.state, what === 'sound' ? 'taken' : 'stuck')
    })

  test('the same message again has the same answer and changes nothing', async () => {
    const { socket, answered } = await line()
    const id = freshId()
    const text = `${START}${message('ADT^A28', pid('S1'), { id })}${END}`
    socket.write(text + text)
    assert.deepEqual((await answered(2)).map(codeOf), ['AA', 'AA'])
    socket.destroy()
    const rows = await house.database.rows(sql`select 1 from intake.message where control_id = ${id}`)
    assert.equal(rows.length, 1)
  })

  test('what has no end is kept as cut off; what follows it is taken', async () => {
    const { socket, answered } = await line()
    socket.write(`${START}${message('ADT^A28', pid('T1')).slice(0, 90)}`)
    socket.write(`${START}${message('ADT^A28', pid('T2'))}${END}`)
    assert.deepEqual((await answered(2)).map(codeOf), ['AR', 'AA'])
    socket.write(`${START}${message('ADT^A28', pid('T3')).slice(0, 95)}`)
    assert.equal(codeOf((await answered(3))[2] as string), 'AR')
    socket.destroy()
    const cut = await house.database.rows(sql`select 1 from intake.message where fault = 'cut-off'`)
    assert.equal(cut.length, 2)
  })

  // why | the message | answer | what it is kept as
  const REFUSED: readonly (readonly [string, string, string, string])[] = [
    ['a page of the web', 'GET / HTTP/1.1\r\nHost: x\r\n', 'AR', 'no-header'],
    ['two equal signs', 'MSH|^^\\&|HIS|XTXRMYY|||||ADT^A01|X1|P|2.4', 'AR', 'delimiters-unusable'],
    ['an event that is not understood', message('ORM^O01', pid('U1'), { id: 'X2' }), 'AR', 'not-understood'],
    ['a facility that nobody knows', message('ADT^A28', pid('U2'), { id: 'X3', facility: 'NOBODY' }), 'AE', 'sender-unknown'],
    ['nobody in it', message('ADT^A01', 'PV1|1|I', { id: 'X4' }), 'AE', 'person-missing'],
    ['a person without a number', message('ADT^A28', 'PID|1||||周^演示', { id: 'X5' }), 'AE', 'person-unnumbered'],
    ['a person without a name', message('ADT^A28', 'PID|1||7^^^HIS^MR', { id: 'X6' }), 'AE', 'person-nameless'],
    ['an admission without a visit', message('ADT^A01', pid('U7'), { id: 'X7' }), 'AE', 'visit-missing'],
    [
      'a result without its item',
      message('ORU^R01', `${pid('U8')}\rOBR|1|A|B|X^y\rOBX|1|ST|||5`, { id: 'X8' }),
      'AE',
      'result-without-item',
    ],
    ['an order without its number', message('ORU^R01', `${pid('U9')}\rOBR|1|||X^y`, { id: 'X9' }), 'AE', 'order-unnumbered'],
    [
      'an appointment without its time',
      message('SIU^S12', `SCH|1|A77\r${pid('V1')}`, { id: 'X10' }),
      'AE',
      'appointment-without-time',
    ],
    ['a merge without a number', message('ADT^A40', pid('V2'), { id: 'X11' }), 'AE', 'merge-without-number'],
  ]
  for (const [why, text, code, fault] of REFUSED)
    test(`kept and answered ${code}: ${why}`, async () => {
      const { socket, answered } = await line()
      socket.write(`${START}${text}${END}`)
      const [ack = ''] = await answered(1)
      socket.destroy()
      assert.equal(codeOf(ack), code)
      const found = await house.database.row<{ state: string }>(
        sql`select state from intake.message where fault = ${fault} order by received_at desc limit 1`,
      )
      assert.equal(found?.state, 'stuck')
    })

  test('a message that is too long is kept by its beginning', async () => {
    const { socket, answered } = await line()
    socket.write(`${START}${message('ADT^A28', `${pid('W1')}\rNTE|1||${'长'.repeat(80_000)}`)}${END}`)
    assert.equal(codeOf((await answered(1))[0] as string), 'AR')
    socket.destroy()
  })

  test('a Chinese system in GBK is read, and answered in its own characters', async () => {
    const { socket } = await line()
    // 湘潭 and 王 in GBK.
    const head = Buffer.concat([
      Buffer.from('MSH|^~\\&|HIS|'),
      Buffer.from([0xcf, 0xe6, 0xcc, 0xb6]),
      Buffer.from('|||20261001||ADT^A28|G1|P|2.4||||||GBK\rPID|1||G1^^^HIS^MR||'),
      Buffer.from([0xcd, 0xf5]),
    ])
    const answer = new Promise<Buffer>((resolve) => socket.once('data', resolve))
    socket.write(Buffer.concat([Buffer.from(START), head, Buffer.from(END)]))
    const bytes = await answer
    socket.destroy()
    assert.ok(bytes.includes(Buffer.from([0xcf, 0xe6, 0xcc, 0xb6])))
    const kept = await stateOf('G1')
    const person = await house.database.row<{ zh: string }>(
      sql`select zh from residents.person where person_id = ${kept?.person ?? '0'}`,
    )
    assert.equal(person?.zh, '王')
  })
})

describe('who a message is about', () => {
  const send = async (text: string): Promise<string | undefined> => {
    const { socket, answered } = await line()
    socket.write(`${START}${text}${END}`)
    const [ack = ''] = await answered(1)
    socket.destroy()
    return codeOf(ack)
  }
  const personOf = async (id: string): Promise<string | null> => (await stateOf(id))?.person ?? null
  const CARD = '99010119700101001'

  test('two numbers of one identity card are one person; the number is sealed and in no body', async () => {
    const { checkCharacter } = await import('../../residents/rules/id-number.ts')
    const card = CARD + checkCharacter(CARD)
    const withCard = (number: string): string => `PID|1||${number}^^^HIS^MR~${card}^^^CN^NI||李^演示||19700101|M`
    assert.equal(await send(message('ADT^A28', withCard('N1'), { id: 'N1' })), 'AA')
    assert.equal(await send(message('ADT^A28', withCard('N2'), { id: 'N2' })), 'AA')
    assert.equal(await personOf('N1'), await personOf('N2'))
    const leaks = await house.database.rows(sql`select 1 from health_record.resource where body like ${`%${card}%`}`)
    assert.equal(leaks.length, 0)
  })

  test('name and birthday alone never join two people', async () => {
    await send(message('ADT^A28', pid('D1', '双^生'), { id: 'D1' }))
    await send(message('ADT^A28', pid('D2', '双^生'), { id: 'D2' }))
    assert.notEqual(await personOf('D1'), await personOf('D2'))
  })

  test('a known number with another birthday is somebody else, and waits', async () => {
    await send(message('ADT^A28', pid('E1'), { id: 'E1' }))
    assert.equal(await send(message('ADT^A31', pid('E1', '周^演示', '|19990101|M'), { id: 'E2' })), 'AE')
    assert.equal((await stateOf('E2'))?.fault, 'person-differs')
  })

  test('a merge of the source joins both, and can be undone', async () => {
    const withPhone = '|19610504|M|||||13900000001'
    await send(message('ADT^A28', pid('M1', '合^并', withPhone), { id: 'M1' }))
    await send(message('ADT^A28', pid('M2', '合^冰', withPhone), { id: 'M2' }))
    await send(message('ADT^A28', pid('M5', '合^并'), { id: 'M5' }))
    // Of M5 nothing but name and birthday is known.
    assert.equal(await send(message('ADT^A40', `${pid('M1', '合^并', withPhone)}\rMRG|M5^^^HIS^MR`, { id: 'M0' })), 'AE')
    assert.equal((await stateOf('M0'))?.fault, 'merge-for-review')
    assert.notEqual(await personOf('M1'), await personOf('M2'))
    assert.equal(await send(message('ADT^A40', `${pid('M1', '合^并', withPhone)}\rMRG|M2^^^HIS^MR`, { id: 'M3' })), 'AA')
    const merged = await house.database.row<{ into: string }>(
      sql`select merged_into as into from residents.person where person_id = ${await personOf('M2')}`,
    )
    assert.equal(merged?.into, await personOf('M1'))
    await house.done('residents.unlink', administrator, { person: await personOf('M2'), reason: '误合并,撤销' })
  })
})

describe('nothing is lost', () => {
  test('what was kept by a process that died before it took it is taken by the house', async () => {
    const base64 = Buffer.from(message('ADT^A28', pid('K1'), { id: 'K1' })).toString('base64')
    await house.done(
      'intake.keep',
      { account: null, role: 'system', org: null, person: null, name: { zh: '系统', en: 'System' } },
      { kind: 'hl7', channel: 'mllp', base64 },
    )
    assert.equal((await stateOf('K1'))?.state, 'kept')
    await house.settle()
    assert.equal((await stateOf('K1'))?.state, 'taken')
  })

  test('a sender that is registered afterwards: its message is tried again and moves to it', async () => {
    await house.database
      .run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
      values (0, 'intake.source', 'NOBODY', 1, '2020-01-01', ${JSON.stringify({ facility: 'NOBODY', institution: PLACES.countyTcm })}, 'in-force', false, now())`)
    const { messages } = await house.done('intake.list', administrator, { state: 'stuck' })
    const waiting = messages.find((one: { fault: string }) => one.fault === 'sender-unknown')
    await house.done('intake.retry', administrator, { org: waiting.org, id: waiting.id })
    await house.settle()
    const kept = await stateOf('X3')
    assert.deepEqual([kept?.state, kept?.org], ['taken', PLACES.countyTcm])
  })

  test('the text is shown with a reason only, and marking as solved needs one too', async () => {
    const { messages } = await house.done('intake.list', administrator, { state: 'stuck' })
    const [one] = messages
    const shown = await house.done('intake.raw', administrator, { org: one.org, id: one.id, reason: '与对方核对格式' })
    assert.ok(shown.base64.length > 0)
    const stranger = actor('administrator', 'village')
    const denied = await house.ask('intake.raw', stranger, { org: PLACES.county, id: one.id, reason: '与对方核对格式' })
    assert.equal(denied.ok, false)
    await house.done('intake.solve', administrator, { org: one.org, id: one.id, reason: '对方已重发' })
    assert.deepEqual(
      (await house.ask('intake.solve', administrator, { org: one.org, id: one.id, reason: '对方已重发' })).ok,
      false,
    )
  })
})
