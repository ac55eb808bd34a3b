import { runChecks } from '../../../src/apps/checks.ts'
import { openDatabase, sql, type Database } from '../../../src/platform/database/pool.ts'
import { eventOf, type Move } from '../../../src/modules/referral/lifecycle.ts'
import type { Acknowledged } from './client.ts'

/** What the database says when all is over, against what the clients were told. */
export type Verdict = {
  /** Acknowledged writes of which no effect is found. */
  readonly lost: readonly string[]
  /** Effects that are there more often than they were acknowledged. */
  readonly doubled: readonly string[]
  /** Stored answers that differ from what the client was told. */
  readonly answersChanged: number
  readonly unitsHeldTwice: number
  readonly withoutHolder: number
  readonly broken: readonly string[]
  readonly checks: number
  readonly evaluated: number
}

/** The event that an acknowledged command leaves in its case's trace. */
const eventOfCommand = (name: string): string | null => {
  if (name === 'referral.send') return eventOf.submit
  const move = name.replace('referral.', '')
  return name.startsWith('referral.') && move in eventOf ? eventOf[move as Move] : null
}

/** What each direct command leaves in its booking's trace. */
const DIRECT: Readonly<Record<string, string>> = {
  'booking.hold': 'booking.held',
  'booking.book': 'booking.confirmed',
  'booking.confirm': 'booking.confirmed',
  'booking.cancel': 'booking.cancelled',
}

/** Reads everything as the database's owner, after the servers have ended. */
export const judge = async (ownerUrl: string, acknowledged: readonly Acknowledged[], usedKeys: boolean): Promise<Verdict> => {
  const owner = openDatabase(ownerUrl, { size: 1, statementTimeoutMs: 900_000 })
  try {
    const steps = compare(toldSteps(acknowledged), await foundSteps(owner))
    const outcomes = await runChecks(owner)
    return {
      ...steps,
      answersChanged: usedKeys ? await changedAnswers(owner, acknowledged) : 0,
      unitsHeldTwice: await unitsHeldTwice(owner),
      withoutHolder: await withoutHolder(owner),
      broken: outcomes
        .filter(({ breaches }) => breaches > 0)
        .map(({ name, breaches, examples }) => `${name} ${breaches}: ${JSON.stringify(examples[0])}`),
      checks: outcomes.length,
      evaluated: outcomes.reduce((sum, { evaluated }) => sum + evaluated, 0),
    }
  } finally {
    await owner.close()
  }
}

const tally = (names: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const compare = (told: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): Pick<Verdict, 'lost' | 'doubled'> => ({
  lost: [...told].filter(([name, times]) => (found.get(name) ?? 0) < times).map(([name]) => name),
  doubled: [...found].filter(([name, times]) => (told.get(name) ?? 0) < times).map(([name]) => name),
})

const toldSteps = (acknowledged: readonly Acknowledged[]): Map<string, number> =>
  tally(
    acknowledged.flatMap(({ name, as, body, text }) => {
      if (name === 'residents.register') return [`person ${(body['name'] as { zh: string }).zh}`]
      if (name === 'correspondence.write') return [`message ${String(body['referral'])} ${as.account}`]
      if (name in DIRECT)
        return [`${DIRECT[name]} ${String(body['booking'] ?? (JSON.parse(text) as { booking: string }).booking)}`]
      const event = eventOfCommand(name)
      if (event === null) return []
      const answer = JSON.parse(text) as { referral?: string; state?: string }
      const referral = String(body['referral'] ?? answer.referral)
      // Accepting with the held unit schedules in the same act.
      const also = name === 'referral.accept' && answer.state === 'scheduled' ? [`${eventOf.schedule} ${referral}`] : []
      return [`${event} ${referral}`, ...also]
    }),
  )

/** The same, as it stands in the tables: what people did, not what the house did by itself. */
const foundSteps = async (owner: Database): Promise<Map<string, number>> => {
  const rows = await owner.rows<{ step: string }>(sql`
    select type || ' ' || case_id as step from platform.trace_event
      where case_kind = 'referral' and actor_role <> 'system' and type = any(${[...new Set(STEPS)]})
    union all select type || ' ' || case_id from platform.trace_event
      where case_kind = 'booking' and actor_role <> 'system' and type = any(${[...new Set(Object.values(DIRECT))]})
    union all select 'person ' || zh from residents.person where zh not like '直约居民%'
    union all select 'message ' || referral_id || ' ' || author_account from correspondence.message`)
  return tally(rows.map(({ step }) => step))
}

const STEPS = [
  'submit',
  'ask-more',
  'supplement',
  'cancel',
  'reject',
  'accept',
  'schedule',
  'arrive',
  'begin',
  'discharge',
  'hand-back',
  'receive',
  'follow-up',
  'close',
].map((move) => eventOf[move as Move])

const changedAnswers = async (owner: Database, acknowledged: readonly Acknowledged[]): Promise<number> => {
  const rows = await owner.rows<{ key: string; answer: string }>(sql`select key, answer from platform.idempotency`)
  const stored = new Map(rows.map(({ key, answer }) => [key, answer]))
  return acknowledged.filter(({ key, text }) => stored.get(key) !== text).length
}

/** Counted from the bookings alone, beside the named checks: units taken beyond what a pool has. */
const unitsHeldTwice = (owner: Database): Promise<number> =>
  count(
    owner,
    sql`select count(*)::int as found from (select 1 from booking.pool p join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id
    where b.state not in ('cancelled', 'expired', 'moved') group by p.org_id, p.id, p.capacity having count(*) > p.capacity) over_full`,
  )

/** Open cases that nobody, or more than one party, holds. */
const withoutHolder = (owner: Database): Promise<number> =>
  count(
    owner,
    sql`select count(*)::int as found from (select r.id from referral.referral r
    left join referral.party p on p.referral_id = r.id and p.holder and p.ended_at is null
    where r.state not in ('closed', 'cancelled', 'ended-elsewhere', 'not-agreed') group by r.id having count(p.referral_id) <> 1) adrift`,
  )

const count = async (owner: Database, query: ReturnType<typeof sql>): Promise<number> =>
  (await owner.row<{ found: number }>(query))?.found ?? -1
