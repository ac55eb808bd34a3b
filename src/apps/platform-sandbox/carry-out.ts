import { fenOf, trades, type TradeInput, type TradeNumber } from '../../modules/payment/index.ts'
import { drawn } from './faults.ts'
import { carryOutMobile } from './mobile-orders.ts'
import { splitLine } from './adjudicate.ts'
import {
  insuredOf,
  numberOf,
  price,
  refuse,
  restore,
  settle,
  takeFees,
  visitOf,
  voidIt,
  type Desk,
  type Insured,
  type Settlement,
  type Visit,
} from './settlements.ts'

const HALF = 0.5
const DAY_LENGTH = 10
/** What an employee's account holds at first: up to so much, in fen. */
const BALANCE_MOST = 200_000

/** A synthetic insured person for any certificate: the seed and the number alone decide the insured type and the balance. */
const personFor = ({ book, seed }: Desk, certno: string, name: string): Insured => {
  const known = book.get<Insured>('select * from person where certno = ?', certno)
  if (known) return known
  const isEmployed = drawn(seed, 'insured', certno) < HALF
  const balance = isEmployed ? Math.floor(drawn(seed, 'balance', certno) * BALANCE_MOST) : 0
  const made = { psn_no: numberOf('P'), certno, name, insutype: isEmployed ? '310' : '390', balance }
  book.run(
    'insert into person (psn_no, certno, name, insutype, balance) values (?, ?, ?, ?, ?)',
    made.psn_no,
    certno,
    name,
    made.insutype,
    balance,
  )
  return made
}

const begin = (
  desk: Desk,
  kind: 'out' | 'in',
  about: { psn_no: string; insutype: string; number: string; med_type: string | null },
) => {
  const { book, envelope } = desk
  if (insuredOf(desk, about.psn_no).insutype !== about.insutype) refuse('险种与参保信息不符')
  const known = book.get<Visit>(
    'select * from visit where org = ? and kind = ? and number = ?',
    envelope.fixmedins_code,
    kind,
    about.number,
  )
  if (known && known.state !== 'withdrawn')
    return known.psn_no === about.psn_no ? known.mdtrt_id : refuse('门诊住院号已被他人使用')
  if (known) refuse('该号已撤销,请换号')
  const id = numberOf('M')
  book.run(
    'insert into visit (mdtrt_id, psn_no, org, number, kind, state, insutype, med_type, msgid) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    about.psn_no,
    envelope.fixmedins_code,
    about.number,
    kind,
    'open',
    about.insutype,
    about.med_type,
    envelope.msgid,
  )
  return id
}

const isSettled = ({ book }: Desk, mdtrt: string): boolean =>
  book.get('select 1 from settlement where mdtrt_id = ? and voided_on is null', mdtrt) !== null

const withdraw = (desk: Desk, visit: Visit): void => {
  if (isSettled(desk, visit.mdtrt_id)) refuse('已结算,不能撤销')
  desk.book.run("update visit set state = 'withdrawn' where mdtrt_id = ?", visit.mdtrt_id)
}

const settlementOf = (
  { book, envelope }: Desk,
  { setl_id, mdtrt_id, psn_no }: { setl_id: string; mdtrt_id: string; psn_no: string },
) =>
  book.get<Settlement>(
    'select * from settlement where setl_id = ? and mdtrt_id = ? and psn_no = ? and org = ?',
    setl_id,
    mdtrt_id,
    psn_no,
    envelope.fixmedins_code,
  ) ?? refuse('结算信息不存在')

/** Takes back what a message did, if it did anything, and never lets it do anything later. */
const takeBack = (desk: Desk, { omsgid, oinfno }: { omsgid: string; oinfno: string }): void => {
  const { book } = desk
  if (!['2207', '2208', '2304', '2305', '2401'].includes(oinfno)) refuse('该交易不支持冲正')
  if (book.run('insert or ignore into taken_back values (?)', omsgid) === 0) return
  if (oinfno === '2401') {
    const stay = book.get<Visit>('select * from visit where msgid = ?', omsgid)
    if (stay) withdraw(desk, stay)
    return
  }
  if (oinfno === '2207' || oinfno === '2304') {
    const made = book.get<Settlement>('select * from settlement where msgid = ?', omsgid)
    if (made) {
      voidIt(desk, made)
      // What was taken back counts in no day's books.
      book.run("update settlement set day = 'taken back', voided_on = 'taken back' where setl_id = ?", made.setl_id)
    }
    return
  }
  const voided = book.get<Settlement>('select * from settlement where voided_by = ?', omsgid)
  if (voided) restore(desk, voided)
}

