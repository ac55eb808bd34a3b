import type { Cipher } from '../../../platform/cipher.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { birthOf } from '../birth-store.ts'
import { numbersOf } from '../number-store.ts'
import { LASTING_KINDS } from '../numbers.ts'
import type { MatchSide } from '../rules/score-match.ts'
import { phoneOf } from '../shown.ts'
import type { Person } from '../store.ts'
import { sideOfCandidate, type MatchCandidate } from './match-persons.ts'

/** A person of the index as one side of a comparison, numbers opened. */
export const sideOfPerson = async (db: Queryable, person: Person, cipher: Cipher): Promise<MatchSide> => {
  const { candidate, former } = await candidateOfPerson(db, person, cipher)
  return { ...sideOfCandidate(candidate), formerNumbers: former }
}

/** A person of the index as somebody who is looked for, and the numbers held once. */
export const candidateOfPerson = async (
  db: Queryable,
  person: Person,
  cipher: Cipher,
): Promise<{ candidate: MatchCandidate; former: MatchSide['formerNumbers'] }> => {
  const [numbers, birth] = await Promise.all([numbersOf(db, [person.id]), birthOf(db, person.id)])
  const opened = numbers.map(({ type, endedAt, sealed, wrappedKey }) => ({
    type,
    endedAt,
    number: cipher.decrypt(wrappedKey, sealed),
  }))
  return {
    candidate: {
      name: { zh: person.zh, en: person.en },
      sex: person.sex,
      bornOn: person.bornOn,
      // The kind as it is kept names the issuing institution already.
      numbers: opened.filter(({ endedAt }) => endedAt === null),
      phone: phoneOf(person, cipher),
      village: person.village,
      address: person.address,
      mother: birth?.mother ?? null,
      birthOrder: birth?.birthOrder ?? null,
    },
    former: opened
      .filter(({ endedAt }) => endedAt !== null)
      .map(({ type, number }) => ({ kind: type, number, isPaper: LASTING_KINDS.has(type) })),
  }
}
