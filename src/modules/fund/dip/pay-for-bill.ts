import type { OrgId } from '../../../kernel/id.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { query } from '../../../platform/forms/form.ts'
import { payableBill } from '../../settlement/index.ts'
import { payForBill, type ScoredBill, type WhyByItem } from '../rules/pay-for-bill.ts'
import * as catalogues from './catalogue-store.ts'
import { payForBillInput } from './inputs.ts'
import { scoredBy, ungroupedSteps } from './scoring.ts'
import * as store from './store.ts'
import { DIP_BASIS } from './discharge-commands.ts'

/** The case of a bill's number, scored by the catalogue that it was grouped by; the point is that of the clearing once the year is cleared. */
const scoredBill = async (db: Queryable, org: OrgId, number: string): Promise<{ scored: ScoredBill; zh: string } | WhyByItem> => {
  const found = await store.findCase(db, org, number)
  if (found === null) return (await store.dischargesByNumber(db, [{ org, number }])).length === 0 ? 'not-sent' : 'not-grouped'
  if (found.isBack) return 'not-sent'
  const { one, discharge } = found
  const catalogue = await catalogues.findCatalogue(db, one.catalogue)
  if (catalogue === null) return 'not-grouped'
  const group = one.key === null ? null : await catalogues.findGroup(db, catalogue.id, one.key)
  const clearing = await catalogues.newestClearing(db, one.year)
  const pointFen = clearing?.state === 'decided' ? clearing.pointFen : catalogue.pointFen
  const steps = group === null ? ungroupedSteps(catalogue, discharge) : scoredBy(catalogue, group, discharge, one.hospital).steps
  const levels =
    group === null
      ? []
      : catalogue.levels.map(({ level, coefficient }) => ({
          level,
          scoreE4: scoredBy(catalogue, group, discharge, coefficient).scoreE4,
        }))
  return { scored: { scoreE4: one.scoreE4, pointFen, steps, levels }, zh: group?.zh ?? discharge.zh }
}

export const payForBillForm = query({
  name: 'fund.pay-for-bill',
  by: ['insurer@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '一张已结算账单,医保付给医院多少、为什么:按病种分值(同病同价、疑难加权逐步列出),没有病例的按项目。',
    en: 'What a hospital is paid for a settled bill and why: by the score of its disease, one price and weights of hard cases among its steps; by item where there is no case.',
  },
  input: payForBillInput,
  read: async (tx, input) => {
    const org = input.org as OrgId
    const bill = await payableBill(tx, org, input.bill)
    if (bill === null) return null
    const found: Awaited<ReturnType<typeof scoredBill>> = bill.care === 'inpatient' ? await scoredBill(tx, org, bill.billNo) : 'no-stay'
    return { org, bill, found }
  },
  relation: ({ org }, { actor }) => (actor.org !== null && org === actor.org ? ['own'] : []),
  audits: ({ bill }) => [{ person: bill.person, case: bill.id, basis: DIP_BASIS }],
  answer: ({ bill, found }) => ({
    totalFen: bill.totalFen,
    basicFen: bill.basicFen,
    byItemBecause: typeof found === 'string' ? found : null,
    disease: typeof found === 'string' ? null : { zh: found.zh },
    ...payForBill(bill, typeof found === 'string' ? null : found.scored),
  }),
}) // prettier-ignore
