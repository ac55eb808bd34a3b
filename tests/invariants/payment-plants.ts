import { newId } from '../../src/kernel/id.ts'
import { SYSTEM } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { VILLAGE } from '../../sim/small-region.ts'
import type { TestHouse } from '../harness/house.ts'
import { syntheticIdNumber } from '../harness/payment.ts'
import { actorOf, PLACES, STAFF } from './small-region.ts'

const LINES = [
  { kind: 'examination', code: 'E-1', zh: '演示检查', class: '01', priceFen: 1_000 },
  { kind: 'drug', code: 'D-1', zh: '演示药品', class: '02', priceFen: 250, count: 2 },
]
const SPLIT = { total: 1_500, funds: { '390100': 800 }, account: 0, familyPool: 0, hospital: 100, cash: 600 }
const DAY = '2026-01-05'

/** Bills of a person: one settled, one refunded, one withdrawn after its cash had come; and a day whose books differ. */
export const paymentStory = async (house: TestHouse): Promise<void> => {
  const { person } = await house.done('residents.register', STAFF.villageDoctor, {
    name: { zh: '演示付费者' },
    sex: 'male',
    bornOn: '1970-01-01',
    village: VILLAGE,
    insurance: 'resident',
    identifier: { type: '01', number: syntheticIdNumber(1) },
  })
  await house.done('payment.propose-point', actorOf('health-bureau', null), {
    from: '2020-01-01',
    body: { code: PLACES.clinic, kind: 'institution', zh: '演示机构', care: ['ordinary'] },
  })
  const doctor = STAFF.villageDoctor
  const priced = async () => {
    const { org, bill } = await house.done('payment.open-bill', doctor, { person, lines: LINES })
    await house.done('payment.quote', doctor, { org, bill })
    const learns = (of: object) => house.done('payment.note', SYSTEM, { org, bill, round: 1, of })
    await learns({
      learnt: 'quoted',
      split: SPLIT,
      psnNo: 'P1',
      insuredType: '390',
      visitNo: null,
      orderNo: 'O1',
      orderToken: 'T1',
    })
    await house.done('payment.pay', doctor, { org, bill, app: 'wechat' })
    return { key: { org, bill }, learns }
  }
  const settled = async () => {
    const one = await priced()
    await one.learns({ learnt: 'collected' })
    await one.learns({ learnt: 'settled', settlementNo: `S-${one.key.bill}`, day: DAY })
    return one
  }
  const kept = await settled()
  await house.done('payment.fulfil', doctor, { ...kept.key, line: 1 })
  const refunded = await settled()
  await house.done('payment.refund', doctor, { ...refunded.key, reason: '演示退费' })
  await refunded.learns({ learnt: 'cash-returned' })
  await refunded.learns({ learnt: 'reversed', day: DAY })
  const withdrawn = await priced()
  await house.done('payment.cancel', doctor, { ...withdrawn.key, reason: '演示撤销' })
  await withdrawn.learns({ learnt: 'withdrawn', cashCame: true, voided: null })
  const difference = { about: 'X-1', kind: 'only-there', ours: null, theirs: 500 }
  await house.done('payment.note-compared', SYSTEM, {
    org: PLACES.clinic,
    day: DAY,
    books: [{ book: 'cash', rows: 2, differences: [difference] }],
  })
  await filingStory(house, person as string)
  await house.settle()
}

/** Care away from home that was filed, and that the platform took under a number. */
const filingStory = async (house: TestHouse, person: string): Promise<void> => {
  const filing = newId()
  const [place, number] = ['4301', 'F-1']
  await house.database.run(sql`insert into settlement.filing (person_id, id, kind, places, from_on, reason, filed_org, filed_at)
    values (${person}, ${filing}, 'long-term', array[${place}], current_date, '演示', ${PLACES.clinic}, now())`)
  await house.done('payment.report-filing', SYSTEM, { person, filing })
  await house.database
    .run(sql`insert into payment.trade (org_id, step, attempt, msgid, infno, state, asked_hash, answer, learnt, asked_at, ended_at)
    values (${PLACES.clinic}, ${`filing ${filing} ${place} file`}, 1, 'M-1', '2501', 'answered', '\\x00', ${JSON.stringify({ result: { trt_dcla_detl_sn: number } })}, 'reply', now(), now())`)
  await house.done('payment.note-filing', SYSTEM, { person, filing, place, of: { learnt: 'taken', number, psnNo: 'P1' } })
}

/** What breaks the checks of payment, as the owner of the tables could. */
export const PAYMENT_PLANTS: Readonly<Record<string, string>> = {
  'payment-transfers-sum-to-zero': `alter table payment.transfer drop constraint transfer_fen_check; update payment.transfer set fen[1] = fen[1] - 1`,
  'payment-split-is-the-bill': `update payment.bill set split = split || '{"cash": 601}' where state = 'settled'`,
  'payment-settled-is-received': `delete from payment.transfer t using payment.bill b where (b.org_id, b.id) = (t.org_id, t.bill_id) and b.state = 'settled' and t.kind = 'settle'`,
  'payment-ended-leaves-nothing': `delete from payment.transfer where kind = 'give-back'`,
  'payment-released-is-paid': `update payment.bill set state = 'reversed' where state = 'settled'`,
  'payment-difference-has-ticket': `delete from payment.ticket`,
  'payment-filing-number-is-answered': `update payment.filing_notice set number = 'F-2'`,
}
