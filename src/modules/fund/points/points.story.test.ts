import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import type { Actor } from '../../../platform/access.ts'

let house: TestHouse
let stage: Stage
const endings: (() => unknown)[] = []
const insurer = actor('insurer', null, '医保经办')
const second = actor('insurer', null, '医保复核')
const bureau = actor('health-bureau', null)
const manager = actor('consortium-manager', 'county')
const cityManager = actor('consortium-manager', 'city')
const org = PLACES.county

before(async () => {
  house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
  stage = await setStage(house)
})
after(async () => {
  for (const end of endings.toReversed()) await end()
})

const lastYear = () => Number(stage.today.slice(0, 4)) - 1
const codes = async (name: Parameters<TestHouse['ask']>[0], who: Actor, input: object) => {
  const outcome = await house.ask(name, who, input)
  return outcome.ok ? 'done' : outcome.refusals.map(({ code }) => code).join()
}
const worker = (label: string, pool: string, points: Readonly<Record<string, number>>) => ({ label, pool, points })
// 1,000,001 fen: 5-4-1 leaves a fen over, and three of a group share what three do not divide.
const WAGES_FEN = 1_000_001
const WORKERS = [
  worker('D-01', 'doctors', { post: 30_00, outpatient: 40_00, discharge: 30_00 }),
  worker('D-02', 'doctors', { title: 10_00, drg: 100_00, dispute: -10_00 }),
  worker('D-03', 'doctors', { shift: 90_00 }),
  worker('N-01', 'nursing', { shift: 50_00 }),
  worker('P-01', 'pharmacy', { shift: 50_00 }),
  worker('A-01', 'administration', { post: 5_00, quality: 45_00 }),
]
const proposal = (more: object = {}) => ({
  org,
  year: lastYear(),
  wagesFen: WAGES_FEN,
  basis: '工资总额核定表〔演示〕',
  workers: WORKERS,
  ...more,
})

describe('wages by work points', () => {
  test('what cannot be paid out is refused: a year that runs, nobody’s institution, a line twice, no points; fees earn none', async () => {
    assert.equal(await codes('fund.propose-points', bureau, proposal()), 'platform.role-may-not')
    assert.equal(await codes('fund.propose-points', cityManager, proposal()), 'platform.not-found')
    assert.equal(await codes('fund.propose-points', insurer, proposal({ org: '999999999999' })), 'fund.points-of-nobody')
    assert.equal(await codes('fund.propose-points', insurer, proposal({ year: lastYear() + 1 })), 'fund.points-year-not-over')
    const [first] = WORKERS
    assert.equal(await codes('fund.propose-points', insurer, proposal({ workers: [first, first] })), 'fund.points-twice')
    const blamed = [worker('D-01', 'doctors', { dispute: -1 })]
    assert.equal(await codes('fund.propose-points', insurer, proposal({ workers: blamed })), 'fund.points-none')
    const byFees = [worker('D-01', 'doctors', { fees: 100 })]
    await assert.rejects(house.ask('fund.propose-points', insurer, proposal({ workers: byFees })), /没有这些字段:fees/)
  })

  test('the manager proposes, the insurer agrees; every fen is paid, by group and points, and each number has its steps', async () => {
    const { points } = await house.done('fund.propose-points', manager, proposal())
    assert.equal(await codes('fund.propose-points', insurer, proposal()), 'fund.points-already')
    assert.equal(
      await codes('fund.decide-points', manager, { org, points, decision: 'agree', why: '同意' }),
      'platform.role-may-not',
    )
    await house.done('fund.decide-points', insurer, { org, points, decision: 'agree', why: '核对无误' })
    const again = { org, points, decision: 'return', why: '反悔' }
    assert.equal(await codes('fund.decide-points', second, again), 'fund.points-decided')
    const one = await house.done('fund.point-year', manager, { org, points })
    const paid = Object.fromEntries(one.lines.map(({ label, fen }: { label: string; fen: number }) => [label, fen]))
    assert.equal(
      Object.values<number>(paid).reduce((sum, fen) => sum + fen, 0),
      WAGES_FEN,
    )
    // Doctors: half and the fen over. Of 100 + 100 + 90 points.
    assert.deepEqual(paid, {
      'D-01': 172_414,
      'D-02': 172_414,
      'D-03': 155_173,
      'N-01': 360_000,
      'P-01': 40_000,
      'A-01': 100_000,
    })
    const { steps } = one.lines.find(({ label }: { label: string }) => label === 'D-02')
    assert.deepEqual(
      steps.map(({ is }: { is: number }) => is),
      [1_000_000, 500_001, 172_414],
    )
    assert.deepEqual(one.pools[0], { pool: 'doctors', share: 5_000, points: 290_00, fen: 500_001 })
    assert.equal(await codes('fund.point-year', cityManager, { org, points }), 'platform.not-found')
    assert.equal((await house.done('fund.point-year', bureau, { org, points })).state, 'decided')
    assert.equal((await house.done('fund.point-years', manager, {})).years.length, 1)
    assert.equal((await house.done('fund.point-years', cityManager, {})).years.length, 0)
  })

  test('who proposed it may return it but not agree to it; what was returned makes room for a better one', async () => {
    const year = lastYear() - 1
    const { points } = await house.done('fund.propose-points', insurer, proposal({ year }))
    const word = { org, points, why: '漏了药剂科' }
    assert.equal(await codes('fund.decide-points', insurer, { ...word, decision: 'agree' }), 'fund.points-second-person')
    await house.done('fund.decide-points', insurer, { ...word, decision: 'return' })
    const better = await house.done('fund.propose-points', insurer, proposal({ year }))
    await house.done('fund.decide-points', second, { org, points: better.points, decision: 'agree', why: '核对无误' })
    const { years } = await house.done('fund.point-years', second, { year })
    assert.deepEqual(
      years.map(({ state }: { state: string }) => state),
      ['decided', 'returned'],
    )
  })

  test('base points above three tenths of a group’s points are cut in proportion, and the step says from what', async () => {
    const workers = [worker('D-01', 'doctors', { post: 100_00 }), worker('D-02', 'doctors', { drg: 70_00 })]
    const { points } = await house.done(
      'fund.propose-points',
      insurer,
      proposal({ year: lastYear() - 2, workers, wagesFen: 100_00 }),
    )
    const { lines } = await house.done('fund.point-year', insurer, { org, points })
    const [drg, post] = lines
    assert.deepEqual([post.basePoints, post.fen, drg.fen], [30_00, 30_00, 70_00])
    assert.deepEqual(post.steps[0].of, { postE4: 1_000_000, baseMost: 3_000, basePointsE4: 300_000, workPointsE4: 0 })
  })
})
