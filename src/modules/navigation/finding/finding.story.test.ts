import assert from 'node:assert/strict'
import test from 'node:test'
import { sql } from '../../../platform/database/pool.ts'
import type { TestHouse } from '../../../../tests/harness/house.ts'
import { importTravel } from '../travel/import-travel.ts'
import { readTravel } from '../travel/travel-file.ts'
import { BUREAU, centre, DOCTOR, findingRegion, ID, pool, RESIDENT, VILLAGE } from '../../../../tests/harness/finding-region.ts'

type Words = { code: string; zh: string; en: string }
type Shown = {
  institution: { id: string; hasDoubtfulPoint: boolean }
  position: number
  isDiversion: boolean
  reasons: Words[]
  wouldChange: Words[]
  comparedToFirst: { minutes: number; waitDays: number | null } | null
  clock: { zh: string; travelMinutes: number; doorMinutes: number; totalMinutes: number; targetMinutes: number | null; isWithin: boolean; capability: string } | null
  travel: { km: number; minutes: number; by: string }
  price: { fen: number | null; zh: string }
  earliest: { direct: string | null; referral: string | null }
} // prettier-ignore
const ids = (places: readonly Shown[]): string[] => places.map(({ institution }) => institution.id)
const CHD = { condition: 'coronary-heart-disease', village: VILLAGE }
const codes = (of: readonly Words[]): string[] => of.map(({ code }) => code)

test('the first choice says why it may treat, when it has a unit, how long the way is; the others what would change and what they cost', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.county, 2)
  await pool(house, ID.city, 1)
  const { places, diversion, tieRule } = await house.done('navigation.find', DOCTOR, CHD)
  const [first, ...others] = places as Shown[]
  assert.equal(first?.institution.id, ID.county)
  assert.deepEqual(codes(first?.reasons ?? []), [
    'may-treat',
    'level',
    'own-lead',
    'distance',
    'first-free',
    'reserved-left',
    'travel',
  ])
  assert.equal(first?.reasons[0]?.zh, '已登记心血管内科诊疗服务,为诊治“冠心病”的主要科目')
  assert.deepEqual([first?.comparedToFirst, first?.wouldChange, diversion], [null, [], null])
  // 12.5 km in a straight line × 1.4 at 40 km/h, up to whole minutes.
  assert.deepEqual(first?.travel, { km: 12.7, minutes: 27, by: 'estimate' })
  assert.deepEqual([first?.price.fen, first?.price.zh], [null, '个人自付费用暂未知'])
  assert.ok(first?.earliest.direct && first.earliest.direct === first.earliest.referral)
  const tcm = others.find(({ institution }) => institution.id === ID.tcm)
  assert.deepEqual(
    codes(tcm?.wouldChange ?? []),
    ['would-change-several'],
    'a unit alone does not outweigh the lead of the consortium',
  )
  const city = others.find(({ institution }) => institution.id === ID.city)
  assert.ok((city?.comparedToFirst?.minutes ?? 0) > 0 && city?.comparedToFirst?.waitDays === -1, 'farther, a day sooner')
  assert.match(tieRule.zh, /近者在前/)
})

test('what is said to put a place first does put it first', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.county, 6)
  await house.database.run(sql`update organisations.service set tag = 'advantage' where institution_id = ${ID.tcm}`)
  const tcmNow = async (): Promise<Shown> => {
    const { places } = await house.done('navigation.find', DOCTOR, CHD)
    return (places as Shown[]).find(({ institution }) => institution.id === ID.tcm) as Shown
  }
  const said = await tcmNow()
  assert.deepEqual([said.position > 1, codes(said.wouldChange)], [true, ['would-change-unit']])
  assert.match(said.wouldChange[0]?.zh ?? '', /^若在 \d+月\d+日 \d\d:\d\d 前有号源,将排第一$/)
  await pool(house, ID.tcm, 3)
  assert.equal((await tcmNow()).position, 2, 'a unit on the third day is after what was said')
  await pool(house, ID.tcm, 1)
  assert.equal((await tcmNow()).position, 1)
})

