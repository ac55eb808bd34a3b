import type { Day } from '../../../kernel/day.ts'
import type { KeptSettlement } from '../ledger-store.ts'
import type { Bill, KeptSplit, Line, VisitKind } from '../payment.ts'
import { institutionNumber, wireTime } from '../wire/envelope.ts'
import { faultsOfSettlement, fundOf, splitOf, type Setlinfo } from '../wire/amounts.ts'
import { yuanOf } from '../wire/yuan.ts'
import type { About, TradeClient } from '../trade-client.ts'
import type { TradeNumber, TradeOutput } from '../wire/trades.ts'

/** What the trades of a bill are made of. */
export type WayFacts = {
  readonly bill: Bill
  readonly lines: readonly Line[]
  readonly orgName: string
  readonly name: string
  readonly idNumber: string
  readonly zone: string
  readonly today: Day
  /** What the platform settled in this round, as far as the house has kept it. */
  readonly kept: KeptSettlement | null
  /** Keeps what the platform settled before it is voided: whoever is killed in between still knows of it. */
  readonly keep: (settlement: KeptSettlement) => Promise<void>
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly says: string; readonly isImplausible?: boolean }
export type Quoted = {
  readonly split: KeptSplit
  readonly psnNo: string
  readonly insuredType: string
  readonly visitNo: string | null
  readonly orderNo: string | null
  readonly orderToken: string | null
}

/** A settlement that the house did not take as its own, and when it was voided. */
export type Voided = KeptSettlement & { readonly voidedOn: Day }

/** How a bill is brought to the platform: by a mobile order, or at the window. Each step is one thing, however often it is called. */
export type Way = {
  readonly quote: (facts: WayFacts) => Promise<Outcome<Quoted>>
  readonly settle: (facts: WayFacts) => Promise<Outcome<{ settlementNo: string; day: Day }>>
  readonly reverse: (facts: WayFacts) => Promise<Outcome<{ day: Day }>>
  /** Answers what the platform had settled after all and has now voided; null when there was nothing. */
  readonly withdraw: (facts: WayFacts) => Promise<Outcome<Voided | null>>
}

/** `med_type` of each kind of visit. 11 and 14 are the platform's (grade C, memory); 51 stands for assisted reproduction here. */
export const MED_TYPE: Readonly<Record<VisitKind, string>> = { ordinary: '11', chronic: '14', 'assisted-reproduction': '51' }
const EMPLOYEES = '310'
/** Only employees' insurance has a personal account. */
export const accountFlag = (insuredType: string): '0' | '1' => (insuredType === EMPLOYEES ? '1' : '0')

export const aboutStep = <N extends TradeNumber>(
  { bill, orgName }: WayFacts,
  step: string,
  more: Partial<About<N>> = {},
): About<N> => ({
  org: bill.org,
  orgName,
  step: `${bill.id} ${bill.round} ${step}`,
  ...(bill.psnNo === null ? {} : { psn: bill.psnNo }),
  ...more,
})

/** The lines as the platform wants them: the same each time for the same bill and round. */
export const feesOf = ({ bill, lines, zone }: WayFacts, of: { mdtrt_id?: string; psn_no?: string } = {}) =>
  lines.map((line) => ({
    feedetl_sn: `${bill.id.slice(-12)}${bill.round}L${line.no}`,
    ...of,
    chrg_bchno: batchOf(bill),
    fee_ocur_time: wireTime(bill.openedAt, zone),
    med_list_codg: line.code,
    medins_list_codg: line.code,
    medins_list_name: line.zh,
    chrgitm_lv: line.class,
    det_item_fee_sumamt: yuanOf(line.amountFen),
    cnt: line.count,
    pric: yuanOf(line.priceFen),
  }))

export const batchOf = ({ id, round }: Bill): string => `${id.replaceAll('-', '')}${round}`.slice(-20)
export const orderNumberOf = ({ id, round }: Bill): string => `${id}-${round}`.slice(0, 40)
export const institutionOf = ({ bill }: WayFacts): string => institutionNumber(bill.org)

/** Who is insured, by the platform. */
export const whoIsInsured = (trades: TradeClient, facts: WayFacts): Promise<Outcome<{ psnNo: string; insuredType: string }>> =>
  insuredByName(trades, aboutStep<'1101'>(facts, 'who'), facts)

/** The same of anybody, by name and identity number. */
export const insuredByName = async (
  trades: TradeClient,
  about: About<'1101'>,
  { name, idNumber }: Pick<WayFacts, 'name' | 'idNumber'>,
): Promise<Outcome<{ psnNo: string; insuredType: string }>> => {
  const data = { mdtrt_cert_type: '02' as const, mdtrt_cert_no: idNumber, certno: idNumber, psn_name: name }
  const answer = await trades.call(about, '1101', { data })
  if (!answer.ok) return answer
  const { baseinfo, insuinfo } = answer.output
  const [insured] = insuinfo.filter(({ psn_insu_stas }) => psn_insu_stas === '1')
  return insured
    ? { ok: true, value: { psnNo: baseinfo.psn_no, insuredType: insured.insutype } }
    : { ok: false, says: '未参保或已停保 Not insured at present' }
}

/** The split that the platform says, if it may be believed. */
export const believed = (
  output: { setlinfo?: Setlinfo | null | undefined; setldetail: TradeOutput<'2206'>['setldetail'] },
  totalFen: number,
): Outcome<KeptSplit> => {
  if (!output.setlinfo) return { ok: false, says: '平台未给出结算 The platform gave no settlement', isImplausible: true }
  const faults = faultsOfSettlement(output.setlinfo, output.setldetail, totalFen)
  if (faults.length > 0)
    return {
      ok: false,
      says: `平台结算不可信 The settlement does not add up: ${faults.join('; ')}`.slice(0, 300),
      isImplausible: true,
    }
  return { ok: true, value: splitOf(output.setlinfo, output.setldetail) }
}

/** Whether two splits are the same to the fen. */
export const isSameSplit = (one: KeptSplit, other: KeptSplit): boolean =>
  (['total', 'account', 'familyPool', 'hospital', 'cash'] as const).every((name) => one[name] === other[name]) &&
  [...new Set([...Object.keys(one.funds), ...Object.keys(other.funds)])].every(
    (code) => (one.funds[code] ?? 0) === (other.funds[code] ?? 0),
  )

const DAY_LENGTH = 10
/** The day of a settlement by the platform's own words; ours where it says none. */
export const dayOfSettlement = (info: { setl_time?: string | null | undefined } | null | undefined, today: Day): Day =>
  (info?.setl_time?.slice(0, DAY_LENGTH) ?? today) as Day

/** A settlement as 3201 and 3202 count it: by what the platform said, whatever the house made of it. */
export const keptOf = (
  output: { setlinfo?: Setlinfo | null | undefined; setldetail: TradeOutput<'2206'>['setldetail'] },
  today: Day,
): KeptSettlement | null => {
  if (!output.setlinfo?.setl_id) return null
  const split = splitOf(output.setlinfo, output.setldetail)
  return {
    settlementNo: output.setlinfo.setl_id,
    insuredType: output.setlinfo.insutype,
    total: split.total,
    fund: fundOf(split),
    account: split.account + split.familyPool,
    settledOn: dayOfSettlement(output.setlinfo, today),
  }
}
