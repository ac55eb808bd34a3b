import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { consortiumOf } from '../../organisations/index.ts'
import { lastDayOf } from '../dip/times.ts'
import { measuredOf, readMeasured } from '../measures/index.ts'
import { MONTHS } from '../rules/parts.ts'
import { findBudget, lockBooks } from '../store.ts'
import { adoptMeasureInput } from './inputs.ts'
import { YEAR_BASIS, yearCase } from './spend-commands.ts'
import * as store from './store.ts'
import { MEASURE_OF, type Assessed } from './year.ts'

export const adoptMeasure = command({
  name: 'fund.adopt-measure',
  by: ['insurer@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '年度结束后,把平台按口径算出的指标值连同计算步骤记为考核值;仍可另行录入,以最新为准。',
    en: 'Once a year is over, takes what the house’s own measure came to, with its steps, as the value of an indicator; another may still be entered, the newest counts.',
  },
  input: adoptMeasureInput,
  read: async (tx, input, act) => {
    const org = input.org as OrgId
    await lockBooks(tx, org)
    const budget = await findBudget(tx, org, input.year)
    const consortium = budget && (await consortiumOf(tx, org, act.today))
    const isOver = lastDayOf(input.year, MONTHS) < act.today
    return {
      budget,
      isOver,
      isClosed: await store.isClosed(tx, org, input.year),
      measured:
        consortium?.lead === org && isOver
          ? await readMeasured(tx, { org, consortium: consortium.id, year: input.year, month: MONTHS }, act.today)
          : null,
    }
  },
  decide: ({ budget, isOver, isClosed, measured }, { year, indicator }, act) => {
    if (!budget) return refuse('fund.no-budget')
    if (isClosed) return refuse('fund.year-closed')
    if (!isOver) return refuse('fund.year-not-over')
    const found = measured && measuredOf(measured, MEASURE_OF[indicator])
    if (!found) return refuse('fund.measure-not-known')
    const made: Assessed = {
      org: budget.org,
      id: act.newId(),
      year,
      indicator,
      value: found.step.is,
      evidence: `平台指标:${found.measure.zh},${year} 年 1–${MONTHS} 月`,
      steps: [found.step],
      by: act.actor.account,
      at: act.now,
    }
    return ok({
      change: made,
      answer: { org: budget.org, year, indicator, value: made.value },
      events: [
        {
          type: 'fund.indicator-adopted',
          case: yearCase(budget.org, year),
          person: null,
          seenBy: [budget.org],
          data: { indicator, value: made.value },
        },
      ],
    })
  },
  write: async (tx, made) => void (await store.saveAssessed(tx, made)),
})
