import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { PLACES, putSmallRegion, VILLAGE } from '../sim/small-region.ts'
import type { Ending } from '../src/apps/ending.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { openDatabase } from '../src/platform/database/pool.ts'
import { startEmbedded } from '../src/platform/embedded-postgres/index.ts'

export const ACCOUNTS = 16
const FIRST_PERSON = 3_000_001
/** So many resources a patient has when the bench begins. */
const A_PATIENT = 100

/** The session of a desk's account; only its hash lies in the database. */
export const tokenAt = (at: number): string => `bench-fhir-${at % ACCOUNTS}`
export const personAt = (at: number, patients: number): string => String(FIRST_PERSON + (at % patients))
/** The id of one of the resources that stand from the beginning. */
export const resourceAt = (at: number): string => `0b0000f1-0000-7000-8000-${String(at).padStart(12, '0')}`

const NOTE = '晨间测量,坐位,右上肢,休息五分钟后;测量前未服药,未吸烟,未饮咖啡。'.repeat(4)
/** A blood pressure of about a kilobyte. */
export const observation = (person: string, at: string): object => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }], text: '血压' },
  subject: { reference: `Patient/${person}` },
  effectiveDateTime: at,
  component: [
    { code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, valueQuantity: { value: 138, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } },
    { code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] }, valueQuantity: { value: 86, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } },
  ],
  note: [{ text: NOTE }],
}) // prettier-ignore

const { resourceType: _type, ...REST } = observation('PERSON', 'WHEN') as Record<string, unknown>
const TAIL = JSON.stringify(REST).slice(1).replaceAll("'", "''")
const TOKENS = `{status=final,category=vital-signs,code=85354-9,combo-code=85354-9,combo-code=8480-6,combo-code=8462-4,component-code=8480-6,component-code=8462-4}`

/** Patients, accounts with sessions, and as many resources in the record as in the baseline's one table. */
const fill = (resources: number, patients: number): string => `
insert into residents.person (person_id, zh, pinyin, initials, sex, born_on, village, insurance, care_org_id, clinic_org_id, source, synthetic, created_at)
  select ${FIRST_PERSON} + at, '演示居民' || at, 'yanshijumin', 'ysjm', 'unknown', date '1950-01-01', '${VILLAGE}', 'resident',
    ${PLACES.township}, ${PLACES.village}, 'bench', true, now() from generate_series(0, ${patients - 1}) at;
insert into security.account (id, login, password_hash, role, org_id, name_zh, created_at)
  select ('0b0000f2-0000-7000-8000-' || lpad(at::text, 12, '0'))::uuid, 'bench-fhir-' || at, '-', 'referral-desk', ${PLACES.county}, '演示', now()
  from generate_series(0, ${ACCOUNTS - 1}) at;
insert into security.session (token_hash, account_id, created_at, used_at, expires_at)
  select sha256(convert_to('bench-fhir-' || at, 'utf8')), ('0b0000f2-0000-7000-8000-' || lpad(at::text, 12, '0'))::uuid, now(), now(), now() + interval '1 day'
  from generate_series(0, ${ACCOUNTS - 1}) at;
insert into health_record.resource (person_id, id, version, type, body, meta, code_system, code, effective_at, status, source, hash, recorded_at, custodian_org, tokens)
  select made.person, made.id::uuid, 1, 'Observation', '{"resourceType":"Observation","id":"' || made.id || '",' || replace(replace('${TAIL}', 'PERSON', made.person::text), 'WHEN', made.day),
    '', 'http://loinc.org', '85354-9', made.day::timestamptz, 'final', 'jieli', '\\x00', now(), ${PLACES.county}, '${TOKENS}'
  from (select ${FIRST_PERSON} + at % ${patients} as person, '0b0000f1-0000-7000-8000-' || lpad(at::text, 12, '0') as id,
      to_char(date '2016-01-01' + (at / ${patients})::integer % 3650, 'YYYY-MM-DD') as day from generate_series(0, ${resources - 1}) at) made;
create schema bench;
create table bench.one (id text primary key, patient text not null, at timestamptz, body jsonb not null);
create index on bench.one (patient, at desc);
insert into bench.one select id::text, 'Patient/' || person_id, effective_at, body::jsonb from health_record.resource where type = 'Observation';
vacuum analyze health_record.resource; vacuum analyze bench.one;`

export type FhirStage = {
  readonly ownerUrl: string
  readonly patients: number
  readonly resources: number
  readonly query: (text: string) => Promise<pg.QueryResult>
}

/** Starts a durable PostgreSQL with so many resources in it. */
export const openFhirStage = async (ending: Ending, resources: number): Promise<FhirStage> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'jieli-bench-'))
  // Root's database runs in another account's name, which has to get through; what is secret in it is closed by itself.
  chmodSync(dataFolder, 0o755)
  ending.onEnd(() => rmSync(dataFolder, { recursive: true, force: true }))
  const { ownerUrl, stop } = await startEmbedded({ dataFolder, onNote: ({ en }) => console.error(en) })
  ending.onEnd(stop)
  await migrate(ownerUrl)
  const database = openDatabase(ownerUrl, { size: 1 })
  await putSmallRegion(database)
  await database.close()
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'bench' })
  client.on('error', () => {})
  await client.connect()
  ending.onEnd(() => client.end().catch(() => {}))
  const patients = Math.max(1, Math.floor(resources / A_PATIENT))
  for (const statement of fill(resources, patients).split(/;\s*(?:\n|$| (?=vacuum))/))
    if (statement.trim() !== '') await client.query(statement)
  return { ownerUrl, patients, resources, query: (text) => client.query(text) }
}
