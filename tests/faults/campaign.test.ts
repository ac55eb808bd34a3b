import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { openEnding, type Ending } from '../../src/apps/ending.ts'
import { runCampaign, type Report } from './campaign/campaign.ts'
import { FAULT_KINDS, ORDINARY_FAULTS, type CampaignOptions } from './campaign/options.ts'
import { backAfter, quantile, type Ack } from './campaign/recovery.ts'
import { faultsOf, reportLines } from './campaign/report.ts'
import { maySmallDisk } from './campaign/small-disk.ts'
import { seedOfRun } from '../invariants/small-region.ts'

// The campaign in short; `node tests/faults/campaign/program.ts --referrals 1000 --seed 7` is the whole one. JIELI_SEED gives another run.
const seed = seedOfRun() % 1_000_000

const short: CampaignOptions = {
  seed,
  referrals: 25,
  clients: 8,
  faults: ORDINARY_FAULTS,
  restMs: { least: 200, most: 800 },
  cut: { before: 0.03, after: 0.05 },
  disk: 'folder',
  weakness: 'none',
}

const endingOf = (t: TestContext): Ending => {
  const ending = openEnding((error) => t.diagnostic(String(error)))
  t.after(ending.end)
  return ending
}

const campaign = async (t: TestContext, options: Partial<CampaignOptions>): Promise<Report> => {
  const report = await runCampaign({ ...short, ...options }, endingOf(t))
  for (const line of reportLines(report)) t.diagnostic(line)
  return report
}

test(`whatever is killed, paused, filled or cut: nothing acknowledged is lost, nothing is done twice (JIELI_SEED=${seed})`, async (t) => {
  const small = maySmallDisk()
  const report = await campaign(t, small ? { disk: 'small', faults: FAULT_KINDS } : {})
  assert.deepEqual(faultsOf(report), [])
  const struck = new Set(report.recoveries.map(({ kind }) => kind))
  assert.deepEqual(
    [...struck].toSorted(),
    [...(small ? FAULT_KINDS : ORDINARY_FAULTS)].toSorted(),
    'a fault that never struck proves nothing',
  )
  assert.ok(report.lines.after > 0 && report.history.replayed > 0, 'no answer was lost: the run proves nothing about keys')
  assert.ok(report.repeated.asked > 0)
})

test(`the campaign has teeth: commits that are not flushed are found lost when the database is killed (JIELI_SEED=${seed})`, async (t) => {
  const { verdict } = await campaign(t, { weakness: 'async-commit', faults: ['postmaster-killed'], referrals: 20 })
  assert.ok(verdict.lost.length > 0)
})

test(`the campaign has teeth: without keys, what is asked again is found done twice (JIELI_SEED=${seed})`, async (t) => {
  const { verdict } = await campaign(t, { weakness: 'no-keys', faults: [], cut: { before: 0.02, after: 0.15 }, referrals: 12 })
  assert.ok(verdict.doubled.length > 0)
})

const acksAt = (moments: readonly number[], line = 0): Ack[] => moments.map((at) => ({ sentAt: at - 5, at, line }))

test('back is the first acknowledgement after the longest silence that follows the blow', () => {
  const blow = { kind: 'server-killed', from: 1_000, until: 5_000, line: 0 } as const
  const rows: readonly [what: string, acks: Ack[], back: number | null][] = [
    ['an answer that was under way does not count', [...acksAt([1_003, 2_400, 2_410])], 1_400],
    ['a few that got through before the silence do not count', acksAt([1_020, 1_040, 3_000, 3_010]), 2_000],
    ['another server’s answers do not count', [...acksAt([1_100, 1_200], 1), ...acksAt([2_000])], 1_000],
    ['what comes after the next blow does not count', acksAt([1_100, 6_000]), 100],
    ['nobody asked', [], null],
  ]
  for (const [what, acks, back] of rows) assert.equal(backAfter(blow, acks), back, what)
  assert.equal(backAfter({ ...blow, line: null }, [...acksAt([1_010, 3_000], 1)]), 2_000)
})

test('a quantile is a value that was seen', () => {
  const values = Array.from({ length: 20 }, (_, at) => 20 - at)
  assert.deepEqual([quantile(values, 0.5), quantile(values, 0.95), quantile(values, 1), quantile([7], 0.95)], [10, 19, 20, 7])
})
