import { randomBytes } from 'node:crypto'
import { fenOf, yuanOf, type AskedEnvelope, type TradeInput } from '../../modules/payment/index.ts'
import { PlatformRefusal, type Book } from './book.ts'
import { yearOf, yearSoFar, type AreaClaim, type YearEntry, type YearSeen } from '../../modules/settlement/index.ts'
import { adjudicate, type Adjudicated } from './adjudicate.ts'

/** What a trade is carried out with: the book, the envelope around it, the day that it says. */
export type Desk = { readonly book: Book; readonly envelope: AskedEnvelope; readonly day: string; readonly seed: string }
export type Insured = { psn_no: string; certno: string; name: string; insutype: string; balance: number }
export type Visit = {
  mdtrt_id: string
  psn_no: string
  org: string
  number: string
  kind: string
  state: string
  insutype: string
  med_type: string | null
}
export type Settlement = {
  setl_id: string
  mdtrt_id: string
  psn_no: string
  org: string
  insutype: string
  day: string
  total: number
  fund: number
  account: number
  body: string
  msgid: string
  voided_on: string | null
  void_body: string | null
}
type Fee = TradeInput<'2204'>['feedetail'][number]

export type Settled = Omit<Adjudicated, 'added'>

const NUMBER_BYTES = 10
/** A number of the platform's own. */
export const numberOf = (letter: string): string => letter + randomBytes(NUMBER_BYTES).toString('hex').toUpperCase()

export const refuse = (says: string): never => {
  throw new PlatformRefusal(says)
}

export const insuredOf = ({ book }: Desk, psn: string): Insured =>
  book.get<Insured>('select * from person where psn_no = ?', psn) ?? refuse('人员编号不存在')

export const visitOf = (
  { book, envelope }: Desk,
  { mdtrt_id, psn_no }: { mdtrt_id: string; psn_no: string },
  kind?: string,
): Visit => {
  const visit = book.get<Visit>(
    'select * from visit where mdtrt_id = ? and psn_no = ? and org = ?',
    mdtrt_id,
    psn_no,
    envelope.fixmedins_code,
  )
  return visit && visit.state !== 'withdrawn' && (kind === undefined || visit.kind === kind) ? visit : refuse('就诊信息不存在')
}

/** Takes lines in; a line that is there already with the same text stays. */
export const takeFees = ({ book }: Desk, mdtrt: string, fees: readonly Fee[], batch: string): void => {
  for (const fee of fees) {
    if (Math.abs(fenOf(fee.det_item_fee_sumamt) - Math.round(fenOf(fee.pric) * fee.cnt)) > 1) refuse('明细金额与单价数量不符')
    const taken = book.run(
      'insert or ignore into fee (mdtrt_id, sn, batch, body) values (?, ?, ?, ?)',
      mdtrt,
      fee.feedetl_sn,
      batch,
      JSON.stringify(fee),
    )
    if (taken === 0) refuse('费用明细流水号重复')
  }
}

const openFees = (book: Book, mdtrt: string): Fee[] =>
  book
    .all<{ body: string }>('select body from fee where mdtrt_id = ? and setl_id is null order by sn', mdtrt)
    .map(({ body }) => JSON.parse(body) as Fee)

type Asked = {
  psn_no: string
  insutype: string
  med_type: string
  mdtrt_id: string
  medfee_sumamt: number
  acct_used_flag: '0' | '1'
}

/** What the person's settlements of the year add up to; a voided one counts no more, one whose void was taken back again. */
const seenIn = ({ book, day, envelope }: Desk, person: Insured, care: AreaClaim['care']): YearSeen => {
  const rows = book.all<{ seq: number; setl_id: string; org: string; day: string; added: string }>(
    `select c.rowid as seq, c.setl_id, c.org, c.day, c.added from cumulator c join settlement s on s.setl_id = c.setl_id
      where c.psn_no = ? and c.insutype = ? and s.voided_on is null order by c.rowid`,
    person.psn_no,
    person.insutype,
  )
  const entries = rows
    .map(({ setl_id, added, ...row }) => ({ ...row, bill: setl_id, totalFen: 0, limitsUsed: null, ...(JSON.parse(added) as object) }) as unknown as YearEntry)
    .filter((one) => yearOf(one.day) === yearOf(day as YearEntry['day']))
  return yearSoFar(entries, { care, day: day as YearEntry['day'], hospital: envelope.fixmedins_code as YearEntry['org'] })
} // prettier-ignore

