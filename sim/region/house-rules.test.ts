/** The demo region measured with the server's own rules: what it would refuse to enter by hand must not be in the demo. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../src/kernel/day.ts'
import type { OrgId } from '../../src/kernel/id.ts'
import type { Consortium, Institution, Membership, Service } from '../../src/modules/organisations/organisations.ts'
import { faultsOfGrid } from '../../src/modules/organisations/rules/may-assign-grid.ts'
import { faultsOfInstitution } from '../../src/modules/organisations/rules/may-enter.ts'
import { faultsOfForming } from '../../src/modules/organisations/rules/may-form.ts'
import { makeConsortia } from './consortia.ts'
import { makeInstitutions } from './institutions.ts'
import { CENTRE_POPULATION } from './regional-centres.ts'
import { makeServices } from './services.ts'
import type { ConsortiumSeed, InstitutionSeed } from './types.ts'

const period = { from: '2024-01-01' as Day, until: null }
const seeds = makeInstitutions('test')
const consortia = makeConsortia(seeds)

const institutionOf = (seed: InstitutionSeed): Institution => {
  const { zh, en, ...rest } = seed
  return {
    ...rest,
    ...period,
    id: seed.id as OrgId,
    parent: seed.parent as OrgId | null,
    name: { zh, en },
    phone: null,
    synthetic: true,
  }
}
const institutions = new Map(seeds.map((seed) => [seed.id as OrgId, institutionOf(seed)]))
const seedOf = new Map(seeds.map((seed) => [seed.id, seed]))

const membershipsOf = ({ id, lead, members, partners, tightness }: ConsortiumSeed): Membership[] => {
  const as = (institution: string, role: Membership['role'], bound: Membership['tightness']): Membership => ({
    consortium: id,
    institution: institution as OrgId,
    role,
    tightness: bound,
    ...period,
  })
  return [
    as(lead, 'lead', tightness),
    ...members.map((member) => as(member.institution, 'member', member.tightness)),
    ...partners.map((partner) => as(partner, 'partner', 'loose')),
  ]
}
const consortiumOf = ({ id, kind, zh, en, division, lead, specialty }: ConsortiumSeed): Consortium => ({
  ...period,
  id,
  kind,
  name: { zh, en },
  division,
  lead: lead as OrgId,
  specialty,
})

test('the house would enter every institution', () => {
  for (const entry of institutions.values()) {
    const parent = entry.parent === null ? null : (institutions.get(entry.parent) ?? null)
    const facts = { codeIsTaken: false, divisionIsKnown: true, parent }
    assert.deepEqual(faultsOfInstitution(entry, facts, CENTRE_POPULATION), [], entry.name.zh)
  }
})

test('the house would form every consortium of the pilots and every alliance', () => {
  for (const seed of consortia.filter(({ isPilot, kind }) => isPilot || kind === 'specialty-alliance')) {
    const memberships = membershipsOf(seed)
    // Only hospitals' services decide anything; village clinics would make the search long.
    const services = memberships.flatMap(({ institution }): Service[] => {
      const one = seedOf.get(institution)
      if (!one || one.tier === 'village' || one.tier === 'township') return []
      return makeServices(one).map(({ zh, en, ...rest }) => ({ ...rest, ...period, name: { zh, en }, institution }))
    })
    const facts = { institutions, services, memberships: [], divisionIsKnown: true, specialtyIsKnown: true }
    const levelMin = { 'city-group': 3, 'county-consortium': 2, 'specialty-alliance': null }[seed.kind]
    assert.deepEqual(faultsOfForming(consortiumOf(seed), memberships, facts, { levelMin, memberLevel: 2 }), [], seed.zh)
  }
})

test('the house would assign every grid but villages of statistics zones, which stand under a code of their own', () => {
  for (const seed of consortia.filter(({ kind }) => kind !== 'specialty-alliance')) {
    const villages = seed.villages.map((code) => ({ code, found: { rank: 'village' as const } }))
    const faults = faultsOfGrid(consortiumOf(seed), villages)
    if (seed.isPilot) assert.deepEqual(faults, [], seed.zh)
    for (const { detail } of faults) assert.match(String(detail?.village), /^43..7/, seed.zh)
  }
})
