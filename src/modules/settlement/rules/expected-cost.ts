import { assert } from '../../../kernel/assert.ts'
import type { Day } from '../../../kernel/day.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import type { Assumption, Range, WhyUnknown } from '../expected/contract.ts'
import type { YearSeen } from '../settlement.ts'
import { areaClaim, type AreaClaim } from './area-claim.ts'
import type { AreaBook, PlaceLevel, ReferralStatus } from './area-schema.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { readingsOf } from './readings.ts'
import { settleClaim, type SettledClaim } from './settle-claim.ts'
import { isInForce } from './row-in-force.ts'

export type Region = AreaClaim['region']

/** What a stay is expected to cost, and how much of it the insurance counts. */
export type ExpectedBill = { readonly lowFen: number; readonly highFen: number; readonly scopeBp: number }

export type CostAsked = {
  readonly book: AreaBook
  readonly day: Day
  readonly age: number | null
  readonly year: YearSeen
  readonly level: PlaceLevel
  readonly region: Region
  readonly bill: ExpectedBill
  /** What is filed already for care away from home, at that place. */
  readonly filed: 'filed-long-term' | 'filed-referral' | 'unreferred'
}

/** One way of coming: what the person and the funds pay over everything that is not known, and the bills at both ends. */
export type WayCost = { readonly person: Range; readonly fund: Range; readonly low: SettledClaim; readonly high: SettledClaim }
export type ExpectedCost = {
  readonly referred: WayCost | WhyUnknown
  readonly direct: WayCost | WhyUnknown
  /** What coming without a referral costs the person more. */
  readonly difference: Range | null
  readonly assumptions: readonly Assumption[]
}

// Who is not of age is insured among students and children. @source 民法典 第十七条
const OF_AGE_YEARS = 18

const names = (book: AreaBook, day: Day, status: ReferralStatus, region: Region): boolean =>
  book.rows.some((row) => isInForce(row, day) && row.when.status?.includes(status) === true && (region !== 'in-town' || row.when.region === 'in-town')) // prettier-ignore

/**
 * How a stay relates to the referral rules with a referral and without. Away from home a referral is filed; who has filed already is treated so without another one. At home a book speaks of
 * either only where it names the home area itself: rows without an area are those of care away from home.
 */
export const waysOf = ({ book, day, region, filed }: Pick<CostAsked, 'book' | 'day' | 'region' | 'filed'>): { referred: ReferralStatus; direct: ReferralStatus } => {
  if (region !== 'in-town') return { referred: filed === 'filed-long-term' ? filed : 'filed-referral', direct: filed }
  return {
    referred: names(book, day, 'referred-up', region) ? 'referred-up' : 'local',
    direct: names(book, day, 'unreferred', region) ? 'unreferred' : 'local',
  }
} // prettier-ignore

const personsOf = ({ book, age }: CostAsked): readonly NonNullable<AreaClaim['person']>[] =>
  book.insured === 'workers' ? ['working', 'retired'] : age !== null && age < OF_AGE_YEARS ? ['student'] : ['adult']

/** The claims that an estimate covers, each beside the same one of the other way. */
const claimsOf = (asked: CostAsked, status: ReferralStatus): { book: AreaBook; claim: AreaClaim }[] => {
  const { book, day, age, year, level, region, bill } = asked
  assert(bill.lowFen <= bill.highFen, 'the low end of an expected bill is not above its high end')
  return readingsOf(book, day).flatMap((reading) =>
    personsOf(asked).flatMap((person) =>
      [bill.lowFen, bill.highFen].map((amountFen) => {
        const ownPayFen = amountFen - Math.round((amountFen * bill.scopeBp) / WHOLE)
        const claim = areaClaim.parse({ ...year, day, level, region, status, person, ...(age === null ? {} : { age }), lines: [{ amountFen, ownPayFen }] }) // prettier-ignore
        return { book: reading, claim }
      }),
    ),
  )
}

const whyOf = (error: unknown): WhyUnknown => {
  if (error instanceof RuleConflict) return 'rule-disputed'
  // What the engine refuses of a bill that we state ourselves is a rule that it does not settle by.
  if (error instanceof RuleGap || error instanceof ClaimRefusal) return 'rule-missing'
  throw error
}

const settleAll = (asked: CostAsked, status: ReferralStatus): SettledClaim[] | WhyUnknown => {
  try {
    return claimsOf(asked, status).map(({ book, claim }) => settleClaim(book, claim))
  } catch (error) {
    return whyOf(error)
  }
}

const rangeOf = (amounts: readonly number[]): Range => ({ lowFen: Math.min(...amounts), highFen: Math.max(...amounts) })

const wayOf = (bills: readonly SettledClaim[]): WayCost => {
  const person = rangeOf(bills.map(({ personalFen }) => personalFen))
  const at = (fen: number) => bills.find(({ personalFen }) => personalFen === fen) as SettledClaim
  return { person, fund: rangeOf(bills.map(({ fundFen }) => fundFen)), low: at(person.lowFen), high: at(person.highFen) }
}

/**
 * What a stay would cost a person with a referral and without: the expected bill settled at both of its ends, by every reading of a
 * disputed book and as everybody whom the person may be. A rule that is missing or contradicted beyond that is told, never guessed.
 */
export const expectedCost = (asked: CostAsked): ExpectedCost => {
  const ways = waysOf(asked)
  const [referred, direct] = [settleAll(asked, ways.referred), settleAll(asked, ways.direct)]
  const isBoth = typeof referred !== 'string' && typeof direct !== 'string'
  const readings = readingsOf(asked.book, asked.day)
  const assumptions: Assumption[] = ['stay', 'home', 'identities']
  if (personsOf(asked).length > 1) assumptions.push('retired')
  if (readings.length > 1) assumptions.push('disputed')
  return {
    referred: typeof referred === 'string' ? referred : wayOf(referred),
    direct: typeof direct === 'string' ? direct : wayOf(direct),
    difference: isBoth ? rangeOf(direct.map((one, at) => one.personalFen - (referred[at] as SettledClaim).personalFen)) : null,
    assumptions,
  }
}

// 二级, as the register of institutions numbers it. @source 医院分级管理办法
const LEVEL_TWO = 2
// 三级. @source 医院分级管理办法
const LEVEL_THREE = 3

/** The level of a place as pooling areas tell levels apart; null where it is not graded. */
export const placeLevelOf = ({ tier, level }: { readonly tier: string; readonly level: number }): PlaceLevel | null => {
  if (tier === 'pharmacy') return 'pharmacy'
  if (tier === 'province') return 'provincial'
  if (level === LEVEL_THREE) return 'level3'
  if (level === LEVEL_TWO) return 'level2'
  if (tier === 'village' || tier === 'township' || tier === 'regional-centre') return 'primary'
  return level === 1 ? 'level1' : null
}

const PROVINCE_DIGITS = 2

/** Where a place lies, seen from the area that a person is insured in; `areaStem`: divisions of the area begin so. */
export const regionOf = (areaStem: string, division: string): Region => {
  if (division.startsWith(areaStem)) return 'in-town'
  return division.slice(0, PROVINCE_DIGITS) === areaStem.slice(0, PROVINCE_DIGITS) ? 'in-province' : 'out-of-province'
}
