import { query } from '../../platform/forms/form.ts'
import { findReferral, findReferrals, relationsToReferral, type ReferralId } from '../referral/index.ts'
import { CORRESPONDENTS } from './commands.ts'
import { attachmentInput, threadInput, unreadInput } from './contract.ts'
import type { AttachmentId } from './correspondence.ts'
import { keyOf } from './said.ts'
import { opened, readThread, shownThread } from './shown.ts'
import * as store from './store.ts'

const BASIS = 'S1 医联体业务交流; S0 治疗过程可追溯'
/** Threads looked through for what is unread: the newest ones of an institution. */
const THREADS_MOST = 500

export const thread = query({
  name: 'correspondence.thread',
  by: CORRESPONDENTS,
  basis: BASIS,
  does: {
    zh: '一张转诊单的全部留言:谁、哪个机构、何时、谁已读。',
    en: 'All messages of a case: by whom of which institution, when, and read by whom.',
  },
  input: threadInput,
  read: async (tx, input) => {
    const referral = await findReferral(tx, input.referral as ReferralId)
    return referral && readThread(tx, referral)
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  audits: ({ referral }) => [{ person: referral.person, case: referral.id, basis: `转诊 ${referral.slipNo}:查阅双方留言` }],
  answer: (whole, _input, act) => shownThread(whole, act),
})

export const attachment = query({
  name: 'correspondence.attachment',
  by: CORRESPONDENTS,
  basis: BASIS,
  does: { zh: '打开留言的一个附件;每次打开留痕。', en: 'Opens one file of a message; every look is on record.' },
  input: attachmentInput,
  read: async (tx, input) => {
    const referral = await findReferral(tx, input.referral as ReferralId)
    const file = referral && (await store.findAttachment(tx, referral, input.attachment as AttachmentId))
    const key = referral && (await keyOf(tx, referral))
    return referral && file && key && { referral, file, key }
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  audits: ({ referral }) => [{ person: referral.person, case: referral.id, basis: `转诊 ${referral.slipNo}:打开留言附件` }],
  answer: ({ file, key }, _input, act) => ({
    name: opened(file.nameSealed, key, act) ?? '',
    mediaType: file.mediaType,
    base64: opened(file.bodySealed, key, act) ?? '',
  }),
})

export const unread = query({
  name: 'correspondence.unread',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone', 'consortium-manager@anyone'],
  basis: BASIS,
  does: {
    zh: '本账号未读的对方留言,按转诊单计数。',
    en: 'Messages of other institutions that this account has not read, by case.',
  },
  input: unreadInput,
  read: async (tx, _input, { actor }) => {
    if (!actor.org || !actor.account) return null
    const found = await store.unreadOf(tx, actor.org, actor.account, THREADS_MOST)
    const referrals = await findReferrals(tx, found)
    // Who is no longer a party, after a redirection for instance, has nothing to read there.
    return found.filter(({ id }) => {
      const referral = referrals.get(id)
      return referral !== undefined && relationsToReferral(actor, referral).length > 0
    })
  },
  answer: (found) => ({
    total: found.reduce((sum, one) => sum + one.unread, 0),
    cases: found.map(({ id, unread: count, newestAt }) => ({ referral: id, unread: count, newestAt })),
  }),
})
