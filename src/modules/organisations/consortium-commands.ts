import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuseAll, type Refusal } from '../../kernel/result.ts'
import { isInForce } from '../../kernel/period.ts'
import { relationsTo } from '../../platform/access.ts'
import { command, type Act } from '../../platform/forms/form.ts'
import * as consortia from './consortium-store.ts'
import { assignGridInput, formConsortiumInput, joinConsortiumInput, leaveConsortiumInput, placeStaffInput } from './contract.ts'
import type { Consortium, ConsortiumKind, Membership, Staff } from './organisations.ts'
import { keepers, leadKeepers, regionKeepers, relationsToInstitution } from './parties.ts'
import { faultsOfGrid } from './rules/may-assign-grid.ts'
import { leads } from './rules/may-close.ts'
import { faultsOfPresence } from './rules/may-enter.ts'
import { faultsOfForming } from './rules/may-form.ts'
import { faultsOfMembers } from './rules/may-have-members.ts'
import { faultsOfJoining } from './rules/may-join.ts'
import { faultsOfPlacement } from './rules/may-place.ts'
import * as store from './store.ts'

const levelMinOf = (kind: ConsortiumKind, act: Act): number | null =>
  kind === 'specialty-alliance' ? null : act.policy('organisations.lead-level-min', kind)
const ownOf = (lead: OrgId, act: Act) => relationsTo(act.actor, { org: lead })

export const formConsortium = command({
  name: 'organisations.form-consortium',
  by: regionKeepers,
  basis: '《紧密型城市医疗集团建设试点工作方案》;《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》',
  does: { zh: '组建一个医联体:牵头医院、成员和协作单位。', en: 'Forms a consortium: its lead, members and partners.' },
  input: formConsortiumInput,
  read: async (tx, input) => {
    const ids = [input.lead, ...input.members.map((member) => member.institution)] as OrgId[]
    const day = input.from as Day
    return {
      id: await store.nextEnteredId(tx),
      institutions: await store.lockInstitutions(tx, ids),
      services: await store.servicesOf(tx, ids, day),
      memberships: await consortia.membershipsFrom(tx, ids, day),
      divisionIsKnown: (await store.findDivision(tx, input.division)) !== null,
      specialtyIsKnown: input.specialty === null || (await store.specialtyName(tx, input.specialty)) !== null,
    }
  },
  decide: (facts, input, act) => {
    const { kind, specialty, division, members } = input
    const from = input.from as Day
    const name = { zh: input.name.zh, en: input.name.en ?? null }
    const fresh: Consortium = { id: facts.id, kind, name, division, lead: input.lead as OrgId, specialty, from, until: null }
    const belonging = { consortium: facts.id, from, until: null }
    const memberships: Membership[] = [
      { ...belonging, institution: fresh.lead, role: 'lead', tightness: input.tightness },
      ...members.map((member) => ({ ...belonging, ...member, institution: member.institution as OrgId })),
    ]
    const levels = { levelMin: levelMinOf(kind, act), memberLevel: act.policy('organisations.member-level') }
    const faults = faultsOfForming(fresh, memberships, facts, levels)
    return faults.length > 0 ? refuseAll(faults) : ok({ change: { fresh, memberships }, answer: { consortium: facts.id } })
  },
  write: (tx, { fresh, memberships }) => consortia.saveConsortium(tx, fresh, memberships),
})

/** A consortium that is acted on must be in force on that day. */
const faultsOfForce = (consortium: Consortium, day: Day): Refusal[] =>
  isInForce(consortium, day) ? [] : [{ code: 'organisations.consortium-not-in-force', detail: { day } }]

export const joinConsortium = command({
  name: 'organisations.join-consortium',
  by: leadKeepers,
  basis: '《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》:鼓励引导社会力量办医疗机构加入',
  does: { zh: '一家机构作为成员或协作单位加入医联体。', en: 'An institution joins a consortium as member or partner.' },
  input: joinConsortiumInput,
  read: async (tx, input) => {
    const consortium = await consortia.lockConsortium(tx, input.consortium)
    const id = input.institution as OrgId
    const institution = (await store.lockInstitutions(tx, [id])).get(id)
    return consortium && { consortium, institution, memberships: await consortia.membershipsFrom(tx, [id], input.from as Day) }
  },
  relation: ({ consortium }, act) => ownOf(consortium.lead, act),
  decide: ({ consortium, institution, memberships }, input) => {
    const from = input.from as Day
    const { role, tightness } = input
    const fresh: Membership = {
      consortium: consortium.id,
      institution: input.institution as OrgId,
      role,
      tightness,
      from,
      until: null,
    }
    const faults = [
      ...faultsOfForce(consortium, from),
      ...faultsOfPresence(fresh.institution, institution, from, 'institution'),
      ...faultsOfJoining(fresh, consortium, memberships),
    ]
    return faults.length > 0
      ? refuseAll(faults)
      : ok({ change: fresh, answer: { consortium: consortium.id, institution: fresh.institution } })
  },
  write: async (tx, fresh) => void (await consortia.saveMembership(tx, fresh)),
})