type Handler<N extends TradeNumber> = (desk: Desk, input: TradeInput<N>) => unknown

const nothing = {}
const openFee = (mdtrt: string) => `delete from fee where mdtrt_id = ? and setl_id is null${mdtrt}`
const feesOf = (desk: Desk, { feedetail }: TradeInput<'2204'>) => {
  for (const fee of feedetail) {
    visitOf(desk, { mdtrt_id: fee.mdtrt_id ?? '', psn_no: fee.psn_no ?? '' })
    takeFees(desk, fee.mdtrt_id as string, [fee], fee.chrg_bchno ?? '')
  }
  return { result: feedetail.map(splitLine) }
}
const settleVisit =
  (kind: 'out' | 'in') =>
  (desk: Desk, { data }: TradeInput<'2207'>) => {
    visitOf(desk, data, kind)
    return settle(desk, data)
  }
const priceVisit =
  (kind: 'out' | 'in') =>
  (desk: Desk, { data }: TradeInput<'2206'>) => {
    visitOf(desk, data, kind)
    return price(desk, data)
  }
const stateOfStay =
  (state: 'open' | 'discharged', from: 'open' | 'discharged') => (desk: Desk, visit: { mdtrt_id: string; psn_no: string }) => {
    if (visitOf(desk, visit, 'in').state !== from) refuse('住院状态不符')
    desk.book.run('update visit set state = ? where mdtrt_id = ?', state, visit.mdtrt_id)
    return nothing
  }

const people: { [N in '1101' | '2001']: Handler<N> } = {
  '1101': (desk, { data }) => {
    const { psn_no, insutype, balance, certno } = personFor(desk, data.certno ?? data.mdtrt_cert_no, data.psn_name)
    return {
      baseinfo: { psn_no, certno, psn_name: data.psn_name },
      insuinfo: [
        {
          insutype,
          psn_type: insutype === '310' ? '11' : '14',
          psn_insu_stas: '1',
          balc: balance / 100,
          insuplc_admdvs: desk.envelope.mdtrtarea_admvs,
        },
      ],
      idetinfo: [],
    }
  },
  '2001': (desk, { data }) => {
    const person = insuredOf(desk, data.psn_no)
    const isOpen = person.insutype === data.insutype
    return {
      trtinfo: [{ psn_no: data.psn_no, trt_enjymnt_flag: isOpen ? '1' : '0', trt_chk_rslt: isOpen ? '可享受' : '未参加该险种' }],
    }
  },
}

const visits: { [N in '2201' | '2202' | '2203' | '2204' | '2205' | '2206' | '2207' | '2208']: Handler<N> } = {
  '2201': (desk, { data }) => {
    const mdtrt_id = begin(desk, 'out', { ...data, number: data.ipt_otp_no, med_type: null })
    return { data: { mdtrt_id, psn_no: data.psn_no, ipt_otp_no: data.ipt_otp_no } }
  },
  '2202': (desk, { data }) => (withdraw(desk, visitOf(desk, data, 'out')), nothing),
  '2203': (desk, { mdtrtinfo }) => {
    visitOf(desk, mdtrtinfo, 'out')
    desk.book.run('update visit set med_type = ? where mdtrt_id = ?', mdtrtinfo.med_type, mdtrtinfo.mdtrt_id)
    return nothing
  },
  '2204': feesOf,
  '2205': (desk, { data }) => {
    visitOf(desk, data, 'out')
    if (data.chrg_bchno === '0000') desk.book.run(openFee(''), data.mdtrt_id)
    else desk.book.run(openFee(' and batch = ?'), data.mdtrt_id, data.chrg_bchno)
    return nothing
  },
  '2206': priceVisit('out'),
  '2207': settleVisit('out'),
  '2208': (desk, { data }) => voidIt(desk, settlementOf(desk, data)),
}

