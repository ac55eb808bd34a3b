import type { Day } from '../../kernel/day.ts'
import type { Refusal } from '../../kernel/result.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import * as consortia from './consortium-store.ts'
import { divisionStem, type Consortium } from './organisations.ts'
import { faultsOfCity } from './rules/may-assign-grid.ts'
import { faultsOfCentre } from './rules/may-enter.ts'
import { faultsOfMembers } from './rules/may-have-members.ts'
import { faultsOfLead } from './rules/may-lead.ts'
import type { OrganisationsCode } from './refusals.ts'
import * as store from './store.ts'

/** Something that is not in order, and the name of what it is about. */
export type FoundFault = Refusal<OrganisationsCode> & { readonly about: string }

/** Villages without a grid are listed up to here; the rest shows once these are mended. */
const VILLAGES_SHOWN = 200

/** Everything that is not in order in a division on a day, by the same rules that refuse it at the door. */
export const findingsOf = async (db: Queryable, division: string, day: Day, policy: Act['policy']): Promise<FoundFault[]> => {
  const found = await consortia.consortiaOf(db, division, day)
  const findings: FoundFault[] = []
  for (const consortium of found) findings.push(...(await consortiumFindings(db, consortium, day, policy)))
  findings.push(...(await cityFindings(db, division, found, policy)))
  const centre = {
    least: policy('organisations.regional-centre-population', 'least'),
    most: policy('organisations.regional-centre-population', 'most'),
  }
  for (const unit of await consortia.institutionsOfTier(db, 'regional-centre', division, day)) {
    findings.push(...faultsOfCentre(unit, centre).map((fault) => ({ ...fault, about: unit.name.zh })))
  }
  for (const { id } of await consortia.tightInTwo(db, division, day)) {
    findings.push({ code: 'organisations.tight-in-two', detail: { institution: id }, about: id })
  }
  for (const { code, zh } of await consortia.villagesWithoutGrid(db, division, VILLAGES_SHOWN)) {
    findings.push({ code: 'organisations.village-without-grid', detail: { village: code, name: zh }, about: zh })
  }
  return findings
}

const consortiumFindings = async (
  db: Queryable,
  consortium: Consortium,
  day: Day,
  policy: Act['policy'],
): Promise<FoundFault[]> => {
  const { id, kind, name, lead } = consortium
  const members = await consortia.membersOf(db, { consortium: id, day, withClinics: false })
  const institution = await store.findInstitution(db, lead)
  const levelMin = kind === 'specialty-alliance' ? null : policy('organisations.lead-level-min', kind)
  const services = await store.servicesOf(db, [lead], day)
  const faults = [
    ...(institution ? faultsOfLead({ ...institution, services }, { ...consortium, levelMin }) : []),
    ...faultsOfMembers(
      kind,
      members.map((member) => ({ ...member.institution, role: member.role, lines: member.lines })),
      policy('organisations.member-level'),
    ),
  ]
  const hasGrid = kind === 'specialty-alliance' || (await consortia.countVillages(db, id)) > 0
  if (!hasGrid)
    faults.push({
      code: 'organisations.consortium-without-grid',
      detail: { consortium: name.zh, consortium_en: name.en ?? name.zh },
    })
  return faults.map((fault) => ({ ...fault, about: name.zh }))
}

/** A city is judged as a whole: only when the division asked for is that city, or has it inside. */
const cityFindings = async (
  db: Queryable,
  division: string,
  found: readonly Consortium[],
  policy: Act['policy'],
): Promise<FoundFault[]> => {
  const prefectureOf = (code: string): string => code.slice(0, 4).padEnd(12, '0')
  if (divisionStem(division) !== divisionStem(division).slice(0, 4)) return []
  const groups = found.filter(({ kind }) => kind === 'city-group').map((group) => prefectureOf(group.division))
  const cities = await store.divisionsOf(db, [...new Set(groups)])
  return cities.flatMap(({ code, zh }) => {
    const count = groups.filter((prefecture) => prefecture === code).length
    return faultsOfCity(zh, count, policy('organisations.city-grids-min')).map((fault) => ({ ...fault, about: zh }))
  })
}
