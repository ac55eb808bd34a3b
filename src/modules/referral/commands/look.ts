import { plusMilliseconds } from '../../../kernel/clock.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { command, type Decision } from '../../../platform/forms/form.ts'
import { lookInput, type ShownLook } from '../contract.ts'
import { deleteLook, lockLook, saveLook, type Look } from '../desk-store.ts'
import { relationsToReferral } from '../facts.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { ReferralId } from '../referral.ts'
import * as store from '../store.ts'

/** What a colleague's lease looks like on a screen. */
export const shownLook = (look: Look, account: string | null): ShownLook => ({
  referral: look.referral,
  by: { zh: look.name.zh, en: look.name.en ?? null },
  isMine: look.account === account,
  until: look.until,
})

type Change = { readonly org: OrgId; readonly own: Look; readonly leaves: boolean; readonly takesOver: boolean } | null
type Answer = { look: ShownLook | null }

/**
 * Says to the colleagues of one's own institution that one works on a case: a lease of some seconds, renewed while the
 * case is open. It forbids nobody anything; who comes second is told who came first, and may take over.
 */
export const look = command({
  name: 'referral.look',
  by: ['referral-desk@receiver', 'ward@receiver', 'family-doctor@receiver', 'village-doctor@receiver'],
  basis: '转诊台多人值班时避免重复处理 (设计值)',
  does: { zh: '告诉同机构同事:我正在处理这张转诊单;离开时撤下。', en: 'Tells colleagues of one’s institution that one works on a case, or has left it.' },
  input: lookInput,
  read: async (tx, input, act) => {
    const referral = await store.findReferral(tx, input.referral as ReferralId)
    const { org, account } = act.actor
    return referral && org && account ? { referral, org, account, running: await lockLook(tx, org, referral.id, act.now) } : null
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  subject: ({ referral }) => ({ person: referral.person, case: referral.id }),
  decide: ({ referral, org, account, running }, { leaves, takesOver }, act): Result<Decision<Change, Answer>> => {
    const own: Look = { referral: referral.id, account, name: act.actor.name, until: plusMilliseconds(act.now, act.policy('referral.look-lease') * 1_000) }
    if (leaves) return ok({ change: { org, own, leaves, takesOver }, answer: { look: null } })
    const isAnothers = running !== null && running.account !== account && !takesOver
    return ok({ change: isAnothers ? null : { org, own, leaves, takesOver }, answer: { look: shownLook(isAnothers ? running : own, account) } })
  },
  write: async (tx, change, act) => {
    if (change === null) return
    const { org, own, leaves, takesOver } = change
    if (leaves) await deleteLook(tx, org, own.referral, own.account)
    else await saveLook(tx, org, own, act.now, takesOver)
  },
})
