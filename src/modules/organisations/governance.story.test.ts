import assert from 'node:assert/strict'
import test from 'node:test'
import { api } from '../../apps/api.ts'
import type { Field } from '../../platform/register-fields.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { KNOWN_TASKS } from './governance.ts'

const bureau = actor('health-bureau', null)
const administrator = actor('administrator', null)
const manager = actor('consortium-manager', 'county')
const otherManager = actor('consortium-manager', 'county')
const cityManager = actor('consortium-manager', 'city')
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code.replace('organisations.', ''))

const plan = (helper: string, helped: string, change: object = {}) => ({
  helper,
  helped,
  type: 'one-to-one',
  year: 2026,
  aims: [{ text: '新开展技术', unit: '项', target: 5, reached: 2, state: 'running' }],
  document: '一院一策(演示)',
  ...change,
})
const YEAR = { from: '2026-01-01', until: '2027-01-01' }
const keyOf = (body: ReturnType<typeof plan>) => `${body.helper}-${body.helped}-one-to-one-2026`
const ON = '2026-06-01'

const house = async (t: Parameters<typeof testHouse>[0]) => {
  const test_ = await testHouse(t)
  await setStage(test_)
  await test_.database.run(sql`insert into organisations.consortium (id, kind, zh, division, lead_id, valid_from)
    values (43032101, 'county-consortium', '湘潭县医共体(演示)', '430321000000', ${PLACES.county}, '2020-01-01')`)
  return test_
}
const CONSORTIUM = '43032101'

test('paired help goes level by level, is approved by a second person, and shows who has no helper', async (t) => {
  const { done, ask } = await house(t)
  const tree = () => done('organisations.paired-help-tree', bureau, { division: '4303', day: ON })
  assert.deepEqual(
    (await tree()).gaps.map(({ code }: { code: string }) => code),
    ['430321000000'],
  )

  const skipped = await ask('organisations.propose-help-plan', bureau, { ...YEAR, body: plan(PLACES.city, PLACES.township) })
  assert.deepEqual(codes(skipped), ['help-not-next-level'])
  const backwards = { from: YEAR.from, until: '2000-01-01', body: plan(PLACES.city, PLACES.county) }
  assert.deepEqual(codes(await ask('organisations.propose-help-plan', bureau, backwards)), ['help-plan-ends-before-begin'])
  const body = plan(PLACES.city, PLACES.county)
  await done('organisations.propose-help-plan', bureau, { ...YEAR, body })
  assert.equal((await tree()).plans.length, 0, 'what nobody approved helps nobody')
  await done('organisations.approve-help-plan', administrator, { entry: keyOf(body), version: 1, verdict: 'approve' })
  const after = await tree()
  assert.deepEqual([after.plans.length, after.gaps], [1, []])
  assert.equal(after.plans[0].aims[0].target, 5)
  // The town's own people's hospital now has one helper; a team may come besides.
  const team = plan(PLACES.city, PLACES.county, { type: 'team' })
  await done('organisations.propose-help-plan', bureau, { ...YEAR, body: team })
  const early = await ask('organisations.correct-help-plan', bureau, {
    entry: keyOf(body),
    from: ON,
    body: plan(PLACES.city, PLACES.county, { year: 2025 }),
    reason: '改年度',
  })
  assert.deepEqual(codes(early), ['help-plan-key-differs'])
  assert.equal(
    (await ask('organisations.propose-help-plan', manager, { ...YEAR, body: team })).ok,
    false,
    'a plan is the bureau’s to make',
  )
})

test('an import is tried first: every row says what would be done, and nothing is written', async (t) => {
  const { done, ask } = await house(t)
  const rows = [
    { ...YEAR, body: plan(PLACES.city, PLACES.county) },
    { ...YEAR, body: plan(PLACES.county, PLACES.township) },
    { ...YEAR, body: plan(PLACES.county, PLACES.village) },
    { ...YEAR, body: { ...plan(PLACES.city, PLACES.countyTcm), type: 'magic' } },
  ]
  const tried = await done('organisations.import-help-plan', bureau, { rows, dryRun: true })
  assert.deepEqual(tried.tried.map(({ row, does }: { row: number; does: string }) => [row, does]),
    [[1, 'add'], [2, 'add'], [3, 'refused'], [4, 'refused']]) // prettier-ignore
  assert.match(tried.tried[2].zh, /每一级只带下一级/)
  assert.equal(tried.tried[3].column, 'type')
  assert.equal((await done('organisations.help-plan-list', bureau, { day: ON })).entries.length, 0)
  assert.equal((await ask('organisations.import-help-plan', bureau, { rows })).ok, false, 'one bad row keeps all out')
  assert.deepEqual(await done('organisations.import-help-plan', bureau, { rows: rows.slice(0, 2) }), { added: 2, unchanged: 0 })
  const { entries } = await done('organisations.help-plan-list', bureau, { day: ON })
  assert.deepEqual(
    entries.map(({ state }: { state: string }) => state),
    ['proposed', 'proposed'],
  )
  // Two helpers of one place, one to one, in the same file.
  const two = [PLACES.county, PLACES.countyTcm].map((helper) => ({ ...YEAR, body: plan(helper, PLACES.township) }))
  const both = await done('organisations.import-help-plan', bureau, { rows: two, dryRun: true })
  assert.ok(both.tried.some(({ does }: { does: string }) => does === 'refused'))
})

