import type { OrgId } from '../../../kernel/id.ts'
import { ok } from '../../../kernel/result.ts'
import { command, type Reaction } from '../../../platform/forms/form.ts'
import { standingRecovery } from '../../audit-rules/index.ts'
import { consortiumOf, consortiumOfHome, memberIdsOf } from '../../organisations/index.ts'
import { getPerson } from '../../residents/index.ts'
import { noteRecoveryInput } from './inputs.ts'
import { bookedPlace, YEAR_BASIS } from './spend-commands.ts'
import * as store from './store.ts'
import type { Recovery } from './year.ts'

export const noteRecovery = command({
  name: 'fund.note-recovery',
  by: ['system@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '记下一个审核疑点应追回或已追回的金额,抵减账单所属医共体预算的支出;撤销的记零;重复通知结果相同。',
    en: 'Notes what a hit of an audit asks back or got back, less spend of the budget that the bill was of; nothing once revoked; told again it is the same.',
  },
  input: noteRecoveryInput,
  read: async (tx, { org, hit }, act) => {
    await store.lockSpend(tx, hit)
    const found = await standingRecovery(tx, org as OrgId, hit)
    if (!found) return { one: null }
    const noted = await store.notedRecovery(tx, found.org, hit)
    if (noted) return { one: { ...noted, fen: found.fen } }
    if (found.fen === 0) return { one: null }
    // The budget is that of the person's home; a hit of nobody in particular is of the institution's own consortium.
    const village = found.person === null ? null : (await getPerson(tx, found.person)).village
    const day = found.day < act.today ? found.day : act.today
    const consortium = village === null ? await consortiumOf(tx, found.org, day) : await consortiumOfHome(tx, village)
    if (!consortium) return { one: null }
    const members = await memberIdsOf(tx, consortium.id, day)
    const [year, month] = found.day.split('-').map(Number) as [number, number]
    const institution = bookedPlace(members, found.org)
    const one: Recovery = {
      org: consortium.lead,
      hitOrg: found.org,
      hit,
      year,
      month,
      institution,
      fen: found.fen,
      bill: found.bill,
    }
    return { one }
  },
  decide: ({ one }) => ok({ change: one, answer: { noted: one !== null } }),
  write: async (tx, one, act) => {
    if (one) await store.noteRecovery(tx, one, act.now)
  },
})

/** Whatever becomes of a decided hit, what it brings back is noted anew. */
export const recoveryReactions: readonly Reaction[] = ['decide', 'confirm', 'recover', 'revoke'].map((what) => ({
  consumer: 'fund.note-recovery',
  on: `audit-rules.hit-${what}`,
  command: 'fund.note-recovery',
  input: ({ org, caseId }) => ({ org, hit: caseId }),
}))
