import { assert } from '../../../kernel/assert.ts'
import type { Instant } from '../../../kernel/clock.ts'
import { newId, type AccountId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { buildFromStore, draftOf, waitingCases } from './build-from-store.ts'
import * as catalogues from './catalogue-store.ts'
import { sentOf } from './discharge-commands.ts'
import { sendDischargesInput } from './inputs.ts'
import { monthRows } from './paying-commands.ts'
import * as store from './store.ts'
import { dipTermsOf } from './terms.ts'

const DECEMBER = 12
// Rows that are kept at once.
const PART = 500

type Facts = Pick<Act, 'policy' | 'amounts' | 'rulebookHash'> & { readonly now: Instant; readonly zh: string }

/**
 * Takes years of discharges in the words of `fund.send-discharges`, publishes the catalogue of the last one as built out of those before, groups the
 * last year and pays its months but December: what a region looks like before a year is cleared. By nobody's account; answers how many cases.
 */
export const insertDipYears = async (tx: Tx, discharges: readonly unknown[], year: number, facts: Facts): Promise<number> => {
  for (let at = 0; at < discharges.length; at += PART) {
    const rows = sendDischargesInput.parse({ discharges: discharges.slice(at, at + PART) }).discharges.map(sentOf)
    await store.saveDischarges(tx, rows, null, facts.now)
  }
  const terms = dipTermsOf(facts)
  const built = await buildFromStore(tx, terms, year)
  assert(built !== null, 'there are discharges of the years before')
  const by = { account: newId<AccountId>(), at: facts.now, rulebookHash: facts.rulebookHash }
  const { made, rows } = draftOf(newId(), { built, terms, year, by })
  await catalogues.saveCatalogue(tx, made, rows)
  await catalogues.decideCatalogue(tx, { id: made.id, state: 'published', by: null, at: facts.now, because: facts.zh })
  const cases = await waitingCases(tx, made, DECEMBER, discharges.length)
  await store.saveCases(tx, cases, facts.now)
  const months = (await store.sumsOfYear(tx, year, null)).filter(({ month }) => month < DECEMBER)
  const share = facts.policy('fund.dip-prepay-share')
  await store.saveMonths(tx, monthRows(months, { year, share, off: new Map(), by: null, at: facts.now }))
  return cases.length
}
