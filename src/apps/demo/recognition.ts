import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import type { Instant } from '../../kernel/clock.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import { hashOf, indexOfResource, TEST_DATA, type Resource } from '../../modules/health-record/index.ts'
import { NATIONAL_ITEM_SYSTEM, starterItems } from '../../modules/recognition/index.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { bytes, insertRows } from './insert.ts'

export type RecognitionFacts = {
  readonly today: Day
  readonly now: Instant
  readonly zone: string
  readonly county: OrgId
  readonly city: OrgId
}

type Made = {
  readonly item: string
  readonly days: number
  readonly site?: string
  readonly by: 'county' | 'city'
  readonly conclusion: string
  readonly status?: string
}

/** What lies in the record of each of the demo's people: one that the city's mark makes recognisable, one of the county, and three that lack something. */
const REPORTS: readonly Made[] = [
  { item: 'HR-I001', days: 6, site: '胸部', by: 'city', conclusion: '右肺下叶少许纤维灶,余未见异常' },
  { item: 'HR-L006', days: 3, by: 'county', conclusion: '总胆固醇 5.90 mmol/L,低密度脂蛋白 3.60 mmol/L' },
  { item: 'HR-L004', days: 20, by: 'county', conclusion: '糖化血红蛋白 6.80%' },
  { item: 'HR-I006', days: 40, site: '胸部', by: 'county', conclusion: '心肺膈未见明显异常' },
  { item: 'HR-E001', days: 1, by: 'county', conclusion: '窦性心律,左室高电压' },
  { item: 'HR-U001', days: 2, site: '腹部', by: 'city', conclusion: '脂肪肝', status: 'preliminary' },
]
const MARKS: readonly (readonly [item: string, scope: string, by: Made['by']])[] = [
  ['HR-I001', 'city', 'city'],
  ['HR-I002', 'province', 'city'],
  ['HR-L006', 'consortium', 'county'],
  ['HR-L004', 'city', 'county'],
  ['HR-I006', 'city', 'county'],
  ['HR-E001', 'consortium', 'county'],
  ['HR-U001', 'city', 'city'],
]
const MARK_DAYS = 400

/** The catalogue of recognised items, marks of the stage's two hospitals, and some results of people; answers how many results. */
export const insertRecognition = async (tx: Tx, people: readonly PersonId[], facts: RecognitionFacts): Promise<number> => {
  const { today, now } = facts
  const entry = {
    org_id: '0',
    version: 1,
    until_on: null as Day | null,
    state: 'in-force',
    is_correction: false,
    recorded_at: now,
  }
  const items = starterItems().map((body) => ({
    ...entry,
    kind: 'recognition.item',
    entry_id: body.code,
    from_on: '2022-03-01',
    body,
  }))
  const marks = MARKS.map(([item, scope, by]) => ({
    ...entry,
    kind: 'recognition.mark',
    entry_id: `${facts[by]}-${item}-${scope}`,
    from_on: plusDays(today, -MARK_DAYS),
    until_on: plusDays(today, MARK_DAYS),
    body: { institution: facts[by], item, scope, certificate: '演示室间质评' },
  }))
  await insertRows(tx, 'platform.register_entry', [...items, ...marks])
  const names = new Map(items.map(({ body }) => [body.code, body.zh]))
  const rows = people.flatMap((person) => REPORTS.map((one) => rowOf(person, one, names.get(one.item) ?? one.item, facts)))
  await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  return insertRows(tx, 'health_record.resource', rows)
}

const rowOf = (
  person: PersonId,
  { item, days, site, by, conclusion, status = 'final' }: Made,
  zh: string,
  { today, zone, now, ...hospitals }: RecognitionFacts,
) => {
  const id = newId()
  const resource = {
    resourceType: 'DiagnosticReport',
    id,
    meta: { tag: [TEST_DATA] },
    ...(site ? { extension: [{ url: 'urn:jieli:body-site', valueString: site }] } : {}),
    status,
    code: { coding: [{ system: NATIONAL_ITEM_SYSTEM, code: item, display: zh }], text: zh },
    subject: { reference: `Patient/${person}` },
    effectiveDateTime: instantAt(plusDays(today, -days), '09:30', zone),
    performer: [{ reference: `Organization/${hospitals[by]}` }],
    conclusion,
  } as unknown as Resource
  const body = JSON.stringify(resource)
  const { codeSystem, code, display, effectiveAt, status: shown } = indexOfResource(resource, zone)
  return {
    person_id: person,
    id,
    version: 1,
    type: 'DiagnosticReport',
    body,
    code_system: codeSystem,
    code,
    display,
    effective_at: effectiveAt,
    status: shown,
    source: 'demo',
    hash: bytes(hashOf(body)),
    recorded_at: now,
  }
}
