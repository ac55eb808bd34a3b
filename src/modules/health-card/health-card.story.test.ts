import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import test from 'node:test'
import { newId, type PersonId } from '../../kernel/id.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import { readQrText, signedPart } from './rules/qr-text.ts'

const code = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string =>
  outcome.ok ? 'done' : (outcome.refusals?.[0]?.code ?? '')

/** Somebody with a card, as the telephone and the counters know them. */
const holderOf = async (house: TestHouse, stage: Stage, zh: string) => {
  const person = await stage.person(zh, '1961-05-04')
  const self = actor('resident', null, zh, person)
  await house.done('health-card.apply', self, { person })
  const { holders } = await house.done('health-card.mine', self)
  return { person, self, holder: holders[0] }
}

test('a card from the application to the end of its life', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { person, self, holder } = await holderOf(house, stage, '持卡人')
  const scan = (text: string, scene: string, by = stage.desk) => house.ask('health-card.scan', by, { text, scene })
  const showCode = async (): Promise<string> => (await house.done('health-card.show-code', self, { person })).text

  await t.test('the static code is 64 hexadecimal digits, its type, and a signature that anybody checks without asking', () => {
    const text = holder.cards[0].text as string
    const read = readQrText(text)
    assert.ok(read?.shown === 'static' && read.signed)
    const key = house.house.cipher.room.publicKeys('card').find((one) => one.key === read.signed?.key)
    assert.ok(key)
    // Another's program has the public key and its own library only.
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.publicKey])
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const signature = Buffer.from(read.signed.signature, 'base64url')
    assert.ok(verify(null, Buffer.from(signedPart(read.number)), publicKey, signature))
    assert.equal(verify(null, Buffer.from(signedPart('0'.repeat(64))), publicKey, signature), false)
  })
  await t.test('there is no second card that counts', async () => {
    assert.equal(code(await house.ask('health-card.apply', self, { person })), 'health-card.has-card')
    const others = await Promise.all([1, 2, 3].map(async () => stage.person('抢办者', '1980-01-01')))
    for (const other of others) {
      const twice = await Promise.all([1, 2].map(() => house.ask('health-card.apply', stage.desk, { person: other })))
      assert.deepEqual(twice.map(code).toSorted(), ['done', 'health-card.has-card'])
    }
  })
  await t.test('the static code identifies, and opens neither money nor records', async () => {
    const text = holder.cards[0].text
    const found = await house.done('health-card.scan', stage.desk, { text, scene: 'registration' })
    assert.equal(found.person, person)
    assert.equal(found.name.zh, '持卡人')
    assert.equal(found.sceneCode, '010101')
    assert.equal(
      code(await scan(`${text.slice(0, 64)}:1`, 'examination')),
      'done',
      'an older print without a signature is looked up',
    )
    for (const scene of ['payment', 'visit', 'dispensing', 'prescription'])
      assert.equal(code(await scan(text, scene)), 'health-card.dynamic-needed')
    assert.equal(
      code(await scan(text.slice(0, -2) + (text.endsWith('AA') ? 'BB' : 'AA'), 'registration')),
      'health-card.code-unknown',
      'a signature that is not ours',
    )
    assert.equal(code(await scan(`${'0'.repeat(64)}:1`, 'registration')), 'health-card.code-unknown')
    assert.equal(code(await scan('hello', 'registration')), 'health-card.code-unknown')
  })
  await t.test('a dynamic code counts once, at whichever counter was first', async () => {
    const text = await showCode()
    const races = await Promise.all(
      [stage.desk, stage.tcmDesk, stage.cityDesk, stage.ward, stage.desk, stage.tcmDesk].map((by) => scan(text, 'payment', by)),
    )
    assert.deepEqual(races.map(code).toSorted(), ['done', ...Array.from({ length: 5 }, () => 'health-card.code-used')])
    // A wedge scanner with caps lock and an end of line.
    const next = await showCode()
    assert.equal(code(await scan(` ${next.toUpperCase()}\n`, 'visit', stage.ward)), 'done')
    assert.equal(code(await scan(next, 'registration')), 'health-card.code-used')
  })
  await t.test('a dynamic code ends with its minutes, by the clock of the database, and with a newer one', async () => {
    const first = await showCode()
    const second = await showCode()
    assert.equal(code(await scan(first, 'payment')), 'health-card.code-expired')
    const minutes = 3
    await house.later((minutes * 60 - 30) / 3_600)
    assert.equal(code(await scan(second, 'payment')), 'done')
    const third = await house.done('health-card.show-code', self, { person })
    await house.until(third.expiresAt)
    assert.equal(code(await scan(third.text, 'payment')), 'health-card.code-expired')
  })
  await t.test('the person sees every use: when, where, at which step', async () => {
    const { uses } = await house.done('health-card.uses', self, { person })
    assert.equal(uses[0].scene, 'payment')
    assert.equal(uses.length, 5)
    assert.ok(uses.every((use: { org: string }) => [PLACES.county, PLACES.countyTcm, PLACES.city].includes(use.org as never)))
    const audited = await house.database.rows(
      sql`select 1 from platform.audit where form = 'health-card.scan' and person_id = ${person} and outcome = 'done'`,
    )
    assert.equal(audited.length, 5)
  })
  await t.test('a card that was lost or replaced is accepted no more, nor are its codes; the history stays', async () => {
    const text = await showCode()
    await house.done('health-card.replace', self, { person, reason: '怀疑被他人拍下' })
    assert.equal(code(await scan(text, 'payment')), 'health-card.card-not-active')
    assert.equal(code(await scan(holder.cards[0].text, 'registration')), 'health-card.card-not-active')
    await house.done('health-card.end', self, { person, state: 'lost', reason: '手机丢失' })
    assert.equal(code(await house.ask('health-card.show-code', self, { person })), 'health-card.no-card')
    const { holders } = await house.done('health-card.mine', self)
    assert.deepEqual(
      holders[0].cards.map(({ state, text: shown }: { state: string; text: string | null }) => [state, shown]),
      [
        ['lost', null],
        ['replaced', null],
      ],
    )
    await house.done('health-card.apply', stage.villageDoctor, { person })
    assert.equal((await house.done('health-card.mine', self)).holders[0].cards[0].state, 'active')
  })
  await t.test('a number never stands in the database in clear', async () => {
    const shown = (await house.done('health-card.mine', self)).holders[0].cards[0].text.slice(0, 64)
    const [row] = await house.database.rows<{
      found: number
    }>(sql`select (select count(*) from health_card.card c where c::text ilike ${`%${shown}%`})
      + (select count(*) from residents.identifier i where i::text ilike ${`%${shown}%`}) as found`)
    assert.equal(Number(row?.found), 0)
  })
})

