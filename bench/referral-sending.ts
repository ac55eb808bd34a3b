import { deepStrictEqual } from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { sql, type Database } from '../src/platform/database/pool.ts'
import { PLACES } from '../sim/small-region.ts'
import type { HttpClient } from './http-client.ts'
import { rateOf, type Rate } from './rate.ts'
import { chartAt, CHARTS, personAt } from './referral-people.ts'
import { copyOf, patternOf, rowCounts, tableCounts, writeCopy, type Pattern } from './referral-rows.ts'
import { ROUNDS, SENDING, SENT, WARM_UP, type Stage } from './referral-stage.ts'
import type { Report } from './report.ts'

const LOOK_AGAIN_MS = 20

export const bodyFor = (person: string): string =>
  JSON.stringify({
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, not controlled' },
    letter: {
      impression: '高血压 3 级(很高危)',
      reason: '规律服药两周,家庭自测血压仍在 170–185/100–110 mmHg 之间,伴头晕,请上级医院调整方案并评估靶器官损害。',
      pastHistory: '高血压 8 年,2 型糖尿病 3 年;否认药物过敏史。',
      treatment: '苯磺酸氨氯地平片 5 mg 每日一次,缬沙坦胶囊 80 mg 每日一次,监测血压、低盐饮食指导。',
    },
    consent: { by: 'patient' },
  })

const send = async (client: HttpClient, person: string): Promise<string> => {
  const sent = JSON.parse(await client.post('/api/referral.send', bodyFor(person))) as { referral: string }
  return sent.referral
}

/** Waits until the house has told everybody what it has to tell, so that its work does not run into the next round. */
const untilTold = async (database: Database): Promise<void> => {
  const isTold = async () => (await database.row(sql`select 1 from platform.outbox where sent_at is null limit 1`)) === null
  while (!(await isTold())) await wait(LOOK_AGAIN_MS)
}

/** What the house writes for each chart, read back from referrals that it really sent. */
const patternsOf = async (stage: Stage, doctor: HttpClient, client: pg.Client): Promise<Pattern[]> => {
  const sent: string[] = []
  for (let at = 0; at < CHARTS; at += 1) sent.push(await send(doctor, personAt(at)))
  await untilTold(stage.database)
  const patterns: Pattern[] = []
  for (const referral of sent) patterns.push(await patternOf(client, referral))
  for (const pattern of patterns)
    deepStrictEqual(rowCounts(pattern), rowCounts(patterns[0] as Pattern), 'referrals leave equal numbers of rows')
  return patterns
}

/** Asserts that a round has written so many referrals with every row that belongs to them, whoever wrote them. */
const counted = async (client: pg.Client, pattern: Pattern, referrals: number, round: () => Promise<Rate>): Promise<Rate> => {
  const before = await tableCounts(client)
  const rate = await round()
  const after = await tableCounts(client)
  const written = Object.fromEntries(Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]))
  const done = referrals - rate.failed
  const expected = Object.fromEntries(Object.entries(rowCounts(pattern)).map(([table, count]) => [table, count * done]))
  deepStrictEqual(written, expected, 'a round writes every row of its referrals and no other')
  return rate
}

type Sides = {
  readonly stage: Stage
  readonly doctor: HttpClient
  readonly clients: readonly pg.Client[]
  readonly patterns: readonly Pattern[]
}

const oneRound = async (
  { stage, doctor, clients, patterns }: Sides,
  places: readonly number[],
  connections: number,
): Promise<{ byHouse: Rate; byHand: Rate }> => {
  const [counter] = clients as [pg.Client]
  const [pattern] = patterns as [Pattern]
  const persons = places.map(personAt)
  const copies = places.map((at) => copyOf(patterns[chartAt(at)] as Pattern, { person: personAt(SENT + at) }))
  const byHouse = await counted(counter, pattern, places.length, async () => {
    const rate = await rateOf(persons, connections, (person) => send(doctor, person))
    await untilTold(stage.database)
    return rate
  })
  const write = () => rateOf(copies, connections, (copy, connection) => writeCopy(clients[connection] as pg.Client, copy))
  return { byHouse, byHand: await counted(counter, pattern, places.length, write) }
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at)

/** Referrals sent over HTTP against the same rows by hand, in turn; answers what the house writes, one pattern for each chart. */
export const measureSending = async (stage: Stage, report: Report): Promise<readonly Pattern[]> => {
  const most = Math.max(...SENDING.map(({ connections }) => connections))
  const doctor = await stage.doctor(most)
  const clients: pg.Client[] = []
  for (let at = 0; at < most; at += 1) clients.push(await stage.connect())
  const patterns = await patternsOf(stage, doctor, clients[0] as pg.Client)
  const sides = { stage, doctor, clients, patterns }
  report.note(rowsInWords(patterns[0] as Pattern))
  await oneRound(sides, range(CHARTS, WARM_UP - CHARTS), most)
  let next = WARM_UP
  for (const { connections, referrals } of SENDING) {
    const byHouse: Rate[] = []
    const byHand: Rate[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const rates = await oneRound(sides, range(next, referrals), connections)
      next += referrals
      byHouse.push(rates.byHouse)
      byHand.push(rates.byHand)
    }
    report.rounds(`sql-${connections}`, byHand, byHand)
    report.rounds(`send-${connections}`, byHouse, byHand)
  }
  return patterns
}

const rowsInWords = (pattern: Pattern) => {
  const counts = Object.entries(rowCounts(pattern))
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const each = counts.map(([table, count]) => `${table} ${count}`).join(', ')
  return { zh: `每张转诊单 ${total} 行:${each}`, en: `${total} rows for each referral: ${each}\n` }
}
