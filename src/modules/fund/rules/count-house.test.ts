import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterYear, countConsortium, countMember, withEntered, type HouseFacts } from './count-house.ts'

const members = [
  { org: 'hospital', isPrimary: false },
  { org: 'township', isPrimary: true },
]
const bills = [
  { org: 'hospital', bills: 2, costFen: 900, fundFen: 600, inScopeFen: 800 },
  { org: 'hospital', bills: 1, costFen: 100, fundFen: 50, inScopeFen: 90 },
  { org: 'township', bills: 7, costFen: 300, fundFen: 200, inScopeFen: 250 },
]
const books = { inside: new Map([['hospital', 650], ['township', 200]]), outsideFen: 150, budgetFen: 2_000, people: 10 } // prettier-ignore

// facts | counts | why
const WHOLES: readonly (readonly [HouseFacts, object, string])[] = [
  [{ bills: [], books: null }, {}, 'nothing is known: no count is zero'],
  [
    { bills, books: null },
    { costFen: 1_300, fundFen: 850, inPolicyFen: 1_140, visits: 10, primaryVisits: 7 },
    'bills alone: cost, funds and visits',
  ],
  [
    { bills: [], books },
    { fundCoveredFen: 1_000, fundInsideFen: 850, fundPrimaryFen: 200, people: 10, budgetFen: 2_000 },
    'books alone: spend inside and outside, budget, people',
  ],
  [
    { bills: [], books: { inside: new Map(), outsideFen: 0, budgetFen: 2_000, people: null } },
    { budgetFen: 2_000 },
    'a budget without a booking: spend is unknown',
  ],
]
for (const [facts, expected, why] of WHOLES) test(why, () => assert.deepEqual(countConsortium(members, facts), expected))

test('a member is counted of its own bills and bookings', () => {
  assert.deepEqual(countMember(members[0]!, { bills, books }), {
    costFen: 1_000,
    fundFen: 650,
    inPolicyFen: 890,
    visits: 3,
    primaryVisits: 0,
    fundInsideFen: 650,
  })
  assert.deepEqual(countMember({ org: 'clinic', isPrimary: true }, { bills, books }), {})
})

test('what was entered holds before what the house counts, and says so; last year’s cost comes from where it is', () => {
  const now = withEntered({ costFen: 10, visits: 2 }, { costFen: 20 })
  assert.deepEqual(now, { counts: { costFen: 20, visits: 2 }, sources: { costFen: 'entered', visits: 'house' } })
  const before = withEntered({ costFen: 5 }, {})
  assert.deepEqual(afterYear(now, before), {
    counts: { costFen: 20, visits: 2, costBeforeFen: 5 },
    sources: { costFen: 'entered', visits: 'house', costBeforeFen: 'house' },
  })
  assert.deepEqual(afterYear(now, withEntered({}, {})), now)
})
