import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { isInForce } from '../../kernel/period.ts'
import type { Refusal } from '../../kernel/result.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { refusalTexts, show } from '../../platform/refusals.ts'
import * as consortia from './consortium-store.ts'
import {
  checkInput,
  consortiaInput,
  consortiumInput,
  divisionsInput,
  gridInput,
  institutionInput,
  organisationsRefusals,
  searchInput,
  staffInput,
  type Finding,
  type ShownGrid,
  type ShownInstitution,
} from './contract.ts'
import { everyone, relationsToInstitution } from './parties.ts'
import { findingsOf, type FoundFault } from './check.ts'
import * as store from './store.ts'

const dayOf = (input: { day?: string | undefined }, act: Act): Day => (input.day as Day | undefined) ?? act.today

export const institution = query({
  name: 'organisations.institution',
  by: everyone,
  basis: '一个区域就是一个医院矩阵',
  does: {
    zh: '查看一家机构在某日的情况:级别、服务、所属医联体和主管机构。',
    en: 'One institution on a day: grade, services, consortium and managing institutions.',
  },
  input: institutionInput,
  read: async (tx, input, act): Promise<ShownInstitution | null> => {
    const id = input.institution as OrgId
    const day = dayOf(input, act)
    const present = await store.findInstitution(tx, id)
    if (!present) return null
    const past = await store.findPastText(tx, id, day)
    return {
      // What it said that day, but its own dates as known today.
      institution: past ? { ...past, from: present.from, until: present.until } : present,
      asOf: day,
      inForce: isInForce(present, day),
      services: await store.servicesOf(tx, [id], day),
      consortium: await consortia.consortiumOf(tx, id, day),
      parents: await store.parentChain(tx, id),
      divisions: await store.divisionPath(tx, present.division),
      past: await store.pastTexts(tx, id),
    }
  },
  answer: (shown) => shown,
})

export const search = query({
  name: 'organisations.search',
  by: everyone,
  basis: '一个区域就是一个医院矩阵',
  does: {
    zh: '按名称、拼音或代码查找机构,可限定层级、区划和诊疗科目。',
    en: 'Finds institutions by name, pinyin or code, within a tier, division or specialty.',
  },
  input: searchInput,
  read: (tx, input, act) => store.searchInstitutions(tx, { ...input, day: dayOf(input, act) }),
  answer: (institutions) => ({ institutions }),
})

export const consortium = query({
  name: 'organisations.consortium',
  by: everyone,
  basis: '牵头单位、成员单位、协作单位',
  does: {
    zh: '查看一个医联体:牵头单位、成员、协作单位和网格村数。',
    en: 'One consortium: lead, members, partners and how many villages its grid has.',
  },
  input: consortiumInput,
  read: async (tx, input, act) => {
    const found = await consortia.findConsortium(tx, input.consortium)
    if (!found) return null
    const members = await consortia.membersOf(tx, {
      consortium: found.id,
      day: dayOf(input, act),
      limit: input.limit,
      withClinics: true,
    })
    return { found, members, villages: await consortia.countVillages(tx, found.id) }
  },
  answer: ({ found, members, villages }) => ({
    consortium: found,
    members: members.map(({ institution: member, role, tightness }) => ({ institution: member, role, tightness })),
    villages,
  }),
})

export const consortiaOfDivision = query({
  name: 'organisations.consortia',
  by: everyone,
  basis: '县域组建紧密型县域医共体,市州城区组建紧密型城市医疗集团',
  does: { zh: '列出一个区划内的医联体。', en: 'The consortia of a division.' },
  input: consortiaInput,
  read: (tx, input, act) => consortia.consortiaOf(tx, input.division?.padEnd(12, '0') ?? null, dayOf(input, act)),
  answer: (found) => ({ consortia: found }),
})

export const grid = query({
  name: 'organisations.grid',
  by: everyone,
  basis: '覆盖区域内所有常住人口:每个村和社区只属于一个医联体',
  does: {
    zh: '一个村或社区由谁负责:医联体、村卫生室、乡镇机构和牵头医院。',
    en: 'Who cares for a village: consortium, clinic, township unit and lead hospital.',
  },
  input: gridInput,
  read: async (tx, input, act): Promise<ShownGrid | null> => {
    const village = await store.findDivision(tx, input.village)
    if (village?.rank !== 'village') return null
    const day = dayOf(input, act)
    const clinic = await store.clinicOfVillage(tx, input.village, day)
    const found = await consortia.consortiumOfVillage(tx, input.village)
    const above = clinic ? await store.parentChain(tx, clinic.id) : []
    return {
      village,
      divisions: await store.divisionPath(tx, input.village),
      consortium: found,
      clinic,
      townshipUnit: above.find(({ tier }) => tier === 'township' || tier === 'regional-centre') ?? null,
      lead: found ? await store.findInstitution(tx, found.lead) : null,
    }
  },
  answer: (shown) => shown,
})

export const staff = query({
  name: 'organisations.staff',
  by: [
    'village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own', 'consortium-manager@own', 'consortium-manager@supervisor',
    'health-bureau@anyone', 'administrator@anyone',
  ], // prettier-ignore
  basis: '县管乡用',
  does: { zh: '本机构的人员,含外派和派入。', en: 'The staff of one’s own institution, sent out and in included.' },
  input: staffInput,
  read: async (tx, input, act) => {
    const id = (input.institution ?? act.actor.org) as OrgId | null
    if (id === null || !(await store.findInstitution(tx, id))) return null
    const day = dayOf(input, act)
    return {
      staff: await consortia.staffAt(tx, id, input.role, day),
      relations: await relationsToInstitution(tx, act.actor, id, act.today),
    }
  },
  relation: ({ relations }) => relations,
  answer: (found) => ({ staff: found.staff }),
})

export const divisions = query({
  name: 'organisations.divisions',
  by: everyone,
  basis: '统计用区划代码',
  does: { zh: '一个区划的下一级区划;不填则为省级。', en: 'The divisions directly below one; without one, the provinces.' },
  input: divisionsInput,
  read: (tx, input) => store.childDivisions(tx, input.parent ?? null),
  answer: (found) => ({ divisions: found }),
})

const texts = refusalTexts([organisationsRefusals])
const shownFinding = ({ about, ...fault }: FoundFault): Finding => {
  const { code, zh, en, basis } = show(texts, fault as Refusal)
  return { code, zh, en, basis, about }
}

export const check = query({
  name: 'organisations.check',
  by: ['health-bureau@anyone', 'administrator@anyone', 'consortium-manager@anyone'],
  basis: '《紧密型城市医疗集团建设试点工作方案》;《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》',
  does: {
    zh: '核查一个区划的医联体与网格,列出全部不合规之处。',
    en: 'Checks the consortia and grids of a division and lists everything that is not in order.',
  },
  input: checkInput,
  read: async (tx: Queryable, input, act) =>
    (await store.findDivision(tx, input.division)) && {
      findings: await findingsOf(tx, input.division, dayOf(input, act), act.policy),
    },
  answer: ({ findings }) => ({ inOrder: findings.length === 0, findings: findings.map(shownFinding) }),
})
