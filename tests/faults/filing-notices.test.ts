import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test, { type TestContext } from 'node:test'
import type { PersonId } from '../../src/kernel/id.ts'
import { drawn } from '../../src/apps/platform-sandbox/faults.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { becomes, insuredPerson, TOKEN } from '../harness/payment.ts'
import { actor, PLACES, setStage, type Stage } from '../harness/stage.ts'
import { killAtOnce, startChild } from './province.ts'

const SEED = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
const PEOPLE = 14
const CITIES = ['4301', '4306', '4307']
const WITHDRAWS = 0.4
const AGAIN = 0.5
const WAITS = 0.5
const KILLS = 2

type World = {
  readonly house: TestHouse
  readonly stage: Stage
  readonly file: string
  readonly work: () => Promise<{ kill: () => Promise<void> }>
}

const startWorld = async (t: TestContext): Promise<World> => {
  console.log(`seed ${SEED} (JIELI_SEED=${SEED} repeats it)`)
  const house = await testHouse(t)
  const stage = await setStage(house)
  for (const code of CITIES)
    await house.database.run(sql`insert into organisations.division (code, zh, rank, parent) values (${`${code}00000000`}, ${`演示市${code}`}, 'prefecture', '430000000000')`)
  const folder = mkdtempSync(join(tmpdir(), 'jieli-filings-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'platform.sqlite')
  const words = ['--port', '0', '--seed', SEED, '--file', file, '--faults', 'bad', '--token', TOKEN, '--late-ms', '900']
  const { line } = await startChild(t, 'src/apps/platform-sandbox/main.ts', words)
  const url = `http://127.0.0.1:${(JSON.parse(line) as { listening: number }).listening}`
  const work = async () => {
    const { child } = await startChild(t, 'tests/faults/payment-worker.ts', [house.appUrl, url])
    return { kill: () => killAtOnce(child) }
  }
  return { house, stage, file, work }
} // prettier-ignore

const theirFilings = (file: string): { sn: string; place: string; withdrawn: number; psn_no: string }[] => {
  const book = new DatabaseSync(file, { readOnly: true })
  const found = book.prepare(`select sn, psn_no, withdrawn, json_extract(body, '$.mdtrtarea_admdvs') as place from filing order by sn`).all()
  book.close()
  return found as ReturnType<typeof theirFilings>
} // prettier-ignore

type Row = { filing: string; place: string; state: string; number: string | null; asked: boolean }
const standing = ({ house }: World): Promise<Row[]> =>
  house.database
    .rows<Row>(sql`select filing_id as filing, place, state, number, exists (select from settlement.filing f where f.id = n.filing_id and f.withdrawn_on is not null) as asked
    from payment.filing_notice n order by filed_at, place`)

const file = ({ house }: World, person: PersonId, places: readonly string[]) =>
  house.done('settlement.file-off-site', actor('resident', null, '演示本人', person), {
    person,
    kind: 'long-term',
    places,
    reason: '随子女居住',
    isPledged: true,
  })

test('lost replies, lateness, doubles, refusals and two kills: the platform has each filing once, and no withdrawn one', async (t) => {
  const world = await startWorld(t)
  const { house, stage } = world
  const filed: { person: PersonId; id: string; at: number }[] = []
  for (let at = 0; at < PEOPLE; at += 1) {
    const person = await insuredPerson(house, stage, at)
    await house.database.run(sql`update residents.person set care_org_id = ${PLACES.village} where person_id = ${person}`)
    const places = CITIES.filter((_, place) => place === at % CITIES.length || drawn(SEED, 'place', at, place) < 0.4)
    filed.push({ person, id: (await file(world, person, places)).id, at })
  }
  await house.settle()
  let working = await world.work()
  let kills = 0
  const withdrawn = new Set<string>()
  // The first is withdrawn for certain, and only once it was taken.
  const isWithdrawn = (at: number): boolean => at === 0 || drawn(SEED, 'withdraws', at) < WITHDRAWS
  const waitsForIt = (at: number): boolean => at === 0 || drawn(SEED, 'waits', at) < WAITS
  const rows = await becomes('every notice is where it stays', async () => {
    const found = await standing(world)
    const done = found.filter(({ state }) => !state.startsWith('to-')).length / found.length
    if (kills < KILLS && done > (kills + 1) * 0.25) {
      kills += 1
      await working.kill()
      working = await world.work()
    }
    for (const { person, id, at } of filed) {
      // Some are withdrawn once they were taken, some while they are being sent.
      const isTaken = found.filter(({ filing }) => filing === id).every(({ state }) => state === 'taken')
      if (withdrawn.has(id) || !isWithdrawn(at) || (!isTaken && waitsForIt(at))) continue
      withdrawn.add(id)
      await house.done('settlement.withdraw-filing', actor('resident', null, '演示本人', person), { person, filing: id, reason: '不去了' })
      if (drawn(SEED, 'again', at) < AGAIN) await file(world, person, CITIES.slice(0, 1))
      await house.settle()
    }
    const now = await standing(world)
    return filed.every(({ id, at }) => withdrawn.has(id) || !isWithdrawn(at)) && now.every(({ state }) => !state.startsWith('to-')) ? now : null
  })
  assert.equal(kills, KILLS)
  assert.ok(withdrawn.size > 0)
  assert.deepEqual(rows.filter(({ state }) => !['taken', 'withdrawn'].includes(state)), [], 'nothing is refused: nothing was sent twice or out of order')
  assert.deepEqual(rows.filter(({ state, asked }) => (state === 'withdrawn') !== asked), [])
  const theirs = theirFilings(world.file)
  assert.deepEqual(
    theirs.filter(({ withdrawn: gone }) => gone === 0).map(({ sn }) => sn),
    rows.filter(({ state }) => state === 'taken').map(({ number }) => number as string).toSorted(),
    'the same filings stand in both books',
  )
  const live = theirs.filter(({ withdrawn: gone }) => gone === 0).map(({ psn_no, place }) => `${psn_no} ${place}`)
  assert.equal(new Set(live).size, live.length, 'nothing stands twice')
  const met = await house.database.row<{ asked: number; withdrawals: number; again: number; learnt: number }>(sql`select count(*)::int as asked, count(*) filter (where infno = '2502')::int as withdrawals,
    count(*) filter (where sent > 1)::int as again, count(*) filter (where learnt = 'query')::int as learnt from payment.trade where infno in ('2501', '2502')`)
  console.log(`${rows.length} notices, ${withdrawn.size} filings withdrawn; ${JSON.stringify(met)}`)
  assert.ok((met?.withdrawals ?? 0) > 0, 'what was taken was withdrawn there')
  assert.ok((met?.again ?? 0) + (met?.learnt ?? 0) > 0, 'the line was bad')
}) // prettier-ignore
