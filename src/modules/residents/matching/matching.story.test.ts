import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type OrgId, type PersonId } from '../../../kernel/id.ts'
import { sql } from '../../../platform/database/pool.ts'
import { Refused } from '../../../platform/forms/form.ts'
import { runChecks } from '../../../apps/checks.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { VILLAGE } from '../../../../sim/small-region.ts'
import { endNumber, holdNumber, personByNumber } from '../number-store.ts'
import { checkCharacter } from '../rules/id-number.ts'

const number = (seventeen: string): { type: '01'; number: string } => ({
  type: '01',
  number: seventeen + checkCharacter(seventeen),
})
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)
const asked = ({ name, ...more }: { name: { zh: string } }, others: object = {}): object => ({ zh: name.zh, ...more, ...others })
const FANG = { name: { zh: '李芳' }, sex: 'female', bornOn: '1970-03-05', phone: '10012345678', village: VILLAGE }

test('Whoever may be registered already is shown before, a stranger masked, and nobody is hinted at by name and birthday alone', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const { person } = await house.done('residents.register', stage.villageDoctor, {
    ...FANG,
    identifier: number('99010119700305102'),
  })
  const own = await house.done('residents.likely', stage.villageDoctor, asked(FANG, { zh: '李方', bornOn: '1970-05-03' }))
  assert.equal(own.likely[0].person, person)
  assert.equal(own.likely[0].name, '李芳')
  assert.deepEqual(
    own.likely[0].factors.map(({ factor, likeness }: { factor: string; likeness: string }) => `${factor} ${likeness}`),
    ['name homophone', 'birth swapped', 'sex same', 'phone same', 'address village'],
  )
  const foreign = await house.done('residents.likely', stage.desk, asked(FANG))
  assert.equal(foreign.likely[0].person, null, 'the county hospital learns no id of a stranger')
  assert.equal(foreign.likely[0].name, '李*')
  assert.equal(JSON.stringify(foreign).includes('李芳'), false)
  const bare = await house.done('residents.likely', stage.desk, { zh: '李芳', sex: 'female', bornOn: FANG.bornOn })
  assert.deepEqual(bare.likely, [], 'a name and a birthday ask in vain for strangers')
  const audited = await house.database.rows(
    sql`select 1 from platform.audit where form = 'residents.likely' and person_id = ${person}`,
  )
  assert.equal(audited.length, 2, 'every hint is a look')
})

test('A double waits for somebody; a low score wants two; what was told apart is not asked again; an undone link is told apart', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [one, two] = [actor('administrator', null, '甲'), actor('health-bureau', null, '乙')]
  const { person } = await house.done('residents.register', stage.villageDoctor, {
    ...FANG,
    identifier: number('99010119700305102'),
  })
  const { person: double } = await house.done('residents.register', stage.familyDoctor, { ...FANG, village: undefined })
  const { person: sister } = await house.done('residents.register', stage.villageDoctor, {
    ...FANG,
    name: { zh: '李方' },
    bornOn: '1970-03-06',
  })
  await house.settle()
  const queue = (await house.done('residents.pairs', one)).pairs
  const pairOf = (other: PersonId) =>
    queue.find((pair: { person: string; other: string }) => pair.person === person && pair.other === other)
  assert.equal(pairOf(double).score, 0.8)
  assert.equal(pairOf(double).sides[0].idNumber.includes('19700305'), false, 'numbers stay masked')
  assert.deepEqual(codes(await house.ask('residents.pairs', stage.villageDoctor)), ['platform.role-may-not'])

  assert.equal(
    (await house.done('residents.decide-pair', one, { person, other: double, decision: 'same', reason: '电话核实为本人' })).state,
    'same',
  )
  assert.equal((await house.done('residents.get', stage.villageDoctor, { person: double })).id, person)
  assert.deepEqual(
    codes(await house.ask('residents.decide-pair', two, { person, other: double, decision: 'different', reason: '晚了一步' })),
    ['residents.pair-decided'],
  )

  await house.database.run(sql`update residents.pair set score = 0.65 where person_id = ${person} and other_id = ${sister}`)
  assert.equal(
    (await house.done('residents.decide-pair', one, { person, other: sister, decision: 'same', reason: '看起来是' })).state,
    'second',
  )
  assert.deepEqual(
    codes(await house.ask('residents.decide-pair', one, { person, other: sister, decision: 'same', reason: '我再确认' })),
    ['residents.pair-second-by-same'],
  )
  assert.equal(
    (await house.done('residents.decide-pair', two, { person, other: sister, decision: 'same', reason: '已电话核实' })).state,
    'same',
  )
  await house.done('residents.unlink', two, { person: sister, reason: '实为姐妹两人' })
  const again = (await house.done('residents.pairs', one, { state: 'decided' })).pairs.find(
    (pair: { other: string }) => pair.other === sister,
  )
  assert.equal(again.state, 'different')
  const joined = (await house.done('residents.pairs', one, { state: 'decided' })).pairs.find(
    (pair: { other: string }) => pair.other === double,
  )
  assert.deepEqual(
    joined.sides.map(({ id }: { id: string }) => id),
    [person, double],
    'what was compared stays to be seen',
  )
  assert.notEqual(joined.sides[0].idNumber, joined.sides[1].idNumber)
  await house.done('residents.correct', stage.villageDoctor, { person: sister, ifVersion: 3, address: '同组' })
  await house.settle()
  const open = (await house.done('residents.pairs', one)).pairs
  assert.equal(
    open.some(
      (pair: { person: string; other: string }) =>
        [pair.person, pair.other].includes(sister) && [pair.person, pair.other].includes(person),
    ),
    false,
  )
  const checked = (await runChecks(house.database)).find(({ name }) => name === 'joined-with-evidence')
  assert.equal(checked?.breaches, 0)
  assert.equal(checked?.evaluated, 2)
  await house.database.run(sql`update residents.link set evidence = array['name', 'birth']`)
  assert.equal(
    (await runChecks(house.database)).find(({ name }) => name === 'joined-with-evidence')?.breaches,
    2,
    'the check can fail',
  )
})

