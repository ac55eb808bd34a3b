import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { consortiumOf, heightOf, institutionsOf, isPharmacy, memberIdsOf, type Institution } from '../../organisations/index.ts'
import { sumsOfBills } from '../../settlement/index.ts'
import { lastDayOf, monthOf } from '../dip/times.ts'
import { yearOf, type SetBudget } from '../fund.ts'
import {
  afterYear,
  countConsortium,
  countMember,
  withEntered,
  type HouseFacts,
  type MeasuredMember,
  type SourcedCounts,
} from '../rules/count-house.ts'
import { countsOf, formulaOf, measureOf, trendOf, type CountName, type Counts, type Measure } from '../rules/measures.ts'
import { findBudget } from '../store.ts'
import { MEASURES_BASIS } from './commands.ts'
import { measuresInput } from './contract.ts'
import { definitionsOn } from './definitions.ts'
import { bookedTo, enteredCounts, lastMeasured, outsideByPlace, type EnteredCount } from './store.ts'

// A value stands beside those of so many years before it.
const YEARS_BEFORE = 2
const MONTHS = 12
// Members of whom nothing is counted are left out; a county has some dozens that are paid.
const MEMBERS_MOST = 200
/** Measures that are told of each member too; the others exist of the whole consortium only. */
const OF_MEMBERS = ['cost-growth', 'reimbursed', 'reimbursed-in-policy']

/** Covered people as the sources of the budget say; unknown where they say nothing. */
const peopleOf = (budget: SetBudget | null): number | null => {
  switch (budget?.sources.method) {
    case 'income':
      return budget.sources.covered
    case 'head':
      return budget.sources.groups.reduce((sum, { heads }) => sum + heads, 0)
    case 'past-years':
    case 'last-budget':
    case undefined:
      return null
  }
}

const INSIDE = 'inside:'

/** What the house itself has of a year to the end of a month. */
const houseFacts = async (
  tx: Tx,
  org: OrgId,
  members: readonly OrgId[],
  { year, month }: { readonly year: number; readonly month: number },
): Promise<HouseFacts> => {
  const bills = await sumsOfBills(tx, members, monthOf(year, 1), lastDayOf(year, month))
  const booked = await bookedTo(tx, org, [year], month)
  const budget = await findBudget(tx, org, year)
  const outside = await outsideByPlace(tx, org, year, month)
  const inside = booked.filter(({ account }) => account.startsWith(INSIDE))
  return {
    bills,
    pharmacyFen: outside.filter((one) => isPharmacy(one.institution)).reduce((sum, { fen }) => sum + fen, 0),
    books: budget && {
      inside: new Map(inside.map(({ account, fen }) => [account.slice(INSIDE.length), fen])),
      outsideFen: booked.find(({ account }) => account === 'outside')?.fen ?? 0,
      budgetFen: budget.totalFen,
      people: peopleOf(budget),
    },
  }
}

/** The last whole month: of a year that runs the one before today's, of earlier years December. January shows itself. */
const lastWhole = (year: number, today: Day): number => {
  if (year < yearOf(today)) return MONTHS
  return Math.max(1, Number(today.slice('2026-'.length, '2026-11'.length)) - 1)
}

const chosenOrg = async (tx: Tx, given: string | undefined, act: Act): Promise<OrgId | null> => {
  if (given !== undefined) return given as OrgId
  return act.actor.org ?? (await lastMeasured(tx))?.org ?? null
}

type Asked = { readonly org: OrgId; readonly consortium: string; readonly year: number; readonly month: number }

/** Everything that the measures of a consortium's year to the end of a month are made of, with the years before. */
export const readMeasured = async (tx: Tx, { org, consortium, year, month }: Asked, today: Day) => {
  const ids = await memberIdsOf(tx, consortium, today)
  const institutions = await institutionsOf(tx, ids)
  // One year more than is shown: growth asks for the cost of the year before.
  const years = Array.from({ length: YEARS_BEFORE + 2 }, (_none, at) => year - YEARS_BEFORE - 1 + at)
  const entered = await enteredCounts(tx, org, years, month)
  const facts: HouseFacts[] = []
  for (const one of years) facts.push(await houseFacts(tx, org, ids, { year: one, month }))
  return { org, year, month, institutions, years, entered, facts, definitions: await definitionsOn(today) }
}
type Measured = Awaited<ReturnType<typeof readMeasured>>

/** What a measure of the whole consortium comes to, with its step; null where counts are missing. */
export const measuredOf = (measured: Measured, id: string) => {
  const measure = measured.definitions.find((one) => one.id === id)
  const step = measure && measureOf(measure, wholeOf(measured).at(-1)?.found.counts ?? {})
  return measure && step ? { measure, step } : null
}

const wholeOf = ({
  institutions,
  years,
  facts,
  entered,
}: Pick<Measured, 'institutions' | 'years' | 'facts' | 'entered'>): OfYear[] => {
  const members = institutions.map(memberOf)
  return yearsOf(years, facts, (of) => countConsortium(members, of), enteredOf(entered, null))
}

