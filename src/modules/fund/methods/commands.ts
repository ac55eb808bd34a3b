import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { sendCaseFactsInput } from './contract.ts'
import { knownNumbers, saveFacts, type CaseFact } from './store.ts'

export const METHODS_BASIS = '按病种、按人头、按服务单元等多元复合支付方式;单病种付费以临床路径为依据'

export const sendCaseFacts = command({
  name: 'fund.send-case-facts',
  by: ['insurer@anyone', 'consortium-manager@own'],
  basis: METHODS_BASIS,
  does: {
    zh: '报送病例的临床路径(入径、完成、变异、退出及原因)和 DRG 组码;更正时再报一次,以最新一次为准。',
    en: 'Sends how cases stood to their clinical pathway (entry, completed, variance, exit and why) and their DRG; the newest holds.',
  },
  input: sendCaseFactsInput,
  read: async (tx, { org, facts }) => ({ org: org as OrgId, known: await knownNumbers(tx, org as OrgId, facts.map((one) => one.number)) }), // prettier-ignore
  relation: ({ org }, { actor }) => (actor.org === org ? ['own'] : []),
  decide: ({ org, known }, { facts }, act) => {
    const seen = new Set<string>()
    for (const { number, enteredOn, leftOn } of facts) {
      if (seen.has(number)) return refuse('fund.fact-twice', { number })
      seen.add(number)
      const one = known.find((each) => each.number === number)
      if (!one) return refuse('fund.fact-of-no-case', { number })
      if ([enteredOn, leftOn].some((day) => day && day > one.dischargedOn)) return refuse('fund.fact-after-discharge', { number })
    }
    const made = facts.map(({ number, pathway, enteredOn, leftOn, because, drg }): CaseFact => ({
      org,
      id: act.newId(),
      number,
      pathway: pathway ?? null,
      enteredOn: (enteredOn ?? null) as Day | null,
      leftOn: (leftOn ?? null) as Day | null,
      because: because ?? null,
      drg: drg ?? null,
    }))
    return ok({
      change: made,
      answer: { taken: made.length },
      events: [
        {
          type: 'fund.case-facts-sent',
          case: { kind: 'fund-methods', org, id: act.newId() },
          person: null,
          seenBy: [org],
          data: { count: made.length },
        },
      ],
    })
  },
  write: async (tx, made, act) => void (await saveFacts(tx, made, act.actor.account, act.now)),
})
