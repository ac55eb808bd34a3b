import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { settleByExample } from '../../../tests/harness/settling.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../tests/harness/stage.ts'
import { runChecks } from '../../apps/checks.ts'
import type { PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { orgOfPharmacy } from '../organisations/index.ts'

const CODE = 'P43038100001'
/** In another city than the small region. */
const OTHER = 'P43010400002'
const insurer = actor('insurer', null, '医保经办')
const counterOf = (code: string): Actor => ({ ...actor('pharmacist', null, '药店收银员'), org: orgOfPharmacy(code) })
const counter = counterOf(CODE)

let house: TestHouse
let stage: Stage
let person: PersonId
let resident: Actor
const endings: (() => unknown)[] = []

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
  person = await stage.person('演示参保人', '1960-05-06')
  resident = actor('resident', null, '演示参保人', person)
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${person}`)
  for (const [code, zh] of [[CODE, '演示大药房'], [OTHER, '演示第二药房']] as const) {
    const body = { code, zh, division: `${code.slice(1, 7)}000000` }
    await house.done('organisations.propose-pharmacy', insurer, { from: '2024-01-01', body })
  } // prettier-ignore
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const boughtOn = (billNo: string, more: object = {}) => ({
  person,
  area: 'example',
  billNo,
  claim: { day: '2024-06-03', care: 'outpatient', level: 'pharmacy', lines: [{ zh: '降压药', list: 'A', amountFen: 12_000 }], ...more },
}) // prettier-ignore
const showCard = async (who: Actor) => {
  await house.ask('health-card.apply', resident, { person })
  const { text } = await house.done('health-card.show-code', resident, { person })
  return house.done('health-card.scan', who, { text, scene: 'dispensing' })
}

test('Medicine is settled at the counter where the card was just shown, once, and by nobody else', async () => {
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-1')), 'platform.not-found', 'nobody has shown a card')
  assert.equal(await codes('settlement.claim-terms', counter, { person }), 'platform.not-found')
  const shown = await showCard(counter)
  assert.equal(shown.person, person)

  const terms = await house.done('settlement.claim-terms', counter, { person, area: 'example', day: '2024-06-03' })
  assert.deepEqual([terms.level, terms.tells.cares.includes('inpatient'), terms.earlier], ['pharmacy', false, []])
  const { billNo: _none, ...asked } = boughtOn('YD-1')
  const { settlement: priced } = await house.done('settlement.preview', counter, asked)
  // Half of 120 yuan, from the first yuan.
  assert.deepEqual([priced.funds, priced.cashFen], [{ basic: 6_000 }, 6_000])
  const made = await house.done('settlement.settle', counter, boughtOn('YD-1'))
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-1')), 'settlement.already-settled')
  assert.equal(
    await codes('settlement.settle', counterOf(OTHER), boughtOn('YD-2')),
    'platform.not-found',
    'it was shown elsewhere',
  )

  assert.equal(
    await codes('settlement.settle', counter, boughtOn('YD-3', { care: 'inpatient' })),
    'settlement.no-stay-at-pharmacy',
  )
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-3', { level: 'level3' })), 'settlement.other-level')

  const mine = await house.done('settlement.bills', resident, {})
  assert.deepEqual(
    mine.bills.map((one: { place: { zh: string }; cashFen: number }) => [one.place.zh, one.cashFen]),
    [['演示大药房', 6_000]],
  )
  const theirs = await house.done('settlement.bills', counter, {})
  assert.equal(theirs.bills.length, 1)
  assert.equal((await house.done('settlement.bills', counterOf(OTHER), {})).bills.length, 0)
  assert.equal((await house.done('settlement.bill', counter, { org: made.org, bill: made.bill })).place.zh, '演示大药房')
  assert.equal(await codes('settlement.bill', counterOf(OTHER), { org: made.org, bill: made.bill }), 'platform.not-found')
})

test('The counter sees nothing of the record, and after an hour the card must be shown again', async () => {
  await showCard(counter)
  for (const [form, input] of [
    ['health-record.timeline', { person }],
    ['residents.get', { person }],
    ['residents.search', { text: '演示' }],
    ['referral.worklist', { side: 'sender' }],
  ] as const)
    assert.match(await codes(form as never, counter, input), /role-may-not/, form)
  await house.later(1.1)
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-9')), 'platform.not-found')
  await showCard(counter)
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-9')), 'done')
})

test('What was settled at a pharmacy is reversed there, and the books stay whole', async () => {
  await showCard(counter)
  const made = await house.done('settlement.settle', counter, boughtOn('YD-10'))
  const wish = { org: made.org, bill: made.bill, reason: '退药' }
  assert.equal(await codes('settlement.reverse', counterOf(OTHER), wish), 'platform.not-found')
  await house.done('settlement.reverse', counter, wish)
  await house.settle()
  assert.deepEqual((await runChecks(house.database)).filter(({ breaches }) => breaches > 0), []) // prettier-ignore
})

test('Who has filed to live there buys medicine as at home; nothing filed costs ten points', async () => {
  await house.database.run(
    sql`insert into organisations.division values ('430100000000', '长沙市', 'prefecture', '430000000000') on conflict do nothing`,
  )
  const away = counterOf(OTHER)
  await showCard(away)
  const bought = (billNo: string) => boughtOn(billNo, { day: stage.today, region: 'in-province', status: 'unreferred' })
  const { settlement: unfiled } = await house.done('settlement.settle', away, bought('YD-15'))
  assert.deepEqual(unfiled.funds, { basic: 4_800 })
  const filing = { person, kind: 'long-term', places: ['4301'], reason: '随子女居住', isPledged: true }
  await house.done('settlement.file-off-site', resident, filing)
  const { settlement: filed } = await house.done('settlement.settle', away, bought('YD-16'))
  assert.deepEqual(filed.funds, { basic: 6_000 })
})

test('A pharmacy whose contract has ended settles nothing of later days; what it settled keeps its name', async () => {
  await house.done('organisations.retire-pharmacy', insurer, { entry: CODE, on: '2024-06-05', reason: '协议到期' })
  await showCard(counter)
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-20', { day: '2024-06-05' })), 'settlement.no-contract')
  assert.equal(await codes('settlement.settle', counter, boughtOn('YD-20', { day: '2024-06-04' })), 'done')
  const nobody = counterOf('P43038100009')
  await showCard(nobody)
  assert.equal(await codes('settlement.settle', nobody, boughtOn('YD-1')), 'settlement.no-contract')
  const [first] = (await house.done('settlement.bills', resident, {})).bills
  assert.equal(first.place.zh, '演示大药房')
})

test('A pharmacy’s accounts have its role, and nobody else’s', async () => {
  const administrator = actor('administrator', null)
  const account = (login: string, role: string, institution: string) =>
    codes('security.create-account', administrator, {
      login,
      password: 'an invented password',
      name: { zh: '演示' },
      role,
      institution,
    })
  assert.equal(await account('counter-1', 'pharmacist', counter.org as string), 'done')
  assert.equal(await account('counter-2', 'referral-desk', counter.org as string), 'security.role-of-pharmacies')
  assert.equal(await account('counter-3', 'pharmacist', stage.desk.org as string), 'security.role-of-pharmacies')
  const { institution } = await house.done('security.me', counter)
  assert.equal(institution.name.zh, '演示大药房')
})
