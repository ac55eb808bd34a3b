import { newId } from '../src/kernel/id.ts'
import { growAuditTree, verifyAudit } from '../src/platform/audit-tree/index.ts'
import { sql } from '../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../tests/harness/house.ts'
import { setStage } from '../tests/harness/stage.ts'
import type { Bench } from './bench.ts'
import { rateOf, type Rate } from './rate.ts'
import { rounded } from './report.ts'

const ROUNDS = 3
const CONNECTIONS = 64
const READS = 2_000
/** Looks that travel in one statement, as the engine of FHIR reads gathers them. */
const TOGETHER = 32
const ROWS = 1_000_000
const READS_PER_SECOND = 2_000
const VERIFY_SECONDS_MOST = 60
const MS = 1_000

/** Rows as acts write them, so many in one statement. */
const FILL = 20_000
const fill = async ({ database }: TestHouse, rows: number): Promise<void> => {
  for (let done = 0; done < rows; done += FILL)
    await database.run(sql`insert into platform.audit (org_id, id, at, role, form, kind, outcome, basis, person_id, request, lawful_basis, purpose)
      select 700000 + i % 50, uuidv7(), platform.jieli_now(), 'family-doctor', 'health-record.summary', 'query', 'done', 'care team', 1000000 + i % 20000, uuidv7()::text,
        'care-team', 'treatment' from generate_series(1, ${Math.min(FILL, rows - done)}) as i`)
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / MS
}

/** Audited reads while the tree grows beside them; then a million rows into the tree, and all of it read again. */
export const bench: Bench = {
  name: 'audit',
  says: {
    zh: '带审计的调阅(同时建树、签名)与只用一条预备语句、什么都不记的读取之比;百万条审计入树与全部核对的时间。--rows 可改条数。',
    en: 'Audited reads, the tree growing beside them, against one prepared statement that notes nothing; a million rows into the tree and read again. --rows changes how many.',
  },
  baseline: { zh: '一条预备语句,无权限、无审计', en: 'one prepared statement, no authority, no audit' },
  run: async (report, ending, options) => {
    const house = await testHouse({ after: (end) => void ending.onEnd(end as () => Promise<void>) })
    const stage = await setStage(house)
    const person = await stage.person('演示病人', '1961-05-04')
    await house.done('health-record.record-observation', stage.villageDoctor, { person, measure: 'weight', weight: 60 })
    const { database, cipher } = house.house
    const jobs = Array.from({ length: READS }, () => newId())
    const batches = jobs.slice(0, READS / TOGETHER)
    const sides = { one: [], form: [], gathered: [] } as Record<'one' | 'form' | 'gathered', Rate[]>
    for (let round = 0; round < ROUNDS; round += 1) {
      sides.one.push(
        await rateOf(jobs, CONNECTIONS, () =>
          house.database.row(sql`select body from health_record.resource where person_id = ${person} limit 1`),
        ),
      )
      let isReading = true
      const growing = (async () => {
        while (isReading) await growAuditTree(database, cipher.room)
      })()
      sides.form.push(await rateOf(jobs, CONNECTIONS, () => house.ask('health-record.summary', stage.villageDoctor, { person })))
      const { org, account } = stage.villageDoctor
      // A measurement of the desk has the house's own id; the search by id wants it beside.
      await house.database.run(
        sql`update health_record.resource set fhir_id = id::text where person_id = ${person} and fhir_id is null`,
      )
      const found = await house.database.row<{ id: string }>(
        sql`select fhir_id as id from health_record.resource where person_id = ${person}`,
      )
      const each = <Value>(value: Value): Value[] => Array.from({ length: TOGETHER }, () => value)
      const rate = await rateOf(batches, 4, async () => {
        const answered =
          await database.rows(sql`select * from health_record.read_many(${[org]}::bigint[], ${[account]}::uuid[], ${['village-doctor']}::text[], ${[null]}::bigint[], ${each(1)}::integer[],
          ${each('Observation')}::text[], ${each(found?.id ?? '')}::text[], ${each('bench')}::text[])`)
        if (answered.length !== TOGETHER) throw new Error(`${answered.length} of ${TOGETHER} reads were answered`)
      })
      sides.gathered.push({ ...rate, perSecond: rate.perSecond * TOGETHER })
      isReading = false
      await growing
    }
    report.rounds('health-record.summary, audited', sides.form, sides.one)
    report.rounds(`FHIR reads, ${TOGETHER} gathered, audited`, sides.gathered, sides.one)
    report.rounds('one', sides.one, sides.one)
    const perSecond = Math.max(...sides.gathered.map((one) => one.perSecond))
    report.aim({
      aim: 'audited reads',
      wanted: `≥ ${READS_PER_SECOND} a second`,
      reached: rounded(perSecond),
      met: perSecond >= READS_PER_SECOND,
    })
    const rows = Number(options.get('--rows') ?? ROWS)
    await fill(house, rows)
    const grew = await seconds(() => growAuditTree(database, cipher.room))
    const counted = await house.database.row<{ rows: number }>(sql`select count(*)::int as rows from platform.audit_leaf`)
    report.aim({
      aim: 'rows into the tree',
      wanted: `≥ ${READS_PER_SECOND} a second`,
      reached: rounded(rows / grew),
      met: rows / grew >= READS_PER_SECOND,
    })
    let faults = -1
    const took = await seconds(async () => {
      faults = (await verifyAudit(database, cipher.room)).faults.length
    })
    report.aim({
      aim: `${counted?.rows ?? 0} rows verified, ${faults} faults`,
      wanted: `≤ ${VERIFY_SECONDS_MOST} s`,
      reached: rounded(took),
      met: faults === 0 && took <= VERIFY_SECONDS_MOST,
    })
  },
}
