import { present } from '../../kernel/assert.ts'
import { dayOf, type Day } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { beginAct, run } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { getInstitution } from '../organisations/index.ts'
import { getPerson, idNumberOf } from '../residents/index.ts'
import { note, type Learnt } from './house-commands.ts'
import { keptSettlement, openTicket, saveSettlement } from './ledger-store.ts'
import type { Bill, Line, TicketKind } from './payment.ts'
import type { CashOrder, PaymentProvider } from './providers/provider.ts'
import { mobileWay } from './ways/mobile.ts'
import { windowWay } from './ways/window.ts'
import type { Voided, Way, WayFacts } from './ways/way.ts'
import { findBill, savePayLink } from './store.ts'
import { NotNow, type TradeClient } from './trade-client.ts'

/** What a bill is moved on with: the platform and the payment app. */
export type Links = { readonly trades: TradeClient; readonly wallet: PaymentProvider; readonly area: string }

/** Everything that the trades of a bill say; identity numbers are unsealed for it and kept nowhere. */
const factsOf = (house: House, bill: Bill, lines: readonly Line[]): Promise<WayFacts> =>
  asSystem(house.database).transaction(async (tx) => {
    const act = await beginAct(house, tx, { actor: SYSTEM, request: newId() })
    const person = await getPerson(tx, bill.person)
    const institution = await getInstitution(tx, bill.org)
    return {
      bill,
      lines,
      orgName: institution.name.zh,
      name: person.zh,
      idNumber: present(idNumberOf(person, act.cipher), 'the identity number of who is billed'),
      zone: house.zone,
      today: act.today,
      kept: await keptSettlement(tx, bill),
      keep: async (settlement) => void (await saveSettlement(asSystem(house.database), bill, settlement, null)),
    }
  })

const noteLearnt = async (house: House, bill: Bill, of: Learnt): Promise<void> => {
  const outcome = await run(
    house,
    note,
    { org: bill.org, bill: bill.id, round: bill.round, of },
    { actor: SYSTEM, request: newId() },
  )
  // A bill that has moved on in the meantime is somebody else's work by now.
  if (!outcome.ok) throw new NotNow(outcome.refusals.map(({ code }) => code).join(', '))
}

const ticket = (house: House, bill: Bill, kind: TicketKind, day: Day): Promise<number> =>
  openTicket(
    asSystem(house.database),
    { org: bill.org, id: newId(), kind, day, book: 'bill', about: bill.id, ours: bill.totalFen, theirs: null },
    bill.changedAt,
  )

/** The number of a round's cash order, and of its refund. */
export const cashNumber = ({ id, round }: Pick<Bill, 'id' | 'round'>): string => `${id}-${round}`

const cashOrder = (bill: Bill, zone: string): CashOrder => ({
  number: cashNumber(bill),
  org: bill.org,
  fen: present(bill.split, 'the price of a bill that is paid').cash,
  app: bill.cashApp === 'alipay' ? 'alipay' : 'wechat',
  day: bill.cashOn ?? dayOf(bill.changedAt, zone),
})

const isByApp = (bill: Bill): boolean => bill.cashApp !== null && bill.cashApp !== 'window' && (bill.split?.cash ?? 0) > 0

type Work = { readonly house: House; readonly links: Links; readonly facts: WayFacts; readonly way: Way }

const quoting = async ({ house, facts, way }: Work): Promise<void> => {
  const { bill } = facts
  const quoted = await way.quote(facts)
  if (quoted.ok) return noteLearnt(house, bill, { learnt: 'quoted', ...quoted.value })
  if (quoted.isImplausible) await ticket(house, bill, 'settlement-implausible', facts.today)
  return noteLearnt(house, bill, { learnt: 'declined', says: quoted.says })
}

const collecting = async ({ house, links, facts: { bill, zone } }: Work): Promise<void> => {
  if (!isByApp(bill)) return noteLearnt(house, bill, { learnt: 'collected' })
  const order = cashOrder(bill, zone)
  if (bill.payLink === null) {
    const { link } = await links.wallet.order(order)
    await savePayLink(asSystem(house.database), bill, link)
  }
  const state = await links.wallet.query(order.number)
  if (state === 'paid') return noteLearnt(house, bill, { learnt: 'collected' })
  throw new NotNow('the person has not paid yet')
}

const confirming = async ({ house, facts, way }: Work): Promise<void> => {
  const settled = await way.settle(facts)
  if (settled.ok)
    return noteLearnt(house, facts.bill, { learnt: 'settled', settlementNo: settled.value.settlementNo, day: settled.value.day })
  return noteLearnt(house, facts.bill, { learnt: 'failed', says: settled.says })
}

/** Cash first, then what the platform gives back. Source: insurance facts A14. */
const returning = async ({ house, links, facts, way }: Work): Promise<void> => {
  const { bill, today, zone } = facts
  if (isByApp(bill) && !(await links.wallet.refund(cashOrder(bill, zone), `${cashNumber(bill)}-r`, today))) {
    await ticket(house, bill, 'bill-stuck', today)
    throw new NotNow('the payment app does not refund')
  }
  if ((bill.split?.cash ?? 0) > 0) await noteLearnt(house, bill, { learnt: 'cash-returned' })
  const reversed = await way.reverse(facts)
  if (reversed.ok) return noteLearnt(house, bill, { learnt: 'reversed', day: reversed.value.day })
  await ticket(house, bill, 'bill-stuck', today)
  throw new NotNow(reversed.says)
}

const withdrawing = async ({ house, links, facts, way }: Work): Promise<void> => {
  const { bill, today, zone } = facts
  let cashCame = false
  let voided: Voided | null = null
  if (isByApp(bill)) {
    const order = cashOrder(bill, zone)
    cashCame = (await links.wallet.close(order)) === 'paid'
    if (cashCame && !(await links.wallet.refund(order, `${order.number}-r`, today))) {
      await ticket(house, bill, 'bill-stuck', today)
      throw new NotNow('the payment app does not refund')
    }
  } else cashCame = bill.cashApp === 'window' && (bill.split?.cash ?? 0) > 0
  if (bill.psnNo !== null && bill.split !== null) {
    const withdrawn = await way.withdraw(facts)
    if (!withdrawn.ok) {
      await ticket(house, bill, 'bill-stuck', today)
      throw new NotNow(withdrawn.says)
    }
    voided = withdrawn.value
  }
  await noteLearnt(house, bill, { learnt: 'withdrawn', cashCame, voided })
}

/**
 * Moves a bill on by one state. Whoever does it again, after a kill for instance, goes on from what the journal and the others know.
 * @throws NotNow when it must be taken up again later.
 */
export const advance = async (house: House, links: Links, claimed: Bill): Promise<void> => {
  const found = await findBill(asSystem(house.database), claimed.org, claimed.id)
  if (!found || found.bill.state !== claimed.state || found.bill.round !== claimed.round) return
  const { bill } = found
  const facts = await factsOf(house, bill, found.lines)
  const work: Work = { house, links, facts, way: bill.channel === 'window' ? windowWay(links.trades) : mobileWay(links.trades) }
  switch (bill.state) {
    case 'quoting':
      return quoting(work)
    case 'collecting':
      return collecting(work)
    case 'confirming':
      return confirming(work)
    case 'returning':
      return returning(work)
    case 'withdrawing':
      return withdrawing(work)
    default:
      return
  }
}