const stays: { [N in '2301' | '2302' | '2303' | '2304' | '2305' | '2401' | '2402' | '2403' | '2404' | '2405']: Handler<N> } = {
  '2301': feesOf,
  '2302': (desk, { data }) => {
    for (const { feedetl_sn, ...visit } of data) {
      visitOf(desk, visit, 'in')
      desk.book.run(openFee(' and sn = ?'), visit.mdtrt_id, feedetl_sn)
    }
    return nothing
  },
  '2303': priceVisit('in'),
  '2304': settleVisit('in'),
  '2305': (desk, { data }) => voidIt(desk, settlementOf(desk, data)),
  '2401': (desk, { mdtrtinfo }) => ({
    result: { mdtrt_id: begin(desk, 'in', { ...mdtrtinfo, number: mdtrtinfo.ipt_no }) },
  }),
  '2402': (desk, { dscginfo }) => stateOfStay('discharged', 'open')(desk, dscginfo),
  '2403': (desk, { adminfo }) => (visitOf(desk, adminfo, 'in'), nothing),
  '2404': (desk, { data }) => (withdraw(desk, visitOf(desk, data, 'in')), nothing),
  '2405': (desk, { data }) => stateOfStay('open', 'discharged')(desk, data),
}

type Sums = { n: number; total: number; fund: number; account: number }
type Row = { setl_id: string; refd_setl_flag: '0' | '1'; total: number; fund: number; account: number }

/** A day's settlements and, by the day of the void, their mirrors: what both books must have. */
const rowsOf = ({ book, envelope }: Desk, { insutype, stmt_begndate, stmt_enddate }: TradeInput<'3202'>['data']): Row[] =>
  book.all<Row>(
    `select setl_id, '0' as refd_setl_flag, total, fund, account from settlement where org = ?1 and insutype = ?2 and day between ?3 and ?4
     union all select setl_id, '1', -total, -fund, -account from settlement where org = ?1 and insutype = ?2 and voided_on between ?3 and ?4`,
    envelope.fixmedins_code,
    insutype,
    stmt_begndate,
    stmt_enddate,
  )

type Filed = { sn: string; body: string; withdrawn: number }
type FiledBody = TradeInput<'2501'>['refmedin']
const NEVER = '9999-12-31'
/** A real platform may join what overlaps; this one takes the same kind for the same place once. */
const isSameFiled = (one: FiledBody, other: FiledBody): boolean =>
  one.refl_type === other.refl_type &&
  one.mdtrtarea_admdvs === other.mdtrtarea_admdvs &&
  one.begndate <= (other.enddate ?? NEVER) &&
  other.begndate <= (one.enddate ?? NEVER)
const filedOf = ({ book }: Desk, psn: string) =>
  book
    .all<Filed>('select sn, body, withdrawn from filing where psn_no = ? order by sn', psn)
    .map(({ sn, body, withdrawn }) => ({ sn, isWithdrawn: withdrawn === 1, body: JSON.parse(body) as FiledBody }))

const filings: { [N in '2501' | '2502' | '5304']: Handler<N> } = {
  '2501': (desk, { refmedin }) => {
    if (insuredOf(desk, refmedin.psn_no).insutype !== refmedin.insutype) refuse('险种与参保信息不符')
    if (filedOf(desk, refmedin.psn_no).some(({ isWithdrawn, body }) => !isWithdrawn && isSameFiled(body, refmedin)))
      refuse('该就医地已有有效的同类备案')
    const sn = numberOf('F')
    desk.book.run('insert into filing (sn, psn_no, body) values (?, ?, ?)', sn, refmedin.psn_no, JSON.stringify(refmedin))
    return { result: { trt_dcla_detl_sn: sn } }
  },
  '2502': (desk, { data }) => {
    const found = desk.book.run(
      'update filing set withdrawn = 1 where sn = ? and psn_no = ? and withdrawn = 0',
      data.trt_dcla_detl_sn,
      data.psn_no,
    )
    return found === 1 ? nothing : refuse('备案信息不存在或已撤销')
  },
  '5304': (desk, { data }) => ({
    refmedin: filedOf(desk, data.psn_no)
      .filter(
        ({ body }) => body.begndate >= data.begntime.slice(0, DAY_LENGTH) && body.begndate <= data.endtime.slice(0, DAY_LENGTH),
      )
      .map(({ sn, isWithdrawn, body: { mdtrtarea_admdvs, refl_type, begndate } }) => ({
        trt_dcla_detl_sn: sn,
        mdtrtarea_admdvs,
        refl_type,
        begndate,
        vali_flag: isWithdrawn ? '0' : '1',
      })),
  }),
}

