import { fenOf } from '../../modules/payment/index.ts'
import { PlatformRefusal, type Book } from './book.ts'
import { numberOf } from './settlements.ts'

/** An order of cash at the wallet. */
export type Cash = {
  number: string
  org: string
  fen: number
  app: string
  state: 'waiting' | 'paid' | 'closed'
  made_day: string
  paid_day: string | null
  trade: string | null
  token: string
}
type Input = { number: string; org: string; fen: number; app: string; day: string; refund: string }

const cashOf = (book: Book, number: string): Cash | null => book.get<Cash>('select * from cash where number = ?', number)

const given = (book: Book, number: string): Cash => {
  const found = cashOf(book, number)
  if (!found) throw new PlatformRefusal('no-such-order')
  return found
}

const shown = (book: Book, cash: Cash) => ({
  number: cash.number,
  state: cash.state,
  fen: cash.fen,
  trade: cash.trade,
  refunds: book.all<{ refund: string; fen: number }>(
    'select refund, fen from cash_refund where number = ? order by refund',
    cash.number,
  ),
})

/** What programs ask of the wallet. The number of an order, and that of a refund, are whoever asks's own: the same number is the same thing. */
export const walletTrades: Readonly<Record<string, (book: Book, input: Input) => unknown>> = {
  '/wallet/order': (book, { number, org, fen, app, day }) => {
    book.run(
      'insert or ignore into cash (number, org, fen, app, state, made_day, token) values (?, ?, ?, ?, ?, ?, ?)',
      number,
      org,
      fen,
      app,
      'waiting',
      day,
      numberOf('W'),
    )
    const cash = given(book, number)
    if (cash.fen !== fen || cash.org !== org || cash.app !== app) throw new PlatformRefusal('number-used-otherwise')
    return { ...shown(book, cash), pay: `/pay/${cash.token}` }
  },
  '/wallet/query': (book, { number }) => shown(book, given(book, number)),
  // An order that does not exist is made closed, so that a late request for it changes nothing.
  '/wallet/close': (book, { number, org, fen, app, day }) => {
    book.run(
      'insert or ignore into cash (number, org, fen, app, state, made_day, token) values (?, ?, ?, ?, ?, ?, ?)',
      number,
      org,
      fen,
      app,
      'closed',
      day,
      numberOf('W'),
    )
    book.run("update cash set state = 'closed' where number = ? and state = 'waiting'", number)
    return shown(book, given(book, number))
  },
  '/wallet/refund': (book, { number, refund, fen, day }) => {
    const cash = given(book, number)
    const before = book.get<{ fen: number; number: string }>('select fen, number from cash_refund where refund = ?', refund)
    if (before && (before.fen !== fen || before.number !== number)) throw new PlatformRefusal('number-used-otherwise')
    const back =
      book.get<{ fen: number }>('select coalesce(sum(fen), 0) as fen from cash_refund where number = ?', number)?.fen ?? 0
    if (!before) {
      if (cash.state !== 'paid' || back + fen > cash.fen) throw new PlatformRefusal('not-refundable')
      book.run('insert into cash_refund values (?, ?, ?, ?)', refund, number, fen, day)
    }
    return shown(book, cash)
  },
  '/wallet/bill': (book, { org, day }) => ({
    rows: [
      ...book.all(
        "select number, app, fen, 'paid' as kind from cash where org = ? and paid_day = ? and state = 'paid' order by number",
        org,
        day,
      ),
      ...book.all(
        `select r.number, c.app, -r.fen as fen, 'refund' as kind from cash_refund r join cash c on c.number = r.number
         where c.org = ? and r.day = ? order by r.refund`,
        org,
        day,
      ),
    ],
  }),
}

/** The person's tap: pays an order that waits. Its day is the day on which it was made, by the house's clock. */
export const tap = (book: Book, token: string): Cash | null => {
  const cash = book.get<Cash>('select * from cash where token = ?', token)
  if (!cash) return null
  book.run(
    "update cash set state = 'paid', paid_day = made_day, trade = ? where token = ? and state = 'waiting'",
    numberOf('C'),
    token,
  )
  return book.get<Cash>('select * from cash where token = ?', token)
}

/** The order behind a tap, without effect. */
export const lookAt = (book: Book, token: string): Cash | null => book.get<Cash>('select * from cash where token = ?', token)

/** Pays what waits under a number: a person who is played by a test. */
export const tapByNumber = (book: Book, number: string): Cash | null => {
  const cash = cashOf(book, number)
  return cash && tap(book, cash.token)
}

export const yuanText = (fen: number): string => (fen / fenOf(1)).toFixed(2)
