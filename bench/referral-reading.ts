import { deepStrictEqual } from 'node:assert/strict'
import type pg from 'pg'
import { PLACES } from '../sim/small-region.ts'
import type { HttpClient } from './http-client.ts'
import { rateOf, type Rate } from './rate.ts'
import { chartAt, personAt } from './referral-people.ts'
import { copyOf, writeCopy, type Pattern } from './referral-rows.ts'
import { OPEN_CASES, ROUNDS, SENT, type Stage } from './referral-stage.ts'
import type { Report } from './report.ts'

const CONNECTIONS = 8
const READS_A_ROUND = 240
const PAGE = 50
const WALK_PAGE = 200
const HOUR_MS = 3_600_000
const WAITS_WITHIN_HOURS = 72
const COPIES_AT_ONCE = 500

/** Fills the worklist of one receiver by hand: the house's own rows, each with a person and a moment of waiting of its own. */
const fillWorklist = async (clients: readonly pg.Client[], patterns: readonly Pattern[]): Promise<void> => {
  // None falls due while the list is read: the house would act on it and the list would change.
  const from = Date.now() + HOUR_MS
  for (let done = 0; done < OPEN_CASES; done += COPIES_AT_ONCE) {
    const copies = Array.from({ length: COPIES_AT_ONCE }, (_, step) => {
      const at = done + step
      const waitUntil = new Date(from + ((at * 7_919) % OPEN_CASES) * ((WAITS_WITHIN_HOURS * HOUR_MS) / OPEN_CASES)).toISOString()
      return copyOf(patterns[chartAt(at)] as Pattern, { person: personAt(2 * SENT + at), receiver: PLACES.countyTcm, waitUntil })
    })
    const { failed } = await rateOf(copies, clients.length, (copy, connection) =>
      writeCopy(clients[connection] as pg.Client, copy),
    )
    deepStrictEqual(failed, 0, 'every open case of the worklist is written')
  }
}

type Page = { readonly rows: readonly { readonly id: string }[]; readonly next: string | null }

const worklist = async (desk: HttpClient, limit: number, after: string | null): Promise<Page> => {
  const place = after === null ? '' : `&after=${encodeURIComponent(after)}`
  return JSON.parse(await desk.get(`/api/referral.worklist?side=receiver&state=open&limit=${limit}${place}`)) as Page
}

/** Walks the whole worklist page by page: every case stands in it once. Answers all ids and the cursor of its middle. */
const walk = async (desk: HttpClient): Promise<{ ids: string[]; middle: string }> => {
  const ids: string[] = []
  let middle = ''
  let after: string | null = null
  do {
    const page: Page = await worklist(desk, WALK_PAGE, after)
    ids.push(...page.rows.map(({ id }) => id))
    after = page.next
    if (ids.length === OPEN_CASES / 2) middle = after ?? ''
  } while (after !== null)
  deepStrictEqual([ids.length, new Set(ids).size], [OPEN_CASES, OPEN_CASES], 'the pages hold every open case once')
  return { ids, middle }
}

const PAGE_BY_HAND = `select r.*, p.zh, p.sex, p.born_on from referral.party l
  join referral.referral r on r.org_id = l.case_org and r.id = l.referral_id join residents.person p on p.person_id = r.person_id
  where l.org_id = $1 and l.side = 'receiver' and l.ended_at is null and (l.wait_until, l.referral_id) > ($2::timestamptz, $3::uuid)
  order by l.wait_until, l.referral_id limit ${PAGE}`
const CASE_BY_HAND = 'select * from referral.referral where id = $1'
const BEFORE_ALL = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const

type Reading = {
  readonly name: string
  readonly byHouse: (id: string) => Promise<unknown>
  readonly byHand: (client: pg.Client, id: string) => Promise<unknown>
}

const measureOne = async (
  clients: readonly pg.Client[],
  ids: readonly string[],
  reading: Reading,
  report: Report,
): Promise<void> => {
  const byHouse: Rate[] = []
  const byHand: Rate[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const asked = Array.from(
      { length: READS_A_ROUND },
      (_, at) => ids[((round * READS_A_ROUND + at) * 7_919) % ids.length] as string,
    )
    byHouse.push(await rateOf(asked, CONNECTIONS, reading.byHouse))
    byHand.push(await rateOf(asked, CONNECTIONS, (id, connection) => reading.byHand(clients[connection] as pg.Client, id)))
  }
  report.rounds(`${reading.name} by one query`, byHand, byHand)
  report.rounds(reading.name, byHouse, byHand)
}

/** Reads a worklist of many open cases over HTTP: its first page, a page in its middle, and single cases. */
export const measureReading = async (stage: Stage, patterns: readonly Pattern[], report: Report): Promise<void> => {
  const clients: pg.Client[] = []
  for (let at = 0; at < CONNECTIONS; at += 1) clients.push(await stage.connect())
  await fillWorklist(clients, patterns)
  const desk = await stage.desk(CONNECTIONS)
  const { ids, middle } = await walk(desk)
  const middleByHand = middle.split('~')
  const page = (client: pg.Client, from: readonly string[]) =>
    client.query({ name: 'page', text: PAGE_BY_HAND, values: [PLACES.countyTcm, ...from] })
  const readings: Reading[] = [
    { name: 'worklist-first', byHouse: () => worklist(desk, PAGE, null), byHand: (client) => page(client, BEFORE_ALL) },
    { name: 'worklist-middle', byHouse: () => worklist(desk, PAGE, middle), byHand: (client) => page(client, middleByHand) },
    {
      name: 'get',
      byHouse: (one) => desk.get(`/api/referral.get?referral=${one}`),
      byHand: (client, one) => client.query({ name: 'case', text: CASE_BY_HAND, values: [one] }),
    },
  ]
  for (const reading of readings) await measureOne(clients, ids, reading, report)
}
