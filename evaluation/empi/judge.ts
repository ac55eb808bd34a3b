import type { PersonId } from '../../src/kernel/id.ts'
import { matchPersons, type Match } from '../../src/modules/residents/index.ts'
import type { Cipher } from '../../src/platform/cipher.ts'
import type { Database } from '../../src/platform/database/pool.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { chanceOf } from './chance.ts'
import type { Invented } from './people.ts'
import { comesAgain, comesFirst, comesWithNumber, type Coming } from './slips.ts'

/** One who came, what the index said, and whether that was right. */
export type Judged = Coming & {
  readonly found: readonly Match[]
  /** The id in the index of who it is; null for somebody who is not there. */
  readonly truth: PersonId | null
  readonly milliseconds: number
}

/** Half of those who come are known and have no number, a tenth are known and have it, the others are not there. */
export const comings = (people: readonly Invented[], seed: number, count: number): Coming[] => {
  const chance = chanceOf(seed)
  return Array.from({ length: count }, () => {
    const kind = chance.next()
    return kind < 0.5 ? comesAgain(people, chance) : kind < 0.6 ? comesWithNumber(people, chance) : comesFirst(people, chance)
  })
}

export type Bench = {
  /** The database as the house works in it. */
  readonly database: Database
  readonly cipher: Cipher
  readonly policy: (id: string, by?: string) => number
}

/** Asks the index for each who comes, one after the other, as the house's own work. */
export const judge = async (bench: Bench, ids: readonly PersonId[], coming: readonly Coming[]): Promise<Judged[]> => {
  const judged: Judged[] = []
  for (const one of coming) {
    const { zh, sex, bornOn, phone, village, address, number } = one.person
    const candidate = { name: { zh }, sex, bornOn, phone, village, address, numbers: number ? [{ type: '01', number }] : [] }
    const began = performance.now()
    const found = await bench.database.transaction(async (tx) => {
      await tx.run(sql`select platform.open_act(null, null, 'system', null)`)
      return matchPersons(tx, candidate, bench)
    })
    judged.push({ ...one, found, truth: one.is === null ? null : (ids[one.is] ?? null), milliseconds: performance.now() - began })
  }
  return judged
}

const shareOf = (hits: number, of: number): number => (of === 0 ? 1 : hits / of)

/** Precision and recall over all who came, and what is left for somebody to look at. */
export const measuresOf = (judged: readonly Judged[]) => {
  const known = judged.filter(({ truth }) => truth !== null)
  const strangers = judged.filter(({ truth }) => truth === null)
  const withGrade = (one: Judged, grade: Match['grade']) => one.found.filter((match) => match.grade === grade)
  const certain = judged.flatMap((one) => withGrade(one, 'certain').map((match) => ({ one, match })))
  const offered = judged.flatMap((one) => one.found.filter(({ grade }) => grade !== 'possible').map((match) => ({ one, match })))
  const isTrue = ({ one, match }: { one: Judged; match: Match }) => match.person === one.truth
  const finds = (one: Judged, grades: readonly Match['grade'][]) =>
    one.found.some(({ person, grade }) => person === one.truth && grades.includes(grade))
  const times = judged.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  return {
    known: known.length,
    strangers: strangers.length,
    certain: certain.length,
    certainPrecision: shareOf(certain.filter(isTrue).length, certain.length),
    certainRecall: shareOf(known.filter((one) => finds(one, ['certain'])).length, known.length),
    offeredPrecision: shareOf(offered.filter(isTrue).length, offered.length),
    offeredRecall: shareOf(known.filter((one) => finds(one, ['certain', 'probable'])).length, known.length),
    shownRecall: shareOf(known.filter((one) => finds(one, ['certain', 'probable', 'possible'])).length, known.length),
    strangersReviewed: shareOf(strangers.filter((one) => withGrade(one, 'probable').length > 0).length, strangers.length),
    strangersTaken: strangers.filter((one) => withGrade(one, 'certain').length > 0).length,
    median: times[Math.floor(times.length / 2)] ?? 0,
    p95: times[Math.floor(times.length * 0.95)] ?? 0,
  }
}
