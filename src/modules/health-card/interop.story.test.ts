import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import { sm3, sm4 } from 'sm-crypto-v2'
import { msOf, plusMinutes, type Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { databaseNow, sql } from '../../platform/database/pool.ts'
import { checkCharacter } from '../residents/rules/id-number.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { answerInterface } from './index.ts'
import type { Reply } from './interop/envelope.ts'

// Another's program: it knows the envelope from docs/health-card.md and has a library of its own, nothing of ours.
type App = { readonly app: string; readonly fieldKey: string; readonly signKey: string }
const SEALED = ['name', 'idCode', 'phone', 'address']
const sum = (text: string): string => Buffer.from(sm3(new TextEncoder().encode(text)), 'hex').toString('base64')
const laidOut = (fields: Record<string, string>): string => Object.keys(fields).toSorted().map((name) => `${name}=${fields[name]}`).join('&') // prettier-ignore
const seal = (text: string, key: string): string => {
  const plain = Buffer.from(text)
  const padded = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)])
  return Buffer.from(sm4.encrypt(new Uint8Array(padded), key, { padding: 'none' }), 'hex').toString('base64')
}
const open = (text: string, key: string): string =>
  Buffer.from(sm4.decrypt(new Uint8Array(Buffer.from(text, 'base64')), key, { padding: 'none', output: 'array' }))
    .toString('utf8')
    .replace(/\0+$/, '')

const requestOf = (
  app: App,
  method: string,
  fields: Record<string, string>,
  at: Instant,
  nonceStr = randomBytes(16).toString('hex'),
) => {
  const body = Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [name, SEALED.includes(name) ? seal(text, app.fieldKey) : text]),
  )
  const head = { appId: app.app, nonceStr, timestamp: String(msOf(at)), version: 'V2.0.0' }
  return {
    ...head,
    method,
    headSign: sum(`${laidOut(head)}&key=${app.signKey}`),
    bodySign: sum(`${laidOut(body)}&key=${app.signKey}`),
    signMode: 'SM3',
    encryptMode: 'SM4/ECB/ZeroBytePadding',
    body,
  }
}
const isSigned = ({ signString, datas, returnCode, returnDesc, timestamp }: Reply, { signKey }: App): boolean =>
  signString === sum(`${laidOut({ ...datas, returnCode, returnDesc, timestamp })}&key=${signKey}`)

const NUMBER = '99010119600504123'
const ID = NUMBER + checkCharacter(NUMBER)

const world = async (house: TestHouse) => {
  const stage = await setStage(house)
  const registered = await house.done('residents.register', stage.villageDoctor, {
    name: { zh: '接口者' },
    sex: 'male',
    identifier: { type: '01', number: ID },
    phone: '10000000001',
  })
  const person = registered.person as PersonId
  const bureau = actor('administrator', null)
  const app = (kind: string, org?: string): Promise<App> =>
    house.done('health-card.register-app', bureau, { name: { zh: `演示${kind}`, en: kind }, kind, ...(org ? { org } : {}) })
  const [hospital, payment] = [await app('hospital', PLACES.county), await app('payment')]
  const now = (): Promise<Instant> => databaseNow(house.database)
  const asks = async (by: App, method: string, fields: Record<string, string>): Promise<Reply> => {
    const reply = await answerInterface(house.house, method, requestOf(by, method, fields, await now()))
    assert.ok(isSigned(reply, by), `the answer of ${method} is signed`)
    return reply
  }
  return { stage, person, self: actor('resident', null, '接口者', person), bureau, hospital, payment, now, asks }
}

