import { z } from 'zod'
import { isDay, type Day } from '../../kernel/day.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { ok } from '../../kernel/result.ts'
import { SYSTEM } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { command } from '../../platform/forms/form.ts'
import { run } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { getInstitution } from '../organisations/index.ts'
import { cashOn, openTicket, orgsOn, saveCompared, settledOn, type SettledRow } from './ledger-store.ts'
import { TICKET_KINDS } from './payment.ts'
import { differencesOf } from './rules/books.ts'
import type { Links } from './saga.ts'
import { NotNow } from './trade-client.ts'
import type { TradeOutput } from './wire/trades.ts'
import { fenOf, yuanOf } from './wire/yuan.ts'

const fen = z.number().int().nullable()
const difference = z.strictObject({ about: z.string(), kind: z.enum(TICKET_KINDS), ours: fen, theirs: fen })
const compareInput = z.strictObject({
  org: z.string(),
  day: z.string().refine(isDay),
  books: z.array(z.strictObject({ book: z.string(), rows: z.number().int(), differences: z.array(difference) })),
})
type Compared = z.output<typeof compareInput>

const differencesIn = ({ books }: Compared): number => books.flatMap(({ differences }) => differences).length

/** Keeps what a comparison found: each difference is a ticket for a person. */
export const noteCompared = command({
  name: 'payment.note-compared',
  by: ['system@anyone'],
  basis: 'S0 移动支付:日对账(3201、3202)',
  does: { zh: '登记日对账结果,差异逐笔生成差异单。', en: 'Notes the comparison of a day; each difference becomes a ticket.' },
  input: compareInput,
  read: async () => ({}),
  decide: (_facts, input, act) =>
    ok({
      change: { input, at: act.now, newId: act.newId },
      answer: { differences: differencesIn(input) },
      // A screen that shows the books follows by itself.
      events: [
        {
          type: 'payment.compared',
          case: { kind: 'books', org: input.org as OrgId, id: act.newId() },
          person: null,
          seenBy: [input.org as OrgId],
          data: { day: input.day, differences: differencesIn(input) },
        },
      ],
    }),
  write: async (tx, { input, at, newId: next }) => {
    const [org, day] = [input.org as OrgId, input.day as Day]
    for (const { book, rows, differences } of input.books) {
      await saveCompared(tx, { org, day, book, agrees: differences.length === 0, rows }, at)
      for (const one of differences) await openTicket(tx, { org, id: next(), day, book, ...one }, at)
    }
  },
})

const KIND_OF = { '1': 'only-here', '2': 'only-there', '3': 'other-amounts' } as const
const ALL_KINDS = '99'

/** One insured type of a day: the sums first, the lines only where the sums differ. Source: insurance facts F, 3201 and 3202. */
const compareInsured = async (
  links: Links,
  of: { org: OrgId; orgName: string; day: Day; insuredType: string },
  rows: readonly SettledRow[],
) => {
  const { org, orgName, day, insuredType } = of
  const data = { insutype: insuredType, clr_type: ALL_KINDS, setl_optins: links.area, stmt_begndate: day, stmt_enddate: day }
  const sum = (name: 'total' | 'fund' | 'account'): number => yuanOf(rows.reduce((whole, row) => whole + row[name], 0))
  const sums = await links.trades.call({ org, orgName, step: `${day} sums` }, '3201', {
    data: {
      ...data,
      medfee_sumamt: sum('total'),
      fund_pay_sumamt: sum('fund'),
      acct_pay: sum('account'),
      fixmedins_setl_cnt: rows.length,
    },
  })
  if (!sums.ok) throw new NotNow(sums.says)
  const book = { book: insuredType, rows: rows.length }
  if (sums.output.stmtinfo.stmt_rslt === '0') return { ...book, differences: [] }
  const lines = await links.trades.call({ org, orgName, step: `${day} lines` }, '3202', {
    data,
    rows: rows.map((row) => ({
      setl_id: row.settlement,
      medfee_sumamt: yuanOf(row.total),
      fund_pay_sumamt: yuanOf(row.fund),
      acct_pay: yuanOf(row.account),
      refd_setl_flag: row.isMirror ? ('1' as const) : ('0' as const),
    })),
  })
  if (!lines.ok) throw new NotNow(lines.says)
  return { ...book, differences: lines.output.differences.map((one) => differenceOf(one, rows)) }
}

const differenceOf = (one: TradeOutput<'3202'>['differences'][number], rows: readonly SettledRow[]) => ({
  about: one.refd_setl_flag === '1' ? `${one.setl_id} refund` : one.setl_id,
  kind: KIND_OF[one.stmt_rslt],
  ours:
    rows.find(({ settlement, isMirror }) => settlement === one.setl_id && isMirror === (one.refd_setl_flag === '1'))?.total ??
    null,
  theirs: one.medfee_sumamt === null || one.medfee_sumamt === undefined ? null : fenOf(one.medfee_sumamt),
})

/** Both kinds of insurance are asked for, so that what only the platform has is found too. */
const INSURED_TYPES = ['310', '390']

/**
 * Compares an institution's books of a day with those of the platform and of the payment apps, and opens a ticket for every difference.
 * @throws NotNow when one of them does not answer.
 */
export const compareDay = async (house: House, links: Links, org: OrgId, day: Day): Promise<{ differences: number }> => {
  const database = asSystem(house.database)
  const { rows, cash, orgName } = await database.transaction(async (tx) => ({
    rows: await settledOn(tx, org, day),
    cash: await cashOn(tx, org, day),
    orgName: (await getInstitution(tx, org)).name.zh,
  }))
  const types = [...new Set([...INSURED_TYPES, ...rows.map(({ insuredType }) => insuredType)])]
  const books: Compared['books'] = []
  for (const insuredType of types)
    books.push(
      await compareInsured(
        links,
        { org, orgName, day, insuredType },
        rows.filter((row) => row.insuredType === insuredType),
      ),
    )
  books.push({ book: 'cash', rows: cash.length, differences: differencesOf(cash, await links.wallet.bill(org, day)) })
  const outcome = await run(house, noteCompared, { org, day, books }, { actor: SYSTEM, request: newId() })
  if (!outcome.ok) throw new NotNow(outcome.refusals.map(({ code }) => code).join(', '))
  return JSON.parse(outcome.value.text) as { differences: number }
}

/** Compares a day of every institution that booked anything; answers how many differences there are. */
export const compareAll = async (
  house: House,
  links: Links,
  day: Day,
): Promise<{ institutions: number; differences: number }> => {
  const orgs = await orgsOn(asSystem(house.database), day)
  let differences = 0
  for (const org of orgs) differences += (await compareDay(house, links, org, day)).differences
  return { institutions: orgs.length, differences }
}
