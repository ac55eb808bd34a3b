import { loadavg } from 'node:os'
import type { Day } from '../src/kernel/day.ts'
import type { OrgId, PersonId } from '../src/kernel/id.ts'
import { areaFile, settleBatch, type AreaBook, type BatchBill } from '../src/modules/settlement/index.ts'
import { listSettled, sumsOfDays } from '../src/modules/settlement/store.ts'
import { statedClaim } from '../src/modules/settlement/contract.ts'
import { asSystem } from '../src/platform/database/as-system.ts'
import { databaseNow, openDatabase, sql, type Database } from '../src/platform/database/pool.ts'
import type { Bench } from './bench.ts'
import type { Rate } from './rate.ts'
import { rounded } from './report.ts'
import { startHouse } from './running-house.ts'

/** A province's day, and what it may take. @source the aim of the product: settled and posted within five minutes */
const BILLS = 400_000
const SECONDS_MOST = 300
const LINES = 100
const TOGETHER = 250
const CONNECTIONS = 4
const CLAIMS = 1_000
const HOSPITALS = 500
/** Of ten bills one is of a person whose year has a bill already. */
const AGAIN = 10
const BASELINE_SHARE = 10
const MS = 1_000
const PAGE = 50
const PERSONS_FROM = 5_000_000_000
const HOSPITALS_FROM = 800_000

const book = (): AreaBook => {
  const dated = { from: '2024-01-01', source: 'C', grade: 'design', basis: 'bench' }
  const rows = [
    { kind: 'deductible', amountFen: 120_000 },
    { kind: 'ordinal', sharesBp: [10_000, 5_000], scope: 'same-level' },
    { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 6_500 }] },
    { kind: 'fund-cap', amountFen: 15_000_000 },
    { kind: 'layer', layer: 'serious-illness', deductibleFen: 1_600_000, bands: [{ overFen: 0, upToFen: 3_000_000, rateBp: 6_000 }, { overFen: 3_000_000, upToFen: null, rateBp: 6_500 }] }, // prettier-ignore
    { kind: 'layer', layer: 'medical-aid', when: { identity: ['low-income'] }, bands: [{ overFen: 0, upToFen: null, rateBp: 7_000 }] }, // prettier-ignore
  ].map((row) => ({ ...dated, ...row }))
  return areaFile.parse({ area: 'bench', insured: 'residents', zh: '例', en: 'bench', checkedOn: '2024-01-01', rows })
}

/** Bills of 100 lines with national codes: of ten, seven of class A, two of class B, one of class C; every twentieth person is aided. */
const claims = () =>
  Array.from({ length: CLAIMS }, (_none, bill) =>
    statedClaim.parse({
      day: '2024-06-01',
      level: 'level3',
      identities: bill % 20 === 0 ? ['low-income'] : [],
      lines: Array.from({ length: LINES }, (_line, at) => {
        const amountFen = 1_000 + ((at * 7_919 + bill * 31) % 90_000)
        const line = { amountFen, code: `XA${String((at * 37 + bill) % 9_999).padStart(4, '0')}B001A010010107681`, zh: `项目${(at * 37 + bill) % 9_999}` }
        if (at % 10 === 9) return { ...line, list: 'C' }
        return at % 5 === 1 ? { ...line, list: 'B', selfShareBp: 1_000 } : { ...line, list: 'A' }
      }),
    }),
  ) // prettier-ignore

const billsOf = (stated: ReturnType<typeof claims>, from: number, count: number): BatchBill[] =>
  Array.from({ length: count }, (_none, one) => {
    const number = from + one
    return {
      org: String(HOSPITALS_FROM + (number % HOSPITALS)) as OrgId,
      person: String(PERSONS_FROM + (number % AGAIN === 0 && number > 0 ? number - 1 : number)) as PersonId,
      billNo: `D-${number}`,
      claim: stated[number % CLAIMS] as BatchBill['claim'],
    }
  })

/** The institutions and invented insured people whose bills these are. */
const settleThere = async (database: Database, count: number): Promise<void> => {
  await database.run(
    sql`insert into organisations.division (code, zh, rank, parent) values ('430000000000', '例省', 'province', null) on conflict do nothing`,
  )
  await database.run(sql`insert into organisations.institution (id, code, zh, tier, ws218, level, rank, ownership, division, longitude, latitude, beds, population, valid_from, synthetic)
    select ${HOSPITALS_FROM}::bigint + n, 'BENCH' || n, '例医院' || n, 'city', 'A100', 3, 1, 'public', '430000000000', 112.9, 28.2, 500, 0, '2020-01-01'::date, true
    from generate_series(0, ${HOSPITALS - 1}::int) as n`)
  await database.run(sql`insert into residents.person (person_id, zh, pinyin, initials, sex, born_on, insurance, synthetic, created_at)
    select ${PERSONS_FROM}::bigint + n, '例人', 'liren', 'lr', 'female', '1970-01-01'::date, 'resident', true, now() from generate_series(0, ${count}::int) as n`)
}