export const measures = query({
  name: 'fund.measures',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: MEASURES_BASIS,
  does: {
    zh: '一个医共体年初至某月末的五项考核和基金指标:口径、分子分母、数从哪里来、与前两年同期相比,以及各成员机构的数。',
    en: 'The five checks and the fund’s measures of a consortium from January to the end of a month: definition, counts and where each is from, the two years before, and each member.',
  },
  input: measuresInput,
  read: async (tx, input, act) => {
    const org = await chosenOrg(tx, input.org, act)
    const consortium = org && (await consortiumOf(tx, org, act.today))
    if (!org || !consortium || consortium.lead !== org) return null
    const year = input.year ?? yearOf(act.today)
    const month = input.month ?? lastWhole(year, act.today)
    return { consortium, ...(await readMeasured(tx, { org, consortium: consortium.id, year, month }, act.today)) }
  },
  relation: ({ org }, { actor }) => (actor.org === org ? ['own'] : []),
  answer: ({ org, consortium, year, month, institutions, years, entered, facts, definitions }) => {
    const whole = wholeOf({ institutions, years, facts, entered })
    return {
      org,
      consortium: consortium.id,
      zh: consortium.name.zh,
      en: consortium.name.en,
      year,
      month,
      measures: definitions.map((one) => shownMeasure(one, whole)),
      counts: shownCounts(
        whole.at(-1)?.found,
        entered.filter((one) => one.year === year && one.institution === null),
      ),
      members: institutions
        .map((institution) =>
          shownMember(
            institution,
            yearsOf(years, facts, (of) => countMember(memberOf(institution), of), enteredOf(entered, institution.id)),
            definitions.filter(({ id }) => OF_MEMBERS.includes(id)),
          ),
        )
        .filter((one) => one.visits !== null || one.costFen !== null || one.insideFen !== null)
        .toSorted((one, other) => (other.costFen ?? 0) - (one.costFen ?? 0))
        .slice(0, MEMBERS_MOST),
      membersAll: institutions.length,
    }
  },
})

const memberOf = ({ id, tier }: Institution): MeasuredMember => ({
  org: id,
  isPrimary: heightOf(tier) <= heightOf('regional-centre'),
})

type OfYear = { readonly year: number; readonly found: SourcedCounts }

const enteredOf =
  (entered: readonly EnteredCount[], institution: string | null) =>
  (year: number): Counts =>
    Object.fromEntries(
      entered.filter((one) => one.year === year && one.institution === institution).map(({ count, value }) => [count, value]),
    )

/** The counts of each year but the first, each with the cost of the year before it. */
const yearsOf = (
  years: readonly number[],
  facts: readonly HouseFacts[],
  count: (of: HouseFacts) => Counts,
  entered: (year: number) => Counts,
): OfYear[] => {
  const all = years.map((year, at) => withEntered(count(facts[at] as HouseFacts), entered(year)))
  return years.slice(1).map((year, at) => ({ year, found: afterYear(all[at + 1] as SourcedCounts, all[at] as SourcedCounts) }))
}

const shownMeasure = (measure: Measure, whole: readonly OfYear[]) => {
  const steps = whole.map(({ found }) => measureOf(measure, found.counts))
  const step = steps.at(-1) ?? null
  const found = whole.at(-1)?.found
  return {
    id: measure.id,
    zh: measure.zh,
    en: measure.en,
    unit: measure.unit,
    good: measure.good,
    formula: formulaOf(measure),
    from: measure.from,
    basis: measure.basis,
    grade: measure.grade,
    is: step?.is ?? null,
    steps: step ? [step] : [],
    // What a value lacks, or what it was made of that somebody entered.
    missing: countsOf(measure).filter((name) => found?.counts[name] === undefined),
    entered: countsOf(measure).filter((name) => found?.sources[name] === 'entered'),
    trend: trendOf(measure, step?.is ?? null, steps.at(-2)?.is ?? null),
    years: whole.map(({ year }, at) => ({ year, is: steps[at]?.is ?? null })),
  }
}

const shownCounts = (found: SourcedCounts | undefined, entered: readonly EnteredCount[]) =>
  Object.entries(found?.counts ?? {}).map(([name, value]) => {
    const one = found?.sources[name] === 'entered' ? entered.find(({ count }) => count === name) : undefined
    return {
      count: name as CountName,
      value,
      source: found?.sources[name] ?? ('house' as const),
      evidence: one?.evidence ?? null,
      at: one?.at ?? null,
    }
  })

const shownMember = (institution: Institution, whole: readonly OfYear[], definitions: readonly Measure[]) => {
  const counts = whole.at(-1)?.found.counts ?? {}
  const before = whole.at(-2)?.found.counts ?? {}
  return {
    org: institution.id,
    zh: institution.name.zh,
    en: institution.name.en,
    tier: institution.tier,
    visits: counts.visits ?? null,
    costFen: counts.costFen ?? null,
    fundFen: counts.fundFen ?? null,
    insideFen: counts.fundInsideFen ?? null,
    measures: definitions.map((one) => {
      const is = measureOf(one, counts)?.is ?? null
      return {
        id: one.id,
        zh: one.zh,
        en: one.en,
        unit: one.unit,
        is,
        trend: trendOf(one, is, measureOf(one, before)?.is ?? null),
      }
    }),
  }
}
