import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OrgId } from '../../../kernel/id.ts'
import type { Role } from '../../../platform/access.ts'
import { keepsAccountsOf, mayOpenAccount } from './keeps-accounts-of.ts'

const CLINIC = '101' as OrgId
const HOSPITAL = '202' as OrgId

// who, bound to | accounts of | keeps them | why
const KEEPS: readonly (readonly [Role, OrgId | null, OrgId | null, boolean, string])[] = [
  ['administrator', null, CLINIC, true, 'the region’s administrator keeps those of every institution'],
  ['administrator', null, null, true, 'and those of no institution: bureau, insurer, residents'],
  ['administrator', CLINIC, CLINIC, true, 'an institution’s administrator keeps those of the institution'],
  ['administrator', CLINIC, HOSPITAL, false, 'and not those of another'],
  ['administrator', CLINIC, null, false, 'nor those of no institution, the region’s administrators among them'],
  ['health-bureau', null, CLINIC, false, 'who has no institution is not thereby an administrator'],
  ['consortium-manager', CLINIC, CLINIC, false, 'nor is who manages the institution'],
]
for (const [role, keeper, org, keeps, why] of KEEPS)
  test(`Keeping accounts: ${why}`, () => assert.equal(keepsAccountsOf({ role, org: keeper }, org), keeps))

// bound to | role given | for | may | why
const OPENS: readonly (readonly [OrgId | null, Role, OrgId | null, boolean, string])[] = [
  [null, 'administrator', null, true, 'the region opens administrators of the region'],
  [null, 'administrator', CLINIC, true, 'and of an institution'],
  [null, 'health-bureau', null, true, 'the region opens the bureau’s accounts'],
  [null, 'resident', null, true, 'and residents’'],
  [CLINIC, 'village-doctor', CLINIC, true, 'an institution opens accounts of those who work there'],
  [CLINIC, 'administrator', CLINIC, true, 'a second administrator of its own among them'],
  [CLINIC, 'administrator', null, false, 'but nobody who would keep the whole region'],
  [CLINIC, 'administrator', HOSPITAL, false, 'nor an administrator of another institution'],
  [CLINIC, 'ward', HOSPITAL, false, 'nor anybody else of another institution'],
  [CLINIC, 'ward', null, false, 'nor for an institution that is not named or not there'],
  [CLINIC, 'health-bureau', null, false, 'the bureau is the region’s to open'],
  [CLINIC, 'health-bureau', CLINIC, false, 'also where it names the institution'],
  [CLINIC, 'insurer', CLINIC, false, 'so is the insurer'],
  [CLINIC, 'resident', null, false, 'and so are residents'],
]
for (const [keeper, role, org, may, why] of OPENS)
  test(`Opening accounts: ${why}`, () =>
    assert.equal(mayOpenAccount({ role: 'administrator', org: keeper }, { role, org }).ok, may))