test('a full county hospital diverts laterally: same city, same tier, same specialty, and says so', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.city, 1)
  const alone = (await house.done('navigation.find', DOCTOR, CHD)).diversion
  assert.deepEqual([alone.institution.id, alone.reason.code, alone.peers], [ID.county, 'diversion-none', []])
  await pool(house, ID.tcm, 1)
  const { places, diversion } = await house.done('navigation.find', DOCTOR, CHD)
  assert.deepEqual([diversion.institution.id, diversion.places], [ID.county, [ID.tcm]])
  assert.match(diversion.reason.zh, /县人民医院.*号源已满,同城同层次\(县级\)同专科横向分流/)
  const [first] = places as Shown[]
  assert.deepEqual([first?.institution.id, first?.isDiversion, first?.reasons[0]?.code], [ID.tcm, true, 'diversion'])
  assert.ok((places as Shown[]).slice(1).every(({ isDiversion }) => !isDiversion))
  const full = (places as Shown[]).find(({ institution }) => institution.id === ID.county)
  const [peer] = diversion.peers
  assert.deepEqual([diversion.minutes, diversion.peers.length, peer.institution.id], [full?.travel.minutes, 1, ID.tcm])
  assert.deepEqual([peer.minutesMore, peer.free > 0], [(first?.travel.minutes ?? 0) - diversion.minutes, true])
  await pool(house, ID.county, 3)
  assert.equal((await house.done('navigation.find', DOCTOR, CHD)).diversion, null, 'it has a place again')
})

test('chest pain goes to a hospital capable of PCI with the clock shown, nearer ones without it stand behind', async (t) => {
  const house = await findingRegion(t)
  await centre(house, ID.county, 'chest-pain', ['lysis'])
  await centre(house, ID.city, 'chest-pain', ['ppci', 'lysis'])
  await centre(house, ID.province, 'chest-pain', ['ppci'])
  const near = { condition: 'acute-myocardial-infarction', longitude: 112.93, latitude: 27.82 }
  const answer = await house.done('navigation.find', RESIDENT, near)
  const [first] = answer.places as Shown[]
  assert.deepEqual([answer.emergency, answer.notes[0].code, first?.institution.id], ['chest-pain', 'emergency', ID.city])
  assert.deepEqual([first?.clock?.capability, first?.clock?.targetMinutes, first?.clock?.isWithin], ['ppci', 120, true])
  assert.equal(first?.clock?.totalMinutes, (first?.clock?.travelMinutes ?? 0) + 90)
  assert.match(first?.clock?.zh ?? '', /急诊介入\(PCI\):路程约 \d+ 分钟 \+ 到院后目标 90 分钟 = \d+ 分钟,在 120 分钟目标内/)
  const { chain } = answer
  assert.deepEqual([chain.strategy, chain.rule.code, chain.steps.length], ['direct', 'chain-direct', 1])
  assert.deepEqual([chain.steps[0].institution.id, chain.steps[0].capability.zh], [ID.city, '急诊介入(PCI)'])
  assert.deepEqual(answer.places[0].capabilities.map(({ key }: { key: string }) => key), ['ppci', 'lysis']) // prettier-ignore
  // From the village PCI cannot be reached within two hours: thrombolysis in the county comes first.
  const far = await house.done('navigation.find', DOCTOR, { emergency: 'chest-pain', village: VILLAGE })
  const [lysis] = far.places as Shown[]
  const late = (far.places as Shown[]).at(-1)
  assert.deepEqual([lysis?.institution.id, lysis?.clock?.capability], [ID.county, 'lysis'])
  assert.deepEqual([late?.institution.id, late?.clock?.isWithin], [ID.province, false])
  const [now, then] = far.chain.steps
  assert.deepEqual(
    [far.chain.strategy, far.chain.rule.code, far.chain.grade],
    ['treat-then-transfer', 'chain-transfer', 'memory'],
  )
  assert.deepEqual([now.institution.id, now.capability.key, then.institution.id, then.capability.key], [ID.county, 'lysis', ID.city, 'ppci']) // prettier-ignore
  // Thrombolysis in the county, out of its door within 30 minutes, then the way to the city.
  assert.ok(then.arriveMinutes > now.arriveMinutes + 30 && then.treatMinutes === then.arriveMinutes + 90)
  assert.match(far.chain.rule.zh, /急诊介入\(PCI\)最快约 \d+ 分钟,超过 120 分钟:先就近溶栓,再立即转往能做急诊介入\(PCI\)的医院/)
})

test('a centre that says today that it cannot do PCI is not driven to for it', async (t) => {
  const house = await findingRegion(t)
  await centre(house, ID.city, 'chest-pain', ['ppci', 'lysis'])
  await centre(house, ID.secondCity, 'chest-pain', ['ppci'])
  const near = { condition: 'acute-myocardial-infarction', longitude: 112.93, latitude: 27.82 }
  const firstNow = async () => (await house.done('navigation.find', RESIDENT, near)).chain.steps[0]
  assert.equal((await firstNow()).institution.id, ID.city)
  await house.database
    .run(sql`insert into navigation.capability (org_id, id, about, key, grade, source, note, valid_from, declared_at)
    values (${ID.city}, gen_random_uuid(), 'procedure', 'pci', 'none', 'declared', '导管室停用', '2024-01-01', now())`)
  const step = await firstNow()
  assert.deepEqual([step.institution.id, step.capability.key], [ID.secondCity, 'ppci'])
})

