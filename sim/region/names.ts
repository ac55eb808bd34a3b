import { givenName, nameInLetters, surname } from '../residents/names.ts'
import type { Random } from '../residents/random.ts'

/** An invented person's name, of the same surnames, generations and rare characters as the synthetic residents'. */
export function personName(
  random: Random,
  person: { sex: 'male' | 'female'; bornOn: string },
): { zh: string; en: string | null } {
  const family = surname(random)
  const given = givenName(random, person.sex, person.bornOn)
  return { zh: family + given, en: nameInLetters(family, given) }
}
