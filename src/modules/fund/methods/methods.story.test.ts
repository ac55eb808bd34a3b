import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { Actor } from '../../../platform/access.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')
const bureau = actor('health-bureau', null)
const manager = actor('consortium-manager', 'county')
const other = actor('consortium-manager', 'countyTcm')
const org = PLACES.county

before(async () => {
  house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const lastYear = () => Number(stage.today.slice(0, 4)) - 1
const stay = (number: string, diagnosis: string, yuan: number, days: number) => ({
  org,
  number,
  dischargedOn: `${lastYear()}-05-20`,
  diagnosis,
  zh: '演示病种',
  procedures: [],
  treatment: 'conservative',
  days,
  costFen: yuan * 100,
  claimedFen: yuan * 60,
  ageYears: 40,
})
type Sum = { method: string; cases: number; fundFen: number; institutionFen: number; gaps: { gap: string; cases: number }[] }
const sums = async (who: Actor, input: object = {}) => {
  const answer = await house.done('fund.methods', who, input)
  return { answer, of: (method: string) => (answer.methods as Sum[]).find((one) => one.method === method) as Sum }
}

describe('ways to pay side by side', () => {
  test('before a hospital has discharges there is nothing to compare', async () => {
    assert.equal(await codes('fund.methods', insurer, {}), 'platform.not-found')
    assert.equal(await codes('fund.methods', manager, {}), 'platform.not-found')
  })

  test('the same cases by each way; what cannot be reckoned says why', async () => {
    const discharges = [stay('A-1', 'K35.900', 9_000, 10), stay('A-2', 'K35.900', 6_000, 6), stay('A-3', 'Z00.000', 1_000, 2)]
    await house.done('fund.send-discharges', insurer, { discharges })
    const { answer, of } = await sums(insurer)
    assert.deepEqual([answer.org, answer.year, answer.month, answer.cases, answer.isCut], [org, lastYear(), 5, 3, false])
    assert.deepEqual([of('item').cases, of('item').fundFen, of('item').institutionFen], [3, 960_000, 0])
    // Ten days: seven at 800 and three at 600; six days and two days at 800; less the 40 % that others paid.
    assert.equal(of('bed-day').fundFen, 740_000 - 360_000 + (480_000 - 240_000) + (160_000 - 40_000))
    assert.deepEqual(of('single-disease').gaps, [{ gap: 'not-on-pathway', cases: 2 }, { gap: 'no-disease-price', cases: 1 }]) // prettier-ignore
    assert.deepEqual(of('head').gaps, [{ gap: 'nobody-known', cases: 3 }])
    assert.deepEqual(of('dip').gaps, [{ gap: 'not-grouped', cases: 3 }])
    assert.deepEqual(of('drg').gaps, [{ gap: 'no-drg-weight', cases: 3 }])
    assert.ok(answer.bases.every(({ basis, grade }: { basis: string; grade: string }) => basis !== '' && grade === 'design'))
  })

  test('the hospital tells the pathway of its own cases: completed and varied keep the price, an exit is paid by item; the newest holds', async () => {
    const day = `${lastYear()}-05-10`
    const send = (who: Actor, ...facts: object[]) => codes('fund.send-case-facts', who, { org, facts })
    const completed = { number: 'A-1', pathway: 'completed', enteredOn: day, leftOn: `${lastYear()}-05-20` }
    assert.equal(await send(other, completed), 'platform.not-found')
    assert.equal(await send(bureau, completed), 'platform.role-may-not')
    assert.equal(await send(manager, { ...completed, number: 'nobody' }), 'fund.fact-of-no-case')
    assert.equal(await send(manager, completed, completed), 'fund.fact-twice')
    assert.equal(await send(manager, { ...completed, leftOn: `${lastYear()}-05-21` }), 'fund.fact-after-discharge')
    await assert.rejects(send(manager, { number: 'A-2', pathway: 'exited', enteredOn: day }), /facts/)
    await assert.rejects(send(manager, { number: 'A-2', pathway: 'completed' }), /facts/)
    await assert.rejects(send(manager, { number: 'A-2' }), /facts/)
    assert.equal(
      await send(manager, completed, { number: 'A-2', pathway: 'exited', enteredOn: day, because: '合并症转科' }),
      'done',
    )
    // A-1 is worth 7 800 less 3 600 of others; A-2 left its pathway and is paid as it cost.
    assert.equal((await sums(manager)).of('single-disease').fundFen, 420_000 + 360_000)
    assert.equal(await send(insurer, { ...completed, pathway: 'exited', because: '更正:中途退出' }), 'done')
    assert.equal((await sums(manager)).of('single-disease').fundFen, 540_000 + 360_000)
    const one = await house.done('fund.methods-case', manager, { org, number: 'A-1' })
    assert.deepEqual([one.pathway, one.because], ['exited', '更正:中途退出'])
    const single = one.methods.find(({ method }: { method: string }) => method === 'single-disease')
    assert.equal(single.payment.steps.at(-1).is, single.payment.institutionFen)
  })

  test('a discharge that is taken back counts no more', async () => {
    await house.done('fund.take-back-discharge', insurer, { org, number: 'A-3', why: '重复报送' })
    assert.equal((await sums(insurer)).answer.cases, 2)
    assert.equal(await codes('fund.methods-case', insurer, { org, number: 'A-3' }), 'platform.not-found')
    assert.equal(
      await codes('fund.send-case-facts', insurer, { org, facts: [{ number: 'A-3', drg: 'GD25' }] }),
      'fund.fact-of-no-case',
    )
  })

  test('a hospital sees its own only; a month without cases is empty, not an error', async () => {
    assert.equal(await codes('fund.methods', other, { org }), 'platform.not-found')
    assert.equal(await codes('fund.methods-case', other, { org, number: 'A-1' }), 'platform.not-found')
    assert.equal(await codes('fund.methods', stage.desk, { org }), 'platform.role-may-not')
    assert.equal((await sums(bureau, { org })).answer.cases, 2)
    assert.equal((await sums(bureau, { org, year: lastYear(), month: 6 })).answer.cases, 0)
  })
})