const others: { [N in '2601' | '5203' | '3201' | '3202']: Handler<N> } = {
  '2601': (desk, { data }) => (takeBack(desk, data), nothing),
  '5203': (desk, { data }) => {
    const found = desk.book.get<Settlement>(
      'select * from settlement where mdtrt_id = ? and psn_no = ? and org = ? and voided_on is null',
      data.mdtrt_id,
      data.psn_no,
      desk.envelope.fixmedins_code,
    )
    return found ? (JSON.parse(found.body) as object) : { setlinfo: null, setldetail: [] }
  },
  '3201': (desk, { data }) => {
    const sums = rowsOf(desk, data).reduce<Sums>(
      (all, row) => ({
        n: all.n + 1,
        total: all.total + row.total,
        fund: all.fund + row.fund,
        account: all.account + row.account,
      }),
      { n: 0, total: 0, fund: 0, account: 0 },
    )
    const isEqual =
      sums.n === data.fixmedins_setl_cnt &&
      sums.total === fenOf(data.medfee_sumamt) &&
      sums.fund === fenOf(data.fund_pay_sumamt) &&
      sums.account === fenOf(data.acct_pay)
    return { stmtinfo: { stmt_rslt: isEqual ? '0' : '1', stmt_rslt_dscr: isEqual ? '平' : '不平' } }
  },
  '3202': (desk, { data, rows }) => {
    const keyOf = (row: { setl_id: string; refd_setl_flag: string }): string => `${row.setl_id} ${row.refd_setl_flag}`
    const here = new Map(rowsOf(desk, data).map((row) => [keyOf(row), row]))
    const theirs = new Set(rows.map(keyOf))
    const shown = (row: Row) => ({ medfee_sumamt: row.total / 100, fund_pay_sumamt: row.fund / 100, acct_pay: row.account / 100 })
    const differences = rows.flatMap((row) => {
      const mine = here.get(keyOf(row))
      const about = { setl_id: row.setl_id, refd_setl_flag: row.refd_setl_flag }
      if (!mine) return [{ ...about, stmt_rslt: '1' }]
      const isSame =
        mine.total === fenOf(row.medfee_sumamt) &&
        mine.fund === fenOf(row.fund_pay_sumamt) &&
        mine.account === fenOf(row.acct_pay)
      return isSame ? [] : [{ ...about, stmt_rslt: '3', ...shown(mine) }]
    })
    const missing = [...here.values()].filter((row) => !theirs.has(keyOf(row)))
    const only = missing.map((row) => ({
      setl_id: row.setl_id,
      refd_setl_flag: row.refd_setl_flag,
      stmt_rslt: '2',
      ...shown(row),
    }))
    return { differences: [...differences, ...only] }
  },
}

const handlers = { ...people, ...visits, ...stays, ...filings, ...others, ...carryOutMobile } as {
  [N in TradeNumber]: Handler<N>
}

/** Carries one trade out. @throws PlatformRefusal when nothing is done. */
export const carryOut = (desk: Desk, infno: TradeNumber, input: unknown): unknown => {
  const read = trades[infno].input.safeParse(input)
  if (!read.success) return refuse(`入参不符:${read.error.issues[0]?.path.join('.') ?? ''}`)
  return (handlers[infno] as Handler<TradeNumber>)(desk, read.data as never)
}
