import { ageOn, plusDays, type Day } from '../../src/kernel/day.ts'
import { makeHousehold, type HouseholdMember } from './households.ts'
import { identityNumbers } from './identity-number.ts'
import { drawIllnesses, type Illness } from './illnesses.ts'
import { FOREIGNERS, givenName, nameInLetters, surname } from './names.ts'
import { randomFrom, type Random } from './random.ts'

/** A synthetic resident: nobody real, and every part that could point at a person lies outside the ranges in use. */
export type ResidentSeed = {
  /** Stable for a seed: `r-000123`. */
  key: string
  zh: string
  en: string | null
  sex: 'male' | 'female' | 'unknown'
  /** `YYYY-MM-DD`. */
  bornOn: string
  /** 18 characters in an area that begins with 99, which no province has; null for newborns and foreigners. */
  idNumber: string | null
  /** Another paper, by the type codes of CV02.01.101: 03 passport, 06 Hong Kong and Macao, 07 Taiwan travel permit. */
  otherId: { type: '03' | '06' | '07'; number: string } | null
  /** Begins with 100, which no network has. */
  phone: string | null
  /** 12-digit division code. */
  village: string
  address: string
  insurance: 'resident' | 'employee' | 'none'
  /** Long illnesses, or the single word `none`. */
  conditions: (Illness | 'none')[]
  synthetic: true
}

/** A village or neighbourhood to settle people in; more people live where `population` is larger. */
export type SettledVillage = { code: string; zh: string; population: number }

type Draft = {
  village: SettledVillage
  household: number
  address: string
  role: HouseholdMember['role']
  sex: ResidentSeed['sex']
  bornOn: Day
  surname: string
  given: string
  /** A name that is not surname and given name: a foreigner's, or a newborn's that is still called after the mother. */
  called: { zh: string; en: string | null } | null
  paper: 'identity-number' | 'none' | '03' | '06' | '07'
}

const wholeShares = (count: number, weights: readonly number[]): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (total === 0 ? count / weights.length : (count * weight) / total))
  const shares = exact.map(Math.floor)
  const byRemainder = exact
    .map((share, at) => [share - Math.floor(share), at] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
  let left = count - shares.reduce((sum, share) => sum + share, 0)
  for (const [, at] of byRemainder) if (left-- > 0) shares[at] = (shares[at] ?? 0) + 1
  return shares
}

const settleHousehold = (random: Random, today: Day, village: SettledVillage, household: number): Draft[] => {
  const settled: Draft[] = []
  const address = `${village.zh}${random.whole(1, 20)}组${random.whole(1, 180)}号`
  for (const person of makeHousehold(random)) {
    const twin = person.isTwin ? settled.at(-1) : undefined
    const bornOn = twin?.bornOn ?? plusDays(today, -Math.floor(person.ageYears * 365.2425) - random.whole(1, 364))
    const family = person.surnameOf === null ? undefined : settled[person.surnameOf]?.surname
    settled.push({
      village,
      household,
      address,
      role: person.role,
      sex: person.sex,
      bornOn,
      surname: family ?? surname(random),
      given: givenName(random, person.sex, bornOn),
      called: null,
      paper: 'identity-number',
    })
  }
  return settled
}

const settle = (random: Random, today: Day, count: number, villages: readonly SettledVillage[]): Draft[] => {
  const shares = wholeShares(
    count,
    villages.map((village) => village.population),
  )
  let household = 0
  return villages.flatMap((village, at) => {
    const people: Draft[] = []
    while (people.length < (shares[at] ?? 0)) people.push(...settleHousehold(random, today, village, household++))
    // The last household may be cut short: then it is smaller, as if some of it lived elsewhere.
    return people.slice(0, shares[at])
  })
}

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const fewOf = (count: number, oneIn: number): number => Math.min(Math.floor(count / 20), Math.max(2, Math.round(count / oneIn)))

/** Two people of other households take one name and one birthday; the nearest in age are taken, so that families stay plausible. */
const makeNamesakes = (random: Random, drafts: readonly Draft[]): void => {
  // Women and people who live alone hand their surname to nobody at home.
  const free = drafts
    .filter((draft) => (draft.role === 'wife' || draft.role === 'alone') && draft.paper === 'identity-number')
    .sort((a, b) => inOrder(a.sex, b.sex) || inOrder(a.bornOn, b.bornOn))
  const stride = Math.max(2, Math.floor(free.length / Math.max(1, fewOf(drafts.length, 1000))))
  for (let at = random.whole(0, 1); at + 1 < free.length; at += stride) {
    const [one, other] = [free[at], free[at + 1]]
    if (!one || !other || one.sex !== other.sex || one.household === other.household) continue
    other.surname = one.surname
    other.given = one.given
    other.bornOn = one.bornOn
  }
}