test('a loaded table of travel times counts, all or nothing, and a newer one replaces it', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.county, 1)
  const load = (csv: string) =>
    house.database.transaction((tx) => importTravel(tx, readTravel(csv), { name: 'test', by: 'test' }))
  const head = 'from,institution,minutes,by\n'
  const bad = await load(`${head}${VILLAGE},3,55,car\n${VILLAGE},99,5,car\nx,3,1.5,rocket\n`)
  assert.deepEqual(bad.faults.map(({ line }) => line), [3, 4, 4, 4]) // prettier-ignore
  const wayNow = async (): Promise<Shown['travel'] | undefined> =>
    ((await house.done('navigation.find', DOCTOR, CHD)).places as Shown[]).find(({ institution }) => institution.id === ID.county)
      ?.travel
  assert.equal((await wayNow())?.by, 'estimate', 'nothing of a file with faults is taken')
  await load(`${head}${VILLAGE},3,55,car\n`)
  assert.deepEqual(await wayNow(), { km: 12.7, minutes: 55, by: 'table' })
  assert.equal((await load(`${head}${VILLAGE},3,55,car\n`)).isSame, true)
  await load(`${head}${VILLAGE},D3,40,car\n`)
  assert.equal((await wayNow())?.minutes, 40)
  const editions = await house.database.rows(sql`select from navigation.travel_edition`)
  assert.equal(editions.length, 2, 'the earlier table stays')
})

test('coordinates that two institutions share are marked, and move no rank', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.county, 1)
  const before = ids((await house.done('navigation.find', DOCTOR, CHD)).places)
  await house.database.run(sql`update organisations.institution set longitude = 112.81, latitude = 27.71 where id = ${ID.county}`)
  const { places } = await house.done('navigation.find', DOCTOR, CHD)
  const county = (places as Shown[]).find(({ institution }) => institution.id === ID.county)
  assert.deepEqual([ids(places), county?.institution.hasDoubtfulPoint], [before, true])
  assert.ok(codes(county?.reasons ?? []).includes('doubtful-point'))
})

const choices = async (house: TestHouse, list: string, institution: string) =>
  house.done('navigation.choose', DOCTOR, { list, institution })

test('a choice is noted with its place in the list and without the person; the report shows who was left out', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.county, 1)
  for (let at = 0; at < 10; at += 1) {
    const { list } = await house.done('navigation.find', DOCTOR, CHD)
    const { position } = await choices(house, list, at < 7 ? ID.county : ID.city)
    assert.equal(position === 1, at < 7)
  }
  const { list } = await house.done('navigation.find', DOCTOR, CHD)
  assert.deepEqual(await choices(house, list, ID.township), { position: null, offered: 5 })
  const forged = await house.ask('navigation.choose', DOCTOR, { list: `${list.slice(0, -4)}AAAA`, institution: ID.county })
  assert.deepEqual(forged.ok ? [] : forged.refusals.map(({ code }) => code), ['navigation.list-unknown'])
  const report = await house.done('navigation.steering-report', BUREAU, {})
  assert.deepEqual([report.choices, report.firstTaken, report.outside], [11, 6364, 1])
  const county = report.places.find(({ id }: { id: string }) => id === ID.county)
  assert.deepEqual([county.offered, county.offeredFirst, county.chosen], [11, 11, 7])
  assert.deepEqual(
    [county.name.zh, county.tier, county.county, report.thresholds.offeredLeast],
    ['县人民医院(演示)', 'county', '演示县', 10],
  )
  assert.deepEqual(report.counties.map(({ name }: { name: string }) => name).includes('演示县'), true)
  const starved = report.starved.map(({ id, why }: { id: string; why: string }) => [id, why])
  assert.deepEqual(starved.filter(([, why]: string[]) => why === 'never-chosen').map(([id]: string[]) => id).toSorted(), [ID.tcm, ID.province, ID.secondCity].toSorted()) // prettier-ignore
  const province = report.tiers.find(({ tier }: { tier: string }) => tier === 'province')
  assert.deepEqual([province.chosen, province.isStarved], [0, true])
})

test('a person whom the asker has no part in is not found, and a past day is refused', async (t) => {
  const { ask } = await findingRegion(t)
  const unknown = await ask('navigation.find', DOCTOR, { ...CHD, person: '12345' })
  assert.deepEqual(unknown.ok ? [] : unknown.refusals.map(({ code }) => code), ['platform.not-found'])
  const past = await ask('navigation.find', DOCTOR, { ...CHD, day: '2024-01-01' })
  assert.deepEqual(past.ok ? [] : past.refusals.map(({ code }) => code), ['navigation.day-past'])
})