test('the governance of a consortium: what stands and what is missing, kept by its own manager', async (t) => {
  const { done, ask } = await house(t)
  const of = async () => done('organisations.governance-of', bureau, { consortium: CONSORTIUM, day: ON })
  const before = (await of()).missing.length
  const money = { consortium: CONSORTIUM, area: 'money', isUnified: true, since: '2025-01-01', evidence: '财务集中核算(演示)' }
  assert.deepEqual(
    codes(await ask('organisations.propose-unified-management', cityManager, { from: '2026-01-01', body: money })),
    ['governed-by-others'],
  )
  await done('organisations.propose-unified-management', manager, { from: '2026-01-01', body: money })
  const committee = (heads: number) => ({
    consortium: CONSORTIUM,
    body: 'committee',
    members: ['县委书记', '县长', '局长'].map((office, at) => ({
      name: { zh: `演示${at}` },
      post: at < heads ? 'head' : 'member',
      office,
    })),
  })
  const entry = `${CONSORTIUM}-committee`
  assert.deepEqual(
    codes(await ask('organisations.propose-governance-body', manager, { from: '2026-01-01', body: committee(1) })),
    ['committee-heads-missing'],
  )
  await done('organisations.propose-governance-body', manager, { from: '2026-01-01', body: committee(2) })
  assert.deepEqual(
    codes(await ask('organisations.approve-governance-body', manager, { entry, version: 1, verdict: 'approve' })),
    ['governance-body-approver-is-proposer'],
  )
  await done('organisations.approve-governance-body', otherManager, { entry, version: 1, verdict: 'approve' })
  const [task] = KNOWN_TASKS
  await done('organisations.propose-consortium-task', manager, {
    from: '2026-01-01',
    body: {
      consortium: CONSORTIUM,
      code: task?.code,
      area: task?.area,
      name: task?.name,
      state: 'running',
      percent: 40,
      responsible: '院长',
      dueOn: '2026-05-31',
    },
  })
  const after = await of()
  assert.equal(after.missing.length, before - 3)
  assert.equal(after.tasks[0].state, 'late', 'its day has passed')
  assert.equal(after.tasksInAll, 20)
  assert.equal(after.bodies.find(({ body }: { body: string }) => body === 'committee').entry.members.length, 3)
  const { mayWrite, writesFor } = await done('organisations.unified-management-list', bureau, { org: 'all', day: ON })
  assert.deepEqual([mayWrite, writesFor], [true, '0'])
  assert.equal(
    (await done('organisations.unified-management-list', actor('insurer', null), { org: 'all', day: ON })).mayWrite,
    false,
  )
})

test('late cases are listed for the bureau and for the consortium without the person', async (t) => {
  const test_ = await testHouse(t)
  const stage = await setStage(test_)
  const person = await stage.person('贺某', '1960-01-01')
  const { referral } = await test_.done('referral.send', stage.villageDoctor, {
    person, receiver: PLACES.county, specialty: '0304', condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension' },
    letter: { impression: '高血压', reason: '血压 168/102 mmHg', pastHistory: '', treatment: '氨氯地平' }, consent: { by: 'patient' },
  }) // prettier-ignore
  const seen = async (who: typeof bureau) => (await test_.done('referral.supervision', who)).cases
  assert.deepEqual(await seen(bureau), [], 'in time is nobody’s business')
  await test_.later(24 * 20)
  const [one] = await seen(bureau)
  assert.equal(one.id, referral)
  assert.ok(one.escalations > 0)
  assert.doesNotMatch(JSON.stringify(one), /贺某|高血压/)
  assert.equal((await seen(manager)).length, 1, 'the receiver is the manager’s own')
  assert.deepEqual(await seen(cityManager), [], 'another house’s cases are not told')
})

const named = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap((field) => [
    ...(/[\u4e00-\u9fff]/.test(field.words.zh) ? [] : [field.name]),
    ...field.choices.flatMap(({ value, words }) => (words.zh === value ? [`${field.name}=${value}`] : [])),
    ...named(field.parts),
  ])

test('every register names its fields, its values and its parts in Chinese and English', async (t) => {
  const { done } = await testHouse(t)
  const lists = Object.keys(api).filter((name) => name.endsWith('-list') && name.replace(/-list$/, '-history') in api)
  assert.ok(lists.length >= 12, 'the registers were found')
  for (const list of lists as (keyof typeof api)[]) {
    const { fields } = await done(list, bureau)
    assert.ok(fields.length > 0)
    assert.deepEqual(named(fields), [], list)
  }
})
