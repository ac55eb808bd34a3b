import assert from 'node:assert/strict'
import { connect } from 'node:net'
import test from 'node:test'
import { sql } from '../../src/platform/database/pool.ts'
import { platformRefusals, type ErrorBody } from '../../src/platform/refusals.ts'
import { STAFF } from '../invariants/small-region.ts'
import { faultOfError, serve, type Answer, type Served } from './serve.ts'

const refusedAs = (answer: Answer, status: number, code: keyof typeof platformRefusals): void => {
  assert.deepEqual([answer.status, answer.error?.code], [status, code])
  assert.equal(faultOfError(answer), null)
}

const registered = async ({ house }: Served): Promise<number> =>
  (await house.database.row<{ count: number }>(sql`select count(*)::int as count from residents.person`))?.count ?? -1

/** Bytes as they are, past every client that would mend them. */
const rawHttp = (address: string, bytes: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\r\n\r\n')) socket.end()
    })
    // A server that has answered may end the line while we still send.
    socket.on('close', () => resolve(text)).on('error', (error) => (text === '' ? reject(error) : resolve(text)))
  })

const PERSON = '{"name":{"zh":"演示"},"sex":"unknown","address":X}'
const with_ = (value: string): string => PERSON.replace('X', value)
const BODIES: readonly [what: string, raw: string | Uint8Array][] = [
  ['cut off', '{"name":{"zh":"演'],
  ['a comment', '{/* */"name":{"zh":"演示"},"sex":"unknown"}'],
  ['a trailing comma', '{"name":{"zh":"演示"},"sex":"unknown",}'],
  ['single quotes', `{'name':1}`],
  ['a byte order mark', `\ufeff${with_('null')}`],
  ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xb1, 0xea, 0x22, 0x3a, 0x31, 0x7d])],
  ['a NUL character', with_('"a\\u0000b"')],
  ['half of a surrogate pair', with_('"\\ud83d"')],
  ['half of a surrogate pair as a key', '{"\\udc00":1}'],
  ['a key twice', '{"sex":"male","sex":"female","name":{"zh":"演示"}}'],
  ['a key twice, once escaped', '{"sex":"male","s\\u0065x":"female","name":{"zh":"演示"}}'],
  ['__proto__', '{"__proto__":{"sex":"male"},"name":{"zh":"演示"},"sex":"unknown"}'],
  ['__proto__, escaped', '{"__pr\\u006fto__":1,"name":{"zh":"演示"},"sex":"unknown"}'],
  ['2^53 + 1', with_('9007199254740993')],
  ['1e309', with_('1e309')],
  ['a number below every double', with_('1e-400')],
  ['21 digits', with_('0.123456789012345678901')],
  ['200 000 deep', '['.repeat(200_000) + ']'.repeat(200_000)],
  ['200 000 deep objects', '{"a":'.repeat(200_000)],
  ['NaN', with_('NaN')],
  ['nothing', ''],
  ['white space', ' \n\t '],
  ['two values', '{}{}'],
]

