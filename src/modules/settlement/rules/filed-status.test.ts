import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { faultsOf, movesFrom } from '../../../shapes/case.ts'
import { filingLifecycle, stateOfFiling, type Filing } from '../filing/filing.ts'
import type { AreaClaim } from './area-claim.ts'
import { filedStatus } from './filed-status.ts'

const [BEFORE, FROM, LAST, ENDS] = ['2026-02-28', '2026-03-01', '2026-08-31', '2026-09-01'] as Day[] as [Day, Day, Day, Day]
const CHANGSHA = '430102000000'
type Covering = Pick<Filing, 'kind' | 'places' | 'from' | 'ends' | 'withdrawn'>
const referral: Covering = { kind: 'referral', places: ['4301'], from: FROM, ends: ENDS, withdrawn: null }
const longTerm: Covering = { kind: 'long-term', places: ['4401', '430102'], from: FROM, ends: null, withdrawn: null }
const ownWay: Covering = { ...referral, kind: 'own-way' }

describe('how a bill relates to the referral rules, by what is filed', () => {
  // prettier-ignore
  const table: [why: string, filings: Covering[], stated: AreaClaim['status'], region: AreaClaim['region'], day: Day, place: string | null, status: string][] = [
    ['nothing filed, away from home', [], 'local', 'in-province', FROM, CHANGSHA, 'unreferred'],
    ['a referral, on its first day', [referral], 'local', 'in-province', FROM, CHANGSHA, 'filed-referral'],
    ['the day before it', [referral], 'local', 'in-province', BEFORE, CHANGSHA, 'unreferred'],
    ['its last day', [referral], 'local', 'in-province', LAST, CHANGSHA, 'filed-referral'],
    ['the day on which it has ended', [referral], 'local', 'in-province', ENDS, CHANGSHA, 'unreferred'],
    ['withdrawn on that day', [{ ...referral, withdrawn: { on: LAST, why: '不去了' } }], 'local', 'in-province', LAST, CHANGSHA, 'unreferred'],
    ['the day before it was withdrawn', [{ ...referral, withdrawn: { on: ENDS, why: '不去了' } }], 'local', 'in-province', LAST, CHANGSHA, 'filed-referral'],
    ['another city than the filed one', [referral], 'local', 'in-province', FROM, '430200000000', 'unreferred'],
    ['the second of several places', [longTerm], 'local', 'in-province', LAST, CHANGSHA, 'filed-long-term'],
    ['another county than the filed one', [longTerm], 'local', 'in-province', LAST, '430103000000', 'unreferred'],
    ['living there comes before a referral', [referral, longTerm], 'local', 'in-province', FROM, CHANGSHA, 'filed-long-term'],
    ['going one’s own way is no referral, though filed', [ownWay], 'local', 'in-province', FROM, CHANGSHA, 'unreferred'],
    ['stated unreferred, yet filed here', [referral], 'unreferred', 'out-of-province', FROM, CHANGSHA, 'filed-referral'],
    ['an emergency is treated as filed', [], 'emergency', 'out-of-province', FROM, CHANGSHA, 'emergency'],
    ['filed elsewhere, as the hospital states', [], 'filed-referral', 'in-province', FROM, CHANGSHA, 'filed-referral'],
    ['at home nothing is asked', [longTerm], 'local', 'in-town', FROM, CHANGSHA, 'local'],
    ['a place that nobody knows', [referral], 'local', 'in-province', FROM, null, 'local'],
  ]
  for (const [why, filings, status, region, day, place, expected] of table)
    test(why, () => assert.equal(filedStatus(filings, { status, region, day }, place), expected))
})

test('the life of a filing has no dead end, and its ends are ends', () => {
  assert.deepEqual(faultsOf(filingLifecycle), [])
  assert.deepEqual(movesFrom(filingLifecycle, 'filed'), ['lapse', 'withdraw'])
})

test('a filing lapses by its day; one that was withdrawn stays withdrawn', () => {
  assert.equal(stateOfFiling(referral, LAST), 'filed')
  assert.equal(stateOfFiling(referral, ENDS), 'lapsed')
  assert.equal(stateOfFiling({ ...referral, withdrawn: { on: FROM, why: '不去了' } }, ENDS), 'withdrawn')
  assert.equal(stateOfFiling(longTerm, '2099-01-01' as Day), 'filed')
})
