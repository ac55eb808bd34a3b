import type { Day } from '../../kernel/day.ts'
import { query } from '../../platform/forms/form.ts'
import { billingPlacesOf, findBillingPlace } from '../organisations/index.ts'
import { relationsToRecord, standingTo } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { areaNames, areaOfDivision, bookOfArea, careAreasWithLists } from './area-books.ts'
import { BASIS, TREATING } from './commands.ts'
import { claimTermsInput } from './contract.ts'
import { INSURED_OF } from './read-claim.ts'
import { CARE_KINDS, PLACE_LEVELS, type AreaBook, type AreaRow, type CareKind, type PlaceLevel } from './rules/area-schema.ts'
import { placeLevelOf, regionOf } from './rules/expected-cost.ts'
import { isInForce } from './rules/row-in-force.ts'
import { standingStays } from './year-store.ts'

/** As many stays as anybody would go on from. */
const EARLIER_MOST = 20

type Insured = AreaBook['insured']
type Area = { readonly area: string; readonly zh: string; readonly en: string }

/** The areas that the rulebook has a book of for an insured type, by name. */
const areasWith = async (insured: Insured): Promise<Area[]> => {
  const books = await Promise.all((await areaNames()).map((area) => bookOfArea(area, insured)))
  return books.flatMap((book) => (book === null ? [] : [{ area: book.area, zh: book.zh, en: book.en }]))
}

/** What the rows of a book tell apart on a day: kinds of care, of persons, identities, diseases and years insured, so that only these are asked. */
const toldApart = (book: AreaBook, day: Day, own: PlaceLevel | null) => {
  const rows = book.rows.filter((row) => isInForce(row, day))
  const named = (of: (row: AreaRow) => readonly string[] | undefined): string[] => [...new Set(rows.flatMap((row) => of(row) ?? []))].toSorted()
  const cares = new Set<CareKind>(rows.flatMap(({ when }) => when.care ?? 'inpatient'))
  const levels = new Set(named(({ when }) => when.level))
  return {
    cares: CARE_KINDS.filter((care) => cares.has(care) && (own !== 'pharmacy' || care !== 'inpatient')),
    levels: own === null ? PLACE_LEVELS.filter((level) => levels.has(level)) : [own],
    persons: named(({ when }) => (when.person === undefined ? [] : [when.person])),
    identities: named(({ when }) => when.identity),
    diseases: named(({ when }) => when.disease),
    years: {
      insured: rows.some(({ kind, when }) => kind === 'cap-growth' || when.yearsFrom !== undefined || when.yearsUntil !== undefined),
      withoutClaim: rows.some((row) => row.kind === 'cap-growth' && row.perQuietYearFen > 0),
    },
  }
} // prettier-ignore

export const claimTerms = query({
  name: 'settlement.claim-terms',
  by: TREATING,
  basis: BASIS,
  does: {
    zh: '录入账单前要知道的:参保类型、统筹区、本机构级别、该区规则区分哪些情形、可以接续的此前就医。',
    en: 'What a desk must know before it enters a bill: insured type, area, its own level, what the area’s rules tell apart, and stays it may go on from.',
  },
  input: claimTermsInput,
  read: async (tx, input, act) => {
    const standing = await standingTo(tx, input.person)
    if (standing === null) return null
    const { person } = standing
    const place = act.actor.org === null ? null : await findBillingPlace(tx, act.actor.org)
    const insured = INSURED_OF[person.insurance]
    const home = person.village === null ? null : await areaOfDivision(person.village)
    const area = input.area ?? home?.area
    const book = insured === null || area === undefined ? null : await bookOfArea(area, insured)
    const persons = [...new Set([person.id, ...(await idsOf(tx, person.id))])]
    // Medicine goes on from no stay, and a counter learns of none.
    const earlier = book === null || place?.tier === 'pharmacy' ? [] : await standingStays(tx, { persons, area: book.area, insured: book.insured }, EARLIER_MOST)
    const places = await billingPlacesOf(tx, [...new Set(earlier.map(({ org }) => org))])
    return { ...standing, place, insured, home, book, earlier, places, careAreas: await careAreasWithLists(), areas: insured === null ? [] : await areasWith(insured) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id, basis: BASIS }],
  answer: ({ place, insured, home, book, areas, careAreas, earlier, places }, { day }, { today }) => {
    const level = place && placeLevelOf(place)
    const names = new Map(places.map(({ id, name }) => [id, name]))
    return {
      today,
      insured,
      area: book?.area ?? null,
      areas,
      level,
      /** Where the institution lies, seen from the area; null where the area is not that of the person's home. */
      region: place && home !== null && home.area === book?.area ? regionOf(home.stem, place.division) : null,
      /** Places of care with lists of their own, for a bill from away from home. */
      careAreas,
      tells: book && toldApart(book, (day ?? today) as Day, level),
      earlier: earlier.map((one) => ({
        org: one.org,
        bill: one.bill,
        billNo: one.billNo,
        day: one.day,
        level: one.level,
        place: names.get(one.org) ?? { zh: one.org },
        deductibleFen: one.deductibleFen,
      })),
    }
  },
}) // prettier-ignore
