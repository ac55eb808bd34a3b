import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Shares } from '../settlement.ts'
import { addedBetween, addedOf, movesNothing, NOBODY_PAYS, NOTHING_ADDED, postingsBetween, sharesOf } from './shares.ts'
import { exampleBook, settledBy } from './testing-book.ts'

const SIDES = { org: '7' as OrgId, person: '9' as PersonId, area: 'example', insured: 'workers' as const }
const shares = (more: Partial<Shares>): Shares => ({ ...NOBODY_PAYS, ...more })
const one = shares({ totalFen: 1_000, hospitalFen: 100, funds: { basic: 500, 'medical-aid': 50 }, accountFen: 150, relatives: [{ owner: 'spouse', amountFen: 120 }], cashFen: 80 }) // prettier-ignore

test('funds, accounts, relatives and the person give, the institution gets all but what it bears itself', () => {
  assert.deepEqual(postingsBetween(SIDES, NOBODY_PAYS, one), [
    ['fund:example/workers/basic', -500],
    ['fund:example/workers/medical-aid', -50],
    ['account:9', -150],
    ['relative:9/spouse', -120],
    ['person:9', -80],
    ['institution:7', 900],
  ])
})

test('a mirror is the way back; what does not change does not move; a bill that nobody pays moves nothing', () => {
  const back = new Map(postingsBetween(SIDES, one, NOBODY_PAYS))
  for (const [account, fen] of postingsBetween(SIDES, NOBODY_PAYS, one)) assert.equal(back.get(account), -fen)
  const other = { ...one, funds: { basic: 480, 'medical-aid': 50 }, cashFen: 100 }
  assert.deepEqual(postingsBetween(SIDES, one, other), [['fund:example/workers/basic', 20], ['person:9', -20]]) // prettier-ignore
  assert.deepEqual(postingsBetween(SIDES, one, one), [])
  assert.deepEqual(postingsBetween(SIDES, NOBODY_PAYS, shares({ totalFen: 5, hospitalFen: 5 })), [])
})

test('shares that are not the whole are a fault, never a transfer', () => {
  assert.throws(() => postingsBetween(SIDES, NOBODY_PAYS, shares({ totalFen: 100, cashFen: 99 })), /sums to zero/)
})

test('two accounts of one relative are one account', () => {
  const twice = shares({ totalFen: 30, relatives: [{ owner: 'child', amountFen: 10 }, { owner: 'child', amountFen: 20 }] }) // prettier-ignore
  assert.deepEqual(postingsBetween(SIDES, NOBODY_PAYS, twice), [['relative:9/child', -30], ['institution:7', 30]]) // prettier-ignore
})

test('what the engine found is what is posted, and what a bill adds to the year goes back with it', () => {
  const book = exampleBook([
    { kind: 'deductible', amountFen: 50_000 },
    { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
    { kind: 'layer', layer: 'large-amount', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] },
  ])
  const settled = settledBy(book, { lines: [{ amountFen: 1_050_000 }], accountFen: 30_000 })
  const found = sharesOf(settled)
  assert.deepEqual([found.funds, found.accountFen, found.cashFen], [{ basic: 800_000, 'large-amount': 90_000 }, 30_000, 130_000])
  const added = addedOf(settled)
  assert.deepEqual(added.layers, { 'large-amount': [250_000, 90_000] })
  const back = addedBetween(added, NOTHING_ADDED)
  assert.deepEqual([back.stays, back.deductibleFen, back.basicFen, back.layers], [-1, -50_000, -800_000, { 'large-amount': [-250_000, -90_000] }]) // prettier-ignore
  assert.ok(movesNothing([], addedBetween(added, added)) && !movesNothing([], back))
})
