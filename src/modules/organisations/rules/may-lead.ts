import type { Refusal } from '../../../kernel/result.ts'
import { isWithin, type Consortium, type Institution, type Service } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'

/** What is asked of a lead: which consortium it is, and the lowest level that policy lets it have; null when policy says none. */
export type LeadAsked = Pick<Consortium, 'kind' | 'division' | 'specialty'> & { readonly levelMin: number | null }
export type LeadFacts = Pick<Institution, 'code' | 'ws218' | 'level' | 'division'> & {
  readonly services: readonly Pick<Service, 'specialty' | 'tag'>[]
}

/** A general hospital (综合医院), class A100 of WS 218. */
export const isGeneral = ({ ws218 }: Pick<Institution, 'ws218'>): boolean => ws218 === 'A100'
const isTcm = ({ ws218 }: Pick<Institution, 'ws218'>): boolean => ws218 === 'A210'
/** The 22nd character of the WS 218 code: 1 is non-profit. */
const isNonProfit = ({ code }: Pick<Institution, 'code'>): boolean => code.at(-1) === '1'
/** Level 9 is "not graded": it reaches nothing. */
const reaches = ({ level }: Pick<Institution, 'level'>, least: number): boolean => level !== 9 && level >= least

/**
 * Everything that stands against an institution leading a consortium; empty when it may.
 * @source 《紧密型城市医疗集团建设试点工作方案》, 《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》
 */
export const faultsOfLead = (lead: LeadFacts, asked: LeadAsked): Refusal<OrganisationsCode>[] => {
  const faults: Refusal<OrganisationsCode>[] = []
  if (asked.levelMin !== null && !reaches(lead, asked.levelMin))
    faults.push({ code: 'organisations.lead-level-too-low', detail: { least: asked.levelMin }, field: 'lead' })
  switch (asked.kind) {
    case 'city-group':
      if (!isGeneral(lead)) faults.push({ code: 'organisations.lead-not-general', field: 'lead' })
      return faults
    case 'county-consortium':
      if (!isGeneral(lead) && !isTcm(lead)) faults.push({ code: 'organisations.lead-not-general-or-tcm', field: 'lead' })
      if (!isNonProfit(lead)) faults.push({ code: 'organisations.lead-for-profit', field: 'lead' })
      if (!isWithin(lead.division, asked.division))
        faults.push({ code: 'organisations.lead-outside', detail: { division: asked.division }, field: 'lead' })
      return faults
    case 'specialty-alliance':
      return [...faults, ...faultsOfAllianceLead(lead, asked.specialty)]
  }
}

const faultsOfAllianceLead = (lead: LeadFacts, specialty: string | null): Refusal<OrganisationsCode>[] => {
  const isStrong = lead.services.some((service) => service.specialty === specialty && service.tag !== null)
  return specialty === null || isStrong
    ? []
    : [{ code: 'organisations.alliance-lead-without-strength', detail: { specialty }, field: 'lead' }]
}
