import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { isInForce, overlaps, type Period } from '../../../kernel/period.ts'
import type { Refusal } from '../../../kernel/result.ts'
import { tierWords, type HelpType } from '../governance.ts'
import type { GovernanceCode } from '../governance-refusals.ts'
import { heightOf, type Institution, type Tier } from '../organisations.ts'

/** Whom each level helps; a regional centre stands between county and township, and counts as either's next. */
const NEXT: Readonly<Record<Tier, readonly Tier[]>> = {
  province: ['city'],
  city: ['county'],
  county: ['regional-centre', 'township'],
  'regional-centre': ['township', 'village'],
  township: ['village'],
  village: [],
}

export type HelpPair = { readonly helper: string; readonly helped: string; readonly type: HelpType }
/** A plan that stands already, or is asked for in the same act. */
export type StandingPlan = Period & HelpPair & { readonly entry: string }
export type AskedPlan = StandingPlan & { readonly year: number }
export type Institutions = ReadonlyMap<OrgId, Institution>

const faultsOfPresence = (ids: readonly string[], institutions: Institutions, day: Day): Refusal<GovernanceCode>[] =>
  ids.flatMap((id) => {
    const found = institutions.get(id as OrgId)
    if (found && isInForce(found, day)) return []
    return [{ code: 'organisations.help-institution-unknown' as const, detail: { institution: id, day } }]
  })

const bothTiers = (helper: Tier, helped: Tier) => ({
  helper: tierWords[helper].zh,
  helper_en: tierWords[helper].en,
  helped: tierWords[helped].zh,
  helped_en: tierWords[helped].en,
})

/** One to one, a place is helped by one at a time; by a team, each of the team has one plan for it. */
const standsInTheWay = (asked: AskedPlan, other: StandingPlan): boolean =>
  other.entry !== asked.entry &&
  other.type === asked.type &&
  other.helped === asked.helped &&
  (asked.type === 'one-to-one' || other.helper === asked.helper) &&
  overlaps(asked, other)

const isWithinYear = ({ from, until, year }: AskedPlan): boolean =>
  from >= `${year}-01-01` && from <= `${year}-12-31` && until !== null && until <= `${year + 1}-01-01`

/**
 * Everything that stands against a yearly plan of help: both institutions are in force, the helper stands one level above the
 * helped, the plan lies in its year, and no other plan of its kind stands in the way.
 * @source 省带市、市带县、县带乡、乡带村; “组团式”“一对一”…“一院一策”
 */
export const faultsOfPlan = (
  asked: AskedPlan,
  institutions: Institutions,
  others: readonly StandingPlan[],
): Refusal<GovernanceCode>[] => {
  const faults = faultsOfPresence([asked.helper, asked.helped], institutions, asked.from)
  const helper = institutions.get(asked.helper as OrgId)
  const helped = institutions.get(asked.helped as OrgId)
  if (helper && helped && !NEXT[helper.tier].includes(helped.tier))
    faults.push({ code: 'organisations.help-not-next-level', detail: bothTiers(helper.tier, helped.tier), field: 'body.helped' })
  if (!isWithinYear(asked))
    faults.push({ code: 'organisations.help-outside-year', detail: { year: asked.year }, field: 'body.year' })
  const other = others.find((one) => standsInTheWay(asked, one))
  if (other) faults.push({ code: 'organisations.help-plan-overlaps', detail: { from: other.from }, field: 'body.helped' })
  return faults
}

export type AskedDispatch = Period & {
  readonly employer: string
  readonly workplace: string
  readonly daysPlanned: number
  readonly daysServed: number
}

/**
 * Everything that stands against sending somebody out: both institutions are in force, the sending one stands higher, and
 * nobody has served more days than planned.
 * @source 专家派驻、专科共建、临床带教、远程协同、科研和项目协作
 */
export const faultsOfDispatch = (asked: AskedDispatch, institutions: Institutions): Refusal<GovernanceCode>[] => {
  const faults = faultsOfPresence([asked.employer, asked.workplace], institutions, asked.from)
  const employer = institutions.get(asked.employer as OrgId)
  const workplace = institutions.get(asked.workplace as OrgId)
  if (employer && workplace && heightOf(employer.tier) <= heightOf(workplace.tier))
    faults.push({
      code: 'organisations.dispatch-not-downward',
      detail: bothTiers(employer.tier, workplace.tier),
      field: 'body.workplace',
    })
  if (asked.daysServed > asked.daysPlanned)
    faults.push({ code: 'organisations.dispatch-days-exceed', detail: { planned: asked.daysPlanned }, field: 'body.daysServed' })
  return faults
}