test('cards of six kinds and the old cards of hospitals belong to one person', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { person, self } = await holderOf(house, stage, '多卡者')
  const other = await stage.person('另一人', '1970-01-01')
  const bind = (by = stage.desk, more: object = {}) =>
    house.ask('health-card.bind', by, { person, kind: 'hospital-card', number: '00123456', ...more })
  await t.test('a number is bound once, per institution that issued it', async () => {
    assert.equal(code(await bind()), 'done')
    assert.equal(code(await bind()), 'done', 'the same person again changes nothing')
    assert.equal(code(await bind(stage.desk, { person: other })), 'residents.number-known')
    assert.equal(
      code(await bind(stage.tcmDesk, { person: other })),
      'done',
      'another hospital gives the same number to somebody else',
    )
    const races = await Promise.all(
      [person, other].map((each) =>
        house.ask('health-card.bind', stage.cityDesk, { person: each, kind: 'insurance', number: 'YB-77-1' }),
      ),
    )
    assert.deepEqual(races.map(code).toSorted(), ['done', 'residents.number-known'])
  })
  await t.test('the old card finds its person at the counter, where no money or record opens', async () => {
    const scan = (more: object) =>
      house.ask('health-card.scan', stage.desk, { text: '00123456', kind: 'hospital-card', scene: 'registration', ...more })
    const found = await scan({})
    assert.ok(found.ok && found.value.person === person)
    const there = await scan({ issuer: PLACES.countyTcm })
    assert.ok(there.ok && there.value.person === other)
    assert.equal(code(await scan({ scene: 'payment' })), 'health-card.dynamic-needed')
    assert.equal(code(await scan({ text: '00999999' })), 'health-card.number-not-bound')
  })
  await t.test('alone, a person binds what finds nobody; everything else is seen by a desk', async () => {
    assert.equal(code(await bind(self, { issuer: PLACES.county })), 'health-card.desk-must-see')
    assert.equal(code(await bind(self, { kind: 'bank', number: '6222 0212 3456 7895' })), 'health-card.number-form')
    assert.equal(code(await bind(self, { kind: 'bank', number: '4111 1111 1111 1111' })), 'done')
    for (const kind of ['social-security', 'insurance', 'citizen', 'commercial'])
      assert.equal(code(await bind(stage.familyDoctor, { kind, number: `K-${kind}` })), 'done')
  })
  await t.test('what was unbound stays in the history and may be bound to its owner', async () => {
    const bound = async () => (await house.done('health-card.mine', self)).holders[0].bound
    const bank = (await bound()).find((one: { kind: string }) => one.kind === 'bank')
    assert.equal(bank.tail, '1111')
    assert.equal(
      code(await house.ask('health-card.unbind', self, { person: other, binding: bank.id, reason: '不是本人' })),
      'platform.not-found',
    )
    await house.done('health-card.unbind', self, { person, binding: bank.id, reason: '换了银行卡' })
    assert.equal(
      code(await house.ask('health-card.unbind', self, { person, binding: bank.id, reason: '换了银行卡' })),
      'health-card.not-bound',
    )
    const ended = (await bound()).find((one: { id: string }) => one.id === bank.id)
    assert.equal(ended.endedBecause, '换了银行卡')
    assert.equal(code(await bind(stage.desk, { person: other, kind: 'bank', number: '4111111111111111' })), 'done')
  })
  await t.test('strangers see no card and nobody’s uses', async () => {
    const stranger = actor('resident', null, '邻居', other)
    for (const form of ['health-card.show-code', 'health-card.uses', 'health-card.apply'] as const)
      assert.equal(code(await house.ask(form, stranger, { person })), 'platform.not-found')
    assert.equal(
      code(await house.ask('health-card.of-person', actor('village-doctor', 'otherVillage'), { person })),
      'platform.not-found',
    )
  })
})

