import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { fenOf, yuanOf, type TradeInput } from '../../modules/payment/index.ts'
import {
  addedOf,
  areaClaim,
  areaFile,
  ClaimRefusal,
  settleClaim,
  sharesOf,
  type Added,
  type AreaBook,
  type AreaClaim,
  type YearSeen,
} from '../../modules/settlement/index.ts'
import { RuleConflict, RuleGap } from '../../shapes/rulebook.ts'
import { PlatformRefusal } from './book.ts'

// Who pays what, as the simulated insurer finds it: the house's own engine by the book of a simulated area (areas/), on what the person's
// year has seen. Whoever would try other rules changes the book; whoever would try another engine replaces `adjudicate`.

type Line = TradeInput<'2204'>['feedetail'][number]
type Insured = AreaBook['insured']

const bookOf = (insured: Insured): AreaBook =>
  areaFile.parse(parse(readFileSync(join(import.meta.dirname, 'areas', `${insured}.yaml`), 'utf8')))
const BOOKS: Readonly<Record<string, AreaBook>> = { '310': bookOf('workers'), '390': bookOf('residents') }

/** What each `med_type` is to the engine; 51 has a rate of its own within outpatient care. */
const CARE_OF: Readonly<Record<string, { care: AreaClaim['care']; category?: string }>> = {
  '11': { care: 'outpatient' },
  '14': { care: 'chronic' },
  '21': { care: 'inpatient' },
  '51': { care: 'outpatient', category: 'assisted-reproduction' },
}
const LISTS: Readonly<Record<string, 'A' | 'B' | 'C'>> = { '01': 'A', '02': 'B', '03': 'C' }
/** 乙类: what the person pays first, basis points. Nobody's policy. */
const FIRST_SELF_PAID = 1_000
/** The platform does not say at which level its institutions stand; its book has one rate for all. */
const LEVEL = 'level2'

/** The wire's name of a layer, with the code and name of the fund that pays it. Grade G2; 370100 from memory. */
type OnWire = { readonly field: string; readonly code: string; readonly name: string }
const OTHER: OnWire = { field: 'oth_pay', code: '999997', name: '其他' }
const AID: OnWire = { field: 'maf_pay', code: '610100', name: '医疗救助基金' }
const LARGE: OnWire = { field: 'hifob_pay', code: '330100', name: '职工大额医疗费用补助基金' }
const LAYERS_OF: Readonly<Record<Insured, Readonly<Record<string, OnWire>>>> = {
  workers: {
    basic: { field: 'hifp_pay', code: '310100', name: '职工基本医疗保险统筹基金' },
    'serious-illness': LARGE,
    'large-amount': LARGE,
    'civil-service': { field: 'cvlserv_pay', code: '320100', name: '公务员医疗补助基金' },
    supplementary: { field: 'hifes_pay', code: '370100', name: '企业补充医疗保险基金' },
    'medical-aid': AID,
    'tilt-aid': AID,
  },
  residents: {
    basic: { field: 'hifp_pay', code: '390100', name: '城乡居民基本医疗保险基金' },
    'serious-illness': { field: 'hifmi_pay', code: '390200', name: '城乡居民大病医疗保险资金' },
    'medical-aid': AID,
    'tilt-aid': AID,
  },
}

/** What each fund pays, in the platform's names: the sums by field, and a row a fund. */
export const fundsOnWire = (funds: Readonly<Record<string, number>>, insured: Insured) => {
  const fields = new Map<string, number>()
  const rows = Object.entries(funds).filter(([, fen]) => fen > 0).map(([fund, fen]) => {
    const { field, code, name } = LAYERS_OF[insured][fund] ?? OTHER
    fields.set(field, (fields.get(field) ?? 0) + fen)
    return { fund_pay_type: code, fund_pay_type_name: name, fund_payamt: yuanOf(fen) }
  })
  return { fields: Object.fromEntries([...fields].map(([field, fen]) => [field, yuanOf(fen)])), rows }
} // prettier-ignore

const lineOf = (line: Line, category: string | undefined) => {
  const list = LISTS[line.chrgitm_lv ?? ''] ?? 'A'
  return {
    amountFen: fenOf(line.det_item_fee_sumamt),
    list,
    ...(list === 'B' ? { selfShareBp: FIRST_SELF_PAID } : {}),
    ...(category === undefined ? {} : { category }),
  }
}