test('programs of hospitals and payment apps use the card by the envelope alone', async (t) => {
  const house = await testHouse(t)
  const { stage, person, self, hospital, payment, asks } = await world(house)
  const who = { name: '接口者', idCode: ID, idCardTypeCode: '01' }

  await t.test('a hospital applies for the card of a person who is registered, again for the same card', async () => {
    assert.equal((await asks(hospital, 'queryIfHasRegistered', who)).datas['registered'], '0')
    const made = await asks(hospital, 'createVmcardQRcode', who)
    assert.equal(made.returnCode, '0')
    assert.match(made.datas['erhcCardNo'] ?? '', /^[0-9a-f]{64}$/)
    assert.equal(made.datas['empi'], person)
    assert.equal((await asks(hospital, 'createVmcardQRcode', who)).datas['erhcCardNo'], made.datas['erhcCardNo'])
    assert.equal(
      (await asks(hospital, 'createVmcardQRcode', { ...who, name: '别人' })).returnCode,
      'health-card.app-person-unknown',
    )
    assert.equal((await asks(payment, 'createVmcardQRcode', who)).returnCode, 'health-card.app-not-allowed')
  })
  const erhcCardNo = (await asks(hospital, 'queryIfHasRegistered', who)).datas['erhcCardNo'] ?? ''
  await t.test('a payment app learns no number and shows no code until the person has allowed it, and none after', async () => {
    const found = await asks(payment, 'queryIfHasRegistered', who)
    assert.deepEqual(found.datas, { registered: '1' })
    for (const method of ['getActiveQRCode', 'getPersonInfo'])
      assert.equal((await asks(payment, method, { erhcCardNo })).returnCode, 'health-card.app-not-allowed')
    await house.done('health-card.allow-app', self, { person, app: payment.app })
    assert.equal((await asks(payment, 'queryIfHasRegistered', who)).datas['erhcCardNo'], erhcCardNo)
    const shown = await asks(payment, 'getActiveQRCode', { erhcCardNo })
    assert.equal(shown.returnCode, '0')
    const verified = await asks(hospital, 'verifyQRCode', { qrCode: shown.datas['qrCode'] ?? '', medStepCode: '010105' })
    assert.equal(verified.returnCode, '0')
    assert.equal(verified.datas['empi'], person)
    assert.equal(open(verified.datas['name'] ?? '', hospital.fieldKey), '接**')
    assert.equal(
      (await asks(hospital, 'verifyQRCode', { qrCode: shown.datas['qrCode'] ?? '', medStepCode: '010105' })).returnCode,
      'health-card.code-used',
    )
    await house.done('health-card.withdraw-app', self, { person, app: payment.app })
    assert.equal((await asks(payment, 'getActiveQRCode', { erhcCardNo })).returnCode, 'health-card.app-not-allowed')
  })
  await t.test('personal fields come sealed under the app’s own key', async () => {
    const info = await asks(hospital, 'getPersonInfo', { erhcCardNo })
    assert.notEqual(info.datas['idCode'], ID)
    assert.equal(open(info.datas['idCode'] ?? '', hospital.fieldKey), ID)
    assert.equal(open(info.datas['name'] ?? '', hospital.fieldKey), '接口者')
    assert.equal((await asks(hospital, 'modifyVmcardInfo', { erhcCardNo, phone: '10000000002' })).returnCode, '0')
    assert.equal(
      open((await asks(hospital, 'getPersonInfo', { erhcCardNo })).datas['phone'] ?? '', hospital.fieldKey),
      '10000000002',
    )
  })
  await t.test('the person sees what was done, and by which app', async () => {
    const { uses } = await house.done('health-card.uses', self, { person })
    assert.deepEqual([uses[0].app, uses[0].org, uses[0].scene], [hospital.app, PLACES.county, 'payment'])
    const audited = await house.database.rows<{ form: string }>(
      sql`select form from platform.audit where person_id = ${person} and form like 'health-card.app-%' and outcome = 'done'`,
    )
    assert.ok(audited.length >= 8)
  })
  await t.test('a counter takes the same codes as an app does, and the other way round', async () => {
    const { text } = await house.done('health-card.show-code', self, { person })
    assert.equal((await asks(hospital, 'verifyQRCode', { qrCode: text, medStepCode: '010103' })).returnCode, '0')
    const again = await house.ask('health-card.scan', stage.desk, { text, scene: 'payment' })
    assert.ok(!again.ok && again.refusals[0]?.code === 'health-card.code-used')
  })
})

