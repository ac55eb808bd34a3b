import type { AccountId, OrgId } from '../../kernel/id.ts'
import { ok, refuseAll } from '../../kernel/result.ts'
import { command } from '../../platform/forms/form.ts'
import {
  findReferral,
  lockReferral,
  relationsToReferral,
  supplement,
  supplementInput,
  type ReferralId,
} from '../referral/index.ts'
import { readUntilInput, saidInput, withdrawInput, writeInput } from './contract.ts'
import type { MessageId } from './correspondence.ts'
import { mayWithdraw } from './rules/may-withdraw.ts'
import { isSaying, lockThread, momentOf, threadEvent, written } from './said.ts'
import * as store from './store.ts'

const STAFF = ['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const

/** Who reads and writes a thread: the two sides, the care team, and whom an escalation has told. The resident does not. */
export const CORRESPONDENTS = [
  ...STAFF.flatMap((role) => [`${role}@sender`, `${role}@receiver`, `${role}@care-team`] as const),
  'referral-desk@supervisor',
  'consortium-manager@supervisor',
  'health-bureau@supervisor',
] as const
const BASIS = 'S1 医联体业务交流: 转诊双方围绕一位病人的沟通,可追溯'

export const write = command({
  name: 'correspondence.write',
  by: CORRESPONDENTS,
  basis: BASIS,
  does: {
    zh: '在转诊单里给对方留言,可附照片或 PDF;不可修改,短时间内可撤回。',
    en: 'Writes to the other side of a case, with pictures or PDFs; nothing can be edited, and for a short while it may be withdrawn.',
  },
  input: writeInput,
  read: lockThread,
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  subject: ({ referral }) => ({ person: referral.person, case: referral.id, basis: `转诊 ${referral.slipNo}:双方留言` }),
  decide: written,
  write: store.saveWritten,
})

export const supplementWithMessage = command({
  name: 'correspondence.supplement',
  by: supplement.by,
  basis: supplement.basis,
  does: {
    zh: '补充接收方索要的资料,并在同一步里留言、附照片或 PDF:要么都送达,要么都不送达。',
    en: 'Adds what was asked for together with a message and files, in one act: all of it arrives, or nothing.',
  },
  input: supplementInput.extend(saidInput),
  read: async (tx, input, act) => {
    const move = await supplement.read(tx, input, act)
    return move && { move, moment: await momentOf(tx, move.referral) }
  },
  relation: ({ move }, act) => supplement.relation?.(move, act) ?? [],
  subject: ({ move }, input) => supplement.subject?.(move, input) ?? {},
  decide: ({ move, moment }, input, act) => {
    const moved = supplement.decide(move, input, act)
    const said = isSaying(input) ? written(moment, input, act) : ok(null)
    if (!moved.ok || !said.ok) return refuseAll([...(moved.ok ? [] : moved.refusals), ...(said.ok ? [] : said.refusals)])
    return ok({
      ...moved.value,
      change: { moved: moved.value.change, said: said.value?.change ?? null },
      answer: { ...moved.value.answer, message: said.value?.answer.message ?? null },
      events: [...(said.value?.events ?? []), ...(moved.value.events ?? [])],
    })
  },
  write: async (tx, { moved, said }, act) => {
    if (said) await store.saveWritten(tx, said)
    await supplement.write(tx, moved, act)
  },
})

export const readUntil = command({
  name: 'correspondence.read-until',
  by: CORRESPONDENTS,
  basis: BASIS,
  does: { zh: '已读回执:本账号已读到这条留言。', en: 'A receipt: this account has read up to this message.' },
  input: readUntilInput,
  read: async (tx, input, act) => {
    const referral = await findReferral(tx, input.referral as ReferralId)
    const message = referral && (await store.findMessage(tx, referral, input.message as MessageId))
    if (!referral || !message || !act.actor.account) return null
    return { referral, message, account: act.actor.account, readSeq: await store.readSeq(tx, referral, act.actor.account) }
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  subject: ({ referral }) => ({ person: referral.person, case: referral.id }),
  decide: ({ referral, message, account, readSeq }, _input, { actor, now }) => {
    const answer = { message: message.id }
    if (readSeq >= message.seq) return ok({ change: null, answer })
    const mark = {
      account: account as AccountId,
      seq: message.seq,
      readerOrg: actor.org as OrgId,
      readerName: actor.name,
      at: now,
    }
    return ok({
      change: { thread: referral, mark },
      answer,
      events: [threadEvent('correspondence.read', referral, { message: message.id })],
    })
  },
  write: async (tx, change) => (change ? store.saveReadMark(tx, change) : undefined),
})

export const withdraw = command({
  name: 'correspondence.withdraw',
  by: CORRESPONDENTS,
  basis: '留言不可修改;发错的短时间内可由本人撤回,撤回本身留痕 (设计值)',
  does: {
    zh: '撤回自己刚发出的留言:文字和附件删除,撤回的事实保留。',
    en: 'Takes back one’s own message soon after: what it said goes, that it was there stays.',
  },
  input: withdrawInput,
  read: async (tx, input) => {
    const referral = await lockReferral(tx, input.referral as ReferralId)
    const message = referral && (await store.findMessage(tx, referral, input.message as MessageId))
    return referral && message && { referral, message }
  },
  relation: ({ referral }, { actor }) => relationsToReferral(actor, referral),
  subject: ({ referral }) => ({ person: referral.person, case: referral.id }),
  decide: ({ referral, message }, _input, act) => {
    const isOwn = act.actor.account !== null && message.author === act.actor.account
    const may = mayWithdraw(
      { isOwn, at: message.at, withdrawnAt: message.withdrawnAt },
      act.now,
      act.policy('correspondence.withdraw-minutes'),
    )
    if (!may.ok) return may
    const events = [threadEvent('correspondence.withdrawn', referral, { message: message.id })]
    return ok({ change: { message, at: act.now }, answer: { message: message.id }, events })
  },
  write: store.saveWithdrawn,
})