const refusing = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof ClaimRefusal) throw new PlatformRefusal(error.zh)
    if (error instanceof RuleGap || error instanceof RuleConflict) throw new PlatformRefusal(`没有适用的待遇规则:${error.id}`)
    throw error
  }
}

/** What the platform takes of each line that is handed in: 甲类 in scope whole, 乙类 after the first part, 丙类 not at all. */
export const splitLine = (line: Line) => {
  const { amountFen, list, selfShareBp = 0 } = lineOf(line, undefined)
  const claim = areaClaim.parse({ day: '2020-01-01', level: LEVEL, given: { basicFen: 0 }, lines: [{ amountFen, list, selfShareBp }] })
  const { ownPayFen, preSelfFen, inScopeFen } = settleClaim(NO_LAYERS, claim, false)
  return {
    feedetl_sn: line.feedetl_sn,
    det_item_fee_sumamt: line.det_item_fee_sumamt,
    cnt: line.cnt,
    pric: line.pric,
    fulamt_ownpay_amt: yuanOf(ownPayFen),
    overlmt_amt: 0,
    preselfpay_amt: yuanOf(preSelfFen),
    inscp_scp_amt: yuanOf(inScopeFen),
    chrgitm_lv: line.chrgitm_lv,
  }
} // prettier-ignore
const NO_LAYERS: AreaBook = { ...bookOf('residents'), rows: [] }

export type Adjudicated = {
  readonly setlinfo: Readonly<Record<string, string | number>> & { readonly medfee_sumamt: number; readonly fund_pay_sumamt: number; readonly acct_pay: number }
  readonly setldetail: readonly { readonly fund_pay_type: string; readonly fund_pay_type_name: string; readonly fund_payamt: number }[]
  /** What it adds to the person's year, and to which kind of care. */
  readonly added: Added & { readonly care: AreaClaim['care']; readonly level: AreaClaim['level'] }
} // prettier-ignore

/**
 * The settlement of some lines, in the platform's names; `balance` is what the personal account holds, in fen, `seen` what the year has.
 * @throws PlatformRefusal when the book has no rule for it.
 */
export const adjudicate = (
  lines: readonly Line[],
  about: { psn_no: string; insutype: string; med_type: string; day: string; mayUseAccount: boolean; balance: number; seen: (care: AreaClaim['care']) => YearSeen },
): Adjudicated => {
  const book = BOOKS[about.insutype]
  const kind = CARE_OF[about.med_type]
  if (book === undefined || kind === undefined) throw new PlatformRefusal('没有适用的待遇规则')
  const { care, category } = kind
  const accountFen = book.insured === 'workers' && about.mayUseAccount ? about.balance : 0
  const claim = areaClaim.parse({ day: about.day, level: LEVEL, care, accountFen, lines: lines.map((line) => lineOf(line, category)) })
  const settled = refusing(() => settleClaim(book, { ...claim, ...about.seen(care) }, false))
  const { fields, rows } = fundsOnWire(sharesOf(settled).funds, book.insured)
  return {
    setlinfo: {
      psn_no: about.psn_no,
      insutype: about.insutype,
      med_type: about.med_type,
      medfee_sumamt: yuanOf(settled.totalFen),
      fulamt_ownpay_amt: yuanOf(settled.ownPayFen),
      overlmt_selfpay: yuanOf(settled.overLimitFen),
      preselfpay_amt: yuanOf(settled.preSelfFen),
      inscp_scp_amt: yuanOf(settled.inScopeFen),
      act_pay_dedc: yuanOf(settled.deductibleFen),
      ...fields,
      fund_pay_sumamt: yuanOf(settled.fundFen),
      psn_part_amt: yuanOf(settled.personalFen),
      acct_pay: yuanOf(settled.accountFen),
      psn_cash_pay: yuanOf(settled.cashFen),
      balc: yuanOf(about.balance - settled.accountFen),
    },
    setldetail: rows,
    added: { ...addedOf(settled), care, level: claim.level },
  }
} // prettier-ignore
