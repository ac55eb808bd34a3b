import { ok } from '../../../kernel/result.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { command, Refused } from '../../../platform/forms/form.ts'
import { findInstitution } from '../../organisations/index.ts'
import { chooseInput } from '../finding/contract.ts'
import { openedList } from '../finding/list-token.ts'
import { saveChoice, type Choice } from './choices-store.ts'

/** The choice between the places of a list, noted when it is booked: whichever it is, it counts as the person's own. */
export const choose = command({
  name: 'navigation.choose',
  by: ['resident@anyone', 'village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'],
  basis: '居民可自主选择;引导结果可核查',
  does: {
    zh: '记录从推荐列表中选了哪家机构、排第几;不记录本人身份,选哪家都可以。',
    en: 'Notes which place of a list was chosen and where it stood; not who chose. Any place may be chosen.',
  },
  input: chooseInput,
  read: async (tx, input, act) => {
    const list = openedList(input.list, act.cipher)
    if (!list) throw new Refused('navigation.list-unknown')
    const institution = await findInstitution(tx, input.institution as OrgId)
    if (!institution) throw new Refused('navigation.institution-unknown')
    return { list, institution }
  },
  decide: ({ list, institution }, input, act) => {
    const at = list.offered.indexOf(institution.id)
    const change: Choice = {
      ...list,
      org: institution.id,
      chosenAt: act.now,
      byRole: act.actor.role,
      position: at < 0 ? null : at + 1,
      booking: input.booking ?? null,
    }
    return ok({ change, answer: { position: change.position, offered: list.offered.length } })
  },
  write: saveChoice,
})
