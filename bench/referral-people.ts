import { createHash } from 'node:crypto'
import type { Instant } from '../src/kernel/clock.ts'
import type { Day } from '../src/kernel/day.ts'
import { insertRows, bytes } from '../src/apps/demo/insert.ts'
import { indexOfResource } from '../src/modules/health-record/index.ts'
import { sql, type Queryable } from '../src/platform/database/pool.ts'
import { makeHistory } from '../sim/residents/history.ts'
import { makeResidents } from '../sim/residents/residents.ts'
import { PLACES, VILLAGE } from '../sim/small-region.ts'

/** So many synthetic charts; a person has one of them in turn, so that equal numbers of persons have equal records. */
export const CHARTS = 20
const SEED = 'bench'
const FIRST_PERSON = 2_000_001

/** The person key at a place of the row of all persons. */
export const personAt = (at: number): string => String(FIRST_PERSON + at)

/** The chart of the person at this place. */
export const chartAt = (at: number): number => at % CHARTS

/** Puts so many synthetic persons into the village, without numbers. */
export const putPersons = (db: Queryable, count: number, now: Instant): Promise<number> =>
  db.run(sql`insert into residents.person (person_id, zh, pinyin, initials, sex, born_on, village, insurance, care_org_id, clinic_org_id, source, synthetic, created_at)
    select ${FIRST_PERSON}::bigint + at, '演示居民' || at, 'yanshijumin', 'ysjm', 'unknown', date '1950-01-01' + at % 10000, ${VILLAGE}, 'resident',
      ${PLACES.township}::bigint, ${PLACES.village}::bigint, 'bench', true, ${now}::timestamptz
    from generate_series(0, ${count}::int - 1) as at`)

/** Gives the first persons their charts; answers how many resources were written. */
export const putRecords = async (
  db: Queryable,
  persons: number,
  times: { today: Day; now: Instant; zone: string },
): Promise<number> => {
  const charts = chartRows(times)
  const rows = Array.from({ length: persons }, (_, at) => recordRows(charts[chartAt(at)] ?? [], personAt(at), times.now)).flat()
  return insertRows(db, 'health_record.resource', rows)
}

type ChartRow = { readonly body: string; readonly columns: Readonly<Record<string, unknown>> }

const NOBODY = 'Patient/nobody'

// Only the long-term ill have much of a record, and they are the ones who are referred.
const chartRows = ({ today, zone }: { today: Day; zone: string }): ChartRow[][] =>
  makeResidents({ seed: SEED, count: CHARTS * 20, villages: [{ code: VILLAGE, zh: '杉荫村', population: 1 }], today })
    .filter(({ conditions }) => conditions.some((condition) => condition !== 'none'))
    .slice(0, CHARTS)
    .map((resident) =>
      makeHistory(resident, { today, seed: SEED, patientReference: NOBODY }).map((resource) => {
        const index = indexOfResource(resource as never, zone)
        const columns = {
          id: resource.id,
          version: 1,
          type: resource.resourceType,
          code_system: index.codeSystem,
          code: index.code,
          display: index.display,
          effective_at: index.effectiveAt,
          status: index.status,
          source: 'bench',
          source_id: resource.id,
        }
        return { body: JSON.stringify(resource), columns }
      }),
    )

const recordRows = (chart: readonly ChartRow[], person: string, now: Instant): Record<string, unknown>[] =>
  chart.map(({ body: blank, columns }) => {
    const body = blank.replaceAll(NOBODY, `Patient/${person}`)
    const hash = bytes(createHash('sha256').update(body).digest())
    return { person_id: person, ...columns, body, hash, recorded_at: now }
  })
