import assert from 'node:assert/strict'
import test from 'node:test'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'

const manager = (last: number, org: string): Actor => ({
  account: `00000000-0000-4000-8000-00000000000${last}` as AccountId, role: 'consortium-manager', org: org as OrgId, person: null, name: { zh: '演示经理' },
}) // prettier-ignore
const proposer = manager(1, '11')
const approver = manager(2, '11')
const stranger = manager(3, '22')
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code.replace('organisations.', ''))
const rules = (summary: string) => ({
  number: '演示医共体〔2025〕1号',
  type: 'referral-rules',
  name: { zh: '转诊管理办法' },
  issuer: '演示医共体',
  summary,
})
const ENTRY = '演示医共体〔2025〕1号'

test('a policy document takes two people, and each day has its own text', async (t) => {
  const { done, ask } = await testHouse(t)
  await done('organisations.propose-policy-document', proposer, { from: '2025-01-01', body: rules('第一版') })
  const verdict = { entry: ENTRY, version: 1, verdict: 'approve' }
  assert.deepEqual(codes(await ask('organisations.approve-policy-document', proposer, verdict)), [
    'policy-document-approver-is-proposer',
  ])
  assert.deepEqual(codes(await ask('organisations.approve-policy-document', stranger, verdict)), [
    'policy-document-nothing-proposed',
  ])
  await done('organisations.approve-policy-document', approver, verdict)
  assert.deepEqual(
    codes(
      await ask('organisations.propose-policy-document', proposer, {
        from: '2025-03-01',
        until: '2025-04-01',
        body: rules('重叠'),
      }),
    ),
    ['policy-document-period-taken'],
  )

  const correction = { entry: ENTRY, from: '2025-06-01', body: rules('第二版'), reason: '年度修订' }
  await done('organisations.correct-policy-document', proposer, correction)
  const summariesOn = async (day: string): Promise<string[]> => {
    const { entries } = await done('organisations.policy-document-list', approver, { day })
    return entries
      .filter((one: { state: string }) => one.state === 'in-force')
      .map((one: { body: { summary: string } }) => one.body.summary)
  }
  assert.deepEqual(await summariesOn('2025-06-01'), ['第一版'], 'a correction that nobody approved changes nothing')
  await done('organisations.approve-policy-document', approver, { entry: ENTRY, version: 2, verdict: 'approve' })
  const days: [string, string[]][] = [
    ['2024-12-31', []],
    ['2025-01-01', ['第一版']],
    ['2025-05-31', ['第一版']],
    ['2025-06-01', ['第二版']],
  ]
  for (const [day, expected] of days) assert.deepEqual(await summariesOn(day), expected, day)

  await done('organisations.retire-policy-document', proposer, { entry: ENTRY, on: '2026-01-01', reason: '废止' })
  assert.deepEqual([await summariesOn('2025-12-31'), await summariesOn('2026-01-01')], [['第二版'], []])
  const { versions } = await done('organisations.policy-document-history', approver, { entry: ENTRY })
  assert.deepEqual(versions.map((one: { version: number; from: string; until: string; endReason: string }) => [one.version, one.from, one.until, one.endReason]),
    [[2, '2025-06-01', '2026-01-01', '废止'], [1, '2025-01-01', '2025-06-01', null]]) // prettier-ignore
  assert.deepEqual(
    codes(await ask('organisations.retire-policy-document', stranger, { entry: ENTRY, on: '2025-02-01', reason: '废止' })),
    ['policy-document-not-in-force'],
  )
})

const service = (code: string, isFree = true) => ({
  code,
  name: { zh: `服务,"${code}"` },
  line: 'prevention',
  tiers: ['village', 'township'],
  isFree,
})

test('public services are imported and exported as CSV and JSON without a difference', async (t) => {
  const { done, ask } = await testHouse(t)
  const rows = [
    // A field that is null here and empty in the CSV is the same.
    { from: '2025-01-01', body: { ...service('F01'), bring: null } },
    { from: '2025-01-01', until: '2026-01-01', body: service('F02', false) },
  ]
  assert.deepEqual(await done('organisations.import-service-list', proposer, { rows }), { added: 2, unchanged: 0 })
  assert.deepEqual(await done('organisations.import-service-list', proposer, { rows }), { added: 0, unchanged: 2 })
  const { csv, count } = await done('organisations.service-list-export', proposer, { format: 'csv', day: '2025-05-01' })
  assert.equal(count, 2)
  assert.deepEqual(await done('organisations.import-service-list', proposer, { csv }), { added: 0, unchanged: 2 })
  assert.deepEqual(await done('organisations.import-service-list', stranger, { csv }), { added: 2, unchanged: 0 })
  const json = await done('organisations.service-list-export', stranger, { day: '2025-05-01', org: '22' })
  assert.deepEqual(
    json.rows.map((one: { body: unknown }) => one.body),
    [service('F01'), service('F02', false)],
  )

  const changed = csv.replace('2025-01-01', '2025-03-01').replace('true', 'false')
  assert.deepEqual(await done('organisations.import-service-list', proposer, { csv: changed }), { added: 1, unchanged: 1 })
  const bad = csv.replace('true', '也许').replace('prevention', 'magic')
  const refused = await ask('organisations.import-service-list', proposer, { csv: bad })
  assert.deepEqual(codes(refused), ['service-list-row-unreadable', 'service-list-row-unreadable'])
})

test('two people who propose the same entry at once: one is told', async (t) => {
  const { ask, database } = await testHouse(t)
  const outcomes = await Promise.all(
    [proposer, approver].map((actor) =>
      ask('organisations.propose-service-list', actor, { from: '2025-01-01', body: service('F01') }),
    ),
  )
  assert.deepEqual(outcomes.map((one) => one.ok).toSorted(), [false, true])
  assert.match(outcomes.flatMap(codes).join(), /^service-list-(changed-meanwhile|period-taken)$/)
  const overlap =
    database.run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
    values (11, 'organisations.service-list', 'F01', 9, '2025-05-01', '{}', 'in-force', false, now())`)
  await assert.rejects(overlap, /register_entry_one_in_force/, 'the table itself refuses a second version in force')
})
