import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { entriesOn } from '../../../platform/register-store.ts'
import {
  alliancesOn,
  heightOf,
  type AllianceOf,
  type Dispatch,
  type HelpPlan,
  type Institution,
} from '../../organisations/index.ts'

/** Why somebody could help a place: paired as a team or one to one, its managing institution, the lead of a specialty alliance, people sent already. */
export const HELP_WAYS = ['team', 'one-to-one', 'parent', 'alliance', 'dispatch'] as const
export type HelpWay = (typeof HELP_WAYS)[number]

/** An institution that could help another. `specialty` where the help is of one specialty; `isMember` whether the place belongs to the alliance. */
export type Helper = {
  readonly org: OrgId
  readonly way: HelpWay
  readonly specialty: string | null
  readonly isMember: boolean
}

/** Who helps whom on a day, read once for a matrix. */
export type HelpBook = {
  readonly plans: ReadonlyMap<string, readonly Helper[]>
  readonly alliances: readonly AllianceOf[]
}

export const readHelp = async (tx: Tx, orgs: readonly OrgId[], on: Day): Promise<HelpBook> => {
  const inside = new Set<string>(orgs)
  const plans = (await entriesOn<HelpPlan>(tx, 'all', 'organisations.help-plan', on))
    .filter(({ state, body }) => state === 'in-force' && inside.has(body.helped))
    .map(
      ({ body }) =>
        [body.helped, { org: body.helper as OrgId, way: body.type, specialty: null, isMember: true } satisfies Helper] as const,
    )
  const sent = (await entriesOn<Dispatch>(tx, 'all', 'organisations.dispatch', on))
    .filter(({ state, body }) => state === 'in-force' && inside.has(body.workplace))
    .map(
      ({ body }) =>
        [
          body.workplace,
          { org: body.employer as OrgId, way: 'dispatch', specialty: body.specialty, isMember: true } satisfies Helper,
        ] as const,
    )
  const all: (readonly [string, Helper])[] = [...plans, ...sent]
  return {
    plans: new Map(
      [...Map.groupBy(all, ([helped]) => helped)].map(([helped, list]) => [helped, list.map(([, helper]) => helper)]),
    ),
    alliances: await alliancesOn(tx, orgs, on),
  }
}

/** Most helpers named for one cell; the nearest kind first. */
const NAMED_MOST = 8

/**
 * Who could help a place with a condition of some specialties: whoever is paired with it or has sent people, its managing institution, then leads of
 * alliances of the specialty, its own alliances first. Nobody helps a place of a higher tier than its own, or itself.
 */
export const helpersOf = (place: Institution, specialties: readonly string[], { plans, alliances }: HelpBook): Helper[] => {
  const paired = (plans.get(place.id) ?? []).filter(({ specialty }) => specialty === null || specialties.includes(specialty))
  const parent: Helper[] = place.parent === null ? [] : [{ org: place.parent, way: 'parent', specialty: null, isMember: true }]
  const leads = alliances
    .filter(
      ({ specialty, lead }) =>
        specialties.includes(specialty) && lead !== place.id && heightOf(place.tier) < heightOf('province'),
    )
    .map(({ lead, specialty, members }): Helper => ({
      org: lead,
      way: 'alliance',
      specialty,
      isMember: members.includes(place.id),
    }))
    .toSorted(
      (a, b) =>
        Number(b.isMember) - Number(a.isMember) ||
        specialties.indexOf(a.specialty ?? '') - specialties.indexOf(b.specialty ?? ''),
    )
  const seen = new Set<string>()
  return [...paired, ...parent, ...leads]
    .filter(({ org }) => org !== place.id && !seen.has(org) && seen.add(org) !== undefined)
    .slice(0, NAMED_MOST)
}
