import type { OrgId } from '../../../kernel/id.ts'
import { query } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { yearOf } from '../fund.ts'
import { poolSums, stepsOfLine } from '../rules/work-points.ts'
import { POINTS_BASIS } from './commands.ts'
import { pointYearInput, pointYearsInput } from './contract.ts'
import type { PointYear } from './points.ts'
import * as store from './store.ts'

const YEARS_MOST = 300

const shownYear = (one: PointYear, name: { readonly zh: string; readonly en?: string | null } | undefined) => ({
  org: one.org,
  points: one.id,
  institution: { zh: name?.zh ?? one.org, en: name?.en ?? null },
  year: one.year,
  wagesFen: one.wagesFen,
  state: one.state,
})

export const pointYears = query({
  name: 'fund.point-years',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: POINTS_BASIS,
  does: {
    zh: '一年内各机构按工分分配的工资总额和状态;机构只看自己的。',
    en: 'The wages by work points of a year and how each stands; an institution sees its own.',
  },
  input: pointYearsInput,
  read: async (tx, input, act) => {
    const year = input.year ?? yearOf(act.today) - 1
    const own = act.actor.role === 'consortium-manager' ? act.actor.org : null
    if (act.actor.role === 'consortium-manager' && own === null) return null
    const found = await store.pointYearsOf(tx, year, own, YEARS_MOST)
    const institutions = await institutionsOf(tx, [...new Set(found.map(({ org }) => org))])
    return { year, found, institutions }
  },
  relation: () => ['own'],
  answer: ({ year, found, institutions }, _input, act) => ({
    year,
    /** The newest year that is over: its points can be proposed. */
    newest: yearOf(act.today) - 1,
    years: found.map((one) => ({ ...shownYear(one, institutions.find(({ id }) => id === one.org)?.name), lines: one.lines })),
  }),
})

export const pointYear = query({
  name: 'fund.point-year',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: POINTS_BASIS,
  does: {
    zh: '一家机构一年的工分:依据、各块的工分和工分值、每一行的工分和所得,逐步怎么算。',
    en: 'An institution’s points of a year: what they rest on, points and value by group, every line with what it comes to, step by step.',
  },
  input: pointYearInput,
  read: async (tx, { org, points }) => {
    const one = await store.findPointYear(tx, org as OrgId, points)
    if (!one) return null
    return { one, lines: await store.linesOf(tx, one.org, one.id), institutions: await institutionsOf(tx, [one.org]) }
  },
  relation: ({ one }, { actor }) => (actor.org === one.org ? ['own'] : []),
  answer: ({ one, lines, institutions }, _input, act) => {
    const pools = poolSums(lines, one.terms)
    return {
      ...shownYear(one, institutions[0]?.name),
      basis: one.basis,
      terms: one.terms,
      decidedBecause: one.decidedBecause,
      /** Whether the reader proposed it, and so does not agree to it. */
      isOwn: one.proposedBy !== null && one.proposedBy === act.actor.account,
      pools,
      lines: lines.map((line) => ({ ...line, steps: stepsOfLine(line, pools, one) })),
    }
  },
})