test('hostile bodies and requests', async (t) => {
  const served = await serve(t)
  const { post, get, address } = served
  const as = STAFF.villageDoctor
  const before = await registered(served)

  for (const [what, raw] of BODIES)
    await t.test(`the body is refused: ${what}`, async () => {
      const answer = await post('residents.register', { as, raw })
      if (raw === '') assert.deepEqual([answer.status, faultOfError(answer)], [400, null])
      else refusedAs(answer, 400, 'platform.body-unreadable')
    })

  await t.test('more than 1 MB is refused, 1 MB in one text is read and refused by its field', async () => {
    refusedAs(await post('residents.register', { as, raw: with_(`"${'a'.repeat(2_000_000)}"`) }), 413, 'platform.body-too-large')
    const answer = await post('residents.register', { as, raw: with_(`"${'\\\\'.repeat(500_000)}"`) })
    refusedAs(answer, 400, 'platform.input-invalid')
    assert.deepEqual(
      answer.error?.fields.map(({ path }) => path),
      ['address'],
    )
  })

  await t.test('another content type is refused', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      refusedAs(
        await post('residents.register', { as, raw: with_('null'), headers: { 'content-type': type } }),
        400,
        'platform.content-type-unknown',
      )
  })

  await t.test('a wrong type names its field, and what is wrong in both languages', async () => {
    const wrong: readonly [field: string, raw: string][] = [
      ['sex', '{"name":{"zh":"演示"},"sex":1}'], ['name.zh', '{"name":{"zh":true},"sex":"male"}'], ['name', '{"sex":"male"}'], ['name.zh', '{"name":{"zh":"  "},"sex":"male"}'],
      ['bornOn', '{"name":{"zh":"演示"},"sex":"male","bornOn":"2026-02-29"}'], ['phone', '{"name":{"zh":"演示"},"sex":"male","phone":"1３800000000"}'],
      ['village', '{"name":{"zh":"演示"},"sex":"male","village":"４３０３９９１０１２０１"}'], ['(body)', '{"name":{"zh":"演示"},"sex":"male","constructor":1}'], ['(body)', '[]'], ['(body)', 'null'], ['(body)', '"text"'], ['(body)', '7'],
    ] // prettier-ignore
    for (const [field, raw] of wrong) {
      const answer = await post('residents.register', { as, raw })
      refusedAs(answer, 400, 'platform.input-invalid')
      assert.deepEqual(
        answer.error?.fields.map(({ path }) => path),
        [field],
        raw,
      )
      for (const { zh, en } of answer.error?.fields ?? []) assert.match(`${zh}|${en}`, /[\u4e00-\u9fff].*\|.*[A-Za-z]/)
    }
  })

  await t.test('nothing of all this had an effect', async () => assert.equal(await registered(served), before))

  await t.test('query strings: wrong types, twice, encoded NUL, unknown and inherited names', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    for (const query of [
      'limit=abc',
      'limit=1e3',
      'limit=0x10',
      'limit=１０',
      'limit=99999999999999999999',
      'limit=-1',
      'limit=',
      'limit=5&limit=6',
      'limit=1.5',
      'text=%00',
      'text=a&text=b',
      'unknown=1',
      '__proto__=1',
      '__proto__[limit]=1',
      'constructor=1',
      'toString=1',
      'limit[]=1',
    ])
      // prettier-ignore
      refusedAs(await get(`/api/residents.search?${query}`, { as }), 400, 'platform.input-invalid')
    for (const referral of ['', 'x', `${id}'`, `${id}%00`, `${id}&referral=${id}`])
      refusedAs(await get(`/api/referral.get?referral=${referral}`, { as }), 400, 'platform.input-invalid')
    refusedAs(await get(`/api/referral.get?referral=${id}`, { as }), 404, 'platform.not-found')
    const odd = await get('/api/residents.search?text=%ED%A0%80%27;--%25', { as })
    assert.equal(odd.status, 200, odd.text)
  })

  await t.test('unknown and malformed addresses, wrong methods', async () => {
    for (const path of ['/api/no.such', '/api/referral.get/x', '/api/..%2f..%2fetc/passwd', `/api/${'a'.repeat(3_000)}`])
      refusedAs(await get(path, { as }), 404, 'platform.no-such-route')
    refusedAs(await get('/api/%ff', { as }), 400, 'platform.request-unreadable')
    refusedAs(await get('/api/residents.register', { as }), 404, 'platform.no-such-route')
    refusedAs(await post('referral.get', { as, body: {} }), 404, 'platform.no-such-route')
  })

  await t.test('what is not HTTP, or too much of it, is ended by a 4xx and not by a crash', async () => {
    const requests = [
      'GET /api/security.me HTTP/1.1\r\n\r\n',
      'NONSENSE\r\n\r\n',
      `GET /api/security.me HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`,
      'POST /api/residents.register HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      'POST /api/residents.register HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      'GET /api/security.me HTTP/1.1\r\nHost: a\r\nCookie: jieli_session=%00%ff;;;=\r\nConnection: close\r\n\r\n',
      'POST /api/residents.register HTTP/1.1\r\nHost: a\r\nContent-Type: application/json; charset=gb18030\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    ]
    for (const request of requests) {
      const answer = await rawHttp(address, request)
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, JSON.stringify(request.slice(0, 60)))
      // A request without a Host is answered by Node itself, before anything of ours.
      const [, body = ''] = answer.split('\r\n\r\n')
      if (request.startsWith('GET /api/security.me HTTP/1.1\r\n\r\n')) continue
      const { error } = JSON.parse(body) as ErrorBody
      assert.ok(error.zh && error.en && error.code && error.request, answer)
    }
    assert.equal((await get('/api/security.me', { as })).status, 200)
  })

  await t.test('rare but real texts come back unchanged', async () => {
    const names = [
      '𠮷田',
      '䶮',
      '阿卜杜拉·买买提',
      'e\u0301',
      '👨‍👩‍👧',
      '=cmd()',
      "O'Neil; drop table",
      '\u202eabc',
      '{"a":1}',
      '\\u0000',
      '１２',
    ]
    for (const zh of names) {
      const answer = await post('residents.register', { as, body: { name: { zh }, sex: 'unknown', address: zh } })
      assert.equal(answer.status, 200, `${zh} ${answer.text}`)
      const { person } = JSON.parse(answer.text) as { person: string }
      const shown = JSON.parse((await get(`/api/residents.get?person=${person}`, { as })).text) as {
        name: { zh: string }
        address: string
      }
      assert.deepEqual([shown.name.zh, shown.address], [zh, zh])
    }
  })

  await t.test('every form asks who is there: without a session, with an unknown one, with an ended one', async () => {
    assert.ok(served.house.house.forms.size >= 70)
    for (const form of served.house.house.forms.values()) {
      const cookie = `jieli_session=${form.kind === 'query' ? 'unknown' : ''}`
      const asked = { headers: { cookie }, ...(form.kind === 'command' ? { body: {} } : {}) }
      refusedAs(
        form.kind === 'command' ? await post(form.name, asked) : await get(`/api/${form.name}`, asked),
        401,
        'platform.sign-in-first',
      )
    }
  })

  await t.test('every form that the role has no part in is refused before its input decides anything', async () => {
    for (const form of served.house.house.forms.values()) {
      if (form.by.some((party) => party.startsWith('insurer@'))) continue
      const asked = { as: STAFF.insurer, ...(form.kind === 'command' ? { body: {} } : {}) }
      const answer = form.kind === 'command' ? await post(form.name, asked) : await get(`/api/${form.name}`, asked)
      assert.ok(
        ['platform.role-may-not', 'platform.input-invalid'].includes(answer.error?.code ?? ''),
        `${form.name} ${answer.text}`,
      )
      assert.equal(faultOfError(answer), null)
    }
  })

  await t.test('no form that only the house itself may run can be run by anybody', async () => {
    const ofTheHouse = [...served.house.house.forms.values()].filter(({ by }) => by.every((party) => party.startsWith('system@')))
    assert.ok(ofTheHouse.length >= 5)
    for (const { name } of ofTheHouse)
      for (const actor of Object.values(STAFF)) {
        const input = { referral: '00000000-0000-4000-8000-000000000000' }
        const { error } = await post(name, { as: actor, body: input })
        assert.ok(['platform.role-may-not', 'platform.input-invalid'].includes(error?.code ?? ''), `${name} by ${actor.role}`)
      }
  })

  assert.deepEqual(served.bugs, [])
})
