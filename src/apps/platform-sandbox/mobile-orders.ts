import { fenOf, ORDER_STATES, type TradeInput } from '../../modules/payment/index.ts'
import { numberOf, price, refuse, settle, takeFees, voidIt, insuredOf, type Desk, type Settlement } from './settlements.ts'

type Order = {
  pay_ord_id: string
  token: string
  org: string
  number: string
  mdtrt_id: string
  psn_no: string
  state: string
  priced: string
  med_type: string
  may_use_account: number
  setl_id: string | null
  refund_sn: string | null
}
type OfOrder = { payOrdId: string; payToken: string; orgCodg: string }

const orderOf = ({ book }: Desk, { payOrdId, payToken, orgCodg }: OfOrder): Order =>
  book.get<Order>('select * from mobile_order where pay_ord_id = ? and token = ? and org = ?', payOrdId, payToken, orgCodg) ??
  refuse('支付订单不存在')

/** What an order stands at, with the amounts: those of its settlement, or as priced. */
const shown = ({ book }: Desk, order: Order) => {
  const settled = order.setl_id && book.get<Settlement>('select * from settlement where setl_id = ?', order.setl_id)
  return { ordStas: order.state, ...(JSON.parse(settled ? (settled.void_body ?? settled.body) : order.priced) as object) }
}

const askedOf = (desk: Desk, order: Pick<Order, 'psn_no' | 'mdtrt_id' | 'med_type' | 'may_use_account'>, total: number) => ({
  psn_no: order.psn_no,
  mdtrt_id: order.mdtrt_id,
  med_type: order.med_type,
  insutype: insuredOf(desk, order.psn_no).insutype,
  medfee_sumamt: total,
  acct_used_flag: order.may_use_account === 1 ? ('1' as const) : ('0' as const),
})

const taken = (desk: Desk, input: TradeInput<'6201'>): Order => {
  const { book } = desk
  const known = book.get<Order>('select * from mobile_order where org = ? and number = ?', input.orgCodg, input.medOrgOrd)
  if (known) return known
  if (input.orgCodg !== desk.envelope.fixmedins_code) refuse('机构编码与报文头不符')
  if (insuredOf(desk, input.psnNo).insutype !== input.insutype) refuse('险种与参保信息不符')
  const mdtrt = numberOf('M')
  book.run(
    'insert into visit (mdtrt_id, psn_no, org, number, kind, state, insutype, med_type, msgid) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    mdtrt,
    input.psnNo,
    input.orgCodg,
    input.medOrgOrd,
    'mobile',
    'open',
    input.insutype,
    input.medType,
    desk.envelope.msgid,
  )
  takeFees(desk, mdtrt, input.feedetailList, input.chrgBchno)
  const order = {
    pay_ord_id: numberOf('O'),
    token: numberOf('T'),
    psn_no: input.psnNo,
    mdtrt_id: mdtrt,
    med_type: input.medType,
    may_use_account: input.acctUsedFlag === '1' ? 1 : 0,
  }
  const priced = price(desk, askedOf(desk, order, input.medfeeSumamt))
  book.run(
    'insert into mobile_order (pay_ord_id, token, org, number, mdtrt_id, psn_no, state, priced, med_type, may_use_account) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    order.pay_ord_id,
    order.token,
    input.orgCodg,
    input.medOrgOrd,
    mdtrt,
    input.psnNo,
    ORDER_STATES.priced,
    JSON.stringify(priced),
    input.medType,
    order.may_use_account,
  )
  return orderOf(desk, { payOrdId: order.pay_ord_id, payToken: order.token, orgCodg: input.orgCodg })
}

/** Settles at the price that was shown: when the account no longer holds its part, or the year has seen another bill meanwhile, nothing is done. */
const confirmed = (desk: Desk, order: Order): Order => {
  if (order.state === ORDER_STATES.settled) return order
  if (order.state !== ORDER_STATES.priced) refuse('订单状态不允许支付')
  const { setlinfo } = JSON.parse(order.priced) as {
    setlinfo: { medfee_sumamt: number; acct_pay: number; fund_pay_sumamt: number }
  }
  const asked = askedOf(desk, order, setlinfo.medfee_sumamt)
  const now = price(desk, asked).setlinfo
  if (fenOf(now.fund_pay_sumamt) !== fenOf(setlinfo.fund_pay_sumamt)) refuse('本年累计已变动,请重新下单')
  if (fenOf(now.acct_pay) !== fenOf(setlinfo.acct_pay)) refuse('个人账户余额已变动,请重新下单')
  const made = settle(desk, asked)
  desk.book.run(
    'update mobile_order set state = ?, setl_id = ? where pay_ord_id = ?',
    ORDER_STATES.settled,
    made.setlinfo.setl_id,
    order.pay_ord_id,
  )
  return { ...order, state: ORDER_STATES.settled, setl_id: made.setlinfo.setl_id }
}

const refunded = (desk: Desk, order: Order, input: TradeInput<'6203'>): Order => {
  if (order.state === ORDER_STATES.refunded && order.refund_sn === input.appRefdSn) return order
  if (order.state !== ORDER_STATES.settled) refuse('订单状态不允许退费')
  const made =
    desk.book.get<Settlement>('select * from settlement where setl_id = ?', order.setl_id as string) ?? refuse('结算信息不存在')
  const { cash } = { cash: made.total - made.fund - made.account }
  const isWhole =
    fenOf(input.totlRefdAmt) === made.total &&
    fenOf(input.fundRefdAmt) === made.fund &&
    fenOf(input.psnAcctRefdAmt) === made.account &&
    fenOf(input.cashRefdAmt) === cash
  if (!isWhole) refuse('退费金额与结算不符,只能整单退费')
  voidIt(desk, made)
  desk.book.run(
    'update mobile_order set state = ?, refund_sn = ? where pay_ord_id = ?',
    ORDER_STATES.refunded,
    input.appRefdSn,
    order.pay_ord_id,
  )
  return { ...order, state: ORDER_STATES.refunded, refund_sn: input.appRefdSn }
}

/** The mobile trades. */
export const carryOutMobile = {
  '6201': (desk: Desk, input: TradeInput<'6201'>) => {
    const order = taken(desk, input)
    return { payOrdId: order.pay_ord_id, payToken: order.token, ...shown(desk, order) }
  },
  '6202': (desk: Desk, input: TradeInput<'6202'>) => shown(desk, confirmed(desk, orderOf(desk, input))),
  '6203': (desk: Desk, input: TradeInput<'6203'>) => ({
    refdStas: 'SUCC',
    ...shown(desk, refunded(desk, orderOf(desk, input), input)),
  }),
  '6301': (desk: Desk, input: TradeInput<'6301'>) => shown(desk, orderOf(desk, input)),
  '6401': (desk: Desk, input: TradeInput<'6401'>) => {
    const order = orderOf(desk, input)
    if (order.state === ORDER_STATES.withdrawn) return { ordStas: order.state }
    if (order.state !== ORDER_STATES.priced) refuse('已结算,不能撤销')
    desk.book.run('update mobile_order set state = ? where pay_ord_id = ?', ORDER_STATES.withdrawn, order.pay_ord_id)
    desk.book.run("update visit set state = 'withdrawn' where mdtrt_id = ?", order.mdtrt_id)
    return { ordStas: ORDER_STATES.withdrawn }
  },
} as const
