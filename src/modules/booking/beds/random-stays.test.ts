import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusDays, type Day } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import { runChecks } from '../../../apps/checks.ts'
import { seeded, seedOfRun } from '../../../../tests/invariants/small-region.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { stayOf, wardWith } from '../../../../tests/harness/beds.ts'

const STEPS = 60
const PERSONS = 14
const seed = seedOfRun()

type Live = { stay: string; state: string; from: Day; until: Day; bed: string | null }
type Random = (below: number) => number

const lives = (house: TestHouse): Promise<Live[]> =>
  house.database.rows<Live>(sql`select id as stay, state, from_on as from, until_on as until, bed_id as bed from booking.stay
    where state in ('planned', 'admitted') order by made_at, id`)

/** Days of live stays counted from the stays alone, against what the pools say is used. */
const differences = (house: TestHouse) =>
  house.database.rows(sql`
    with wanted as (
      select s.class_id, d.day::date as day, count(*) as stays from booking.stay s cross join generate_series(s.from_on, s.until_on - 1, interval '1 day') d (day)
      where s.state in ('planned', 'admitted') and d.day::date >= (platform.jieli_now() at time zone 'Asia/Shanghai')::date group by 1, 2),
    used as (
      select p.plan_id as class_id, (p.starts_at at time zone 'Asia/Shanghai')::date as day, p.used_reserved + p.used_emergency + p.used_open
        - (select count(*) from booking.booking b where b.org_id = p.org_id and b.pool_id = p.id and b.state in ('attended', 'no-show')) as units
      from booking.pool p where p.unit_kind = 'bed-day' and p.starts_at >= (platform.jieli_now() at time zone 'Asia/Shanghai')::date::timestamp at time zone 'Asia/Shanghai')
    select class_id, day, stays, units from wanted full join used using (class_id, day) where coalesce(stays, 0) <> coalesce(units, 0)`)

const step = async (
  house: TestHouse,
  stage: Stage,
  ward: Awaited<ReturnType<typeof wardWith>>,
  persons: readonly string[],
  random: Random,
) => {
  const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)]
  const [{ today } = { today: stage.today }] = await house.database.rows<{ today: Day }>(
    sql`select (platform.jieli_now() at time zone 'Asia/Shanghai')::date::text as today`,
  )
  const live = await lives(house)
  const what = random(10)
  // Whoever may be admitted today comes first where somebody is to be admitted.
  const due = live.filter(({ state, from, until }) => state === 'planned' && from <= today && today < until)
  const one = pick([4, 7].includes(what) && due.length > 0 ? due : live)
  const bed = pick(Object.values(ward.bed))
  const key = one && { org: ward.org, stay: one.stay }
  if (what < 4 || !one) {
    const wish = stayOf(pick(persons) as string, ward, plusDays(today, random(4)), 1 + random(4))
    return house.ask('booking.book-together', stage.desk, {
      ...wish,
      hold: random(5) === 0,
      channel: pick(['referral', 'emergency', 'direct']),
    })
  }
  switch (what) {
    case 4:
      return house.ask('booking.admit', stage.ward, { ...key, bed })
    case 5:
      return house.ask('booking.expect-discharge', stage.ward, { ...key, on: plusDays(one.until, random(5) - 2) })
    case 6:
      return house.ask('booking.give-bed', stage.ward, { ...key, bed })
    case 7:
      return house.ask(
        one.state === 'admitted' ? 'booking.discharge' : 'booking.admit',
        stage.ward,
        one.state === 'admitted' ? key : { ...key, bed },
      )
    case 8: {
      const form = pick(['booking.cancel-group', 'booking.confirm-group'] as const) as 'booking.cancel-group'
      return house.ask(form, stage.desk, {
        org: ward.org,
        group: one.stay,
        ...(form === 'booking.cancel-group' ? { reason: '演示取消' } : {}),
      })
    }
    default: {
      const form = pick([
        'booking.close-bed',
        'booking.reopen-bed',
        'booking.bed-ready',
        'booking.bed-ready',
      ] as const) as 'booking.close-bed'
      return house.ask(form, stage.ward, { org: ward.org, bed, ...(form === 'booking.close-bed' ? { reason: '演示停用' } : {}) })
    }
  }
}

test(`random stays: pools of bed-days are the days of live stays, and no bed is doubled (JIELI_SEED=${seed})`, async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const ward = await wardWith(house, stage.desk, [
    ...['1', '2'].map((label) => ({ room: '1', label, sex: 'male' as const })),
    ...['1', '2', '3'].map((label) => ({ room: '2', label, sex: 'any' as const })),
    ...['1', '2'].map((label) => ({ room: '3', label, sex: 'any' as const })),
  ])
  const persons: string[] = []
  for (let at = 0; at < PERSONS; at += 1) persons.push(await stage.person(`随机${at}`, `19${50 + at}-01-01`))
  await house.database.run(
    sql`update residents.person set sex = 'female' where person_id = any(${persons.slice(0, PERSONS / 2)}::bigint[])`,
  )
  const random = seeded(seed).below
  const done = new Map<string, number>()
  for (let at = 0; at < STEPS; at += 1) {
    const asked = [
      step(house, stage, ward, persons, random),
      ...(random(3) === 0 ? [step(house, stage, ward, persons, random)] : []),
    ]
    for (const outcome of await Promise.all(asked)) {
      const what = outcome.ok ? Object.keys(outcome.value).join() : (outcome.refusals[0]?.code ?? '')
      done.set(what, (done.get(what) ?? 0) + 1)
    }
    if (random(9) === 0) await house.later(random(30))
    assert.deepEqual(await differences(house), [], `step ${at}, seed ${seed}`)
  }
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(broken, [], `seed ${seed}`)
  t.diagnostic([...done].map(([what, times]) => `${what}: ${times}`).join(' | '))
  const admitted = await house.database.rows(sql`select 1 from booking.stay where admitted_at is not null`)
  assert.ok(admitted.length > 0, 'nobody was admitted: the run proves nothing')
})