test('a guardian has the child’s card in hand, until the guardianship ends', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { person: parent, self } = await holderOf(house, stage, '家长')
  const child = (
    await house.done('residents.register', stage.villageDoctor, { name: { zh: '孩子' }, sex: 'female', bornOn: '2020-06-01' })
  ).person as PersonId
  const apply = () => house.ask('health-card.apply', self, { person: child })
  assert.equal(code(await apply()), 'platform.not-found')
  await house.database.run(
    sql`insert into record_access.limit_value values ('record-access.guardianship-ends-years', '2000-01-01', null, 18) on conflict do nothing`,
  )
  const guardianship = newId()
  await house.database
    .run(sql`insert into record_access.representative (person_id, id, by_person_id, kind, document, from_on, registered_at)
    values (${child}, ${guardianship}, ${parent}, 'guardian', '户口簿', '2020-06-01', now())`)
  assert.equal(code(await apply()), 'done')
  const { holders } = await house.done('health-card.mine', self)
  assert.deepEqual(
    holders.map(({ as, name }: { as: string; name: { zh: string } }) => [as, name.zh]),
    [
      ['self', '家长'],
      ['guardian', '孩子'],
    ],
  )
  const { text } = await house.done('health-card.show-code', self, { person: child })
  const found = await house.done('health-card.scan', stage.villageDoctor, { text, scene: 'visit' })
  assert.equal(found.person, child)
  await house.database.run(
    sql`update record_access.representative set ended_at = now(), ended_because = '演示' where id = ${guardianship}`,
  )
  assert.equal(code(await house.ask('health-card.show-code', self, { person: child })), 'platform.not-found')
  assert.equal((await house.done('health-card.mine', self)).holders.length, 1)
})

test('administrators register apps, those of an institution its own only', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  const [region, county] = [actor('administrator', null), actor('administrator', 'county')]
  const name = { zh: '演示支付', en: 'Demo pay' }
  const made = await house.done('health-card.register-app', region, { name, kind: 'payment' })
  assert.match(made.fieldKey, /^[0-9a-f]{32}$/)
  assert.equal(code(await house.ask('health-card.register-app', county, { name, kind: 'payment' })), 'platform.not-found')
  assert.equal(
    code(await house.ask('health-card.register-app', county, { name, kind: 'hospital', org: PLACES.city })),
    'platform.not-found',
  )
  assert.equal(code(await house.ask('health-card.register-app', region, { name, kind: 'hospital' })), 'health-card.app-needs-org')
  await house.done('health-card.register-app', county, { name, kind: 'hospital' })
  const { apps } = await house.done('health-card.apps', county)
  assert.equal(apps.length, 1)
  assert.ok(!JSON.stringify(await house.done('health-card.apps', region)).includes(made.signKey))
  assert.equal(code(await house.ask('health-card.end-app', county, { app: made.app })), 'platform.not-found')
  await house.done('health-card.end-app', region, { app: made.app })
  assert.equal(code(await house.ask('health-card.end-app', region, { app: made.app })), 'health-card.app-ended')
})
