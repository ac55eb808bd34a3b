import { loadavg } from 'node:os'
import { catalogueOf } from '../src/modules/fund/rules/dip/catalogue.ts'
import { sumsOf, type Discharges, type Sums } from '../src/modules/fund/rules/dip/sums.ts'
import type { Bench } from './bench.ts'
import type { Rate } from './rate.ts'
import { median, rounded, type Report } from './report.ts'

const DISCHARGES = 15_000_000
const GROUPS = 14_000
const YEARS = 3
const ROUNDS = 5
const SEED = 17
const WANTED = 1.5

/** Three years of discharges: a few groups are frequent, most are rare; costs are skewed as bills are. */
const generated = (count: number): Discharges => {
  let state = SEED
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296
  const group = new Uint16Array(count)
  const year = new Uint8Array(count)
  const costFen = new Int32Array(count)
  for (let at = 0; at < count; at++) {
    group[at] = Math.floor(GROUPS * random() ** 3)
    year[at] = Math.floor(random() * YEARS)
    costFen[at] = Math.round(600_000 * Math.exp(random() + random() + random() - 1.5))
  }
  return { group, year, costFen }
}

/** The other side: the bare grouping, and the same with the costs outside of two percentiles of each group cut; null where it has none. */
type Other = {
  readonly grouping: () => Promise<void>
  readonly trimmed: (() => Promise<void>) | null
  readonly threads: number
  /** Throws when the sums are not the other side's. */
  readonly sameAs: (sums: Sums) => Promise<void>
  readonly end: () => void
}

const GROUPED = 'select g, y, count(*), sum(c) from d group by g, y'
const TRIMMED = `with fence as (select g, quantile_disc(c, [0.025, 0.975]) as q, count(*) as n from d group by g)
  select g, y, count(*), sum(c) from d join fence using (g) where n < 40 or c between q[1] and q[2] group by g, y`

/** The queries in DuckDB, when it is installed beside the house; null when not. It is no dependency of the house. */
const duckGrouping = async (discharges: Discharges): Promise<Other | null> => {
  const name = '@duckdb/node-api'
  const duck = await import(process.env.DUCKDB_API ?? name).catch(() => null)
  if (!duck) return null
  const connection = await (await duck.DuckDBInstance.create(':memory:')).connect()
  await connection.run('create table d (g integer, y integer, c integer)')
  const appender = await connection.createAppender('d')
  for (let at = 0; at < discharges.group.length; at++) {
    appender.appendInteger(discharges.group[at] as number)
    appender.appendInteger(discharges.year[at] as number)
    appender.appendInteger(discharges.costFen[at] as number)
    appender.endRow()
  }
  appender.closeSync()
  const asked = (query: string) => async () => {
    const read = await connection.runAndReadAll(query)
    if (read.currentRowCount === 0) throw new Error('DuckDB answered nothing')
  }
  const sameAs = async ({ cases, costFen }: Sums) => {
    const rows = (await connection.runAndReadAll(GROUPED)).getRows()
    const differs = rows.find(([group, year, count, sum]: readonly unknown[]) => {
      const place = Number(group) * YEARS + Number(year)
      return cases[place] !== Number(count) || costFen[place] !== Number(sum)
    })
    if (differs || rows.length !== cases.filter((count) => count > 0).length)
      throw new Error(`other sums than DuckDB: ${differs}`)
  }
  const threads = Number((await connection.runAndReadAll("select current_setting('threads')")).getRows()[0]?.[0])
  return { grouping: asked(GROUPED), trimmed: asked(TRIMMED), threads, sameAs, end: () => connection.closeSync() }
}

/** The same sums as a plain loop over a map, where there is no DuckDB. */
const mapGrouping = ({ group, year, costFen }: Discharges): Other => {
  const grouping = async () => {
    const sums = new Map<number, { cases: number; cost: number }>()
    for (let at = 0; at < group.length; at++) {
      const key = (group[at] as number) * YEARS + (year[at] as number)
      const found = sums.get(key)
      if (found) {
        found.cases++
        found.cost += costFen[at] as number
      } else sums.set(key, { cases: 1, cost: costFen[at] as number })
    }
  }
  return { grouping, trimmed: null, threads: 1, sameAs: async () => undefined, end: () => undefined }
}

const rateOfOne = async (work: () => unknown): Promise<Rate> => {
  const began = performance.now()
  await work()
  const ms = performance.now() - began
  return { perSecond: DISCHARGES / (ms / 1_000), p50ms: ms, p95ms: ms, p99ms: ms, failed: 0, load: loadavg()[0] ?? 0 }
}

const run = async (report: Report): Promise<void> => {
  const discharges = generated(DISCHARGES)
  const keys = Array.from({ length: GROUPS }, (_, at) => `g${at}`)
  const merged = keys.map((_, at) => `m${at % 900}`)
  const terms = { yearWeights: [1, 2, 7], casesMin: 15, trim: { lowest: 250, highest: 9_750, casesMin: 40 }, base: 1_000 }
  const duck = await duckGrouping(discharges)
  const other = duck ?? mapGrouping(discharges)
  const grouping = () => sumsOf(discharges, GROUPS, YEARS)
  const catalogue = () => catalogueOf({ discharges, keys, merged }, terms)
  const rounds: { grouping: Rate; catalogue: Rate; other: Rate; trimmed: Rate | null }[] = []
  await other.sameAs(grouping())
  await other.grouping()
  for (let at = 0; at < ROUNDS; at++)
    rounds.push({
      grouping: await rateOfOne(grouping),
      other: await rateOfOne(other.grouping),
      catalogue: await rateOfOne(catalogue),
      trimmed: other.trimmed && (await rateOfOne(other.trimmed)),
    })
  other.end()
  const baselines = rounds.map((round) => round.other)
  const catalogues = rounds.map((round) => round.catalogue)
  report.rounds(
    'grouping',
    rounds.map((round) => round.grouping),
    baselines,
  )
  report.rounds('whole catalogue with trimming', catalogues, baselines)
  const trimmed = rounds.flatMap((round) => round.trimmed ?? [])
  if (trimmed.length === rounds.length) report.rounds('whole catalogue, beside DuckDB trimming too', catalogues, trimmed)
  const took = rounded(median(rounds.map((round) => round.grouping.p50ms / round.other.p50ms)))
  if (duck)
    report.aim({
      aim: `time of grouping 15 million discharges on one thread over the bare DuckDB query on ${duck.threads}`,
      wanted: `at most ${WANTED}`,
      reached: took,
      met: took <= WANTED,
    })
  else
    report.note({
      zh: '未安装 @duckdb/node-api,本次与逐行 Map 汇总比较,不能说明与 DuckDB 的倍数。',
      en: '@duckdb/node-api is not installed: compared with a loop over a Map, which says nothing about DuckDB.',
    })
}

export const bench: Bench = {
  name: 'dip',
  says: {
    zh: '1 500 万份出院按病种和年份分组,以及带裁剪的目录',
    en: '15 million discharges grouped by disease and year, and the catalogue with trimming',
  },
  baseline: {
    zh: 'DuckDB 同一分组的裸查询(未安装时为逐行 Map)',
    en: 'the bare DuckDB query of the same grouping (a loop over a Map where it is not installed)',
  },
  run,
}
