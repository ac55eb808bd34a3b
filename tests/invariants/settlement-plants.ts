import { sql } from '../../src/platform/database/pool.ts'
import type { TestHouse } from '../harness/house.ts'
import { STAFF } from './small-region.ts'

/** A person's year of two bills, of which the first is reversed, so that the second is adjusted. */
export const settlementStory = async (house: TestHouse, person: string): Promise<void> => {
  await house.database.run(sql`update residents.person set insurance = 'resident', village = '430399101201' where person_id = ${person}`)
  const billed = (billNo: string, day: string, amountFen: number) =>
    house.done('settlement.settle', STAFF.villageDoctor, {
      person,
      area: 'changsha',
      billNo,
      claim: { day, level: 'primary', lines: [{ amountFen }] },
    })
  const first = await billed('S-1', '2024-02-01', 3_000_000)
  await billed('S-2', '2024-03-01', 6_000_000)
  await house.done('settlement.reverse', STAFF.villageDoctor, { org: first.org, bill: first.bill, reason: '演示冲正' })
  await house.settle()
}

/** What breaks the checks of settled bills, as the owner of the tables could. */
export const SETTLEMENT_PLANTS: Readonly<Record<string, string>> = {
  'settlement-transfers-sum-to-zero': `alter table settlement.transfer drop constraint transfer_fen_check; update settlement.transfer set fen[1] = fen[1] - 1`,
  'settled-bill-is-posted-as-settled': `update settlement.revision set funds = funds || '{"basic": 1}' where kind = 'adjusted'`,
  'reversed-bill-moves-nothing': `delete from settlement.transfer where revision = 2`,
  'kept-book-is-its-hash': `update settlement.book set body = body || ' '`,
  'year-is-the-sum-of-its-bills': `update settlement.year_entry set layers = '{}' where revision = 1 and layers <> '{}'`,
}