/** What the open lines of a visit come to, without effect. */
export const price = (desk: Desk, asked: Asked): Settled => {
  const { added: _added, ...answer } = priced(desk, asked)
  return answer
}

const priced = (desk: Desk, asked: Asked): Adjudicated => {
  const person = insuredOf(desk, asked.psn_no)
  if (person.insutype !== asked.insutype) refuse('险种与参保信息不符')
  const fees = openFees(desk.book, asked.mdtrt_id)
  if (fees.length === 0) refuse('没有未结算的费用明细')
  const about = { psn_no: asked.psn_no, insutype: asked.insutype, med_type: asked.med_type, day: desk.day }
  const account = { mayUseAccount: asked.acct_used_flag === '1', balance: person.balance }
  const settled = adjudicate(fees, { ...about, ...account, seen: (care) => seenIn(desk, person, care) })
  if (fenOf(settled.setlinfo.medfee_sumamt) !== fenOf(asked.medfee_sumamt)) refuse('费用总额与明细合计不符')
  return settled
}

/** Settles the open lines of a visit and draws on the account. */
export const settle = (desk: Desk, asked: Asked) => {
  const { book, envelope, day } = desk
  const { setlinfo, setldetail, added } = priced(desk, asked)
  const id = numberOf('S')
  const answer = { setlinfo: { ...setlinfo, setl_id: id, mdtrt_id: asked.mdtrt_id, setl_time: envelope.inf_time }, setldetail }
  const account = fenOf(setlinfo.acct_pay)
  book.run('update person set balance = balance - ? where psn_no = ?', account, asked.psn_no)
  book.run('update fee set setl_id = ? where mdtrt_id = ? and setl_id is null', id, asked.mdtrt_id)
  book.run(
    'insert into settlement (setl_id, mdtrt_id, psn_no, org, insutype, day, total, fund, account, body, msgid) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    asked.mdtrt_id,
    asked.psn_no,
    envelope.fixmedins_code,
    asked.insutype,
    day,
    fenOf(setlinfo.medfee_sumamt),
    fenOf(setlinfo.fund_pay_sumamt),
    account,
    JSON.stringify(answer),
    envelope.msgid,
  )
  book.run(
    'insert into cumulator (setl_id, psn_no, insutype, org, day, added) values (?, ?, ?, ?, ?, ?)',
    id,
    asked.psn_no,
    asked.insutype,
    envelope.fixmedins_code,
    day,
    JSON.stringify(added),
  )
  return answer
}

const NOT_NEGATED = ['psn_no', 'insutype', 'med_type', 'setl_id', 'mdtrt_id', 'setl_time', 'balc']

/** The mirror of a settlement: every amount negated. */
const mirrored = ({ setlinfo, setldetail }: Settled, balance: number, at: string) => ({
  setlinfo: {
    ...Object.fromEntries(
      Object.entries(setlinfo).map(([name, value]) => [name, NOT_NEGATED.includes(name) ? value : -Number(value) + 0]),
    ),
    setl_time: at,
    balc: yuanOf(balance),
  },
  setldetail: setldetail.map((one) => ({ ...one, fund_payamt: -one.fund_payamt })),
})

/** Voids a settlement whole: the account gets its part back, the lines are open again. */
export const voidIt = (desk: Desk, found: Settlement) => {
  const { book, envelope, day } = desk
  if (found.voided_on !== null) return JSON.parse(found.void_body as string) as ReturnType<typeof mirrored>
  book.run('update person set balance = balance + ? where psn_no = ?', found.account, found.psn_no)
  book.run('update fee set setl_id = null where setl_id = ?', found.setl_id)
  const answer = mirrored(JSON.parse(found.body) as Settled, insuredOf(desk, found.psn_no).balance, envelope.inf_time)
  book.run(
    'update settlement set voided_on = ?, voided_by = ?, void_body = ? where setl_id = ?',
    day,
    envelope.msgid,
    JSON.stringify(answer),
    found.setl_id,
  )
  return answer
}

/** A void that is taken back itself: the settlement stands again. */
export const restore = (desk: Desk, found: Settlement): void => {
  const { book } = desk
  if (insuredOf(desk, found.psn_no).balance < found.account) refuse('个人账户余额不足,不能冲正')
  book.run('update person set balance = balance - ? where psn_no = ?', found.account, found.psn_no)
  book.run('update fee set setl_id = ? where mdtrt_id = ? and setl_id is null', found.setl_id, found.mdtrt_id)
  book.run('update settlement set voided_on = null, voided_by = null, void_body = null where setl_id = ?', found.setl_id)
}
