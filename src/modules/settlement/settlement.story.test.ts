import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { settleByExample, stayOf } from '../../../tests/harness/settling.ts'
import { actor, PLACES, setStage, type Stage } from '../../../tests/harness/stage.ts'
import type { PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'

let house: TestHouse
let stage: Stage
let person: PersonId
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')

before(async () => {
  const t = { after: (work: () => unknown) => void endings.push(work) }
  settleByExample(t)
  house = await testHouse(t)
  stage = await setStage(house)
  person = await insured('演示参保人', '1960-05-06')
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const insured = async (zh: string, bornOn: string, insurance = 'resident'): Promise<PersonId> => {
  const id = await stage.person(zh, bornOn)
  await house.database.run(sql`update residents.person set insurance = ${insurance} where person_id = ${id}`)
  return id
}
const askedOf = ({ billNo: _none, ...asked }: ReturnType<typeof stayOf>): object => asked
const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const accountsOf = async (org: string, bill: string): Promise<Record<string, number>> => {
  const rows = await house.database.rows<{
    account: string
    fen: number
  }>(sql`select account, sum(moved)::float8 as fen from settlement.transfer,
    unnest(accounts, fen) as side (account, moved) where org_id = ${org} and bill_id = ${bill} group by 1 having sum(moved) <> 0 order by 1`)
  return Object.fromEntries(rows.map(({ account, fen }) => [account.replace(/\d+/, '#'), fen]))
}

describe('a bill', () => {
  test('is priced without a trace, then settled by the same rules, and posted to who owes what', async () => {
    const input = stayOf(person, 'ZY-1', 105)
    const { billNo: _none, ...asked } = input
    const { settlement: priced } = await house.done('settlement.preview', stage.familyDoctor, asked)
    assert.equal((await house.database.rows(sql`select from settlement.bill`)).length, 0)
    // 10 500: 500 first, 80 % of 10 000; 2 500 left in scope, of which 1 500 above 1 000 at 60 %.
    assert.deepEqual([priced.deductibleFen, priced.funds, priced.cashFen], [50_000, { basic: 800_000, 'serious-illness': 90_000 }, 160_000]) // prettier-ignore
    const made = await house.done('settlement.settle', stage.familyDoctor, input)
    assert.deepEqual(made.settlement, priced)
    assert.ok(made.settlement.steps.every((step: { zh: string; en: string }) => step.zh !== '' && step.en !== ''))
    assert.deepEqual(await accountsOf(made.org, made.bill), {
      'fund:example/residents/basic': -800_000,
      'fund:example/residents/serious-illness': -90_000,
      'institution:#': 1_050_000,
      'person:#': -160_000,
    })
  })

  test('of the year goes on where the one before it ended, wherever that was', async () => {
    const made = await house.done('settlement.settle', stage.villageDoctor, stayOf(person, 'WS-1', 100, { day: '2024-04-01' }))
    // The second stay: half of 500 first; 80 % of 9 750; 2 200 left in scope, all of it above the 1 000 of the year.
    assert.deepEqual(
      [made.settlement.deductibleFen, made.settlement.funds],
      [25_000, { basic: 780_000, 'serious-illness': 132_000 }],
    )
  })

  test('is settled once under its number, however often it is asked for', async () => {
    const input = stayOf(person, 'ZY-2', 10, { day: '2023-01-05' })
    const [one, same] = await Promise.all([house.ask('settlement.settle', stage.familyDoctor, input, 'key-2'), house.ask('settlement.settle', stage.familyDoctor, input, 'key-2')]) // prettier-ignore
    assert.deepEqual(one, same)
    const again = await Promise.all(Array.from({ length: 4 }, () => codes('settlement.settle', stage.familyDoctor, input)))
    assert.deepEqual(again, Array(4).fill('settlement.already-settled'))
    const fresh = stayOf(person, 'ZY-3', 10, { day: '2023-02-05' })
    const both = await Promise.all([codes('settlement.settle', stage.familyDoctor, fresh), codes('settlement.settle', stage.familyDoctor, fresh)]) // prettier-ignore
    assert.deepEqual(both.toSorted(), ['done', 'settlement.already-settled'])
    const other = await insured('演示另一参保人', '1971-01-02')
    assert.equal(await codes('settlement.settle', stage.familyDoctor, stayOf(other, 'ZY-3', 10)), 'settlement.already-settled')
    const race = await Promise.all([person, other].map((one) => codes('settlement.settle', stage.familyDoctor, stayOf(one, 'ZY-4', 10, { day: '2022-01-01' })))) // prettier-ignore
    assert.deepEqual(race.toSorted(), ['done', 'settlement.already-settled'])
  })

  test('of somebody with low income settles every layer in one step', async () => {
    const poor = await insured('演示低收入者', '1950-01-02')
    const claim = { identities: ['low-income'], relatives: [{ owner: 'child', balanceFen: 30_000 }] }
    const { settlement, org, bill } = await house.done('settlement.settle', stage.familyDoctor, stayOf(poor, 'ZY-5', 105, claim))
    // 1 600 left after serious illness, 70 % of it aid; 480 are the person's, 300 of it paid by the child's account.
    assert.deepEqual(settlement.funds, { basic: 800_000, 'serious-illness': 90_000, 'medical-aid': 112_000 })
    assert.deepEqual([settlement.relatives, settlement.cashFen], [[{ owner: 'child', amountFen: 30_000 }], 18_000])
    assert.equal((await accountsOf(org, bill))['relative:#/child'], -30_000)
  })

  test('from another place of care is settled by that place’s list, and kept as the list had it', async () => {
    const away = await insured('演示异地就医者', '1966-03-04')
    const line = { code: 'XB05BA-T001', zh: '演示药品', amountFen: 1_000_000 }
    const terms = await house.done('settlement.claim-terms', stage.familyDoctor, { person, area: 'example' })
    assert.deepEqual(terms.careAreas, [{ careArea: 'away', zh: '外地', en: 'away' }])
    const claim = { careArea: 'away', region: 'in-province', lines: [line] }
    const { settlement, org, bill } = await house.done('settlement.settle', stage.familyDoctor, stayOf(away, 'YD-1', 1, claim))
    // 20 % first by the list of the place; by the area insured in 500 first, then 80 % less 10 points, as nothing was filed.
    assert.deepEqual([settlement.preSelfFen, settlement.deductibleFen, settlement.funds['basic']], [200_000, 50_000, 525_000])
    const step = settlement.steps.find((one: { step: string }) => one.step === 'care-list')
    assert.deepEqual([step?.amountFen, step?.basis, step?.inputs['careArea']], [1_000_000, 'EXAMPLE §1', 'away'])
    const [kept] = await house.database.rows<{ claim: { lines: { list: string; selfShareBp: number }[] } }>(sql`select claim from settlement.bill where org_id = ${org} and id = ${bill}`) // prettier-ignore
    assert.deepEqual([kept?.claim.lines[0]?.list, kept?.claim.lines[0]?.selfShareBp], ['B', 2_000])
    for (const [number, more] of [
      ['YD-2', { ...claim, careArea: 'nowhere' }],
      ['YD-3', { ...claim, lines: [{ ...line, code: 'XB05BA-T999' }] }],
      ['YD-4', { ...claim, lines: [{ ...line, list: 'A' }] }],
    ] as const)
      assert.equal(await codes('settlement.settle', stage.familyDoctor, stayOf(away, number, 1, more)), 'settlement.claim-refused', number) // prettier-ignore
  })

  test('that two disputed values hold for is refused with what each rests on; none is picked', async () => {
    const asked = askedOf(stayOf(person, 'DS-1', 1, { level: 'provincial' }))
    const outcome = await house.ask('settlement.preview', actor('resident', null, '演示参保人', person), asked)
    assert.ok(!outcome.ok)
    const detail = { rule: 'example.residents.deductible', sources: '「EXAMPLE (i)」、「EXAMPLE (ii)」', sources_en: '“EXAMPLE (i)”, “EXAMPLE (ii)”' } // prettier-ignore
    assert.deepEqual(outcome.refusals.map((one) => [one.code, one.detail]), [['platform.rule-conflict', detail]]) // prettier-ignore
  })

  test('that cannot be settled is refused with its reason, and nothing is kept', async () => {
    const none = await insured('演示未参保者', '1980-01-02', 'none')
    const count = async () => (await house.database.rows(sql`select from settlement.revision`)).length
    const before = await count()
    for (const [input, code] of [
      [stayOf(none, 'N-1', 1), 'settlement.not-insured'],
      [{ ...stayOf(person, 'N-2', 1), area: 'nowhere' }, 'settlement.no-area-book'],
      [stayOf(person, 'N-3', 1, { day: '2199-01-01' }), 'settlement.day-ahead'],
      [stayOf(person, 'N-9', 1, { level: 'level3' }), 'settlement.other-level'],
      [stayOf(person, 'N-4', 1, { insured: 'workers' }), 'settlement.claim-refused'],
      [stayOf(person, 'N-5', 1, { accountFen: 1 }), 'settlement.claim-refused'],
      [stayOf(person, 'N-6', 1, { day: '2019-01-01' }), 'platform.rule-missing'],
    ] as const)
      assert.equal(await codes('settlement.settle', stage.familyDoctor, input), code, JSON.stringify(input))
    assert.equal(await count(), before)
    await assert.rejects(
      codes('settlement.settle', stage.familyDoctor, stayOf(person, 'N-7', 1, { fundPaidFen: 1 })),
      /fundPaidFen/,
    )
    await assert.rejects(
      codes('settlement.settle', stage.familyDoctor, stayOf(person, 'N-8', 1, { given: { basicFen: 1 } })),
      /given/,
    )
    for (const known of [{ deductiblePaidFen: 1 }, { before: { inScopeFen: 1 } }, { stay: 2 }, { earlierLevels: ['level2'] }])
      await assert.rejects(
        codes('settlement.preview', stage.familyDoctor, askedOf(stayOf(person, 'N-10', 1, known))),
        new RegExp(Object.keys(known).join()),
      )
    const own = { episode: { move: 'up', slip: true, stays: [{ level: 'level2', deductibleFen: 120_000 }] } }
    for (const name of ['settlement.preview', 'settlement.settle'] as const) {
      const input = stayOf(person, 'N-11', 1, own)
      await assert.rejects(codes(name, stage.familyDoctor, name === 'settlement.preview' ? askedOf(input) : input), /goesOnFrom/)
    }
    assert.equal(await count(), before)
  })
})

describe('a reversal', () => {
  test('takes everything back by a mirror, and the later bills of the year are reckoned again', async () => {
    const who = await insured('演示冲正者', '1965-01-02')
    const [first, second] = [
      await house.done('settlement.settle', stage.familyDoctor, stayOf(who, 'CZ-1', 105)),
      await house.done('settlement.settle', stage.villageDoctor, stayOf(who, 'CZ-2', 100, { day: '2024-04-01' })),
    ]
    const back = { org: first.org, bill: first.bill, reason: '收费有误,重新结算' }
    assert.equal(await codes('settlement.reverse', stage.villageDoctor, back), 'platform.not-found')
    const both = await Promise.all([codes('settlement.reverse', stage.familyDoctor, back), codes('settlement.reverse', stage.familyDoctor, back)]) // prettier-ignore
    assert.deepEqual(both.toSorted(), ['done', 'settlement.already-reversed'])
    assert.deepEqual(await accountsOf(first.org, first.bill), {})
    await house.settle()
    // Alone it is the first stay of the year: 500 first, 80 % of 9 500, 60 % of what of the 2 400 left is above 1 000.
    assert.deepEqual(await accountsOf(second.org, second.bill), {
      'fund:example/residents/basic': -760_000,
      'fund:example/residents/serious-illness': -84_000,
      'institution:#': 1_000_000,
      'person:#': -156_000,
    })
    const shown = await house.done('settlement.bill', stage.villageDoctor, { org: second.org, bill: second.bill })
    assert.deepEqual(shown.revisions.map(({ kind }: { kind: string }) => kind), ['adjusted', 'settled']) // prettier-ignore
    assert.deepEqual(shown.revisions[0].because, { org: first.org, bill: first.bill })
    assert.equal(shown.settlesTheSame, true)
    const again = await house.done('settlement.settle', stage.familyDoctor, stayOf(who, 'CZ-1', 105, { day: '2024-05-01' }))
    assert.deepEqual([again.round, again.settlement.deductibleFen], [2, 25_000])
    assert.equal(await codes('settlement.reverse', stage.familyDoctor, back), 'settlement.already-reversed')
  })

  test('of the earlier stay of a chain lets the later one pay its whole deductible', async () => {
    const who = await insured('演示转诊者', '1965-01-03')
    const first = await house.done('settlement.settle', stage.villageDoctor, stayOf(who, 'LX-1', 20))
    // The next institution is shown the stay, not the bill of the one before; nobody else is shown anything.
    const { earlier, tells } = await house.done('settlement.claim-terms', stage.familyDoctor, { person: who, area: 'example' })
    assert.deepEqual(earlier, [
      {
        org: first.org,
        bill: first.bill,
        billNo: null,
        day: '2024-03-10',
        level: 'primary',
        place: earlier[0]?.place,
        deductibleFen: 50_000,
      },
    ])
    assert.deepEqual([tells?.cares, tells?.levels, tells?.identities], [['inpatient', 'outpatient'], ['primary'], ['low-income']])
    assert.equal(await codes('settlement.claim-terms', stage.cityDesk, { person: who, area: 'example' }), 'platform.not-found')
    const next = stayOf(who, 'LX-2', 20, { day: '2024-03-12', episode: { move: 'up', slip: true, gapDays: 0 } })
    const second = await house.done('settlement.settle', stage.familyDoctor, { ...next, goesOnFrom: [first.bill] })
    assert.equal(second.settlement.deductibleFen, 0)
    await house.done('settlement.reverse', stage.villageDoctor, { org: first.org, bill: first.bill, reason: '未实际住院' })
    await house.settle()
    const shown = await house.done('settlement.bill', stage.familyDoctor, { org: second.org, bill: second.bill })
    assert.equal(shown.revisions[0].settlement.deductibleFen, 50_000)
    assert.equal(shown.settlesTheSame, true)
  })

  test('reaches the stay that goes on from it after New Year, and through that one the next', async () => {
    const who = await insured('演示跨年者', '1965-01-05')
    const chain = { episode: { move: 'up', slip: true, gapDays: 0 } }
    const first = await house.done('settlement.settle', stage.villageDoctor, stayOf(who, 'KN-1', 20, { day: '2023-12-30' }))
    const next = { ...stayOf(who, 'KN-2', 20, { day: '2024-01-09', ...chain }), goesOnFrom: [first.bill] }
    const second = await house.done('settlement.settle', stage.familyDoctor, next)
    const last = { ...stayOf(who, 'KN-3', 20, { day: '2025-01-03', ...chain }), goesOnFrom: [second.bill] }
    const third = await house.done('settlement.settle', stage.familyDoctor, last)
    assert.deepEqual([second.settlement.deductibleFen, third.settlement.deductibleFen], [0, 50_000])
    await house.done('settlement.reverse', stage.villageDoctor, { org: first.org, bill: first.bill, reason: '未实际住院' })
    await house.settle()
    const now = async ({ org, bill }: { org: string; bill: string }) =>
      (await house.done('settlement.bill', stage.familyDoctor, { org, bill })).revisions[0]
    assert.deepEqual([(await now(second)).settlement.deductibleFen, (await now(third)).settlement.deductibleFen], [50_000, 0])
    assert.deepEqual((await now(third)).because, { org: first.org, bill: first.bill })
  })

  test('leaves the year as if the bill had never been', async () => {
    const who = await insured('演示累计者', '1965-01-04')
    const { billNo: _none, ...asked } = stayOf(who, 'x', 60, { day: '2024-06-01' })
    const ask = async () => (await house.done('settlement.preview', stage.familyDoctor, asked)).settlement
    const before = await ask()
    const made = await house.done('settlement.settle', stage.familyDoctor, stayOf(who, 'LJ-1', 77))
    assert.notDeepEqual(await ask(), before)
    await house.done('settlement.reverse', stage.familyDoctor, { org: made.org, bill: made.bill, reason: '撤销' })
    assert.deepEqual(await ask(), before)
  })
})

describe('who sees settled bills', () => {
  test('the person and who represents them, the institution, the insurer; nobody else', async () => {
    const self = actor('resident', null, '演示参保人', person)
    const listed = await house.done('settlement.bills', self, {})
    assert.ok(listed.bills.length >= 3 && listed.bills.every((one: { person: string }) => one.person === person))
    const [newest] = listed.bills as { org: string; bill: string }[]
    assert.ok(newest)
    const shown = await house.done('settlement.bill', self, { org: newest.org, bill: newest.bill })
    assert.equal(shown.claim.lines[0].code, 'XB05BA-T001')
    const stranger = actor('resident', null, '演示旁人', await insured('演示旁人', '1990-01-02'))
    assert.equal(await codes('settlement.bill', stranger, { org: newest.org, bill: newest.bill }), 'platform.not-found')
    assert.equal(await codes('settlement.bill', stranger, { org: newest.org, bill: newest.bill, person }), 'platform.not-found')
    assert.equal(await codes('settlement.bills', stranger, { person }), 'platform.not-found')
    assert.equal(await codes('settlement.bill', stage.tcmDesk, { org: newest.org, bill: newest.bill }), 'platform.not-found')
    const all = await house.done('settlement.bills', insurer, {})
    assert.ok(all.bills.length > listed.bills.length)
    assert.equal((await house.done('settlement.bill', insurer, { org: newest.org, bill: newest.bill })).bill, newest.bill)
    const reads = await house.database.rows(sql`select from platform.audit where form = 'settlement.bill' and role = 'insurer' and person_id = ${person}`) // prettier-ignore
    assert.equal(reads.length, 1)
  })

  test('who acts for a person sees the person’s bills while the proxy stands, and prices one', async () => {
    const grown = await insured('演示被代理人', '1970-03-04')
    const made = await house.done('settlement.settle', stage.familyDoctor, stayOf(grown, 'DL-1', 10))
    const proxy = actor('resident', null, '演示代理人', await insured('演示代理人', '1972-03-04'))
    const own = { org: made.org, bill: made.bill, person: grown }
    assert.equal(await codes('settlement.bill', proxy, own), 'platform.not-found')
    const given = { person: grown, by: proxy.person, kind: 'proxy', document: '授权委托书 1' }
    const { representative } = await house.done('record-access.register-representative', stage.villageDoctor, given)
    assert.equal((await house.done('settlement.bill', proxy, own)).bill, made.bill)
    assert.equal((await house.done('settlement.bills', proxy, { person: grown })).bills.length, 1)
    assert.equal((await house.done('settlement.bills', proxy, {})).bills.length, 0)
    const { billNo: _none, ...asked } = stayOf(grown, 'x', 10)
    assert.equal((await house.done('settlement.preview', proxy, asked)).settlement.totalFen, 100_000)
    const end = { person: grown, representative, reason: '不再需要' }
    await house.done('record-access.end-representative', actor('resident', null, '演示被代理人', grown), end)
    assert.equal(await codes('settlement.bill', proxy, own), 'platform.not-found')
  })

  test('pages follow one another without a gap or a repeat', async () => {
    const whole = await house.done('settlement.bills', insurer, {})
    const seen: string[] = []
    for (let after: string | null = null; ;) {
      const page: { bills: { bill: string }[]; next: string | null } = await house.done('settlement.bills', insurer, { limit: 3, ...(after ? { after } : {}) }) // prettier-ignore
      seen.push(...page.bills.map(({ bill }) => bill))
      if (page.next === null) break
      after = page.next
    }
    assert.deepEqual(seen, whole.bills.map(({ bill }: { bill: string }) => bill)) // prettier-ignore
  })

  test('the day’s books: what each fund owes each institution, and they sum to zero', async () => {
    const { sums, kinds } = await house.done('settlement.day', insurer, {})
    assert.equal(sums.reduce((sum: number, { fen }: { fen: number }) => sum + fen, 0), 0) // prettier-ignore
    assert.ok(kinds.some(({ kind }: { kind: string }) => kind === 'reversed') && kinds.some(({ kind }: { kind: string }) => kind === 'adjusted')) // prettier-ignore
    const own = await house.done('settlement.day', stage.familyDoctor, {})
    assert.ok(own.sums.every(({ org }: { org: string }) => org === PLACES.township))
    assert.equal(await codes('settlement.day', stage.familyDoctor, { org: PLACES.village }), 'platform.not-found')
  })
})

test('the database itself takes no transfer that does not sum to zero, and lets the app change nothing', async () => {
  const row = await house.database.row<{ org: string; bill: string }>(sql`select org_id as org, bill_id as bill from settlement.transfer limit 1`) // prettier-ignore
  const insert = house.database.run(sql`insert into settlement.transfer values (${row?.org}, ${row?.bill}, 99, 1, '{a,b}', '{-1,2}', current_date)`) // prettier-ignore
  await assert.rejects(insert, /check constraint/)
  await assert.rejects(house.house.database.run(sql`update settlement.transfer set fen = '{-2,2}'`), /permission denied/)
})

// What the migration that adds the column fills it with: the total of the entry's revision, less that of the one before it.
test('all fees of a year stand beside its bills as their revisions have them', async () => {
  const rows = await house.database.rows<{ kept: number; worked: number }>(sql`select e.total_fen::float8 as kept,
      (r.total_fen - coalesce((select b.total_fen from settlement.revision b where b.org_id = e.org_id and b.bill_id = e.bill_id and b.no < e.revision order by b.no desc limit 1), 0))::float8 as worked
    from settlement.year_entry e join settlement.revision r on r.org_id = e.org_id and r.bill_id = e.bill_id and r.no = e.revision`)
  assert.ok(rows.some(({ kept }) => kept > 0) && rows.some(({ kept }) => kept < 0), 'settled and reversed bills')
  assert.deepEqual(
    rows.map(({ kept }) => kept),
    rows.map(({ worked }) => worked),
  )
})