export const leaveConsortium = command({
  name: 'organisations.leave-consortium',
  by: leadKeepers,
  basis: '《紧密型城市医疗集团建设试点工作方案》',
  does: { zh: '一家机构自某日起退出医联体。', en: 'An institution leaves a consortium on a day.' },
  input: leaveConsortiumInput,
  read: async (tx, input) => {
    const consortium = await consortia.lockConsortium(tx, input.consortium)
    const members = await consortia.membersOf(tx, { consortium: input.consortium, day: input.on as Day, withClinics: true })
    const memberships = await consortia.membershipsFrom(tx, [input.institution as OrgId], input.on as Day)
    return consortium && { consortium, members, membership: memberships.find((one) => one.consortium === consortium.id) ?? null }
  },
  relation: ({ consortium }, act) => ownOf(consortium.lead, act),
  decide: ({ consortium, members, membership }, input, act) => {
    const { institution } = input
    if (!membership)
      return refuseAll([{ code: 'organisations.not-a-member', detail: { institution, day: input.on }, field: 'institution' }])
    const staying = members
      .filter((member) => member.institution.id !== institution)
      .map(({ institution: { ws218, level }, role, lines }) => ({ ws218, level, role, lines }))
    const faults = [
      ...(membership.role === 'lead' ? [leads(consortium.name)] : []),
      ...(membership.role === 'member'
        ? faultsOfMembers(consortium.kind, staying, act.policy('organisations.member-level'))
        : []),
    ]
    return faults.length > 0
      ? refuseAll(faults)
      : ok({ change: { membership, on: input.on as Day }, answer: { consortium: consortium.id, institution } })
  },
  write: (tx, { membership, on }) => consortia.saveLeaving(tx, membership, on),
})

export const assignGrid = command({
  name: 'organisations.assign-grid',
  by: leadKeepers,
  basis: '《紧密型城市医疗集团建设试点工作方案》:每个网格布局建设1个紧密型城市医疗集团;覆盖区域内所有常住人口',
  does: {
    zh: '把村和社区划入一个医联体的网格;每个村或社区只属于一个医联体。',
    en: 'Puts villages and communities into the grid of a consortium; each belongs to one.',
  },
  input: assignGridInput,
  read: async (tx, input) => {
    const consortium = await consortia.lockConsortium(tx, input.consortium)
    const known = new Map((await store.divisionsOf(tx, input.villages)).map((division) => [division.code, division]))
    return consortium && { consortium, villages: input.villages.map((code) => ({ code, found: known.get(code) ?? null })) }
  },
  relation: ({ consortium }, act) => ownOf(consortium.lead, act),
  decide: ({ consortium, villages }, input, act) => {
    const faults = [...faultsOfForce(consortium, act.today), ...faultsOfGrid(consortium, villages)]
    if (faults.length > 0) return refuseAll(faults)
    const codes = [...new Set(input.villages)]
    return ok({ change: { consortium: consortium.id, codes }, answer: { consortium: consortium.id, villages: codes.length } })
  },
  write: async (tx, { consortium, codes }) => void (await consortia.saveGrid(tx, consortium, codes)),
})

export const placeStaff = command({
  name: 'organisations.place-staff',
  by: keepers,
  basis: '县管乡用',
  does: {
    zh: '登记一名人员,或自某日起改变其用人单位和工作地点。',
    en: 'Enters a member of staff, or changes employer and workplace from a day.',
  },
  input: placeStaffInput,
  read: async (tx, input, act) => {
    const employer = input.employer as OrgId
    const workplace = input.workplace as OrgId
    const day = input.from as Day
    const before = input.staff ? await consortia.lockStaff(tx, input.staff) : null
    const specialty = input.person?.specialty
    const institutions = await store.lockInstitutions(tx, [employer, workplace])
    const employerConsortium = await consortia.consortiumOf(tx, employer, day)
    const workplaceConsortium = await consortia.consortiumOf(tx, workplace, day)
    return {
      before,
      institutions,
      id: before?.id ?? (await store.nextEnteredId(tx)),
      specialtyIsKnown: !specialty || (await store.specialtyName(tx, specialty)) !== null,
      placement: {
        employer,
        workplace,
        employerConsortium: employerConsortium?.id ?? null,
        workplaceConsortium: workplaceConsortium?.id ?? null,
        begun: before?.from ?? null,
      },
      // Somebody on the staff is moved by whoever employs now; otherwise a manager could take another's people.
      relations: await relationsToInstitution(tx, act.actor, before?.employer ?? employer, act.today),
    }
  },
  relation: ({ relations }) => relations,
  decide: ({ before, id, institutions, placement, specialtyIsKnown }, input) => {
    const from = input.from as Day
    const { employer, workplace } = placement
    const about =
      before ?? (input.person ? { ...input.person, name: { zh: input.person.name.zh, en: input.person.name.en ?? null } } : null)
    const faults: Refusal[] = [
      ...(about ? [] : [{ code: 'organisations.staff-unknown', detail: { staff: input.staff ?? '' }, field: 'staff' }]),
      ...(specialtyIsKnown
        ? []
        : [
            { code: 'organisations.specialty-unknown', detail: { specialty: input.person?.specialty ?? '' }, field: 'specialty' },
          ]),
      ...faultsOfPresence(employer, institutions.get(employer), from, 'employer'),
      ...(workplace === employer ? [] : faultsOfPresence(workplace, institutions.get(workplace), from, 'workplace')),
      ...faultsOfPlacement(placement, from),
    ]
    if (faults.length > 0 || !about) return refuseAll(faults)
    const staff: Staff = { ...about, id, employer, workplace, from, until: null }
    return ok({ change: { staff, before }, answer: { staff: id } })
  },
  write: (tx, { staff, before }) => consortia.savePlacement(tx, staff, before),
})
