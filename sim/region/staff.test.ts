import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeClinics } from './clinics.ts'
import { makeConsortia } from './consortia.ts'
import { makeInstitutions } from './institutions.ts'
import { makeStaff } from './staff.ts'
import type { InstitutionSeed } from './types.ts'

const institutions = makeInstitutions('test')
const byId = new Map(institutions.map((one) => [one.id, one]))
const consortia = makeConsortia(institutions)
const pilots = consortia.filter(({ isPilot }) => isPilot)
const staff = makeStaff(institutions, consortia, 'test')
const clinics = makeClinics(institutions, consortia, staff, 'test')
const idsOf = (one: (typeof pilots)[number]): string[] => [one.lead, ...one.members.map(({ institution }) => institution)]
const members = pilots.flatMap(idsOf).map((id) => byId.get(id) as InstitutionSeed)
const staffAt = Map.groupBy(staff, ({ workplace }) => workplace)
const rolesAt = (id: string): Set<string> => new Set(staffAt.get(id)?.map(({ role }) => role))

test('every village clinic of the pilots has a village doctor, every township unit a family-doctor team', () => {
  for (const { id, tier, zh } of members) {
    if (tier === 'village') assert.ok(rolesAt(id).has('village-doctor'), zh)
    else assert.ok(rolesAt(id).has('manager') && rolesAt(id).has('referral-coordinator'), zh)
    if (tier === 'township' || tier === 'regional-centre')
      assert.ok(rolesAt(id).has('family-doctor') && rolesAt(id).has('nurse'), zh)
    if (tier === 'county' || tier === 'city') assert.ok(rolesAt(id).has('physician'), zh)
  }
})

test('nobody is made outside the pilots and their partners', () => {
  const pilotIds = new Set(pilots.flatMap((one) => [...idsOf(one), ...one.partners]))
  assert.ok(staff.every(({ workplace }) => pilotIds.has(workplace)))
})

test('县管乡用: employer and workplace differ only within one consortium, the lead employs and a township is the workplace', () => {
  const sent = staff.filter(({ employer, workplace }) => employer !== workplace)
  assert.ok(sent.length > 20, String(sent.length))
  for (const { employer, workplace, role } of sent) {
    const home = pilots.find(({ lead }) => lead === employer)
    assert.ok(home && idsOf(home).includes(workplace), workplace)
    assert.ok(['township', 'regional-centre'].includes(byId.get(workplace)?.tier ?? ''))
    assert.equal(role, 'physician')
  }
})

test('ids are unique safe numbers, names Chinese and mostly with pinyin, some with rare characters, all marked synthetic', () => {
  assert.equal(new Set(staff.map(({ id }) => id)).size, staff.length)
  assert.ok(staff.every(({ id }) => Number.isSafeInteger(Number(id)) && String(Number(id)) === id))
  assert.ok(staff.every(({ zh, synthetic }) => /^\p{Script=Han}{2,5}$/u.test(zh) && synthetic))
  assert.ok(staff.filter(({ en }) => en === null).length < staff.length / 50)
  assert.ok(staff.some(({ zh }) => /[䶮㼆𠮷喆]/u.test(zh)))
})

test('号源: a county consortium keeps 20 % and a city group a third of its units for primary care', () => {
  const kindOf = new Map(pilots.flatMap((one) => idsOf(one).map((id) => [id, one] as const)))
  for (const { institution, reservedShareBasisPoints } of clinics) {
    const consortium = kindOf.get(institution)
    const tightness = consortium?.members.find((member) => member.institution === institution)?.tightness
    if (!consortium || tightness === 'loose') assert.equal(reservedShareBasisPoints, 0, institution)
    else assert.ok(reservedShareBasisPoints >= (consortium.kind === 'city-group' ? 3_334 : 2_000), institution)
  }
})

test('every hospital and township unit of the pilots has clinics; an expert is one of its physicians, in one place at a time', () => {
  const open = new Set(clinics.map(({ institution }) => institution))
  for (const { id, tier, zh } of members) assert.equal(open.has(id), tier !== 'village', zh)
  const people = new Map(staff.map((one) => [one.id, one]))
  const taken = new Set<string>()
  for (const { kind, staffId, institution, specialty, weekday, from } of clinics) {
    assert.equal(kind === 'expert', staffId !== null)
    if (staffId === null) continue
    const expert = people.get(staffId)
    assert.deepEqual([expert?.workplace, expert?.specialty, expert?.role], [institution, specialty, 'physician'])
    assert.ok(!taken.has(`${staffId} ${weekday} ${from}`), staffId)
    taken.add(`${staffId} ${weekday} ${from}`)
  }
})

test('a half day holds whole half hours, on a weekday, with room for somebody', () => {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  for (const { weekday, from, to, slotMinutes, capacityPerSlot } of clinics) {
    assert.ok(weekday >= 1 && weekday <= 7 && capacityPerSlot >= 1)
    assert.ok(minutes(to) > minutes(from) && (minutes(to) - minutes(from)) % slotMinutes === 0)
  }
})

test('the same region makes the same staff and clinics', () => {
  const again = makeStaff(institutions, consortia, 'test')
  assert.deepEqual(again, staff)
  assert.deepEqual(makeClinics(institutions, consortia, again, 'test'), clinics)
})