const makeNewborns = (random: Random, today: Day, drafts: readonly Draft[]): void => {
  const youngest = drafts.filter((draft) => draft.role === 'child').sort((a, b) => inOrder(b.bornOn, a.bornOn))
  for (const child of youngest.slice(0, fewOf(drafts.length, 800))) {
    // The last wife of a household is the youngest generation's: a grandmother comes before her.
    const mother = drafts.findLast((draft) => draft.household === child.household && draft.role === 'wife')
    child.bornOn = plusDays(today, -random.whole(0, 27))
    child.paper = 'none'
    if (random.chance(0.05)) child.sex = 'unknown'
    if (!mother || random.chance(0.5)) continue
    const word = child.sex === 'male' ? '子' : child.sex === 'female' ? '女' : '婴'
    child.called = { zh: `${mother.surname}${mother.given}之${word}`, en: null }
  }
}

const makeForeigners = (random: Random, drafts: readonly Draft[]): void => {
  const adults = drafts.filter((draft) => draft.role === 'alone')
  for (let left = fewOf(drafts.length, 1500); left > 0 && adults.length > 0; left--) {
    const person = adults.splice(random.whole(0, adults.length - 1), 1)[0] as Draft
    person.paper = random.pick(['03', '03', '03', '06', '07'] as const)
    if (person.paper !== '03') continue
    const name = random.pick(FOREIGNERS)
    person.sex = name.sex
    person.called = name
  }
}

const insuranceOf = (random: Random, draft: Draft, age: number): ResidentSeed['insurance'] => {
  if (draft.paper !== 'identity-number') return draft.paper === '03' && random.chance(0.4) ? 'employee' : 'none'
  if (age >= 18 && random.chance(age < 60 ? 0.24 : 0.16)) return 'employee'
  return random.chance(0.955) ? 'resident' : 'none'
}

const phoneOf = (random: Random, age: number, at: number): string | null => {
  const share = age < 10 ? 0 : age < 16 ? 0.4 : age < 75 ? 0.97 : 0.7
  // The order number makes it unique: two residents share a phone only when they say so.
  return random.chance(share) ? `100${String(at).padStart(8, '0')}` : null
}

const otherIdOf = (draft: Draft, at: number): ResidentSeed['otherId'] => {
  const digits = String(at).padStart(6, '0')
  if (draft.paper === '03') return { type: '03', number: `X99${digits}` }
  if (draft.paper === '06') return { type: '06', number: `H99${digits}` }
  if (draft.paper === '07') return { type: '07', number: `99${digits}` }
  return null
}

/**
 * Synthetic residents of the villages, settled household by household; the same seed and day give the same people.
 * Among them, on purpose, are pairs with one name and one birthday but two identity numbers (never to be merged),
 * newborns without a number, foreigners with a passport, and names with rare characters.
 */
export const makeResidents = (given: {
  seed: string
  count: number
  villages: readonly SettledVillage[]
  today: string
}): ResidentSeed[] => {
  const today = given.today as Day
  const random = randomFrom(`residents|${given.seed}`)
  const drafts = settle(random, today, given.count, given.villages)
  makeForeigners(random, drafts)
  makeNamesakes(random, drafts)
  makeNewborns(random, today, drafts)
  const ages = drafts.map((draft) => ageOn(draft.bornOn, today))
  const illnesses = drawIllnesses(ages, random)
  const numberFor = identityNumbers()
  return drafts.map((draft, at) => {
    const age = ages[at] ?? 0
    const ill = illnesses[at] ?? []
    const hasLetters = draft.paper === '06' || draft.paper === '07' || random.chance(0.06)
    const { paper, sex } = draft
    return {
      key: `r-${String(at + 1).padStart(6, '0')}`,
      zh: draft.called?.zh ?? draft.surname + draft.given,
      en: draft.called ? draft.called.en : hasLetters ? nameInLetters(draft.surname, draft.given) : null,
      sex,
      bornOn: draft.bornOn,
      idNumber: paper === 'identity-number' && sex !== 'unknown' ? numberFor(draft.village.code, draft.bornOn, sex) : null,
      otherId: otherIdOf(draft, at + 1),
      phone: phoneOf(random, age, at + 1),
      village: draft.village.code,
      address: draft.address,
      insurance: insuranceOf(random, draft, age),
      conditions: ill.length > 0 ? ill : ['none'],
      synthetic: true,
    }
  })
}
