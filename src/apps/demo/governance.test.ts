import assert from 'node:assert/strict'
import test from 'node:test'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AnyForm } from '../../platform/forms/form.ts'
import { checkInput } from '../../platform/http/input.ts'
import { isPilot, makeConsortia } from '../../../sim/region/consortia.ts'
import { makeInstitutions } from '../../../sim/region/institutions.ts'
import { api } from '../api.ts'
import { governanceRows } from './governance.ts'

const institutions = makeInstitutions('jieli')
const facts = {
  institutions,
  consortia: makeConsortia(institutions),
  today: '2026-11-22' as Day,
  now: '2026-11-22T00:00:00.000Z' as Instant,
}
type Row = {
  kind: string
  org_id: string
  entry_id: string
  version: number
  from_on: string
  until_on: string | null
  body: Record<string, string>
}
const rows = governanceRows(facts) as Row[]

test('the same region has the same governance', () => {
  assert.deepEqual(governanceRows(facts), rows)
})

test('every entry of the demo is one that its register would take', () => {
  assert.ok(rows.length > 300)
  for (const { kind, from_on: from, until_on: until, body } of rows) {
    const form = api[kind.replace('.', '.propose-') as keyof typeof api] as AnyForm
    const checked = checkInput(form.input, { from, until, body })
    assert.ok(checked.ok, `${kind} ${JSON.stringify(checked)}`)
  }
  assert.equal(
    new Set(rows.map(({ org_id, kind, entry_id, version }) => `${org_id} ${kind} ${entry_id} ${version}`)).size,
    rows.length,
  )
})

test('help goes down the whole chain, and one county of the pilots is left for the gap to show', () => {
  const tier = new Map(institutions.map((one) => [one.id, one.tier]))
  const plans = rows.filter(({ kind }) => kind.endsWith('.help-plan')).map(({ body }) => body)
  const steps = plans.map(({ helper = '', helped = '' }) => `${tier.get(helper)}→${tier.get(helped)}`)
  for (const step of ['province→city', 'city→county', 'county→township', 'township→village'])
    assert.ok(steps.includes(step), step)
  const helped = new Set(plans.map((plan) => plan['helped']))
  const leads = institutions.filter(({ id, tier: of, county }) => of === 'county' && id.endsWith('0') && isPilot(county ?? ''))
  assert.equal(leads.filter(({ id }) => !helped.has(id)).length, 1)
})
