import type { Day } from '../../../kernel/day.ts'
import { isInForce, type Period } from '../../../kernel/period.ts'
import type { Refusal } from '../../../kernel/result.ts'
import { heightOf, type Institution } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'

/** What stands around an institution that is entered or corrected. */
export type EntryFacts = {
  readonly codeIsTaken: boolean
  readonly divisionIsKnown: boolean
  /** The managing institution; null when the one named does not exist. */
  readonly parent: Institution | null
}
export type CentrePopulation = { readonly least: number; readonly most: number }

/** The class inside a WS 218 code, and the county (GB/T 2260) before it. */
export const classOf = (code: string): string => code.slice(17, 21)
const countyOf = (code: string): string => code.slice(9, 15)

/**
 * Everything that stands against the text of an institution; empty when it may be entered.
 * @source WS 218-2002; 省带市、市带县、县带乡、乡带村; 区域性医疗卫生中心 serve 15–20万 people
 */
export const faultsOfInstitution = (
  entry: Institution,
  facts: EntryFacts,
  centre: CentrePopulation,
): Refusal<OrganisationsCode>[] => {
  const faults: Refusal<OrganisationsCode>[] = []
  if (facts.codeIsTaken) faults.push({ code: 'organisations.code-taken', field: 'code' })
  if (classOf(entry.code) !== entry.ws218)
    faults.push({ code: 'organisations.code-does-not-fit', detail: { what: '机构类别', what_en: 'class' }, field: 'code' })
  if (countyOf(entry.code) !== entry.division.slice(0, 6))
    faults.push({ code: 'organisations.code-does-not-fit', detail: { what: '区划', what_en: 'division' }, field: 'code' })
  if (!facts.divisionIsKnown)
    faults.push({ code: 'organisations.division-unknown', detail: { division: entry.division }, field: 'division' })
  return [...faults, ...faultsOfParent(entry, facts.parent), ...faultsOfCentre(entry, centre)]
}

const faultsOfParent = (entry: Institution, parent: Institution | null): Refusal<OrganisationsCode>[] => {
  if (entry.parent === null) return []
  if (!parent) return [{ code: 'organisations.institution-unknown', detail: { institution: entry.parent }, field: 'parent' }]
  return heightOf(parent.tier) > heightOf(entry.tier) ? [] : [{ code: 'organisations.parent-not-above', field: 'parent' }]
}

/** A regional centre serves as many people as policy plans for one; other tiers have no such rule. */
export const faultsOfCentre = (
  { tier, population }: Pick<Institution, 'tier' | 'population'>,
  { least, most }: CentrePopulation,
): Refusal<OrganisationsCode>[] =>
  tier !== 'regional-centre' || (population >= least && population <= most)
    ? []
    : [{ code: 'organisations.regional-centre-population', detail: { least, most, population }, field: 'population' }]

/** A changed text begins after the one before it and not in the future; without a day it is a correction and may. */
export const faultsOfChange = (from: Day | null, begun: Day, today: Day): Refusal<OrganisationsCode>[] =>
  from === null || (from > begun && from <= today)
    ? []
    : [{ code: 'organisations.change-not-begun', detail: { day: from, begun }, field: 'from' }]

/** An institution that something is built on must be there on that day. */
export const faultsOfPresence = (
  id: string,
  found: Period | null | undefined,
  day: Day,
  field: string,
): Refusal<OrganisationsCode>[] => {
  if (!found) return [{ code: 'organisations.institution-unknown', detail: { institution: id }, field }]
  return isInForce(found, day)
    ? []
    : [{ code: 'organisations.institution-not-in-force', detail: { institution: id, day }, field }]
}