test('Nobody is joined by name and birthday alone; with a paper that was seen, yes', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const bureau = actor('health-bureau', null)
  const bare = { name: { zh: '王强' }, sex: 'male', bornOn: '1988-08-08' }
  const { person } = await house.done('residents.register', stage.villageDoctor, bare)
  const { person: into } = await house.done('residents.register', stage.villageDoctor, bare)
  await house.settle()
  const link = { person, into, reason: '同名同生日' }
  assert.deepEqual(codes(await house.ask('residents.link', bureau, link)), ['residents.only-name-and-birthday'])
  assert.deepEqual(
    codes(await house.ask('residents.decide-pair', bureau, { person, other: into, decision: 'same', reason: '同名同生日' })),
    ['residents.only-name-and-birthday'],
  )
  await house.done('residents.link', bureau, { ...link, seen: '02' })
})

test('A chain of links is one person, and each link can be undone by itself', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const bureau = actor('health-bureau', null)
  const [a, b, c] = [
    await stage.person('周一', '1960-01-01'),
    await stage.person('周二', '1960-01-01'),
    await stage.person('周三', '1960-01-01'),
  ]
  const rootOf = async (person: PersonId) => (await house.done('residents.get', stage.villageDoctor, { person })).id
  const link = (person: PersonId, into: PersonId) =>
    house.done('residents.link', bureau, { person, into, reason: '同一人', seen: '01' })
  await link(a, b)
  await link(b, c)
  assert.deepEqual([await rootOf(a), await rootOf(b)], [c, c], 'whoever stood under b stands under c')
  const under = await house.database.rows<{ id: string }>(
    sql`select person_id as id from residents.person where merged_into = ${c}`,
  )
  assert.equal(under.length, 2, 'one step, so that every read that follows one link sees all')
  await house.done('residents.unlink', bureau, { person: b, reason: '核实为两人' })
  assert.deepEqual([await rootOf(a), await rootOf(b)], [b, b], 'a stands under b again')
  await house.done('residents.unlink', bureau, { person: a, reason: '核实为两人' })
  assert.equal(await rootOf(a), a)
})