/** Works through `count` bills in batches, several at a time; answers the seconds that it took. */
const secondsOf = async (count: number, batch: (from: number, size: number) => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  let next = 0
  const work = async (): Promise<void> => {
    for (;;) {
      const start = next
      if (start >= count) return
      next += TOGETHER
      await batch(start, Math.min(TOGETHER, count - start))
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  return (performance.now() - from) / MS
}

const rateOf = (count: number, seconds: number): Rate => {
  const each = (seconds * MS) / count
  return { perSecond: count / seconds, p50ms: each, p95ms: each, p99ms: each, failed: 0, load: loadavg()[0] ?? 0 }
}

/** The same bytes by the same kind of insert into one table with a key: what the database alone takes. */
const bareInserts = (database: Database, stated: readonly object[], count: number): Promise<number> => {
  const texts = stated.map((one) => JSON.stringify(one).repeat(2))
  return secondsOf(count, (from, size) => {
    const ids = Array.from({ length: size }, (_none, one) => from + one)
    const bodies = ids.map((id) => texts[id % CLAIMS] as string)
    return database.run(sql`insert into settlement.book select 'bare ' || id, 'bench', 'bench', body, now() from unnest(${ids}::bigint[], ${bodies}::text[]) as b (id, body)`)
  })
} // prettier-ignore

/** A province's day: bills of 100 lines settled with their steps and posted to a PostgreSQL of its own that writes everything through. */
export const bench: Bench = {
  name: 'settlement-day',
  says: {
    zh: '一省一天:100 行的账单结算(带步骤)并记账入库,每批 250 张、4 个连接;--bills 可改张数(整天 400 000),用时按比例折算。',
    en: 'A province’s day: bills of 100 lines settled with steps and posted, 250 a batch on 4 connections; --bills changes how many (a day is 400 000), the time is scaled.',
  },
  baseline: {
    zh: '账单原文两份写入一张带主键的普通表,不结算、不记账',
    en: 'each bill’s text twice into one table with a key, nothing settled or posted',
  },
  run: async (report, ending, options) => {
    const count = Number(options.get('--bills') ?? BILLS)
    const { appUrl } = await startHouse(ending)
    const database = asSystem(openDatabase(appUrl, { size: CONNECTIONS, statementTimeoutMs: 120_000 }))
    ending.onEnd(database.close)
    const [area, stated] = [book(), claims()]
    const today = '2024-06-01' as Day
    const now = await databaseNow(database)
    await settleThere(database, count)
    const bare = await bareInserts(database, stated, Math.ceil(count / BASELINE_SHARE))
    const seconds = await secondsOf(count, (from, size) =>
      database.transaction((tx) => settleBatch(tx, area, billsOf(stated, from, size), { now, today })),
    )
    const posted = await database.row<{
      bills: number
      sum: number
      bytes: number
    }>(sql`select (select count(*)::int from settlement.bill) as bills,
      (select coalesce(sum(moved), 0)::float8 from settlement.transfer t, unnest(t.fen) as moved) as sum,
      (select sum(pg_total_relation_size(c.oid))::float8 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'settlement' and c.relname <> 'book' and c.relkind = 'r') as bytes`)
    if (posted?.bills !== count || posted.sum !== 0) throw new Error(`posted ${JSON.stringify(posted)} of ${count} bills`)
    report.rounds(`${count} bills of ${LINES} lines`, [rateOf(count, seconds)], [rateOf(Math.ceil(count / BASELINE_SHARE), bare)])
    report.note({ zh: `每张账单入库 ${rounded(posted.bytes / count)} 字节(含索引)。`, en: `${rounded(posted.bytes / count)} bytes are kept of each bill, indexes included.` }) // prettier-ignore
    const looked = performance.now()
    await sumsOfDays(database, null, today, today)
    const listed = performance.now()
    await listSettled(database, { persons: null, org: null, since: null, until: null }, { after: null, limit: PAGE })
    const [sumsMs, listMs] = [listed - looked, performance.now() - listed].map(rounded)
    report.note({ zh: `当日各基金、各机构合计 ${sumsMs} 毫秒;最新 ${PAGE} 张账单的列表 ${listMs} 毫秒。`, en: `The day’s sums of every fund and institution: ${sumsMs} ms; the newest ${PAGE} bills listed: ${listMs} ms.` }) // prettier-ignore
    const day = (seconds / count) * BILLS
    report.aim({ aim: `${BILLS} bills of ${LINES} lines settled and posted, seconds${count === BILLS ? '' : ` scaled from ${count}`}`, wanted: `at most ${SECONDS_MOST}`, reached: rounded(day), met: day <= SECONDS_MOST }) // prettier-ignore
  },
}
