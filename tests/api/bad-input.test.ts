import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runChecks } from '../../src/apps/checks.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { PLACES, STAFF } from '../invariants/small-region.ts'
import { rawHttp } from './raw-http.ts'
import { faultOfError, serve, type Answer, type Served } from './serve.ts'

// The list of bad input by name. Each row is refused with a reason, or taken exactly as it was sent; never a fault of the
// server, never a value that changed. Bad HL7, DICOM and ECG have no entrance here; bad FHIR has a file of its own.

type Row = readonly [name: string, ...rest: readonly unknown[]]
const as = STAFF.villageDoctor

const registered = ({ post }: Served, fields: object): Promise<Answer> =>
  post('residents.register', { as, body: { name: { zh: '演示居民' }, sex: 'unknown', ...fields } })

/** Refused with these codes, or when none are named with whatever refusal of the input; the error is well made. */
const isRefused = (answer: Answer, what: string, ...codes: string[]): void => {
  assert.equal(faultOfError(answer), null, `${what}: ${answer.status} ${answer.text.slice(0, 200)}`)
  assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status}`)
  if (codes.length > 0)
    assert.deepEqual(
      answer.error?.reasons.map(({ code }) => code),
      codes,
      what,
    )
}

/** Taken, and read back letter for letter. */
const isKept = async (served: Served, fields: { name?: { zh: string }; address?: string }, what: string): Promise<void> => {
  const answer = await registered(served, fields)
  assert.equal(answer.status, 200, `${what}: ${answer.text}`)
  const { person } = JSON.parse(answer.text) as { person: string }
  const shown = JSON.parse((await served.get(`/api/residents.get?person=${person}`, { as })).text) as {
    name: { zh: string }
    address: string | null
  }
  if (fields.name) assert.equal(shown.name.zh, fields.name.zh.trim(), what)
  if (fields.address) assert.equal(shown.address, fields.address.trim(), what)
}

const open = async (t: TestContext): Promise<Served> => {
  const served = await serve(t)
  t.after(() => assert.deepEqual(served.bugs, []))
  return served
}

const raw = (served: Served, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  served.post('residents.register', { as, raw: body, headers })
const addressRaw = (value: string): string => `{"name":{"zh":"演示居民"},"sex":"unknown","address":${value}}`

test('Text', async (t) => {
  const served = await open(t)
  const refused: Row[] = [
    ['NUL', addressRaw('"a\\u0000b"')],
    ['the first half of a surrogate pair', addressRaw('"\\ud842"')],
    ['the second half of a surrogate pair', addressRaw('"\\udfb7"')],
    [
      'GB18030 bytes sent as UTF-8',
      Buffer.concat([Buffer.from('{"name":{"zh":"'), Buffer.from([0xd1, 0xdd, 0xca, 0xbe]), Buffer.from('"},"sex":"unknown"}')]),
    ],
    [
      'an overlong UTF-8 sequence',
      Buffer.concat([Buffer.from('{"name":{"zh":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"},"sex":"unknown"}')]),
    ],
    ['a byte order mark', `\ufeff${addressRaw('null')}`],
  ]
  for (const [name, body] of refused)
    await t.test(`${name} is refused`, async () => isRefused(await raw(served, body as string), name, 'platform.body-unreadable'))
  await t.test('a name of 1 MB is refused by its field', async () => {
    const answer = await registered(served, { name: { zh: '长'.repeat(340_000) } })
    isRefused(answer, '1 MB', 'platform.input-invalid')
    assert.deepEqual(
      answer.error?.fields.map(({ path }) => path),
      ['name.zh'],
    )
  })
  const kept: Row[] = [
    ['combining marks', 'e\u0301a\u0308'],
    ['bidi marks', '\u202e反\u202c'],
    ['a 4-byte character', '𠮷田'],
    ['a rare character of extension A', '䶮'],
    ['inner full-width spaces', '王　小'],
    ['only emoji', '👨‍👩‍👧'],
    ['full-width digits', '１２３'],
    ...['=1+1', '+86', '-1', '@SUM(A1)'].map((cell): Row => [`a cell that begins with ${cell[0]}`, cell]),
  ]
  for (const [name, text] of kept)
    await t.test(`${name} is kept letter for letter`, () =>
      isKept(served, { name: { zh: text as string }, address: text as string }, name),
    )
  await t.test('leading and full-width spaces around a name fall away; only spaces are no name', async () => {
    await isKept(served, { name: { zh: ' 　王五　 ' } }, 'spaces')
    isRefused(await registered(served, { name: { zh: ' 　\u00a0' } }), 'only spaces', 'platform.input-invalid')
  })
})

test('Numbers', async (t) => {
  const served = await open(t)
  const glucose = (value: string) =>
    served.post('health-record.record-observation', {
      as,
      raw: `{"person":"${served.persons[0]}","measure":"glucose","isFasting":true,"glucose":${value}}`,
    })
  const capacity = (value: string) =>
    served.post('booking.publish-pool', {
      as: STAFF.countyDesk,
      raw: `{"specialty":"0300","kind":"expert","startsAt":"2030-01-07T09:00:00+08:00","capacity":${value}}`,
    })
  for (const value of [
    '2147483648',
    '9007199254740991',
    '9007199254740993',
    '1e30',
    '1e309',
    '-1',
    '0',
    '0.5',
    '"１２"',
    '"12"',
    'true',
    '123456789012345678901',
  ])
    await t.test(`${value} is no number of units`, async () => isRefused(await capacity(value), value))
  for (const value of ['1e30', '-0', '-5.5', '1e309', '0.123456789012345678901', '"5.5"', '9007199254740993'])
    await t.test(`${value} is no glucose`, async () => isRefused(await glucose(value), value))
  for (const ifVersion of [2 ** 31, 2 ** 53 - 1])
    await t.test(`${ifVersion} is no version of a person`, async () =>
      isRefused(
        await served.post('residents.correct', { as, body: { person: served.persons[0], ifVersion, address: '演示' } }),
        'version',
        'platform.input-invalid',
      ),
    )
  await t.test('0.1 + 0.2 + 5 is kept with the digits that were sent', async () => {
    assert.equal((await glucose('5.300000000000001')).status, 400, 'more digits than a double keeps exactly')
    assert.equal((await glucose('5.30')).status, 200)
    const { text } = await served.get(`/api/health-record.summary?person=${served.persons[0]}`, { as })
    assert.match(text, /"value":5\.3[,}]/)
  })
})

test('Time', async (t) => {
  const served = await open(t)
  const born = (bornOn: string) => registered(served, { bornOn })
  for (const day of [
    '2026-02-29',
    '2025-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '２０２６-01-01',
    '0000-01-01',
    '正月初一',
    '2024-闰02-01',
    '',
  ])
    await t.test(`“${day}” is no day`, async () => isRefused(await born(day), day, 'platform.input-invalid'))
  await t.test('29 February of a leap year is a day', async () => assert.equal((await born('2024-02-29')).status, 200))
  await t.test('a birth in the future is refused', async () =>
    isRefused(await born('2099-01-01'), 'future', 'residents.born-in-future'),
  )
  for (const day of ['0001-01-01', '1850-01-01'])
    await t.test(`a birth in ${day} is refused`, async () => isRefused(await born(day), day))
  const starts = (startsAt: string) =>
    served.post('booking.publish-pool', {
      as: STAFF.countyDesk,
      body: { specialty: '0300', kind: 'expert', startsAt, capacity: 1 },
    })
  for (const moment of [
    '2026-12-01T25:00:00+08:00',
    '2026-12-01T09:00:00',
    '2026-12-01T09:60:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '2026-12-01',
    '1764579600000',
  ])
    await t.test(`“${moment}” is no start`, async () => isRefused(await starts(moment), moment))
  await t.test('24:00 is midnight of the next day', async () => {
    const answer = await starts('2030-01-07T24:00:00+08:00')
    assert.ok(answer.status === 200 || faultOfError(answer) === null)
    const [kept] = await served.house.database.rows<{ at: string }>(
      sql`select starts_at as at from booking.pool where starts_at >= '2030-01-01'`,
    )
    if (answer.status === 200) assert.equal(kept?.at, '2030-01-07T16:00:00.000Z')
  })
  await t.test('a start in year 9998 or in the past is refused, not stored', async () => {
    isRefused(await starts('9998-12-31T00:00:00Z'), '9998')
    isRefused(await starts('1970-01-01T00:00:00Z'), '1970')
  })
  const measured = (measuredAt: string) =>
    served.post('health-record.record-observation', {
      as,
      body: { person: served.persons[0], measure: 'weight', weight: 60, measuredAt },
    })
  for (const [name, moment] of [
    ['1970', '1970-01-01T00:00:00Z'],
    ['2099', '2099-01-01T00:00:00Z'],
  ] as const)
    await t.test(`a device whose clock says ${name} cannot date a measurement`, async () =>
      isRefused(await measured(moment), name),
    )
  await t.test('+14:00 and a place with summer time name the same moments', async () => {
    const now = ((await served.house.database.row<{ now: string }>(sql`select platform.jieli_now() as now`)) as { now: string })
      .now
    const ahead = new Date(Date.parse(now) - 3_600_000 + 14 * 3_600_000).toISOString().replace('Z', '+14:00')
    assert.equal((await measured(ahead)).status, 200)
  })
})

test('Identity', async (t) => {
  const served = await open(t)
  const SEVENTEEN = '11010519491231002'
  const right = `${SEVENTEEN}${checkCharacter(SEVENTEEN)}`
  const withNumber = (number: string, fields: object = {}) =>
    registered(served, { identifier: { type: '01', number }, ...fields })
  const refused: Row[] = [
    ['18 digits with a wrong check character', `${SEVENTEEN}1`, 'residents.id-number-check'],
    ['15 digits', '110105491231002', 'residents.id-number-form'],
    ['17 digits', SEVENTEEN, 'residents.id-number-form'],
    ['letters', 'ABCDEFGHIJKLMNOPQR', 'residents.id-number-form'],
    [
      'a birthday that is no day',
      `110105194902300${'02'}${checkCharacter(`110105194902300${'02'}`)}`,
      'residents.id-number-birthday',
    ],
  ]
  for (const [name, number, code] of refused)
    await t.test(`${name} is refused`, async () => isRefused(await withNumber(number as string), name, code as string))
  await t.test('a number that contradicts the birthday or the sex is refused', async () =>
    isRefused(await withNumber(right, { bornOn: '1950-01-01' }), 'birthday', 'residents.id-number-differs'),
  )
  await t.test('a small x counts as X, and the number is known the second time in any writing', async () => {
    assert.equal(right.at(-1), 'X')
    assert.equal((await withNumber(right.toLowerCase(), { sex: 'female' })).status, 200)
    isRefused(await withNumber(right, { sex: 'female' }), 'again', 'residents.number-known')
    const fullWidth = right.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    isRefused(await withNumber(fullWidth, { sex: 'female' }), 'full width', 'residents.number-known')
  })
  await t.test('a newborn without a number and a foreigner with a passport are taken', async () => {
    assert.equal((await registered(served, { bornOn: '2025-11-01' })).status, 200)
    assert.equal((await registered(served, { identifier: { type: '03', number: 'E12345678' } })).status, 200)
  })
  await t.test('twins and people of one name and birthday are two persons', async () => {
    const [one, two] = [
      await registered(served, { name: { zh: '演示双胞' }, bornOn: '2025-11-01' }),
      await registered(served, { name: { zh: '演示双胞' }, bornOn: '2025-11-01' }),
    ]
    assert.notEqual(JSON.parse(one.text).person, JSON.parse(two.text).person)
  })
})

test('JSON', async (t) => {
  const served = await open(t)
  const unreadable: Row[] = [
    ['a key twice', '{"sex":"male","sex":"female","name":{"zh":"演示"}}'],
    ['__proto__', '{"__proto__":{"sex":"male"},"name":{"zh":"演示"},"sex":"unknown"}'],
    ['200 000 deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['a comment', '{/* */"name":{"zh":"演示"},"sex":"unknown"}'],
    ['a trailing comma', '{"name":{"zh":"演示"},"sex":"unknown",}'],
    ['a body that is cut off', '{"name":{"zh":"演'],
  ]
  for (const [name, body] of unreadable)
    await t.test(`${name} is refused`, async () => isRefused(await raw(served, body as string), name, 'platform.body-unreadable'))
  await t.test('2 MB are refused', async () =>
    isRefused(await raw(served, addressRaw(`"${'a'.repeat(2_000_000)}"`)), '2 MB', 'platform.body-too-large'),
  )
  await t.test('numbers as text are refused', async () =>
    isRefused(await served.get('/api/residents.search?limit=%2210%22', { as }), 'text', 'platform.input-invalid'),
  )
  await t.test('another content type is refused', async () =>
    isRefused(await raw(served, addressRaw('null'), { 'content-type': 'text/plain' }), 'type', 'platform.content-type-unknown'),
  )
  await t.test('a gzip bomb, a broken gzip and another packing are refused before they fill the memory', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20))
    assert.ok(bomb.length < 1_000_000)
    const before = process.memoryUsage().arrayBuffers
    isRefused(await raw(served, bomb, { 'content-encoding': 'gzip' }), 'bomb', 'platform.body-unreadable')
    assert.ok(process.memoryUsage().arrayBuffers - before < 100_000_000)
    isRefused(await raw(served, 'no gzip', { 'content-encoding': 'gzip' }), 'broken', 'platform.body-unreadable')
    isRefused(await raw(served, '{}', { 'content-encoding': 'br' }), 'br', 'platform.body-unreadable')
  })
})

test('HTTP', async (t) => {
  const served = await open(t)
  const { address, get } = served
  const head = 'Host: a\r\nContent-Type: application/json\r\n'
  const requests: Row[] = [
    ['a header of 64 kB', `GET /api/security.me HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(65_536)}\r\n\r\n`],
    ['Content-Length twice', `POST /api/residents.register HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    [
      'Content-Length and chunks',
      `POST /api/residents.register HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
    ],
    [
      'a chunk length that is no number',
      `POST /api/residents.register HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    ],
    ['a header line folded into the next', 'GET /api/security.me HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n'],
    ['a line end inside a header', 'GET /api/security.me HTTP/1.1\r\nHost: a\r\nX: a\nY\r\n\r\n'],
    ['a method that does not exist', 'JIELI /api/security.me HTTP/1.1\r\nHost: a\r\n\r\n'],
  ]
  for (const [name, bytes] of requests)
    await t.test(`${name} is ended by a 4xx`, async () =>
      assert.match(await rawHttp(address, bytes as string), /^HTTP\/1\.1 4\d\d /),
    )
  await t.test('..%2f leads nowhere', async () => {
    for (const path of [
      '/api/..%2f..%2fetc/passwd',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/package.json',
      '/assets/..%5c..%5cpackage.json',
      '//etc/passwd',
      '/api/docs/..%2f..%2fpackage.json',
    ])
      isRefused(await get(path, { as }), path)
  })
  await t.test('a method that is overridden in a header stays what it was', async () => {
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method'])
      isRefused(await get('/api/residents.register', { as, headers: { [name]: 'POST' } }), name, 'platform.no-such-route')
    isRefused(await get('/api/residents.register?_method=POST', { as }), '_method', 'platform.no-such-route')
  })
  await t.test('TRACE, TRACK and CONNECT show nothing', async () => {
    for (const method of ['TRACE', 'TRACK'])
      assert.doesNotMatch(
        await rawHttp(address, `${method} /api/security.me HTTP/1.1\r\nHost: a\r\nCookie: secret\r\nConnection: close\r\n\r\n`),
        /secret|^HTTP\/1\.1 200/,
      )
  })
  await t.test('a Range of 1 000 parts is answered like none', async () => {
    const ranges = Array.from({ length: 1_000 }, (_, at) => `${at}-${at}`).join(',')
    const answer = await get('/api/openapi.json', { headers: { range: `bytes=${ranges}` } })
    assert.deepEqual([answer.status, answer.headers.get('content-range')], [200, null])
  })
  await t.test('a flood of WebSocket handshakes opens none', async () => {
    const handshake =
      'GET /api/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
    for (const answer of await Promise.all(Array.from({ length: 100 }, () => rawHttp(address, handshake))))
      assert.match(answer, /^HTTP\/1\.1 4\d\d /)
    assert.equal((await get('/api/security.me', { as })).status, 200)
  })
})

