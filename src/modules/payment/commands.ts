import { ok, refuse } from '../../kernel/result.ts'
import type { Party } from '../../platform/access.ts'
import { command, Refused } from '../../platform/forms/form.ts'
import { billInput, fulfilInput, payInput, quoteInput, reasonInput } from './contract.ts'
import { pointOf } from './point-store.ts'
import { lockTheirBill, relationsToBill, subjectOfTheirs } from './behalf.ts'
import { billEvent, readLocked, step, subjectOfBill, writeStep } from './read-bill.ts'
import { releaseLines, saveFulfilled } from './store.ts'

const BASIS = 'S0 移动支付:诊间支付'
const THERE = ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own'] as const
const PERSON_OR_THERE: readonly Party[] = ['resident@self', 'resident@representative', ...THERE]

export const quote = command({
  name: 'payment.quote',
  by: PERSON_OR_THERE,
  basis: BASIS,
  does: { zh: '预结算:向医保平台问明基金、个人账户和现金各付多少。', en: 'Asks the insurer’s platform who would pay what.' },
  input: quoteInput,
  read: async (tx, input, act) => {
    const found = await lockTheirBill(tx, input, act.actor)
    return found && { ...found, point: await pointOf(tx, found.bill.org, act.today) }
  },
  relation: relationsToBill,
  subject: subjectOfTheirs,
  decide: ({ bill, point }, { channel }, act) => {
    if (channel === 'window' && act.actor.role === 'resident') return refuse('payment.desk-only')
    if (channel === 'mobile' && !point?.care.includes(bill.visitKind)) return refuse('payment.not-open-here')
    const moved = {
      channel,
      round: bill.round + 1,
      split: null,
      orderNo: null,
      orderToken: null,
      visitNo: null,
      cashApp: null,
      cashOn: null,
      payLink: null,
      reason: null,
    }
    return step(bill, 'quote', moved, act, { type: 'payment.quote-asked', data: { channel } })
  },
  write: writeStep,
})

export const pay = command({
  name: 'payment.pay',
  by: PERSON_OR_THERE,
  basis: BASIS,
  does: {
    zh: '按预结算支付:一单之内统筹基金、个人账户和现金一并结清。',
    en: 'Pays at the price shown: fund, personal account and cash in one order.',
  },
  input: payInput,
  read: (tx, input, act) => lockTheirBill(tx, input, act.actor),
  relation: relationsToBill,
  subject: subjectOfTheirs,
  decide: ({ bill }, { app }, act) => {
    if (app === 'window' && act.actor.role === 'resident') return refuse('payment.desk-only')
    if (bill.channel !== null && (bill.channel === 'window') !== (app === 'window')) return refuse('payment.way-does-not-fit')
    return step(bill, 'pay', { cashApp: app, cashOn: act.today }, act, { type: 'payment.paying', data: { app } })
  },
  write: writeStep,
})

export const refund = command({
  name: 'payment.refund',
  by: PERSON_OR_THERE,
  basis: BASIS,
  does: {
    zh: '整单退费:先退现金,再退共济与个人账户,最后退基金,均按原额。',
    en: 'Refunds a bill whole: cash first, then family pool and account, then funds, each its exact amount.',
  },
  input: reasonInput,
  read: (tx, input, act) => lockTheirBill(tx, input, act.actor),
  relation: relationsToBill,
  subject: subjectOfTheirs,
  decide: ({ bill, lines }, { reason }, act) => {
    if (lines.some(({ fulfilledAt }) => fulfilledAt !== null)) return refuse('payment.already-fulfilled')
    return step(bill, 'refund', { reason }, act, { type: 'payment.refund-asked' })
  },
  // Nothing of it may be carried out while the money goes back.
  write: async (tx, change) => {
    await releaseLines(tx, change.bill, null)
    await writeStep(tx, change)
  },
})

export const cancel = command({
  name: 'payment.cancel',
  by: PERSON_OR_THERE,
  basis: BASIS,
  does: { zh: '撤销未结算的账单;已收的现金原路退回。', en: 'Cancels a bill that is not settled; cash that had come goes back.' },
  input: reasonInput,
  read: (tx, input, act) => lockTheirBill(tx, input, act.actor),
  relation: relationsToBill,
  subject: subjectOfTheirs,
  decide: ({ bill }, { reason }, act) => step(bill, 'cancel', { reason }, act, { type: 'payment.cancel-asked' }),
  write: writeStep,
})

export const expire = command({
  name: 'payment.expire',
  by: ['system@anyone'],
  basis: BASIS,
  does: { zh: '逾期未付的账单自动撤销。', en: 'Withdraws a bill that was not paid in time.' },
  input: billInput,
  read: readLocked,
  subject: subjectOfBill,
  decide: ({ bill }, _input, act) =>
    step(bill, 'expire', { reason: '逾期未付 not paid in time' }, act, { type: 'payment.expired' }),
  write: writeStep,
})

export const fulfil = command({
  name: 'payment.fulfil',
  by: THERE,
  basis: BASIS,
  does: { zh: '执行或发药后登记该项目已完成。', en: 'Notes that a paid line was carried out or dispensed.' },
  input: fulfilInput,
  read: (tx, input, act) => lockTheirBill(tx, input, act.actor),
  relation: relationsToBill,
  subject: subjectOfTheirs,
  decide: ({ bill, lines }, { line: no }, act) => {
    const line = lines.find((one) => one.no === no)
    if (!line || line.releasedAt === null || line.fulfilledAt !== null) return refuse('payment.line-not-released')
    return ok({
      change: { bill, no, at: act.now, by: act.actor.account },
      answer: { line: no },
      events: [billEvent(bill, 'payment.fulfilled', { line: no, kind: line.kind })],
    })
  },
  write: async (tx, { bill, no, at, by }) => {
    if ((await saveFulfilled(tx, bill, no, by, at)) !== 1) throw new Refused('payment.line-not-released')
  },
})
