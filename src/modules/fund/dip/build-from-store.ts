import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { openEncoder } from '../rules/dip/encoder.ts'
import { buildCatalogue, yearsBefore, type Built } from './building.ts'
import * as catalogues from './catalogue-store.ts'
import type { DipCase, DipTerms, KeptCatalogue, KeptGroup } from './dip.ts'
import { caseOf } from './scoring.ts'
import * as store from './store.ts'
import { lastDayOf, monthOf, yearOfDay } from './times.ts'

// 级 of an institution that has none; months of a year.
const NOT_GRADED = 9
const DECEMBER = 12

/** Builds a year's catalogue out of the discharges of the years before, one after another; null when nothing was paid for any. */
export const buildFromStore = async (tx: Tx, terms: DipTerms, year: number): Promise<Built | null> => {
  const years = yearsBefore(year, terms.catalogue.yearWeights.length)
  const oldest = years[0] as number
  const [first, last] = [monthOf(oldest, 1), lastDayOf(year - 1, DECEMBER)]
  const institutions = await institutionsOf(tx, await store.hospitalsOf(tx, first, last))
  const levels = new Map(institutions.map(({ id, level }) => [id, level]))
  const encoder = openEncoder(years.length)
  await store.eachDischarge(tx, first, last, (one) =>
    encoder.add({ ...one, year: yearOfDay(one.dischargedOn) - oldest, level: levels.get(one.org) ?? NOT_GRADED }),
  )
  const named = encoder.done()
  return named.discharges.costFen.every((fen) => fen === 0) ? null : buildCatalogue(named, terms, year)
}

type Draft = {
  readonly built: Built
  readonly terms: DipTerms
  readonly year: number
  readonly by: { readonly account: AccountId | null; readonly at: Instant; readonly rulebookHash: string }
}

/** What was built, as the draft of somebody. */
export const draftOf = (
  id: string,
  { built, terms, year, by }: Draft,
): { readonly made: KeptCatalogue; readonly rows: readonly KeptGroup[] } => {
  const { rows, ...found } = built
  const undecided = { decidedBy: null, decidedAt: null, decidedBecause: null }
  const whose = { rulebookHash: by.rulebookHash, builtBy: by.account, builtAt: by.at }
  return { made: { id, year, state: 'draft', terms, ...found, ...whose, ...undecided }, rows }
}

/** A bounded part of a year's discharges that are not grouped yet, up to the end of a month, as cases. */
export const waitingCases = async (tx: Tx, catalogue: KeptCatalogue, month: number, most: number): Promise<DipCase[]> => {
  const rows = await store.ungrouped(tx, monthOf(catalogue.year, 1), lastDayOf(catalogue.year, month), most)
  const groups = new Map((await catalogues.groupsOf(tx, catalogue.id)).map((one) => [one.key, one]))
  const institutions = await institutionsOf(tx, [...new Set(rows.map(({ org }) => org))])
  const levels = new Map(institutions.map(({ id, level }) => [id, level]))
  return rows.map((row) => caseOf(catalogue, groups, row, levels.get(row.org) ?? NOT_GRADED))
}
