import type { OrgId } from '../../../kernel/id.ts'
import { query } from '../../../platform/forms/form.ts'
import { institutionsOf, memberIdsOf } from '../../organisations/index.ts'
import { lastDayOf } from '../dip/times.ts'
import { yearOf } from '../fund.ts'
import { findBudget } from '../store.ts'
import { assessedBy, indicatorsOf } from './assessing.ts'
import { yearEndInput } from './inputs.ts'
import { YEAR_BASIS } from './spend-commands.ts'
import { lackingOfYear } from './lacking.ts'
import { MEASURE_OF, type IndicatorName } from './year.ts'
import * as store from './store.ts'

const DECEMBER = 12

export const yearEndForm = query({
  name: 'fund.year-end',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '一个医共体一年的考核与结账:各指标的值、依据、得分,待取入的结算支出,结账结果和成员分配。',
    en: 'Assessment and close of a consortium’s year: indicators with evidence and score, settled spend not yet taken up, how the year ended, the members’ parts.',
  },
  input: yearEndInput,
  read: async (tx, input, act) => {
    const org = (input.org as OrgId | undefined) ?? act.actor.org
    const year = input.year ?? yearOf(act.today)
    const budget = org && (await findBudget(tx, org, year))
    if (!org || !budget) return null
    const last = lastDayOf(year, DECEMBER)
    const members = await memberIdsOf(tx, budget.consortium, last < act.today ? last : act.today)
    const close = await store.closeOf(tx, org, year)
    return {
      org,
      year,
      members,
      close,
      assessed: await store.assessedOf(tx, org, year),
      // Who leads sees the sums in the books, not the bills that wait.
      lacking: act.actor.org === null ? await lackingOfYear(tx, org, year) : null,
      carried: await store.carriedOf(tx, org, year),
      institutions: await institutionsOf(tx, [...new Set([org, ...members])]),
    }
  },
  relation: ({ org }, { actor }) => (actor.org === org ? ['own'] : []),
  answer: ({ org, year, members, close, assessed, lacking, carried, institutions }, _input, act) => {
    const nameOf = (id: string) => {
      const name = institutions.find((one) => one.id === id)?.name
      return { zh: name?.zh ?? id, en: name?.en ?? null }
    }
    const { score, share, missing, steps } = assessedBy(act, assessed)
    return {
      org,
      ...nameOf(org),
      year,
      isOver: lastDayOf(year, DECEMBER) < act.today,
      indicators: indicatorsOf(act).map(({ name, weight, none, full }) => {
        const found = assessed.find(({ indicator }) => indicator === name)
        return {
          name,
          weight,
          none,
          full,
          value: found?.value ?? null,
          evidence: found?.evidence ?? null,
          steps: found?.steps ?? null,
          measure: MEASURE_OF[name as IndicatorName],
          at: found?.at ?? null,
        }
      }),
      assessment: { score, share, missing, steps },
      /** Settled spend that the books lack, fen; null for who may not see it. */
      lackingFen: lacking && lacking.reduce((sum, { fen }) => sum + fen, 0),
      lackingSums: lacking?.length ?? 0,
      /** What later years took up of bills of this year that changed after its close. */
      carried,
      members: members.map((id) => ({ org: id, ...nameOf(id) })),
      close: close && {
        ...close,
        isOwn: close.proposedBy !== null && close.proposedBy === act.actor.account,
        parts: close.parts.map((part) => ({ ...part, ...nameOf(part.org) })),
      },
    }
  },
})
