import assert from 'node:assert/strict'
import test from 'node:test'
import { runChecks } from '../../src/apps/checks.ts'
import { newId, type PersonId } from '../../src/kernel/id.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { run } from '../../src/platform/forms/run.ts'
import { checkInput } from '../../src/platform/http/input.ts'
import type { House } from '../../src/platform/house.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { settleByExample, stayOf } from '../harness/settling.ts'
import { makeRegion, STAFF } from '../invariants/small-region.ts'
import { anotherProcess, houseWithOwner, killConnections } from './owner.ts'

const TRY_AGAIN = ['platform.busy', 'platform.outcome-unknown']
const WRITERS = 4
const EACH = 5
const ASKED_MOST = 500

/** Asks as a patient cashier does: the same key until there is an answer. */
const untilAnswered = async (house: House, name: string, input: object): Promise<{ org: string; bill: string }> => {
  const form = house.forms.get(name) as AnyForm
  const checked = checkInput(form.input, input)
  assert.ok(checked.ok, JSON.stringify(checked))
  const key = newId()
  for (let asked = 1; ; asked += 1) {
    const outcome = await run(house, form, checked.value, { actor: STAFF.villageDoctor, request: newId(), key })
    if (outcome.ok) return JSON.parse(outcome.value.text) as { org: string; bill: string }
    assert.ok(TRY_AGAIN.includes(outcome.refusals[0]?.code ?? ''), JSON.stringify(outcome.refusals))
    assert.ok(asked < ASKED_MOST, 'never answered')
  }
}

test('backends are killed while bills are settled and reversed: each is in the books once, and the books hold', async (t) => {
  settleByExample(t)
  const { made, owner } = await houseWithOwner(t)
  const persons = (await makeRegion(made, 2)) as PersonId[]
  await made.database.run(sql`update residents.person set insurance = 'resident'`)
  const house = anotherProcess(t, made, 6)
  let working = WRITERS
  const standing: string[] = []
  const write = async (writer: number): Promise<void> => {
    for (let one = 0; one < EACH; one += 1) {
      const billNo = `K-${writer}-${one}`
      const settled = await untilAnswered(house, 'settlement.settle', stayOf(persons[one % 2] as string, billNo, 30 + one))
      if (one % 2 === 1) await untilAnswered(house, 'settlement.reverse', { org: settled.org, bill: settled.bill, reason: '演示冲正' })
      else standing.push(billNo)
    }
    working -= 1
  } // prettier-ignore
  const [killed] = await Promise.all([
    killConnections(owner, () => working === 0),
    ...Array.from({ length: WRITERS }, (_none, writer) => write(writer)),
  ])
  t.diagnostic(`${killed} backends killed`)
  assert.ok(killed >= 5, 'hardly anything was killed: the run proves nothing')
  await made.settle()
  const kept = await made.database.rows<{
    billNo: string
    stands: boolean
  }>(sql`select bill_no as "billNo", not exists (select from settlement.revision r
    where r.org_id = b.org_id and r.bill_id = b.id and r.kind = 'reversed') as stands from settlement.bill b order by bill_no`)
  assert.equal(kept.length, WRITERS * EACH)
  assert.deepEqual(kept.filter(({ stands }) => stands).map(({ billNo }) => billNo), standing.toSorted()) // prettier-ignore
  assert.deepEqual((await runChecks(made.database)).filter(({ breaches }) => breaches > 0), []) // prettier-ignore
})
