import type { Day } from '../../../kernel/day.ts'
import { present } from '../../../kernel/assert.ts'
import type { KeptSplit } from '../payment.ts'
import { fundOf, splitOf } from '../wire/amounts.ts'
import { wireTime } from '../wire/envelope.ts'
import { ORDER_STATES } from '../wire/mobile.ts'
import { yuanOf } from '../wire/yuan.ts'
import type { TradeClient } from '../trade-client.ts'
import {
  aboutStep,
  accountFlag,
  batchOf,
  believed,
  dayOfSettlement,
  feesOf,
  institutionOf,
  isSameSplit,
  keptOf,
  MED_TYPE,
  orderNumberOf,
  whoIsInsured,
  type Outcome,
  type Quoted,
  type Voided,
  type Way,
  type WayFacts,
} from './way.ts'

const ofOrder = (facts: WayFacts) => ({
  payOrdId: present(facts.bill.orderNo, 'the order of a priced bill'),
  payToken: present(facts.bill.orderToken, 'the token of a priced bill'),
  orgCodg: institutionOf(facts),
})

const standing = async (trades: TradeClient, facts: WayFacts) => {
  const answer = await trades.call(aboutStep<'6301'>(facts, 'standing'), '6301', ofOrder(facts))
  return answer.ok ? answer.output : null
}

const inState = (trades: TradeClient, facts: WayFacts, state: string) => async () => {
  const found = await standing(trades, facts)
  return found?.ordStas === state ? found : null
}

const reverse = async (trades: TradeClient, facts: WayFacts, split: KeptSplit): Promise<Outcome<{ day: Day }>> => {
  const refund = {
    ...ofOrder(facts),
    appRefdSn: `${orderNumberOf(facts.bill)}-r`,
    appRefdTime: wireTime(facts.bill.openedAt, facts.zone),
    totlRefdAmt: yuanOf(split.total),
    psnAcctRefdAmt: yuanOf(split.account),
    fundRefdAmt: yuanOf(fundOf(split)),
    cashRefdAmt: yuanOf(split.cash),
    refdType: 'ALL' as const,
  }
  const lookUp = async () => {
    const found = await inState(trades, facts, ORDER_STATES.refunded)()
    return found && { refdStas: 'SUCC' as const, ...found }
  }
  const answer = await trades.call(aboutStep<'6203'>(facts, 'refund', { again: true, lookUp }), '6203', refund)
  if (!answer.ok) return answer
  return answer.output.refdStas === 'SUCC'
    ? { ok: true, value: { day: dayOfSettlement(answer.output.setlinfo, facts.today) } }
    : { ok: false, says: '平台退费失败 The platform did not refund' }
}

const quote = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<Quoted>> => {
  const { bill } = facts
  const who = await whoIsInsured(trades, facts)
  if (!who.ok) return who
  const { psnNo, insuredType } = who.value
  const answer = await trades.call(aboutStep<'6201'>(facts, 'order'), '6201', {
    orgCodg: institutionOf(facts),
    psnNo,
    insutype: insuredType,
    medOrgOrd: orderNumberOf(bill),
    begntime: wireTime(bill.openedAt, facts.zone),
    idNo: facts.idNumber,
    userName: facts.name,
    idType: '01',
    iptOtpNo: bill.id,
    medType: MED_TYPE[bill.visitKind],
    medfeeSumamt: yuanOf(bill.totalFen),
    acctUsedFlag: accountFlag(insuredType),
    chrgBchno: batchOf(bill),
    feedetailList: feesOf(facts),
  })
  if (!answer.ok) return answer
  const split = believed(answer.output, bill.totalFen)
  if (!split.ok) return split
  return {
    ok: true,
    value: {
      split: split.value,
      psnNo,
      insuredType,
      visitNo: null,
      orderNo: answer.output.payOrdId,
      orderToken: answer.output.payToken,
    },
  }
}

const settle = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<{ settlementNo: string; day: Day }>> => {
  const answer = await trades.call(
    aboutStep<'6202'>(facts, 'settle', { lookUp: inState(trades, facts, ORDER_STATES.settled) }),
    '6202',
    ofOrder(facts),
  )
  if (!answer.ok) return answer
  const split = believed(answer.output, facts.bill.totalFen)
  // Another price than the person agreed to is taken back whole.
  if (!split.ok || !isSameSplit(split.value, present(facts.bill.split, 'the price')))
    return { ok: false, says: '平台结算与预结算不符 Settled at another price' }
  const { setlinfo } = answer.output
  return { ok: true, value: { settlementNo: setlinfo?.setl_id ?? '', day: dayOfSettlement(setlinfo, facts.today) } }
}

const withdraw = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<Voided | null>> => {
  const found = await standing(trades, facts)
  if (found?.ordStas === ORDER_STATES.settled) {
    const settlement = keptOf(found, facts.today)
    if (settlement) await facts.keep(settlement)
    const reversed = await reverse(
      trades,
      facts,
      splitOf(present(found.setlinfo, 'the settlement of an order'), found.setldetail),
    )
    return reversed.ok ? { ok: true, value: settlement && { ...settlement, voidedOn: reversed.value.day } } : reversed
  }
  // Somebody gave it back before us and was killed before the house knew.
  if (found?.ordStas === ORDER_STATES.refunded)
    return { ok: true, value: facts.kept && { ...facts.kept, voidedOn: dayOfSettlement(found.setlinfo, facts.today) } }
  const answer = await trades.call(aboutStep<'6401'>(facts, 'withdraw', { again: true }), '6401', ofOrder(facts))
  return answer.ok ? { ok: true, value: null } : answer
}

/** 6201 prices, 6202 settles, 6203 gives back, 6401 withdraws; 6301 says where it stands when an answer was lost. */
export const mobileWay = (trades: TradeClient): Way => ({
  quote: (facts) => quote(trades, facts),
  settle: (facts) => settle(trades, facts),
  reverse: (facts) => reverse(trades, facts, present(facts.bill.split, 'the price of a settled bill')),
  withdraw: (facts) => withdraw(trades, facts),
})