test('Logic', async (t) => {
  const served = await open(t)
  const { house, post, persons } = served
  const { now } = (await house.database.row<{ now: string }>(sql`select platform.jieli_now() as now`)) as { now: string }
  const pool = (await house.done('booking.publish-pool', STAFF.countyDesk, {
    specialty: '0300',
    kind: 'ordinary',
    startsAt: new Date(Date.parse(now) + 48 * 3_600_000).toISOString(),
    capacity: 5,
  })) as { org: string; pool: string }
  const self = served.resident
  const { booking } = await house.done('booking.hold', self, { org: pool.org, pool: pool.pool })
  const unit = { org: pool.org, booking }
  await t.test('confirm twice: the second changes nothing', async () => {
    const stand = async () =>
      (
        await house.database.rows(
          sql`select b.state, p.* from booking.booking b, booking.pool p where b.id = ${booking} and p.id = ${pool.pool}`,
        )
      ).map((row) => JSON.stringify(row))
    assert.equal((await post('booking.confirm', { as: self, body: unit })).status, 200)
    const before = await stand()
    assert.equal(before.length, 1)
    await post('booking.confirm', { as: self, body: unit })
    assert.deepEqual(await stand(), before)
  })
  await t.test('cancel twice, and confirm what was cancelled: refused', async () => {
    const cancel = { ...unit, reason: '临时有事' }
    assert.equal((await post('booking.cancel', { as: self, body: cancel })).status, 200)
    isRefused(await post('booking.cancel', { as: self, body: cancel }), 'cancel twice', 'booking.state-otherwise')
    isRefused(await post('booking.confirm', { as: self, body: unit }), 'confirm cancelled')
    isRefused(await post('booking.attend', { as: STAFF.countyDesk, body: unit }), 'attend cancelled', 'booking.state-otherwise')
  })
  const letter = { impression: '演示', reason: '演示', pastHistory: '', treatment: '' }
  const request = (fields: object = {}) => ({
    person: persons[1],
    receiver: PLACES.countyHospital,
    specialty: '0300',
    condition: { key: 'I10', zh: '高血压' },
    letter,
    consent: { by: 'patient' },
    ...fields,
  })
  await t.test('refer to oneself: refused', async () =>
    isRefused(await post('referral.send', { as: STAFF.countyDesk, body: request() }), 'oneself'),
  )
  const { referral } = await house.done('referral.send', as, request())
  await t.test('accept one’s own referral, or one between others by its id: not found', async () => {
    for (const other of [as, STAFF.tcmDesk, STAFF.cityDesk])
      isRefused(await post('referral.accept', { as: other, body: { referral } }), `accepted by ${other.role}`)
    for (const other of [STAFF.tcmDesk, STAFF.cityDesk])
      isRefused(await served.get(`/api/referral.get?referral=${referral}`, { as: other }), 'read', 'platform.not-found')
  })
  await t.test('begin, discharge and hand back before the person has come: refused', async () => {
    for (const name of ['referral.begin', 'referral.discharge', 'referral.hand-back'])
      isRefused(
        await post(name, {
          as: STAFF.countyWard,
          body: {
            referral,
            ...(name.endsWith('back')
              ? { diagnosis: '演示', findings: '演示', treatment: '演示', plan: '演示', medication: '演示' }
              : {}),
          },
        }),
        name,
      )
  })
  await t.test('a unit of another institution under one’s own: refused', async () =>
    isRefused(await post('booking.attend', { as: STAFF.tcmDesk, body: unit }), 'swapped ids', 'platform.not-found'),
  )
  await t.test('two tabs: what another has changed meanwhile is not overwritten', async () => {
    const change = (address: string) => post('residents.correct', { as, body: { person: persons[1], ifVersion: 1, address } })
    const [one, two] = await Promise.all([change('演示路 1 号'), change('演示路 2 号')])
    assert.deepEqual([one.status, two.status].toSorted(), [200, 409])
  })
  await t.test(
    'yesterday’s command with its key answers the same and does nothing; with another body it is refused',
    async () => {
      const body = { name: { zh: '演示重放' }, sex: 'unknown' }
      const first = await post('residents.register', { as, body, key: 'yesterday' })
      await house.later(24)
      const again = await post('residents.register', { as, body, key: 'yesterday' })
      assert.deepEqual([again.text, again.headers.get('idempotent-replayed')], [first.text, 'true'])
      isRefused(
        await post('residents.register', { as, body: { ...body, sex: 'male' }, key: 'yesterday' }),
        'other body',
        'platform.key-used-otherwise',
      )
    },
  )
  await t.test('whoever has died is referred nowhere', async () => {
    const dead = persons[3] as string
    await house.done('residents.record-death', STAFF.villageDoctor, { person: dead, diedOn: '2026-01-01' })
    isRefused(await post('referral.send', { as, body: request({ person: dead }) }), 'dead')
  })
  await t.test('after all this, what must always hold still holds', async () => {
    await house.settle()
    assert.deepEqual(
      (await runChecks(house.database)).filter(({ breaches }) => breaches > 0),
      [],
    )
  })
})