test('one’s own doctor counts where the asker may know it, and counts for more when it is asked for', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.clinic, 1, 5, '0200')
  await pool(house, ID.township, 1, 5, '0200')
  const { person: id } = await house.done('residents.register', DOCTOR, {
    name: { zh: '演示新人' },
    sex: 'male',
    village: VILLAGE,
  })
  const asked = { specialty: '0200', village: VILLAGE, person: id }
  const clinic = async (input: object): Promise<Shown & { points: number }> =>
    (await house.done('navigation.find', DOCTOR, input)).places.find((one: Shown) => one.institution.id === ID.clinic)
  const known = await clinic(asked)
  assert.ok(codes(known.reasons).includes('own-doctor'))
  const unknown = await clinic({ specialty: '0200', village: VILLAGE })
  assert.ok(!codes(unknown.reasons).includes('own-doctor'))
  const wanted = await clinic({ ...asked, prefer: 'own-doctor' })
  assert.deepEqual([unknown.points - known.points, unknown.points - wanted.points], [6, 48])
  const reads = await house.database.rows(sql`select from platform.audit where form = 'navigation.find' and person_id = ${id}`)
  assert.equal(reads.length, 2, 'each look at the person is on record')
})

test('a place that says that it does not treat a condition is not offered for it, nor diverted to, from the day of its word', async (t) => {
  const house = await findingRegion(t)
  await pool(house, ID.tcm, 1)
  await pool(house, ID.city, 1)
  const answer = () => house.done('navigation.find', DOCTOR, CHD)
  const before = await answer()
  assert.ok(ids(before.places).includes(ID.tcm) && before.diversion.places.includes(ID.tcm))
  const say = (key: string, from: string) =>
    house.database
      .run(sql`insert into navigation.capability (org_id, id, about, key, grade, source, note, valid_from, declared_at)
      values (${ID.tcm}, gen_random_uuid(), 'condition', ${key}, 'none', 'declared', null, ${from}, now())`)
  await say('acute-myocardial-infarction', '2024-01-01')
  await say('coronary-heart-disease', '2999-01-01')
  assert.deepEqual(ids((await answer()).places), ids(before.places), 'another condition, and a word of a later day')
  await house.database.run(sql`update navigation.capability set valid_from = '2024-01-01' where valid_from > '2900-01-01'`)
  const after = await answer()
  assert.ok(!ids(after.places).includes(ID.tcm) && !after.diversion.places.includes(ID.tcm))
})

/** Somebody was seen at a place so many days ago, or did not come. */
const visit = async ({ database }: TestHouse, person: string, org: string, daysAgo: number, state: string): Promise<void> => {
  const made = await database.row<{
    id: string
  }>(sql`with at as (select platform.jieli_now() - ${daysAgo} * interval '1 day' as moment),
    slot as (insert into booking.pool (org_id, id, specialty, kind, starts_at, ends_at, capacity, reserved, release_at)
      select ${org}, gen_random_uuid(), '0304', 'expert', moment, moment + interval '30 minutes', 1, 0, moment from at returning id)
    insert into booking.booking (org_id, id, pool_id, person_id, share, state, made_at, changed_at)
      select ${org}, gen_random_uuid(), slot.id, ${person}, 'open', ${state}, moment, moment from slot, at returning id`)
  await database.run(sql`insert into booking.person_claim (person_id, starts_at, org_id, booking_id)
    values (${person}, platform.jieli_now() - ${daysAgo} * interval '1 day', ${org}, ${made?.id})`)
}

test('where the person has been seen before counts, within two years and only if the person came', async (t) => {
  const house = await findingRegion(t)
  for (const org of [ID.county, ID.tcm, ID.city]) await pool(house, org, 1)
  const { person } = await house.done('residents.register', DOCTOR, { name: { zh: '演示旧人' }, sex: 'female', village: VILLAGE })
  type Seen = Shown & { points: number; continuity: Words[] }
  const at = async (org: string): Promise<Seen> =>
    (await house.done('navigation.find', DOCTOR, { ...CHD, person })).places.find((one: Seen) => one.institution.id === org)
  const [county, tcm, city] = [await at(ID.county), await at(ID.tcm), await at(ID.city)]
  assert.deepEqual([...county.continuity, ...tcm.continuity, ...city.continuity], [])
  await visit(house, person, ID.city, 30, 'attended')
  await visit(house, person, ID.tcm, 40, 'no-show')
  await visit(house, person, ID.county, 800, 'attended')
  const seen = await at(ID.city)
  assert.deepEqual([codes(seen.continuity), city.points - seen.points], [['earlier-visit'], 4])
  assert.ok(codes(seen.reasons).includes('earlier-visit'))
  for (const [org, before] of [
    [ID.tcm, tcm],
    [ID.county, county],
  ] as const)
    // prettier-ignore
    assert.deepEqual([(await at(org)).continuity, (await at(org)).points], [[], before.points])
})
