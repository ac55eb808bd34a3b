import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { plusDays, type Day } from '../../../kernel/day.ts'
import type { PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql } from '../../../platform/database/pool.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')
const PLEDGE = { isPledged: true, reason: '随子女居住' }
/** The city in which the city hospital of this story lies: away from the home area. */
const AWAY = '4301'

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
  await house.database.run(
    sql`insert into organisations.division (code, zh, rank, parent) values ('430100000000', '长沙市', 'prefecture', '430000000000')`,
  )
  await house.database.run(sql`update organisations.institution set division = '430100000000' where id = ${PLACES.city}`)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const insured = async (zh: string): Promise<PersonId> => {
  const id = await stage.person(zh, '1960-05-06')
  await house.database.run(sql`update residents.person set insurance = 'resident' where person_id = ${id}`)
  return id
}
const self = (person: PersonId): Actor => actor('resident', null, '演示本人', person)
const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const statusAt = async (person: PersonId, more: object = {}): Promise<string> => {
  const made = await house.done('settlement.settle', stage.cityDesk, stayOf(person, `YD-${person}-${JSON.stringify(more).length}`, 10, { day: stage.today, level: 'level3', region: 'in-province', ...more }))
  const bill = await house.done('settlement.bill', stage.cityDesk, { org: made.org, bill: made.bill })
  return bill.claim.status
} // prettier-ignore

const referred = async (person: PersonId) => {
  const { referral } = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.city,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)' },
    letter: { impression: '高血压', reason: '控制不佳' },
    consent: { by: 'patient' },
  })
  return referral as string
}

describe('a filing by commitment', () => {
  test('of who lives elsewhere covers several places, has no end, and the bill there is settled as filed', async () => {
    const person = await insured('演示长居者')
    await house.database.run(sql`update residents.person set care_org_id = ${PLACES.city} where person_id = ${person}`)
    const made = await house.done('settlement.file-off-site', self(person), {
      person,
      kind: 'long-term',
      places: [AWAY],
      ...PLEDGE,
    })
    assert.deepEqual([made.state, made.ends, made.places], ['filed', null, [{ code: AWAY, zh: '长沙市' }]])
    assert.equal(await statusAt(person), 'filed-long-term')
    assert.equal(await statusAt(person, { status: 'emergency' }), 'emergency')
  })

  test('of one’s own way ends by its day, and is no referral', async () => {
    const person = await insured('演示自行外出者')
    await house.database.run(sql`update residents.person set care_org_id = ${PLACES.city} where person_id = ${person}`)
    const made = await house.done('settlement.file-off-site', self(person), {
      person,
      kind: 'own-way',
      places: [AWAY],
      ...PLEDGE,
    })
    assert.equal(made.ends, plusDays(stage.today as Day, 184))
    assert.equal(await statusAt(person), 'unreferred')
  })

  test('is refused with its reason where it is not needed or not known', async () => {
    const person = await insured('演示被拒备案者')
    const file = (more: object) => codes('settlement.file-off-site', self(person), { person, kind: 'long-term', places: [AWAY], ...PLEDGE, ...more })
    assert.equal(await file({ places: ['4303'] }), 'settlement.filing-at-home')
    assert.equal(await file({ places: ['430321'] }), 'settlement.filing-at-home')
    assert.equal(await file({ places: ['9999'] }), 'settlement.filing-place-unknown')
    await assert.rejects(file({ isPledged: false }), /isPledged/)
    assert.deepEqual((await Promise.all([file({}), file({})])).toSorted(), ['done', 'settlement.filed-already'])
    await house.database.run(sql`update residents.person set village = null where person_id = ${person}`)
    assert.equal(await file({ kind: 'own-way' }), 'settlement.filing-home-unknown')
  }) // prettier-ignore

  test('is withdrawn with a reason: it holds no longer from that day, and once', async () => {
    const person = await insured('演示撤销备案者')
    await house.database.run(sql`update residents.person set care_org_id = ${PLACES.city} where person_id = ${person}`)
    const { id } = await house.done('settlement.file-off-site', self(person), {
      person,
      kind: 'long-term',
      places: [AWAY],
      ...PLEDGE,
    })
    const back = { person, filing: id, reason: '已搬回' }
    assert.equal(await codes('settlement.withdraw-filing', self(person), back), 'done')
    assert.equal(await codes('settlement.withdraw-filing', self(person), back), 'settlement.filing-ended')
    assert.equal(await statusAt(person), 'unreferred')
    const { filings } = await house.done('settlement.filings', self(person), { person })
    assert.deepEqual([filings.length, filings[0].state, filings[0].withdrawnWhy], [1, 'withdrawn', '已搬回'])
  })
})

describe('a filing from a referral', () => {
  test('is opened by who sends it, holds for the receiver’s city, and the bill there is settled as referred', async () => {
    const person = await insured('演示转诊备案者')
    const referral = await referred(person)
    const made = await house.done('referral.file-off-site', stage.villageDoctor, { referral, isPledged: true })
    assert.deepEqual([made.kind, made.referral, made.places], ['referral', referral, [{ code: AWAY, zh: '长沙市' }]])
    assert.equal(await codes('referral.file-off-site', stage.cityDesk, { referral, isPledged: true }), 'settlement.filed-already')
    assert.equal(await statusAt(person), 'filed-referral')
  })

  test('is not for a referral that is over, nor for anybody who is no party', async () => {
    const person = await insured('演示结束转诊者')
    const referral = await referred(person)
    assert.equal(await codes('referral.file-off-site', stage.tcmDesk, { referral, isPledged: true }), 'platform.not-found')
    await house.done('referral.cancel', stage.villageDoctor, { referral, reason: '不去了' })
    assert.equal(
      await codes('referral.file-off-site', stage.villageDoctor, { referral, isPledged: true }),
      'referral.filing-not-open',
    )
  })
})

test('the insurer reads all of them by page; a stranger none', async () => {
  const { filings, next } = await house.done('settlement.filings', insurer, { limit: 2 })
  assert.equal(filings.length, 2)
  const rest = await house.done('settlement.filings', insurer, { after: next, limit: 100 })
  const seen = [...filings, ...rest.filings].map(({ id }: { id: string }) => id)
  assert.equal(new Set(seen).size, seen.length)
  const [count] = await house.database.rows<{ n: number }>(sql`select count(*)::int as n from settlement.filing`)
  assert.equal(seen.length, count?.n)
  const stranger = await insured('演示旁人')
  assert.equal(await codes('settlement.filings', self(stranger), { person: filings[0].person }), 'platform.not-found')
  assert.equal(await codes('settlement.filings', stage.villageDoctor, {}), 'platform.not-found')
})
