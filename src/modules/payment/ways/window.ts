import type { Day } from '../../../kernel/day.ts'
import { present } from '../../../kernel/assert.ts'
import { wireTime } from '../wire/envelope.ts'
import { yuanOf } from '../wire/yuan.ts'
import type { TradeClient } from '../trade-client.ts'
import {
  aboutStep,
  accountFlag,
  batchOf,
  believed,
  dayOfSettlement,
  feesOf,
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

const ITSELF_PAID = '01'

const settleAsked = (facts: WayFacts, of: { psnNo: string; insuredType: string; visitNo: string }) => ({
  data: {
    psn_no: of.psnNo,
    mdtrt_cert_type: '02',
    mdtrt_cert_no: facts.idNumber,
    med_type: MED_TYPE[facts.bill.visitKind],
    medfee_sumamt: yuanOf(facts.bill.totalFen),
    psn_setlway: ITSELF_PAID,
    mdtrt_id: of.visitNo,
    chrg_bchno: batchOf(facts.bill),
    acct_used_flag: accountFlag(of.insuredType),
    insutype: of.insuredType,
  },
})

const kept = ({ bill }: WayFacts) => ({
  psnNo: present(bill.psnNo, 'the insured person of a priced bill'),
  insuredType: present(bill.insuredType, 'the insured type of a priced bill'),
  visitNo: present(bill.visitNo, 'the visit of a priced bill'),
})

const standing = async (trades: TradeClient, facts: WayFacts) => {
  const { psnNo, visitNo } = kept(facts)
  const answer = await trades.call(aboutStep<'5203'>(facts, 'standing'), '5203', { data: { psn_no: psnNo, mdtrt_id: visitNo } })
  return answer.ok && answer.output.setlinfo ? { setlinfo: answer.output.setlinfo, setldetail: answer.output.setldetail } : null
}

const voidIt = async (trades: TradeClient, facts: WayFacts, settlementNo: string) => {
  const { psnNo, visitNo } = kept(facts)
  const input = { data: { psn_no: psnNo, mdtrt_id: visitNo, setl_id: settlementNo } }
  return trades.call(aboutStep<'2208'>(facts, 'void', { again: true }), '2208', input)
}

const quote = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<Quoted>> => {
  const { bill, zone } = facts
  const who = await whoIsInsured(trades, facts)
  if (!who.ok) return who
  const { psnNo, insuredType } = who.value
  const begntime = wireTime(bill.openedAt, zone)
  const visit = await trades.call(aboutStep<'2201'>(facts, 'visit', { psn: psnNo }), '2201', {
    data: {
      psn_no: psnNo,
      insutype: insuredType,
      begntime,
      mdtrt_cert_type: '02',
      mdtrt_cert_no: facts.idNumber,
      ipt_otp_no: orderNumberOf(bill),
    },
  })
  if (!visit.ok) return visit
  const visitNo = visit.output.data.mdtrt_id
  const said = await trades.call(aboutStep<'2203'>(facts, 'about'), '2203', {
    mdtrtinfo: { mdtrt_id: visitNo, psn_no: psnNo, med_type: MED_TYPE[bill.visitKind], begntime },
  })
  if (!said.ok) return said
  const fees = await trades.call(aboutStep<'2204'>(facts, 'fees'), '2204', {
    feedetail: feesOf(facts, { mdtrt_id: visitNo, psn_no: psnNo }),
  })
  if (!fees.ok) return fees
  const priced = await trades.call(aboutStep<'2206'>(facts, 'price'), '2206', settleAsked(facts, { psnNo, insuredType, visitNo }))
  if (!priced.ok) return priced
  const split = believed(priced.output, bill.totalFen)
  return split.ok
    ? { ok: true, value: { split: split.value, psnNo, insuredType, visitNo, orderNo: null, orderToken: null } }
    : split
}

const settle = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<{ settlementNo: string; day: Day }>> => {
  const answer = await trades.call(
    aboutStep<'2207'>(facts, 'settle', { lookUp: () => standing(trades, facts) }),
    '2207',
    settleAsked(facts, kept(facts)),
  )
  if (!answer.ok) return answer
  const split = believed(answer.output, facts.bill.totalFen)
  if (!split.ok || !isSameSplit(split.value, present(facts.bill.split, 'the price')))
    return { ok: false, says: '平台结算与预结算不符 Settled at another price' }
  const { setlinfo } = answer.output
  return { ok: true, value: { settlementNo: setlinfo.setl_id ?? '', day: dayOfSettlement(setlinfo, facts.today) } }
}

const reverse = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<{ day: Day }>> => {
  const answer = await voidIt(trades, facts, present(facts.bill.settlementNo, 'the settlement of a settled bill'))
  return answer.ok ? { ok: true, value: { day: dayOfSettlement(answer.output.setlinfo, facts.today) } } : answer
}

const withdraw = async (trades: TradeClient, facts: WayFacts): Promise<Outcome<Voided | null>> => {
  const found = await standing(trades, facts)
  const settlement = (found && keptOf(found, facts.today)) ?? facts.kept
  if (settlement) await facts.keep(settlement)
  let voided: Voided | null = null
  if (settlement) {
    const back = await voidIt(trades, facts, settlement.settlementNo)
    if (!back.ok) return back
    voided = { ...settlement, voidedOn: dayOfSettlement(back.output.setlinfo, facts.today) }
  }
  const { psnNo, visitNo } = kept(facts)
  const lines = await trades.call(aboutStep<'2205'>(facts, 'withdraw lines', { again: true }), '2205', {
    data: { psn_no: psnNo, mdtrt_id: visitNo, chrg_bchno: '0000' },
  })
  if (!lines.ok) return lines
  const visit = await trades.call(aboutStep<'2202'>(facts, 'withdraw visit', { again: true }), '2202', {
    data: { psn_no: psnNo, mdtrt_id: visitNo, ipt_otp_no: orderNumberOf(facts.bill) },
  })
  return visit.ok ? { ok: true, value: voided } : visit
}

/** 2201, 2203, 2204 and 2206 price, 2207 settles, 2208 voids, 2205 and 2202 withdraw; 5203 says what stands when an answer was lost. */
export const windowWay = (trades: TradeClient): Way => ({
  quote: (facts) => quote(trades, facts),
  settle: (facts) => settle(trades, facts),
  reverse: (facts) => reverse(trades, facts),
  withdraw: (facts) => withdraw(trades, facts),
})