test('a request counts only signed, whole, in its time, and once', async (t) => {
  const house = await testHouse(t)
  const { hospital, payment, bureau, now } = await world(house)
  const method = 'queryIfHasRegistered'
  const fields = { name: '接口者', idCode: ID, idCardTypeCode: '01' }
  const answers = async (body: unknown, asked = method): Promise<string> =>
    (await answerInterface(house.house, asked, body)).returnCode
  const good = async (at?: Instant) => requestOf(hospital, method, fields, at ?? (await now()))

  await t.test('whatever was changed on the way is refused, and so is another app’s key', async () => {
    const request = await good()
    const other = await now()
    const changed: [string, object][] = [
      ['body', { ...request, body: { ...request.body, idCardTypeCode: '03' } }],
      ['a field more', { ...request, body: { ...request.body, more: '1' } }],
      ['nonce', { ...request, nonceStr: randomBytes(16).toString('hex') }],
      ['timestamp', { ...request, timestamp: String(msOf(other) + 1) }],
      ['app', { ...request, appId: payment.app }],
      ['no app', { ...request, appId: 'app-ffffffffffffffff' }],
      ['head sum', { ...request, headSign: sum('x') }],
      ['body sum', { ...request, bodySign: sum('x') }],
      ['key', requestOf({ ...hospital, signKey: payment.signKey }, method, fields, other)],
    ]
    for (const [what, body] of changed) assert.equal(await answers(body), 'health-card.request-unsigned', what)
    assert.equal(await answers(request), '0', 'what was refused used nothing up')
  })
  await t.test('a nonce counts once, also when ten come at the same moment', async () => {
    const request = await good()
    const all = await Promise.all(Array.from({ length: 10 }, () => answers(request)))
    assert.deepEqual(all.toSorted(), ['0', ...Array.from({ length: 9 }, () => 'health-card.request-repeated')])
  })
  await t.test('a request is good for minutes around the house’s clock', async () => {
    const minutes = 5
    const at = await now()
    assert.equal(await answers(await good(plusMinutes(at, -minutes - 1))), 'health-card.request-late')
    assert.equal(await answers(await good(plusMinutes(at, minutes + 1))), 'health-card.request-late')
    assert.equal(await answers(await good(plusMinutes(at, minutes - 1))), '0')
    const kept = await good(plusMinutes(await now(), minutes - 1))
    assert.equal(await answers(kept), '0')
    // As long as its timestamp would still do, it is known.
    await house.later((minutes * 2 - 2) / 60)
    assert.equal(await answers(kept), 'health-card.request-repeated')
  })
  await t.test('what is no request of the interface is told so', async () => {
    const request = await good()
    for (const body of [
      null,
      {},
      [],
      'x',
      { ...request, version: 'V1' },
      { ...request, signMode: 'MD5' },
      { ...request, body: { a: { b: 1 } } },
    ])
      assert.equal(await answers(body), 'health-card.request-unreadable')
    assert.equal(await answers(await good(), 'constructor'), 'health-card.request-unreadable')
    assert.equal(
      await answers(await good(), 'verifyQRCode'),
      'health-card.request-unreadable',
      'the method is part of the request',
    )
    const unsealed = requestOf(hospital, method, {}, await now())
    const body = { name: '明文', idCode: ID }
    assert.equal(
      await answers({ ...unsealed, body, bodySign: sum(`${laidOut(body)}&key=${hospital.signKey}`) }),
      'health-card.request-unreadable',
      'personal fields in clear',
    )
  })
  await t.test('an app that was ended is nobody', async () => {
    await house.done('health-card.end-app', bureau, { app: hospital.app })
    assert.equal(await answers(await good()), 'health-card.request-unsigned')
  })
})
