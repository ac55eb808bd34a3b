import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOtherLevel } from './stated-level.ts'

for (const [why, stated, tier, level, is] of [
  ['a township unit is of the primary level', 'primary', 'township', 9, false],
  ['it cannot bill as a hospital of level 3', 'level3', 'township', 9, true],
  ['a county hospital of level 2', 'level2', 'county', 2, false],
  ['nor can it bill as primary, where the person pays less', 'primary', 'county', 2, true],
  ['an area’s own class of prices comes with the bill', 'class2', 'county', 2, false],
  ['away from home the area may tell places apart by distance alone', 'out-of-town', 'city', 3, false],
  ['a hospital cannot bill as a pharmacy', 'pharmacy', 'county', 2, true],
  ['a hospital that is not graded yet', 'level2', 'county', 9, false],
] as const)
  test(why, () => assert.equal(isOtherLevel(stated, { tier, level }), is))
