import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test, { type TestContext } from 'node:test'
import { drawn } from '../../src/apps/platform-sandbox/faults.ts'
import { cashNumber, compareAll, linksOf } from '../../src/modules/payment/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { becomes, control, insuredPerson, linkTo, openForPayment, TOKEN } from '../harness/payment.ts'
import { setStage, type Stage } from '../harness/stage.ts'
import { killAtOnce, startChild } from './province.ts'

const BILLS = 40
const PEOPLE = 12
const SEED = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
const DONE = ['settled', 'reversed', 'cancelled', 'declined']
const PAYS = 0.8
const REFUNDS = 0.3
const WINDOW = 0.35

type Key = { readonly org: string; readonly bill: string }
type World = {
  readonly house: TestHouse
  readonly stage: Stage
  readonly url: string
  readonly file: string
  readonly work: () => Promise<{ kill: () => Promise<void> }>
}

const chance = (...words: (string | number)[]): number => drawn(SEED, ...words)

/** The platform and the wallet in a process of their own with a book in a file, the house's work in another. */
const startWorld = async (t: TestContext): Promise<World> => {
  console.log(`seed ${SEED} (JIELI_SEED=${SEED} repeats it)`)
  const house = await testHouse(t)
  const stage = await setStage(house)
  await openForPayment(house)
  const folder = mkdtempSync(join(tmpdir(), 'jieli-platform-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'platform.sqlite')
  const words = ['--port', '0', '--seed', SEED, '--file', file, '--faults', 'bad', '--token', TOKEN, '--late-ms', '900']
  const { line } = await startChild(t, 'src/apps/platform-sandbox/main.ts', words)
  const url = `http://127.0.0.1:${(JSON.parse(line) as { listening: number }).listening}`
  const work = async () => {
    const { child } = await startChild(t, 'tests/faults/payment-worker.ts', [house.appUrl, url])
    return { kill: () => killAtOnce(child) }
  }
  return { house, stage, url, file, work }
}

const openBills = async ({ house, stage }: World): Promise<Key[]> => {
  const people = []
  for (let count = 0; count < PEOPLE; count += 1) people.push(await insuredPerson(house, stage, count))
  const keys: Key[] = []
  for (let count = 0; count < BILLS; count += 1) {
    const lines = Array.from({ length: 1 + Math.floor(chance('lines', count) * 4) }, (_, no) => ({
      kind: no === 0 ? 'examination' : 'drug',
      code: `X-${no}`,
      zh: '演示项目',
      class: ['01', '02', '03'][Math.floor(chance('class', count, no) * 3)],
      priceFen: 1 + Math.floor(chance('price', count, no) * 30_000),
      count: 1 + Math.floor(chance('count', count, no) * 3),
    }))
    const made = await house.done('payment.open-bill', stage.villageDoctor, { person: people[count % PEOPLE], lines })
    const key = { org: made.org as string, bill: made.bill as string }
    await house.done('payment.quote', stage.villageDoctor, {
      ...key,
      channel: chance('way', count) < WINDOW ? 'window' : 'mobile',
    })
    keys.push(key)
  }
  return keys
}

type Row = { id: string; org: string; state: string; round: number; channel: string; cash: number }
const standing = ({ house }: World): Promise<Row[]> =>
  house.database.rows<Row>(
    sql`select id, org_id as org, state, round, channel, coalesce((split->>'cash')::int, 0) as cash from payment.bill order by id`,
  )

/** People pay, walk away, ask for their money back: until every bill is where it stays. */
const live = async (world: World, keys: readonly Key[], between: (doneShare: number) => Promise<void>): Promise<void> => {
  const { house, stage, url } = world
  const refunded = new Set<string>()
  await becomes('every bill is where it stays', async () => {
    const rows = await standing(world)
    for (const { id, org, state, round, channel, cash } of rows) {
      const index = keys.findIndex(({ bill }) => bill === id)
      const pays = chance('pays', index) < PAYS
      const key = { org, bill: id }
      if (state === 'quoted' && !pays && chance('walks', index) < 0.5)
        await house.ask('payment.cancel', stage.villageDoctor, { ...key, reason: '不付了' })
      else if (state === 'quoted') {
        const app = channel === 'window' ? 'window' : chance('app', index) < 0.5 ? 'wechat' : 'alipay'
        await house.ask('payment.pay', stage.villageDoctor, { ...key, app })
      } else if (state === 'collecting' && cash > 0 && pays) await control(url, { tap: cashNumber({ id: id as never, round }) })
      else if (state === 'collecting' && cash > 0 && channel === 'mobile') {
        // Some tap in the very moment in which they give up.
        await Promise.all([
          chance('late tap', index) < 0.5 ? control(url, { tap: cashNumber({ id: id as never, round }) }) : null,
          house.ask('payment.cancel', stage.villageDoctor, { ...key, reason: '不付了' }),
        ])
      } else if (state === 'settled' && chance('refunds', index) < REFUNDS && !refunded.has(id)) {
        refunded.add(id)
        await house.ask('payment.refund', stage.villageDoctor, { ...key, reason: '退费' })
      }
    }
    const done = rows.filter(
      ({ id, state }) =>
        DONE.includes(state) &&
        (state !== 'settled' ||
          refunded.has(id) ||
          chance(
            'refunds',
            keys.findIndex(({ bill }) => bill === id),
          ) >= REFUNDS),
    )
    await between(done.length / rows.length)
    return done.length === rows.length && rows.every(({ id, state }) => state !== 'settled' || !refunded.has(id)) ? true : null
  })
}

/** What the platform's and the wallet's own book says, read from their file beside every program. */
const theirBook = (file: string) => {
  const book = new DatabaseSync(file, { readOnly: true })
  const all = <R>(text: string): R[] => book.prepare(text).all() as R[]
  const found = {
    standing: all<{ setl_id: string; total: number; fund: number; account: number }>(
      'select setl_id, total, fund, account from settlement where voided_on is null order by setl_id',
    ),
    doubled: all('select mdtrt_id from settlement where voided_on is null group by mdtrt_id having count(*) > 1'),
    cash:
      all<{ net: number }>(
        `select coalesce((select sum(fen) from cash where state = 'paid'), 0) - coalesce((select sum(fen) from cash_refund), 0) as net`,
      )[0]?.net ?? 0,
    faults: all<{ n: number }>('select count(*) as n from message').length,
  }
  book.close()
  return found
}

const proveBooks = async (world: World): Promise<{ settled: number; reversed: number }> => {
  const { house, file } = world
  const rows = await standing(world)
  const theirs = theirBook(file)
  const ours = await house.database.rows<{ settlement: string; total: number }>(
    sql`select settlement_no as settlement, total_fen::float8 as total from payment.bill where state = 'settled' order by 1`,
  )
  assert.deepEqual(
    theirs.standing.map(({ setl_id, total }) => ({ settlement: setl_id, total })),
    ours.map((row) => ({ ...row })),
    'the same settlements stand in both books',
  )
  assert.deepEqual(theirs.doubled, [], 'nothing was settled twice')
  const held = await house.database.rows<{
    account: string
    fen: number
  }>(sql`select split_part(account, ':', 1) as account, sum(moved)::float8 as fen
    from payment.transfer, unnest(accounts, fen) as side(account, moved) group by 1`)
  const of = (account: string): number => held.find((one) => one.account === account)?.fen ?? 0
  assert.equal(of('clearing'), 0, 'no cash stands between')
  assert.equal(of('fund') + 0, -theirs.standing.reduce((sum, { fund }) => sum + fund, 0) + 0)
  assert.equal(of('account') + 0, -theirs.standing.reduce((sum, { account }) => sum + account, 0) + 0)
  const wallet = (
    await house.database.row<{ fen: number }>(
      sql`select coalesce(sum((split->>'cash')::bigint), 0)::float8 as fen from payment.bill where state = 'settled' and cash_app <> 'window'`,
    )
  )?.fen
  assert.equal(theirs.cash, wallet, 'the wallet holds the cash of what is settled and nothing else')
  assert.deepEqual(
    await house.database.rows(
      sql`select 1 from payment.line l join payment.bill b on b.org_id = l.org_id and b.id = l.bill_id where (l.released_at is not null) <> (b.state = 'settled')`,
    ),
    [],
  )
  return {
    settled: rows.filter(({ state }) => state === 'settled').length,
    reversed: rows.filter(({ state }) => state === 'reversed').length,
  }
}

test('lost replies, lateness, doubles, refusals and two kills in the middle: no effect twice, and the books agree at the end of the day', async (t) => {
  const world = await startWorld(t)
  const { house, stage, url, file } = world
  const keys = await openBills(world)
  let working = await world.work()
  let kills = 0
  await live(world, keys, async (share) => {
    if (kills < 2 && share > (kills + 1) * 0.2) {
      kills += 1
      await working.kill()
      working = await world.work()
    }
  })
  assert.equal(kills, 2)
  const { settled, reversed } = await proveBooks(world)
  assert.ok(settled >= BILLS / 5 && reversed > 0, `${settled} settled, ${reversed} reversed`)
  const met = await house.database.row<{
    asked: number
    learnt: number
    sentAgain: number
    reversed: number
  }>(sql`select count(*)::int as asked, count(*) filter (where learnt = 'query')::int as learnt,
    count(*) filter (where sent > 1)::int as "sentAgain", count(*) filter (where state = 'reversed')::int as reversed from payment.trade`)
  console.log(`${BILLS} bills: ${settled} settled, ${reversed} reversed; ${JSON.stringify(met)}`)
  assert.ok((met?.sentAgain ?? 0) > 0, 'the line was bad')

  const links = linksOf(house.house, linkTo(url))
  const compared = await becomes('the books are compared', () => compareAll(house.house, links, stage.today).catch(() => null))
  const open = await house.database.rows(sql`select kind, book, about, ours_fen, theirs_fen from payment.ticket where kind not in ('bill-stuck')`)
  assert.deepEqual({ ...compared, open }, { institutions: 1, differences: 0, open: [] })

  // Planted differences: the comparison must be able to find each kind.
  await working.kill()
  const book = new DatabaseSync(file)
  const [lost, changed] = theirBook(file).standing
  book.prepare('delete from settlement where setl_id = ?').run(lost?.setl_id as string)
  book.prepare('update settlement set fund = fund + 1 where setl_id = ?').run(changed?.setl_id as string)
  book
    .prepare(
      "insert into cash (number, org, fen, app, state, made_day, paid_day, token) select 'planted', org, 77, 'wechat', 'paid', made_day, made_day, 'planted' from cash limit 1",
    )
    .run()
  book.close()
  await becomes('the books are compared again', () => compareAll(house.house, links, stage.today).catch(() => null))
  const { tickets } = await house.done('payment.books', { ...stage.desk, org: keys[0]?.org as never }, {})
  const kinds = (tickets as { kind: string; about: string }[])
    .filter(({ about }) => [lost?.setl_id, changed?.setl_id, 'planted'].includes(about))
    .map(({ kind }) => kind)
  assert.deepEqual(kinds.toSorted(), ['only-here', 'only-there', 'other-amounts'])
  const [ticket] = tickets
  await house.done(
    'payment.close-ticket',
    { ...stage.desk, org: keys[0]?.org as never },
    { org: ticket.org, ticket: ticket.id, outcome: '平台已补录' },
  )
  const again = await house.ask(
    'payment.close-ticket',
    { ...stage.desk, org: keys[0]?.org as never },
    { org: ticket.org, ticket: ticket.id, outcome: '平台已补录' },
  )
  assert.equal(!again.ok && again.refusals[0]?.code, 'payment.ticket-closed')
})
