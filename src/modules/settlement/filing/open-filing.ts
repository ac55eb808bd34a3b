import { plusDays, type Day } from '../../../kernel/day.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { divisionsOf } from '../../organisations/index.ts'
import { idsOf, type Person } from '../../residents/index.ts'
import { areaOfDivision } from '../area-books.ts'
import type { ShownFiling } from './contract.ts'
import { stateOfFiling, type Filing, type FilingId } from './filing.ts'
import { filingsOf } from './filing-store.ts'

const DIVISION_DIGITS = 12
const wholeCode = (stem: string): string => stem.padEnd(DIVISION_DIGITS, '0')

/** What must be known to file: where the person is insured, what is filed, and which of the wished places there are. */
export type FilingFacts = {
  readonly person: Person
  readonly homeStem: string | null
  readonly filings: readonly Filing[]
  readonly names: ReadonlyMap<string, string>
}

/** The names of some divisions, by the first digits of their codes. */
export const namesOfPlaces = async (db: Queryable, stems: readonly string[]): Promise<Map<string, string>> => {
  const found = new Map((await divisionsOf(db, [...new Set(stems.map(wholeCode))])).map(({ code, zh }) => [code, zh]))
  return new Map(stems.flatMap((stem) => (found.has(wholeCode(stem)) ? [[stem, found.get(wholeCode(stem)) as string]] : [])))
}

/** Reads it; the open act must have named the person. */
export const readFilingFacts = async (db: Queryable, person: Person, places: readonly string[]): Promise<FilingFacts> => {
  const home = person.village === null ? null : await areaOfDivision(person.village)
  const persons = [...new Set<PersonId>([person.id, ...(await idsOf(db, person.id))])]
  const names = await namesOfPlaces(db, places)
  return { person, homeStem: home?.stem ?? null, filings: await filingsOf(db, persons), names }
}

type Wished = Pick<Filing, 'kind' | 'places' | 'reason' | 'referral'>

const isSame = (one: Filing, { kind, places }: Wished, day: Day): boolean =>
  one.kind === kind &&
  stateOfFiling(one, day) === 'filed' &&
  places.every((place) => one.places.some((stem) => place.startsWith(stem)))

/**
 * A new filing by commitment: it stands at once. Refuses an unknown home or place, a place of the home area, and what is filed already.
 * @throws RuleGap when the rulebook does not say for how long a temporary one holds.
 */
export const newFiling = ({ person, homeStem, filings, names }: FilingFacts, wished: Wished, act: Act): Result<Filing> => {
  if (homeStem === null) return refuse('settlement.filing-home-unknown')
  const unknown = wished.places.find((place) => !names.has(place))
  if (unknown !== undefined) return refuse('settlement.filing-place-unknown', { place: unknown })
  if (wished.places.some((place) => place.startsWith(homeStem) || homeStem.startsWith(place)))
    return refuse('settlement.filing-at-home')
  if (filings.some((one) => isSame(one, wished, act.today))) return refuse('settlement.filed-already')
  return ok({
    ...wished,
    person: person.id,
    id: act.newId<FilingId>(),
    from: act.today,
    ends: wished.kind === 'long-term' ? null : plusDays(act.today, act.policy('settlement.filing-days', wished.kind)),
    filedOrg: act.actor.org,
    filedBy: act.actor.account,
    filedAt: act.now,
    withdrawn: null,
  })
}

/** A filing as it is shown on a day. */
export const shownFiling = (one: Filing, names: ReadonlyMap<string, string>, day: Day): ShownFiling => ({
  id: one.id,
  person: one.person,
  kind: one.kind,
  state: stateOfFiling(one, day),
  places: one.places.map((code) => ({ code, zh: names.get(code) ?? code })),
  from: one.from,
  ends: one.ends,
  reason: one.reason,
  referral: one.referral?.id ?? null,
  filedAt: one.filedAt,
  withdrawnOn: one.withdrawn?.on ?? null,
  withdrawnWhy: one.withdrawn?.why ?? null,
})
