import type { z } from 'zod'
import { ageOn } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { RuleGap, type Clause } from '../../../shapes/rulebook.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../../organisations/index.ts'
import { relationsToRecord, standingTo, type Standing } from '../../record-access/index.ts'
import { idsOf } from '../../residents/index.ts'
import { areaOfDivision, bookOfArea } from '../area-books.ts'
import { INSURED_OF, shownSettlement } from '../read-claim.ts'
import type { Filing } from '../filing/filing.ts'
import { filingsOf } from '../filing/filing-store.ts'
import type { AreaBook } from '../rules/area-schema.ts'
import { expectedCost, placeLevelOf, regionOf, type ExpectedBill, type WayCost } from '../rules/expected-cost.ts'
import { filedStatus } from '../rules/filed-status.ts'
import { yearOf, yearSoFar } from '../rules/year-so-far.ts'
import type { YearEntry } from '../settlement.ts'
import { entriesOfYear } from '../year-store.ts'
import { ASSUMPTIONS, expectedInput, WHY_UNKNOWN, type Assumption, type ShownWay, type WhyUnknown } from './contract.ts'

type Asked = z.output<typeof expectedInput>

/** By which book a person is insured, as far as it is known, and what the year has seen. */
type Insured =
  | {
      readonly book: AreaBook
      readonly stem: string
      readonly entries: readonly YearEntry[]
      readonly filings: readonly Filing[]
    }
  | WhyUnknown
type Facts = Standing & { readonly insured: Insured; readonly places: readonly Institution[] }

const readInsured = async (tx: Tx, { person }: Standing, act: Act): Promise<Insured> => {
  const insured = INSURED_OF[person.insurance]
  if (insured === null) return 'not-insured'
  const home = person.village === null ? null : await areaOfDivision(person.village)
  const book = home && (await bookOfArea(home.area, insured))
  if (!home || !book) return 'area-unknown'
  const persons = [...new Set([person.id, ...(await idsOf(tx, person.id))])]
  const entries = await entriesOfYear(tx, { persons, area: home.area, insured, year: yearOf(act.today) })
  return { book, stem: home.stem, entries, filings: await filingsOf(tx, persons) }
}

type FoundBill = { readonly bill: ExpectedBill; readonly clause: Clause; readonly by: 'condition' | 'specialty' }

const clauseOrNull = (act: Act, id: string, by: string): Clause | null => {
  try {
    return act.clause(id, by)
  } catch (error) {
    if (error instanceof RuleGap) return null
    throw error
  }
}

/** What a stay costs for a condition; where the rulebook has no such figure, for its specialty. */
const billOf = ({ condition, specialty }: Asked, level: string, act: Act): FoundBill | null => {
  const scope = clauseOrNull(act, 'settlement.expected-scope', level)
  for (const [by, need] of [['condition', condition], ['specialty', specialty]] as const) {
    const low = need === undefined ? null : clauseOrNull(act, 'settlement.expected-stay', `${need}-${level}-low`)
    const high = need === undefined ? null : clauseOrNull(act, 'settlement.expected-stay', `${need}-${level}-high`)
    if (scope && low && high) return { bill: { lowFen: low.amount, highFen: high.amount, scopeBp: scope.amount }, clause: low, by }
  }
  return null
} // prettier-ignore

const unknown = (why: WhyUnknown): ShownWay => ({ isKnown: false, why, ...WHY_UNKNOWN[why] })

const shownWay = (way: WayCost | WhyUnknown, withSteps: boolean): ShownWay => {
  if (typeof way === 'string') return unknown(way)
  const steps = withSteps ? { low: shownSettlement(way.low).steps, high: shownSettlement(way.high).steps } : null
  return { isKnown: true, person: way.person, fund: way.fund, steps }
}

const told = (names: readonly Assumption[]) => names.map((code) => ({ code, ...ASSUMPTIONS[code] }))

const nothingKnown = (place: OrgId, why: WhyUnknown) => ({
  place,
  region: null,
  bill: null,
  referred: unknown(why),
  direct: unknown(why),
  difference: null,
  assumptions: told([]),
})

const expectedAt = ({ insured, person }: Facts, place: Institution, input: Asked, act: Act) => {
  if (typeof insured === 'string') return nothingKnown(place.id, insured)
  const region = regionOf(insured.stem, place.division)
  const level = placeLevelOf(place)
  if (level === null) return { ...nothingKnown(place.id, 'level-unknown'), region }
  const found = billOf(input, level, act)
  if (found === null) return { ...nothingKnown(place.id, 'bill-unknown'), region }
  const day = act.today
  const { bill, clause, by } = found
  const filed = filedStatus(insured.filings, { status: 'unreferred', region, day }, place.division)
  const cost = expectedCost({
    book: insured.book,
    day,
    age: person.bornOn === null || person.bornOn > day ? null : ageOn(person.bornOn, day),
    year: yearSoFar(insured.entries, { care: 'inpatient', day, hospital: place.id }),
    level,
    region,
    bill,
    filed: filed === 'filed-long-term' || filed === 'filed-referral' ? filed : 'unreferred',
  })
  return {
    place: place.id,
    /** Where it lies, seen from the home area. */
    region,
    bill: { lowFen: bill.lowFen, highFen: bill.highFen, by, basis: clause.basis, grade: clause.grade },
    referred: shownWay(cost.referred, input.withSteps),
    direct: shownWay(cost.direct, input.withSteps),
    difference: cost.difference,
    assumptions: told([...cost.assumptions, ...(clause.grade === 'design' ? (['invented'] as const) : [])]),
  }
}

export const expected = query({
  name: 'settlement.expected',
  by: ['resident@self', 'resident@representative', 'village-doctor@lawful-basis', 'family-doctor@lawful-basis', 'referral-desk@lawful-basis', 'ward@lawful-basis'],
  basis: '优诊导航:转诊前告知预计费用;医保异地就医转诊待遇',
  does: {
    zh: '预估一个人在所列各机构住院一次大约自付多少:经转诊、未经转诊各多少,差多少;规则缺的照实说明,不猜。',
    en: 'Estimates what a stay at each of some places costs a person with a referral and without; what is not known is told as such.',
  },
  input: expectedInput,
  read: async (tx, input, act): Promise<Facts | null> => {
    const standing = await standingTo(tx, input.person)
    if (standing === null) return null
    const found = new Map((await institutionsOf(tx, input.places as OrgId[])).map((one) => [one.id, one]))
    const places = [...new Set(input.places as OrgId[])].flatMap((id) => found.get(id) ?? [])
    return { ...standing, insured: await readInsured(tx, standing, act), places }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id }],
  answer: (facts, input, act) => {
    const { insured, places } = facts
    return {
      area: typeof insured === 'string' ? null : { zh: insured.book.zh, en: insured.book.en },
      insured: typeof insured === 'string' ? null : insured.book.insured,
      places: places.map((place) => expectedAt(facts, place, input, act)),
    }
  },
}) // prettier-ignore
