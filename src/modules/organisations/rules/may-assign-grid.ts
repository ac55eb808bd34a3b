import type { Refusal } from '../../../kernel/result.ts'
import { isWithin, type Consortium, type Division } from '../organisations.ts'
import type { OrganisationsCode } from '../refusals.ts'

/**
 * Everything that stands against villages becoming the grid of a consortium: it must be of a kind that has one, and each must
 * be a village or community of its area. That a village is in one grid only is the table's own key.
 * @source 《紧密型城市医疗集团建设试点工作方案》: each grid has one group
 */
export const faultsOfGrid = (
  consortium: Pick<Consortium, 'kind' | 'division'>,
  villages: readonly { readonly code: string; readonly found: Pick<Division, 'rank'> | null }[],
): Refusal<OrganisationsCode>[] => {
  if (consortium.kind === 'specialty-alliance') return [{ code: 'organisations.alliance-has-no-grid', field: 'consortium' }]
  const outside = villages.filter(({ code, found }) => found?.rank !== 'village' || !isWithin(code, consortium.division))
  return outside.map(({ code }) => ({
    code: 'organisations.village-outside',
    detail: { village: code, division: consortium.division },
    field: 'villages',
  }))
}

/** A pilot city, one that has city groups at all, plans at least as many grids as policy asks for. */
export const faultsOfCity = (city: string, groups: number, least: number): Refusal<OrganisationsCode>[] =>
  groups === 0 || groups >= least ? [] : [{ code: 'organisations.city-has-few-grids', detail: { city, count: groups, least } }]
