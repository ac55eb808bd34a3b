import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { consortiumOf, memberIdsOf } from '../../organisations/index.ts'
import { lastDayOf } from '../dip/times.ts'
import { enterCountInput } from './contract.ts'
import { saveCount, type EnteredCount } from './store.ts'

export const MEASURES_BASIS =
  '十部门县域医共体意见:加强医疗费用增长率、医保报销比例、基层就诊率、县域内基金支出比例、县域内基层机构基金占比等考核'
const OF_THE_WHOLE: readonly string[] = ['people', 'budgetFen', 'fundCoveredFen']

export const enterCount = command({
  name: 'fund.enter-count',
  by: ['insurer@anyone'],
  basis: MEASURES_BASIS,
  does: {
    zh: '录入平台数不出的一个数(全医共体或一个成员,年初至某月末)并写明来源;更正时再录一次,以最新一次为准,旧的保留。',
    en: 'Enters a figure that the house cannot count, of the consortium or a member from January to the end of a month, with its evidence; the newest holds, earlier ones stay.',
  },
  input: enterCountInput,
  read: async (tx, input, act) => {
    const consortium = await consortiumOf(tx, input.org as OrgId, act.today)
    return { consortium, members: consortium ? await memberIdsOf(tx, consortium.id, act.today) : [] }
  },
  decide: ({ consortium, members }, input, act) => {
    if (!consortium || consortium.lead !== input.org) return refuse('fund.count-of-no-consortium')
    const institution = (input.institution ?? null) as OrgId | null
    if (institution !== null && !members.includes(institution)) return refuse('fund.count-of-no-member')
    if (institution !== null && OF_THE_WHOLE.includes(input.count)) return refuse('fund.count-of-consortium-only')
    if (lastDayOf(input.year, input.month) > act.today) return refuse('fund.count-of-the-future')
    const { year, month, count, value, evidence } = input
    const made: EnteredCount = {
      org: input.org as OrgId,
      id: act.newId(),
      year,
      month,
      institution,
      count,
      value,
      evidence,
      by: act.actor.account,
      at: act.now,
    }
    return ok({
      change: made,
      answer: { id: made.id },
      events: [
        {
          type: 'fund.count-entered',
          case: { kind: 'fund-year', org: made.org, id: made.id },
          person: null,
          seenBy: [made.org],
          data: { year, month, count, value, institution },
        },
      ],
    })
  },
  write: async (tx, made) => void (await saveCount(tx, made)),
})