test('A newborn is registered by mother, order and day, once; its papers raise it, and the history stays', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const mother = (await house.done('residents.register', stage.villageDoctor, { ...FANG, bornOn: '1998-03-05' })).person
  const birth = { mother, bornOn: stage.today, birthOrder: 1, sex: 'male' }
  const { person } = await house.done('residents.register-newborn', stage.villageDoctor, birth)
  const { person: twin } = await house.done('residents.register-newborn', stage.villageDoctor, { ...birth, birthOrder: 2 })
  assert.deepEqual(codes(await house.ask('residents.register-newborn', stage.desk, birth)), ['residents.newborn-known'])
  assert.deepEqual(
    codes(await house.ask('residents.register-newborn', stage.villageDoctor, { ...birth, mother: person, birthOrder: 3 })),
    ['residents.mother-not-possible'],
  )
  await house.settle()
  const pairs = (await house.done('residents.pairs', actor('administrator', null))).pairs
  assert.equal(
    pairs.some((pair: { person: string; other: string }) => pair.person === person && pair.other === twin),
    false,
    'twins are two',
  )
  const paper = number(`990101${stage.today.replaceAll('-', '')}101`.slice(0, 17))
  await house.done('residents.issue-papers', stage.villageDoctor, {
    person,
    identifier: paper,
    name: { zh: '李小满' },
    reason: '上户口',
  })
  const shown = await house.done('residents.get', stage.villageDoctor, { person })
  assert.equal(shown.name.zh, '李小满')
  assert.equal((await house.done('residents.search', stage.desk, { text: paper.number })).persons[0].id, person)
  const kept = await house.database.rows<{ fields: string[] }>(
    sql`select fields from residents.correction where person_id = ${person}`,
  )
  assert.deepEqual(kept[0]?.fields, ['name'])
})

test('A changed number finds nobody any more but stays in the history; a number that two claim is moved with a reason', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [before, after] = [number('99010119700305102'), number('99010119700305104')]
  const { person } = await house.done('residents.register', stage.villageDoctor, { ...FANG, identifier: before })
  await house.done('residents.issue-papers', stage.villageDoctor, { person, identifier: after, reason: '重号更正' })
  assert.equal((await house.done('residents.search', stage.desk, { text: before.number })).persons.length, 0)
  assert.equal((await house.done('residents.search', stage.desk, { text: after.number })).persons.length, 1)
  const { numbers } = await house.done('residents.numbers', stage.villageDoctor, { person })
  assert.deepEqual(
    numbers.map((one: { endedBecause: string | null }) => one.endedBecause),
    [null, '重号更正'],
  )
  const { person: other } = await house.done('residents.register', stage.villageDoctor, {
    name: { zh: '李方' },
    sex: 'female',
    bornOn: '1970-03-05',
    identifier: before,
  })
  assert.ok(other, 'the number is free again')
  const bureau = actor('health-bureau', null)
  const { person: third } = await house.done('residents.register', stage.villageDoctor, {
    name: { zh: '李访' },
    sex: 'female',
    bornOn: '1970-03-05',
  })
  assert.deepEqual(
    codes(
      await house.ask('residents.issue-papers', stage.villageDoctor, { person: third, identifier: before, reason: '本人证件' }),
    ),
    ['residents.number-known'],
  )
  assert.deepEqual(
    codes(await house.ask('residents.move-number', bureau, { person, to: third, identifier: before, reason: '并未持有' })),
    ['residents.number-not-held'],
  )
  await house.done('residents.move-number', bureau, { person: other, to: third, identifier: before, reason: '凭证件核实' })
  const found = await house.done('residents.search', stage.desk, { text: before.number })
  assert.deepEqual(
    found.persons.map(({ id }: { id: string }) => id),
    [third],
  )
})

test('Cards of hospitals are numbers of one table: held once, found under the link, free again when given back', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const [person, other] = [await stage.person('钱一', '1950-01-01'), await stage.person('钱二', '1951-01-01')]
  const { cipher } = house.house
  const card = { type: 'hospital-card', number: 'A1001', issuer: PLACES.county as OrgId }
  const at = (await house.database.row<{ at: never }>(sql`select platform.jieli_now() as at`))?.at as never
  const asDesk = <T>(work: (tx: Parameters<Parameters<typeof house.house.database.transaction>[0]>[0]) => Promise<T>) =>
    house.house.database.transaction(async (tx) => {
      await tx.run(sql`select platform.open_act(${PLACES.county}, null, 'referral-desk', null)`)
      return work(tx)
    })
  await asDesk((tx) => holdNumber(tx, person, card, cipher, { id: newId(), at }))
  await asDesk((tx) => holdNumber(tx, person, card, cipher, { id: newId(), at }))
  await assert.rejects(
    asDesk((tx) => holdNumber(tx, other, card, cipher, { id: newId(), at })),
    Refused,
  )
  assert.equal(await asDesk((tx) => personByNumber(tx, card, cipher)), person)
  assert.equal(
    await asDesk((tx) => personByNumber(tx, { ...card, issuer: PLACES.city as OrgId }, cipher)),
    null,
    'the same digits of another hospital are another card',
  )
  assert.equal(await asDesk((tx) => endNumber(tx, person, card, cipher, { at, because: '换卡' })), true)
  assert.equal(await asDesk((tx) => personByNumber(tx, card, cipher)), null)
})
